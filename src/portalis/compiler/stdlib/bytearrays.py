"""`bytearray`: a `Vec<u8>` that is read as `bytes` is, and changed in place.

out = bytearray()        let mut out: Vec<u8> = Vec::new();
out.append(n % 256)  →   bytearray::push(&mut out, n.rem_euclid(256))?;
out[i] ^= key[0]         let value = …; bytearray::store(&mut out, i, value)?;
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.comprehension import as_comprehension, collect_list
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.receivers import mutable_receiver
from portalis.compiler.lowering.subscript import in_bounds
from portalis.compiler.lowering.value import Form, Range, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib import bytes_values, encodings
from portalis.compiler.stdlib.rows import apply, arguments
from portalis.compiler.stdlib.str_methods import BYTES_ROWS
from portalis.compiler.types import BYTEARRAY, BYTES, INT, NONE, ListOf, Type
from portalis.diagnostics import Span

BYTE = Range(0, 255)


def as_bytes(value: Value) -> Value:
    """A bytearray as the bytes that it holds now; any other value as it is."""
    if value.type != BYTEARRAY:
        return value
    return Value(value.expr, BYTES, value.form, local=value.local, whole=value.whole)


def lower_new(ctx: FunctionContext, node: h.CallExternal, expect: Type | None) -> Value:
    """`bytearray()`, of a size, of bytes, of ints, of a text with its encoding."""
    if len(node.args) == 1 and not node.keywords and node.args[0].type == BYTEARRAY:
        value = ctx.expr(node.args[0])
        return Value(_copied(value), BYTEARRAY)
    made = bytes_values.lower_bytes(ctx, node, expect)
    expr = made.expr if made.form is Form.OWNED else coerce.owned(ctx, made, BYTES, node.span)
    match expr:
        case t.Try(t.Call(t.Path("bytes::from_ints"), args)):
            expr = ctx.rt_try("bytearray::from_ints", *args)
        case t.Try(t.Call(t.Path("bytes::zeros"), (t.Lit(size),))) if size.isdigit():
            expr = t.Macro("vec", (t.Lit("0"), t.Lit(size)), "[]", repeat=True)
    return Value(expr, BYTEARRAY)


def _copied(value: Value) -> t.Expr:
    return t.Method(value.expr, "to_vec" if value.form is Form.BORROWED else "clone")


def place_of(ctx: FunctionContext, node: h.Expr, receiver: Value) -> t.Expr:
    """The bytearray as `&mut`."""
    place = mutable_receiver(ctx, node, receiver)
    return place if receiver.form is Form.MUTREF or isinstance(place, t.Try) else t.Ref(place, mutable=True)


def element(ctx: FunctionContext, node: h.Subscript, container: Value) -> Value:
    """`data[i]`."""
    if in_bounds(ctx, node.value, node.index):
        byte = t.Index(container.expr, t.Cast(ctx.i64(node.index), "usize"))
        return Value(t.Call(t.Path("i64::from"), (byte,)), INT, range=BYTE)
    place = coerce.borrowed(ctx, as_bytes(container), BYTES, node.span)
    return Value(ctx.rt_try("bytearray::at", place, ctx.i64(node.index)), INT, range=BYTE)


def store(ctx: FunctionContext, target: h.Subscript, value: Value, span: Span) -> list[t.Stmt]:
    """`data[i] = n`."""
    number = _number(ctx, value, span)
    if _is_byte(value) and in_bounds(ctx, target.value, target.index):
        base = mutable_receiver(ctx, target.value, ctx.expr(target.value))
        return [t.Assign(t.Index(base, t.Cast(ctx.i64(target.index), "usize")), _byte(value, number))]
    before: list[t.Stmt] = []
    if not isinstance(number, (t.Lit, t.Path)):
        name = ctx.fresh("value")
        before.append(t.Let(name, number))
        number = t.Path(name)
    place = place_of(ctx, target.value, ctx.expr(target.value))
    return [*before, t.ExprStmt(ctx.rt_try("bytearray::store", place, ctx.i64(target.index), number))]


def _is_byte(value: Value) -> bool:
    """Whether the number surely is one that a byte can hold."""
    return value.range is not None and value.range.low >= 0 and value.range.high <= 255


def _byte(value: Value, number: t.Expr) -> t.Expr:
    return t.Lit(str(value.literal)) if value.literal is not None else t.Cast(number, "u8")


def _number(ctx: FunctionContext, value: Value, span: Span) -> t.Expr:
    from portalis.compiler.lowering.arithmetic import as_number

    return coerce.owned(ctx, as_number(value), INT, span)


def bytes_given(ctx: FunctionContext, node: h.Expr, owner: h.Expr) -> Value:
    """What is added to a bytearray: bytes, another bytearray, or ints of any iterable."""
    if isinstance(owner, h.Local) and any(
        isinstance(one, h.Local) and one.name == owner.name for one in walk(node)
    ):
        raise Refusal("PT405", node.span, "a bytearray is changed by what is read from it", "copy it first")
    if node.type in (BYTES, BYTEARRAY):
        return as_bytes(ctx.expr(node))
    listed = collect_list(ctx, as_comprehension(ctx, node), INT)
    if listed.type != ListOf(INT):
        raise Refusal("PT305", node.span, f"a bytearray of `{listed.type}` items is not translated")
    return Value(ctx.rt_try("bytearray::from_ints", coerce.slice_of(t.Ref(listed.expr))), BYTES)


def augment(ctx: FunctionContext, target: h.Expr, value: h.Expr, op: str, span: Span) -> list[t.Stmt]:
    """`data += more`, `data *= n`."""
    place = mutable_receiver(ctx, target, ctx.expr(target))
    if op == "+" and value.type in (BYTES, BYTEARRAY):
        added = coerce.borrowed(ctx, bytes_given(ctx, value, target), BYTES, span)
        return [t.ExprStmt(t.Method(place, "extend_from_slice", (added,)))]
    if op == "*" and value.type is INT:
        held = place_of(ctx, target, ctx.expr(target))
        return [t.ExprStmt(ctx.rt("seq::repeat_in_place", held, ctx.i64(value)))]
    raise Refusal("PT214", span, f"`{op}=` of a bytearray and a `{value.type}` is not translated")


def lower_method(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """A method that changes the bytearray, or one of `bytes`, whose bytes are a new bytearray here."""
    changed = _changing(ctx, node, receiver) if not node.keywords else None
    if changed is not None:
        return changed
    if node.method == "copy" and not (node.args or node.keywords):
        return Value(_copied(receiver), BYTEARRAY)
    data = as_bytes(receiver)
    if node.method == "decode":
        return encodings.lower_coded(ctx, node, data)
    for row in BYTES_ROWS.get(node.method, ()):
        args = arguments(node, (node.receiver, *node.args), node.keywords, row)
        if args is not None:
            found = apply(ctx, row, [data, *(as_bytes(ctx.expr(arg)) for arg in args[1:])], node)
            if found.type is BYTES:
                return Value(coerce.owned(ctx, found, BYTES, node.span), BYTEARRAY)
            if BYTES not in (found.type, getattr(found.type, "elem", None)):
                return found
    raise Refusal("PT301", node.span, f"`bytearray.{node.method}` is not translated in this form")


def _changing(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value | None:
    def place() -> t.Expr:
        return place_of(ctx, node.receiver, receiver)

    match node.method, node.args:
        case "append", (item,):
            number = ctx.expr(item)
            if _is_byte(number):
                byte = _byte(number, coerce.integer(number))
                base = mutable_receiver(ctx, node.receiver, receiver)
                return Value(t.Method(base, "push", (byte,)), NONE)
            return Value(ctx.rt_try("bytearray::push", place(), _number(ctx, number, node.span)), NONE)
        case "extend", (source,):
            added = coerce.borrowed(ctx, bytes_given(ctx, source, node.receiver), BYTES, node.span)
            base = mutable_receiver(ctx, node.receiver, receiver)
            return Value(t.Method(base, "extend_from_slice", (added,)), NONE)
        case "insert", (index, item):
            at, added_byte = ctx.i64(index), _number(ctx, ctx.expr(item), node.span)
            return Value(ctx.rt_try("bytearray::insert", place(), at, added_byte), NONE)
        case "pop", ():
            return Value(ctx.rt_try("bytearray::pop", place(), t.Lit("-1")), INT, range=BYTE)
        case "pop", (index,):
            return Value(ctx.rt_try("bytearray::pop", place(), ctx.i64(index)), INT, range=BYTE)
        case "remove", (item,):
            wanted = _number(ctx, ctx.expr(item), node.span)
            return Value(ctx.rt_try("bytearray::remove", place(), wanted), NONE)
        case "clear" | "reverse", ():
            return Value(t.Method(mutable_receiver(ctx, node.receiver, receiver), node.method), NONE)
        case _:
            return None


SPECIAL = {"builtins.bytearray": lower_new}
