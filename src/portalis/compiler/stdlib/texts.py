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
from portalis.compiler.types import INT, STR, DictOf, ListOf, OptionalOf, TupleOf, Type, is_mutable

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
    """`text.translate(table)`; a table that is made in place is none in Rust."""
    match node.args:
        case (
            h.CallExternal(fullname="builtins.str.maketrans", args=(_, _) | (_, _, _), keywords={})
            | h.CallMethod(
                receiver=h.Local() | h.Literal(), method="maketrans", args=(_, _) | (_, _, _), keywords={}
            ) as table,
        ) if not isinstance(table, h.CallMethod) or table.receiver.type is STR:
            pass
        case (other,) if not node.keywords:
            return _by_table(ctx, node, receiver, other)
        case _:
            raise Refusal("PT305", node.span, "this form of `translate` is not translated")
    values = [ctx.expr(arg) for arg in table.args]
    parts = [coerce.borrowed(ctx, value, STR, node.span) for value in values]
    if len(parts) == 2:
        parts.append(t.Lit('""'))
    text = coerce.borrowed(ctx, receiver, STR, node.span)
    return Value(ctx.rt_try("text::translate_chars", text, *parts), STR)


def _by_table(ctx: FunctionContext, node: h.CallMethod, receiver: Value, given_table: h.Expr) -> Value:
    """`text.translate(table)` with a dict by code points."""
    table = ctx.expr(given_table)
    match table.type:
        case DictOf(key, found) if key is INT and _replaces(found) and not table.frozen:
            text = coerce.borrowed(ctx, receiver, STR, node.span)
            place = coerce.borrowed(ctx, table, table.type, node.span)
            return Value(ctx.rt("translate::translate", text, place), STR)
    raise Refusal(
        "PT305", node.span, f"`translate` with a `{table.type}` is not translated",
        "write `text.translate(str.maketrans(old, new))`",
    )  # fmt: skip


def _replaces(item: Type) -> bool:
    """Whether a table of these puts a code point, a text or nothing in the place of a character."""
    return (item.inner if isinstance(item, OptionalOf) else item) in (INT, STR)


def lower_make_table(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`str.maketrans(old, new)`, `str.maketrans(old, new, deleted)`, `str.maketrans(replacements)`."""
    if node.keywords or not 1 <= len(node.args) <= 3:
        raise Refusal("PT305", node.span, "this form of `maketrans` is not translated")
    values = [ctx.expr(arg) for arg in node.args]
    if len(values) > 1:
        texts = [coerce.borrowed(ctx, value, STR, node.span) for value in values]
        name, item = ("table", INT) if len(values) == 2 else ("table_deleting", OptionalOf(INT))
        return Value(ctx.rt_try(f"translate::{name}", *texts), DictOf(INT, item))
    (table,) = values
    match table.type:
        case DictOf(key, held) if key is STR and not table.frozen and not is_mutable(held):
            place = coerce.borrowed(ctx, table, table.type, node.span)
            return Value(ctx.rt_try("translate::table_of", place), DictOf(INT, held))
        case DictOf(key, held) if key is INT and not table.frozen and not is_mutable(held):
            return Value(coerce.owned(ctx, table, table.type, node.span), table.type)
    raise Refusal("PT305", node.span, f"`maketrans` of a `{table.type}` is not translated")


SPECIAL = {"html.escape": lower_escape, "builtins.str.maketrans": lower_make_table}
