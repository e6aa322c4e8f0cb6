"""`bytes` as a constructor, and `bytes.join`."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.comprehension import as_comprehension, collect_list
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.encodings import coded
from portalis.compiler.stdlib.sources import given
from portalis.compiler.types import BYTEARRAY, BYTES, INT, STR, IterOf, ListOf, SetOf, Type, VarTuple


def lower_bytes(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`bytes()`, `bytes(xs)` of ints, `bytes(size)`, `bytes(data)`, `bytes(text, encoding)`."""
    if len(node.args) + len(node.keywords) > 1:
        text, encoding, errors = given(node, ("source", "encoding", "errors"), 1, "bytes")
        assert text is not None
        value = ctx.expr(text)
        if value.type is not STR:
            raise Refusal(
                "PT305", node.span, f"`bytes` of a `{value.type}` with an encoding raises TypeError"
            )
        return coded(ctx, value, encoding, errors, node)
    if not node.args:
        return Value(t.Call(t.Path("Vec::new"), ()), BYTES)
    (source,) = node.args
    computed = isinstance(source, h.CallExternal | h.Comprehension) and source.type not in (
        INT,
        BYTES,
        BYTEARRAY,
    )
    if isinstance(source.type, (IterOf, SetOf)) or computed:
        return _of_items(ctx, source)
    value = ctx.expr(source)
    if value.type is BYTES:
        return value
    if value.type == BYTEARRAY:
        return Value(coerce.owned(ctx, value, BYTEARRAY, node.span), BYTES)
    if value.type is INT:
        return Value(ctx.rt_try("bytes::zeros", coerce.integer(value)), BYTES)
    if isinstance(value.type, (ListOf, VarTuple)) and value.type.elem is INT:
        return Value(
            ctx.rt_try("bytes::from_ints", coerce.borrowed(ctx, value, value.type, node.span)), BYTES
        )
    raise Refusal("PT305", node.span, f"`bytes` of a `{value.type}` is not translated")


def _of_items(ctx: FunctionContext, source: h.Expr) -> Value:
    """`bytes(reversed(digits))`."""
    listed = collect_list(ctx, as_comprehension(ctx, source), None)
    if listed.type != ListOf(INT):
        raise Refusal("PT305", source.span, f"`bytes` of a `{listed.type}` is not translated")
    return Value(ctx.rt_try("bytes::from_ints", t.Ref(listed.expr)), BYTES)


def join_bytes(ctx: FunctionContext, node: h.CallMethod, separator: Value) -> Value:
    """`b", ".join(parts)`."""
    if len(node.args) != 1 or node.keywords:
        raise Refusal("PT305", node.span, "`join` takes one argument")
    parts = collect_list(ctx, as_comprehension(ctx, node.args[0]), BYTES)
    if parts.type != ListOf(BYTES):
        raise Refusal("PT105", node.span, "`join` is given something that is not bytes")
    between = coerce.borrowed(ctx, separator, BYTES, node.span)
    return Value(ctx.rt("bytes::join", between, t.Ref(parts.expr)), BYTES)


SPECIAL = {"builtins.bytes": lower_bytes}
