"""Variables that may have no value where they are read start as None, and reading that declines.

    for x in xs:                x: int | None = None
        pass               →    for x in xs: …
    return x                    return x.unwrap()

Without a value Python raises UnboundLocalError; the call is declined, so that it does. What may be None
anyway has no other value to say so, and iterators are no values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from portalis.compiler.analysis.bound import surely_bound
from portalis.compiler.analysis.decided import settle
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.rewrite import rewrite
from portalis.compiler.hir.walk import walk
from portalis.compiler.types import ANY, NEVER, NONE, CallableOf, IterOf, OptionalOf, Type, is_mutable


def settled(function: h.Function) -> tuple[h.Function, frozenset[int]]:
    """The function without what its types exclude (see `decided`), and with such variables as optional ones.

    A test of a variable that may have no value decides nothing: reading it can raise.
    """
    marked = _marked(function, _kinds(function))
    while True:
        shorter, dead = settle(marked)
        kinds = _kinds(shorter)
        if kinds.keys() == marked.unbound:
            return settle_unbound(shorter, kinds), dead
        marked = _marked(function, kinds)


def _kinds(function: h.Function) -> dict[str, Type]:
    """The types of the variables that may have no value where they are read."""
    elsewhere = _elsewhere(function)
    found = {name: function.locals[name] for name in sorted(surely_bound(function).unsure - elsewhere)}
    return {name: kind for name, kind in found.items() if _holds(kind)}


def _marked(function: h.Function, kinds: Mapping[str, Type]) -> h.Function:
    def change(node: h.Node) -> h.Node:
        match node:
            case h.Local(name=name) if name in kinds:
                return replace(node, declared=OptionalOf(kinds[name]))
        return node

    body = [rewrite(stmt, change) for stmt in function.body] if kinds else function.body
    return replace(function, body=body, unbound=function.unbound | kinds.keys())


def settle_unbound(function: h.Function, kinds: Mapping[str, Type]) -> h.Function:
    """The function with the variables as optional ones that start as None."""
    if not kinds:
        return function

    def change(node: h.Node) -> h.Node:
        match node:
            case h.AugAssign(target=h.Local(name=name) as target, op=op, value=value) if (
                name in kinds and not is_mutable(kinds[name])
            ):
                whole = h.Binary(op, replace(target), value, span=node.span, type=kinds[name])
                return h.Assign((target,), whole, span=node.span, comments=node.comments)
        return node

    body = [rewrite(stmt, change) for stmt in function.body]
    starts = [
        _none(h.Local(name, OptionalOf(kind), span=function.span, type=kind), function)
        for name, kind in kinds.items()
    ]
    locals_ = function.locals | {name: OptionalOf(kind) for name, kind in kinds.items()}
    return replace(function, body=[*starts, *body], locals=locals_)


def _none(target: h.Local, at: h.Node) -> h.Assign:
    return h.Assign((target,), h.Literal(None, span=at.span, type=NONE), span=at.span)


def _holds(type_: Type) -> bool:
    """Whether an `Option` of the type tells that there is no value yet."""
    return type_ not in (ANY, NEVER, NONE) and not isinstance(type_, OptionalOf | IterOf | CallableOf)


def _elsewhere(function: h.Function) -> set[str]:
    """Names that are bound by handlers, or that nested functions and lambdas see."""
    found: set[str] = set()
    for node in walk(function.body):
        match node:
            case h.Handler(bound=str(name)):
                found.add(name)
            case h.NestedFunction(function=inner):
                found.update(n.name for n in walk(inner.body) if isinstance(n, h.Local))
            case h.Lambda(body=body):
                found.update(n.name for n in walk(body) if isinstance(n, h.Local))
    return found
