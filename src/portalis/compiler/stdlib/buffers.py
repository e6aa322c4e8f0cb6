"""`io.StringIO` and `io.BytesIO`: a text or bytes with a place, written, read and gone over.

out = io.StringIO()             let mut out = StringIo::default();
out.write("a")             →    out.write("a");
print(n, file=out)              out.write(&format!("{n}\\n"));
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.receivers import mutable_receiver
from portalis.compiler.lowering.value import MAX_LEN, Form, Range, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.sources import given, slice_of
from portalis.compiler.types import BYTES, BYTES_IO, INT, NONE, STR, STRING_IO, ListOf, Type

_HELD: dict[Type, tuple[Type, str]] = {STRING_IO: (STR, "StringIo"), BYTES_IO: (BYTES, "BytesIo")}
_PLACE = Range(0, MAX_LEN)


def lower_new(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`StringIO()`, `StringIO(text)`, `BytesIO(data)`."""
    kind = STRING_IO if node.fullname.endswith("StringIO") else BYTES_IO
    held, rust = _HELD[kind]
    (first,) = given(node, ("initial_value" if held is STR else "initial_bytes",), 0, rust)
    ctx.runtime.add("string_io")
    if first is None:
        return Value(t.Call(t.Path(f"string_io::{rust}::default"), ()), kind)
    passed = coerce.borrowed(ctx, ctx.expr(first), held, node.span)
    return Value(t.Call(t.Path(f"string_io::{rust}::new"), (passed,)), kind)


def lower_method(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """A method of a buffer."""
    held, _ = _HELD[receiver.type]
    if node.method == "getvalue" and not (node.args or node.keywords):
        temporary = receiver.form is Form.OWNED
        return Value(t.Method(receiver.expr, "value"), held, Form.BORROWED, temporary=temporary)
    if node.method == "tell" and not (node.args or node.keywords):
        return Value(t.Method(receiver.expr, "tell"), INT, range=_PLACE)
    match node.method, node.args:
        case "write", (item,) if not node.keywords:
            return written(ctx, node.receiver, receiver, ctx.expr(item), node)
        case "writelines", (items,) if not node.keywords:
            return _write_all(ctx, node, receiver, items)
    place = mutable_receiver(ctx, node.receiver, receiver)
    match node.method, node.args:
        case "read", () | (h.Literal(value=None),) if not node.keywords:
            return _owned(t.Method(place, "read"), held)
        case "read", (count,) if not node.keywords:
            return _owned(t.Method(place, "read_some", (ctx.i64(count),)), held)
        case "readline", () if held is STR:
            return _owned(t.Method(place, "read_line"), held)
        case "readlines", () if held is STR:
            return Value(t.Method(place, "read_lines"), ListOf(STR))
        case "seek", (to,) | (to, h.Literal(value=0)) if not node.keywords:
            return Value(ctx.attempt(t.Method(place, "seek", (ctx.i64(to),))), INT, range=_PLACE)
        case "seek", (h.Literal(value=0), h.Literal(value=2)):
            return Value(t.Method(place, "seek_end"), INT, range=_PLACE)
    raise Refusal("PT301", node.span, f"`{receiver.type}.{node.method}` is not translated in this form")


def _owned(read: t.Expr, held: Type) -> Value:
    """What is read, as a value of its own: the buffer changes with each read."""
    return Value(t.Method(read, "to_string" if held is STR else "to_vec"), held)


def written(
    ctx: FunctionContext, node: h.Expr, receiver: Value, item: Value, at: h.Expr, kind: Type = INT
) -> Value:
    """`buffer.write(item)`, or another call that writes one text."""
    held, _ = _HELD[receiver.type]
    passed = coerce.borrowed(ctx, item, held, at.span)
    place = mutable_receiver(ctx, node, receiver)
    return Value(t.Method(place, "write", (passed,)), kind, range=_PLACE if kind is INT else None)


def _write_all(ctx: FunctionContext, node: h.CallMethod, receiver: Value, items: h.Expr) -> Value:
    """`buffer.writelines(lines)`."""
    lines, elem = slice_of(ctx, items)
    if receiver.type != STRING_IO or elem is not STR:
        raise Refusal("PT305", node.span, f"`writelines` of `{elem}` items is not translated")
    whole = t.Method(lines, "concat") if not isinstance(lines, t.Ref) else t.Method(lines.operand, "concat")
    return written(ctx, node.receiver, receiver, Value(whole, STR), node, NONE)


def lines_of(ctx: FunctionContext, node: h.Expr) -> t.Expr:
    """The lines from the place on, as a list.

    Raises:
        Refusal: the buffer has another use, which could see that all lines are read at once.
    """
    if isinstance(node, h.CallExternal):
        (text,) = given(node, ("initial_value",), 1, "StringIO")
        assert text is not None
        return ctx.rt("string_io::lines", coerce.borrowed(ctx, ctx.expr(text), STR, node.span))
    if not isinstance(node, h.Local) or not _only_read_here(ctx, node.name):
        raise Refusal("PT214", node.span, "the lines of a buffer that has other uses are not translated")
    return t.Method(mutable_receiver(ctx, node, ctx.expr(node)), "read_lines")


def _only_read_here(ctx: FunctionContext, name: str) -> bool:
    """Whether the variable is bound once in this function, and used in one place beside that."""
    seen = sum(isinstance(one, h.Local) and one.name == name for one in walk(ctx.function.body))
    return seen <= 2 and ctx.facts.assignments[name] == 1 and name not in ctx.facts.captured


SPECIAL = {"io.StringIO": lower_new, "io.BytesIO": lower_new}
