"""`textwrap`: `wrap`, `fill`, `shorten`, `dedent`, `indent`."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Value, lit_str
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.rows import Row
from portalis.compiler.stdlib.sources import flag, given
from portalis.compiler.types import STR, ListOf, Type

ROWS: dict[str, tuple[Row, ...]] = {
    "textwrap.dedent": (Row(("str",), "textwrap::dedent", STR, names=("text",)),),
    "textwrap.indent": (Row(("str", "str"), "textwrap::indent", STR, names=("text", "prefix")),),
}
_OPTIONS = frozenset({"width", "initial_indent", "subsequent_indent", "break_long_words", "break_on_hyphens"})


def _text(ctx: FunctionContext, node: h.Expr | None, default: str) -> t.Expr:
    if node is None:
        return lit_str(default)
    return coerce.borrowed(ctx, ctx.expr(node), STR, node.span)


def lower_wrap(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`wrap(text, width, …)` and `fill(text, width, …)`."""
    name = node.fullname.rpartition(".")[2]
    if not 1 <= len(node.args) <= 2 or set(node.keywords) - _OPTIONS:
        raise Refusal("PT305", node.span, f"this form of `{name}` is not translated")
    width = node.args[1] if len(node.args) == 2 else node.keywords.get("width")
    indents = tuple(_text(ctx, node.keywords.get(f"{line}_indent"), "") for line in ("initial", "subsequent"))
    breaks = tuple(
        t.Lit("true" if flag(node.keywords.get(option), True, option) else "false")
        for option in ("break_long_words", "break_on_hyphens")
    )
    number = ctx.i64(width) if width is not None else t.Lit("70")
    text = _text(ctx, node.args[0], "")
    call = ctx.rt_try(f"textwrap::{name}", text, number, t.TupleExpr(indents), t.TupleExpr(breaks))
    return Value(call, ListOf(STR) if name == "wrap" else STR)


def lower_shorten(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`shorten(text, width, placeholder=…)`."""
    if len(node.args) > 2:
        raise Refusal("PT305", node.span, "this form of `shorten` is not translated")
    text, width, placeholder = given(node, ("text", "width", "placeholder"), 2, "shorten")
    assert width is not None
    args = (_text(ctx, text, ""), ctx.i64(width), _text(ctx, placeholder, " [...]"))
    return Value(ctx.rt_try("textwrap::shorten", *args), STR)


SPECIAL = {
    "textwrap.wrap": lower_wrap,
    "textwrap.fill": lower_wrap,
    "textwrap.shorten": lower_shorten,
}
