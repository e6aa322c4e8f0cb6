"""Loops over a dict that bind its keys to other values go over a list of the keys.

    for key in table:              for key in list(table):
        table[key] += 1       →        table[key] += 1

Python's loop doesn't mind, as long as no key comes or goes. Rust can't lend the keys meanwhile.
"""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.analysis.aliasing.places import shape
from portalis.compiler.analysis.liveness import bound_names
from portalis.compiler.analysis.mutation import analyse, changes_type
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import root_local, walk
from portalis.compiler.lowering.branches import assigned_in
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.types import DictOf, ListOf, TupleOf, Type, is_mutable


def over_its_keys(ctx: FunctionContext, stmt: h.For) -> h.For:
    """The loop over a list of the keys or items, where its body stores under the key at hand."""
    found = _keys(stmt)
    if found is None:
        return stmt
    place, key, element = found
    root = root_local(place)
    if root is None or root[0].name in ctx.facts.captured:
        return stmt
    if not analyse(stmt.body, ctx.mutated_params).any_depth(root[0].name):
        return stmt
    if assigned_in(stmt.body, key.name) or assigned_in(stmt.body, root[0].name):
        return stmt
    if not _keeps_its_keys(ctx, stmt.body, shape(place), key.name, root[0].name):
        return stmt
    listed = h.CallExternal("builtins.list", (stmt.iterable,), {}, span=stmt.span, type=ListOf(element))
    turned = replace(stmt, iterable=listed)
    live = ctx.facts.live
    for known in (live.after, live.before):
        known[id(turned)] = known.get(id(stmt), frozenset())
    return turned


def _keys(stmt: h.For) -> tuple[h.Expr, h.Local, Type] | None:
    """The dict that a loop runs over, the variable of its keys, and the type of what the loop takes."""
    match stmt.iterable, stmt.target:
        case (h.Local(type=DictOf(kind, _)) | h.Attribute(type=DictOf(kind, _))) as place, h.Local() as key:
            return place, key, kind
        case h.CallMethod(
            receiver=h.Expr(type=DictOf(kind, _)) as place, method="keys", args=()
        ), h.Local() as key:
            return place, key, kind
        case h.CallMethod(
            receiver=h.Expr(type=DictOf(kind, item)) as place, method="items", args=()
        ), h.TupleDisplay(items=(h.Local() as key, h.Local())) if not is_mutable(item):
            return place, key, TupleOf((kind, item))
        case _:
            return None


def _keeps_its_keys(ctx: FunctionContext, body: list[h.Stmt], place: str, key: str, root: str) -> bool:
    """Whether all that the body does to the dict is to store under the key, or to change what it holds."""

    def stays(node: h.Node) -> bool:
        match node:
            case h.Assign(targets=targets):
                return all(_stored_at_key(target, place, key) for target in targets)
            case h.AugAssign(target=target) | h.For(target=target):
                return _stored_at_key(target, place, key)
            case h.Delete(target=h.Subscript(value=value)):
                return shape(value) != place
            case h.CallMethod(receiver=receiver, method=method):
                return shape(receiver) != place or not changes_type(receiver.type, method)
            case h.CallFunction(key=called, args=args):
                handed = zip(args, ctx.mutated_params(called), strict=False)
                reached = [root_local(argument) for argument, mutated in handed if mutated]
                return all(one is None or one[0].name != root for one in reached)
            case _:
                return not isinstance(node, (h.NestedFunction, h.Lambda, h.Yield))

    return all(map(stays, walk(body)))


def _stored_at_key(target: h.Expr, place: str, key: str) -> bool:
    """Whether binding the target leaves the keys of the dict, and the variable of the key, as they are."""
    match target:
        case h.Subscript(value=value, index=index) if shape(value) == place:
            return isinstance(index, h.Local) and index.name == key
        case h.TupleDisplay(items=items) | h.ListDisplay(items=items):
            return all(_stored_at_key(item, place, key) for item in items)
        case h.Attribute():
            return shape(target) != place
        case _:
            return key not in bound_names(target)
