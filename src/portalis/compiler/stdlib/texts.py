"""Rows of modules about text: `string`, `html`, `urllib.parse`."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.rows import Row
from portalis.compiler.stdlib.sources import flag, given
from portalis.compiler.types import STR, ListOf, TupleOf, Type

ROWS: dict[str, tuple[Row, ...]] = {
    "string.capwords": (Row(("str",), "text::capwords", STR),),
    "urllib.parse.quote": (
        Row(("str",), "url::quote", STR, tail=('"/"',)),
        Row(("str", "str"), "url::quote", STR, names=("string", "safe")),
    ),
    "urllib.parse.quote_plus": (
        Row(("str",), "url::quote_plus", STR, tail=('""',)),
        Row(("str", "str"), "url::quote_plus", STR, names=("string", "safe")),
    ),
    "urllib.parse.parse_qsl": (Row(("str",), "url::parse_qsl", ListOf(TupleOf((STR, STR)))),),
    "urllib.parse.unquote": (Row(("str",), "url::unquote", STR),),
    "urllib.parse.unquote_plus": (Row(("str",), "url::unquote_plus", STR),),
}


def lower_escape(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`html.escape(text, quote=…)`."""
    text, quote = given(node, ("s", "quote"), 1, "escape")
    assert text is not None
    passed = coerce.borrowed(ctx, ctx.expr(text), STR, node.span)
    return Value(
        ctx.rt("html::escape", passed, t.Lit("true" if flag(quote, True, "quote") else "false")), STR
    )


def lower_split_lines(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`text.splitlines(True)` keeps the line breaks."""
    (keep,) = given(node, ("keepends",), 0, "splitlines")
    name = "split_lines_keep" if flag(keep, False, "keepends") else "split_lines"
    return Value(ctx.rt(f"text::{name}", coerce.borrowed(ctx, receiver, STR, node.span)), ListOf(STR))


def lower_translate(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`text.translate(str.maketrans(from, to, deleted))`, the table written in place."""
    match node.args:
        case (
            h.CallExternal(fullname="builtins.str.maketrans", args=(_, _) | (_, _, _), keywords={})
            | h.CallMethod(
                receiver=h.Local() | h.Literal(), method="maketrans", args=(_, _) | (_, _, _), keywords={}
            ) as table,
        ) if not isinstance(table, h.CallMethod) or table.receiver.type is STR:
            pass
        case _:
            raise Refusal(
                "PT305", node.span, "`translate` is only translated with a table made in place",
                "write `text.translate(str.maketrans(old, new))`",
            )  # fmt: skip
    values = [ctx.expr(arg) for arg in table.args]
    parts = [coerce.borrowed(ctx, value, STR, node.span) for value in values]
    if len(parts) == 2:
        parts.append(t.Lit('""'))
    text = coerce.borrowed(ctx, receiver, STR, node.span)
    return Value(ctx.rt_try("text::translate_chars", text, *parts), STR)


SPECIAL = {"html.escape": lower_escape}
