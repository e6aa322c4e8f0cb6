"""Methods of sets and frozensets."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce, subsets
from portalis.compiler.lowering.comprehension import as_comprehension, collect_set
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.iterate import iterate
from portalis.compiler.lowering.membership import key_ref
from portalis.compiler.lowering.receivers import lent_receiver, mutated, place, stored
from portalis.compiler.lowering.targets import owned_items
from portalis.compiler.lowering.value import Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import BOOL, NONE, SetOf

_COMPARED = {"issubset": "is_subset", "issuperset": "is_superset", "isdisjoint": "is_disjoint"}
_COMBINED = frozenset({"union", "intersection", "difference", "symmetric_difference"})
_UPDATES = frozenset({"intersection_update", "difference_update", "symmetric_difference_update"})


def lower(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """A method of a set.

    Raises:
        Refusal: PT301 for one that isn't translated, or not with these arguments.
    """
    match node.method, len(node.args):
        case "add" | "discard" | "remove" | "pop" | "clear" | "update" as name, count if count == (
            name not in ("pop", "clear")
        ):
            return _changed(ctx, node, receiver)
        case name, 1 if name in _UPDATES:
            target = mutated(ctx, node, receiver)
            return _unit(ctx.rt(f"set::{name}", target, _other(ctx, node.args[0], receiver)))
        case "copy", 0:
            copy = (
                coerce.thaw(receiver.expr, receiver.type)
                if receiver.frozen
                else t.Method(receiver.expr, "clone")
            )
            return Value(copy, receiver.type)
        case name, 1 if name in _COMPARED:
            return _compared(ctx, node, receiver)
        case name, count if name in _COMBINED and (count == 1 or (count and name != "symmetric_difference")):
            return _combined(ctx, node, receiver)
    raise Refusal("PT301", node.span, f"`{receiver.type}.{node.method}` is not translated in this form")


def _changed(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """The methods that change the set itself."""
    assert isinstance(receiver.type, SetOf)
    elem = receiver.type.elem
    match node.method:
        case "add":
            value = stored(ctx, node.args[0], elem)
            return _unit(t.Method(place(ctx, node, receiver), "insert", (value,)))
        case "discard":
            key = key_ref(ctx, ctx.expr(node.args[0]), elem, node.span, of_set=True)
            return _unit(t.Method(place(ctx, node, receiver), "remove", (key,)))
        case "remove":
            key = key_ref(ctx, ctx.expr(node.args[0]), elem, node.span, of_set=True)
            return _unit(ctx.rt_try("set::remove", mutated(ctx, node, receiver), key))
        case "pop":
            return Value(ctx.rt_try("set::pop", mutated(ctx, node, receiver)), elem)
        case "clear":
            return _unit(t.Method(place(ctx, node, receiver), "clear"))
        case _:
            return _updated(ctx, node, receiver)


def _updated(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`s.update(items)` of any iterable."""
    assert isinstance(receiver.type, SetOf)
    given = node.args[0]
    if isinstance(given.type, SetOf):
        other = ctx.expr(given)
        if other.type == receiver.type:
            target = mutated(ctx, node, receiver)
            lent = coerce.borrowed(ctx, other, other.type, node.span)
            return _unit(ctx.rt("set::union_update", target, lent))
    items, type_, fallible = owned_items(ctx, iterate(ctx, as_comprehension(ctx, given)), node.span)
    if fallible:
        raise Refusal("PT301", node.span, "`update` with items that can raise", "make them a list first")
    if type_ != receiver.type.elem:
        raise Refusal("PT105", node.span, f"`{type_}` items are added to a `{receiver.type}`")
    return _unit(t.Method(place(ctx, node, receiver), "extend", (items,)))


def _combined(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`a.union(b, c)` is `a.union(b).union(c)`."""
    assert isinstance(receiver.type, SetOf)
    made = receiver
    kind = SetOf(receiver.type.elem, receiver.type.frozen)
    for given in node.args:
        lent = coerce.borrowed(ctx, made, made.type, node.span) if made.frozen else lent_receiver(made)
        call = ctx.rt(f"set::{node.method}", lent, _other(ctx, given, receiver))
        made = Value(call, kind)
    return made


def _compared(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`s.issubset(items)` and the like; constant sets are of another type in Rust."""
    name, other = _COMPARED[node.method], _other_set(ctx, node.args[0], receiver)
    if not subsets.mixed(receiver, other):
        lent = coerce.borrowed(ctx, other, other.type, node.span)
        return Value(t.Method(receiver.expr, name, (lent,)), BOOL)
    stmts: list[t.Stmt] = []
    receiver, other = (subsets.named(ctx, one, stmts) for one in (receiver, other))
    found = subsets.related(name, receiver, other)
    return Value(t.BlockExpr(t.Block(tuple(stmts), found)) if stmts else found, BOOL)


def _other(ctx: FunctionContext, given: h.Expr, receiver: Value) -> t.Expr:
    """The argument as a borrowed set."""
    other = _other_set(ctx, given, receiver)
    return coerce.borrowed(ctx, other, other.type, given.span)


def _other_set(ctx: FunctionContext, given: h.Expr, receiver: Value) -> Value:
    """The argument as a set; any iterable of such items is made one."""
    assert isinstance(receiver.type, SetOf)
    if isinstance(given.type, SetOf):
        other = ctx.expr(given, SetOf(receiver.type.elem, given.type.frozen))
    else:
        other = collect_set(ctx, as_comprehension(ctx, given))
    if not isinstance(other.type, SetOf) or other.type.elem != receiver.type.elem:
        message = f"`{receiver.type}` is combined with a `{other.type}`"
        raise Refusal("PT301", given.span, message, "make it a set of such items first")
    return other


def _unit(expr: t.Expr) -> Value:
    return Value(expr, NONE)
