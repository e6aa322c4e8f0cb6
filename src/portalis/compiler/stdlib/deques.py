"""`collections.deque`: made of an iterable, changed at both ends, searched."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.comprehension import as_comprehension, collect_list
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.dict_like import DEQUE
from portalis.compiler.lowering.iterate import iterate, require_order
from portalis.compiler.lowering.receivers import mutable_receiver
from portalis.compiler.lowering.targets import owned_items
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib import queues
from portalis.compiler.stdlib.held import held_types
from portalis.compiler.stdlib.sources import given
from portalis.compiler.types import ANY, INT, NEVER, NONE, Instance, ListOf, Type

_ENDS = {"append": "push_back", "appendleft": "push_front"}
_TAKES = {"pop": "deque_pop", "popleft": "deque_pop_left"}


def lower_deque(ctx: FunctionContext, node: h.CallExternal, expect: Type | None) -> Value:
    """`deque()`, `deque(items)`, `deque(items, maxlen)`."""
    source, _ = given(node, ("iterable", "maxlen"), 0, "deque")
    ctx.note_import("std::collections::VecDeque")
    if queues.written_length(node) is not None:
        return _bounded_deque(ctx, node, source, expect)
    if source is None:
        return Value(t.Call(t.Path("VecDeque::new"), ()), Instance(DEQUE, held_types(DEQUE, node, expect)))
    wanted = expect.args[0] if isinstance(expect, Instance) and expect.name == DEQUE and expect.args else None
    listed = collect_list(ctx, as_comprehension(ctx, source), None if wanted is ANY else wanted)
    assert isinstance(listed.type, ListOf)
    if listed.type.elem in (ANY, NEVER):
        return Value(t.Call(t.Path("VecDeque::new"), ()), Instance(DEQUE, held_types(DEQUE, node, expect)))
    return Value(t.Call(t.Path("VecDeque::from"), (listed.expr,)), Instance(DEQUE, (listed.type.elem,)))


def _bounded_deque(
    ctx: FunctionContext, node: h.CallExternal, source: h.Expr | None, expect: Type | None
) -> Value:
    """`deque(items, maxlen)` keeps the last items; see `queues`."""
    listed = collect_list(ctx, as_comprehension(ctx, source), None) if source is not None else None
    found = listed.type.elem if listed is not None and isinstance(listed.type, ListOf) else NEVER
    (elem,) = held_types(DEQUE, node, expect) if found in (ANY, NEVER) else (found,)
    items = listed.expr if listed is not None else t.ArrayExpr(())
    length = t.Call(t.Path("Some"), (queues.limit(ctx, node),))
    return Value(ctx.rt_try("collections::deque", items, length), Instance(DEQUE, (elem,)))


def lower_method(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """A method of a `deque`."""
    assert isinstance(receiver.type, Instance)
    elem = receiver.type.args[0]
    if (length := queues.length_of(ctx, node.receiver)) is not None:
        added = queues.lower_bounded(ctx, node, receiver, length)
        if added is not None:
            return added
    match node.method, node.args:
        case ("copy", ()) if length is None:
            return Value(t.Method(receiver.expr, "clone"), receiver.type)
        case ("append" | "appendleft" as name, (item,)):
            stored = coerce.owned(ctx, ctx.expr(item, elem), elem, node.span)
            return Value(
                t.Method(mutable_receiver(ctx, node.receiver, receiver), _ENDS[name], (stored,)), NONE
            )
        case ("pop" | "popleft" as name, ()):
            taken = ctx.rt_try(f"collections::{_TAKES[name]}", _mutable(ctx, node.receiver, receiver))
            return Value(taken, elem)
        case ("clear", ()):
            return Value(t.Method(mutable_receiver(ctx, node.receiver, receiver), "clear"), NONE)
        case ("reverse", ()):
            return Value(ctx.rt("collections::deque_reverse", _mutable(ctx, node.receiver, receiver)), NONE)
        case ("insert", (index, item)):
            stored = coerce.owned(ctx, ctx.expr(item, elem), elem, node.span)
            place = _mutable(ctx, node.receiver, receiver)
            return Value(ctx.rt("collections::deque_insert", place, ctx.i64(index), stored), NONE)
        case ("remove" | "index" | "count", (item,)) if item.type == elem:
            return _search(ctx, node, receiver, elem)
        case ("rotate", () | (_,) as counts):
            turns = ctx.i64(counts[0]) if counts else t.Lit("1")
            return Value(
                ctx.rt("collections::deque_rotate", _mutable(ctx, node.receiver, receiver), turns), NONE
            )
        case ("extend" | "extendleft", (source,)):
            return _extend(ctx, node, receiver, source)
    raise Refusal("PT301", node.span, f"`deque.{node.method}` is not translated in this form")


def _search(ctx: FunctionContext, node: h.CallMethod, receiver: Value, elem: Type) -> Value:
    wanted = t.Ref(coerce.owned(ctx, ctx.expr(node.args[0], elem), elem, node.span))
    if node.method == "remove":
        place = _mutable(ctx, node.receiver, receiver)
        return Value(ctx.rt_try("collections::deque_remove", place, wanted), NONE)
    call = ctx.rt_try if node.method == "index" else ctx.rt
    lent = receiver.form in (Form.BORROWED, Form.MUTREF)
    queue = receiver.expr if lent else t.Ref(receiver.expr)
    return Value(call(f"collections::deque_{node.method}", queue, wanted), INT)


def _extend(ctx: FunctionContext, node: h.CallMethod, receiver: Value, source: h.Expr) -> Value:
    assert isinstance(receiver.type, Instance)
    iteration = iterate(ctx, as_comprehension(ctx, source))
    require_order(iteration, node.span)
    items, type_, fallible = owned_items(ctx, iteration, node.span)
    if fallible or type_ != receiver.type.args[0]:
        raise Refusal("PT105", node.span, f"`{type_}` items are added to a `{receiver.type}`")
    if node.method == "extend":
        place = mutable_receiver(ctx, node.receiver, receiver)
        return Value(t.Method(place, "extend", (items,)), NONE)
    target = _mutable(ctx, node.receiver, receiver)
    return Value(ctx.rt("collections::deque_extend_left", target, items), NONE)


def _mutable(ctx: FunctionContext, node: h.Expr, receiver: Value) -> t.Expr:
    place = mutable_receiver(ctx, node, receiver)
    return place if receiver.form is Form.MUTREF or isinstance(place, t.Try) else t.Ref(place, mutable=True)
