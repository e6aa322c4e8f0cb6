"""Variables that may have no value where they are read start as None, and reading that declines.

    for x in xs:                x: int | None = None
        pass               →    for x in xs: …
    return x                    return x.unwrap()

Without a value Python raises UnboundLocalError; the call is declined, so that it does. Only for variables
of immutable types: a list would have to be changed through the option.
"""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.analysis.bound import surely_bound
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.rewrite import rewrite
from portalis.compiler.hir.walk import walk
from portalis.compiler.types import NONE, STR, OptionalOf, Type, is_copy


def settle_unbound(function: h.Function) -> h.Function:
    """The function with such variables as optional ones."""
    bound = surely_bound(function)
    kinds = {name: function.locals[name] for name in sorted(bound.unsure) if _simple(function.locals[name])}
    for name in _elsewhere(function):
        kinds.pop(name, None)
    if not kinds:
        return function

    def change(node: h.Node) -> h.Node:
        match node:
            case h.Local(name=name, type=type_) if name in kinds:
                return replace(node, declared=OptionalOf(kinds[name]), type=type_)
            case h.AugAssign(target=h.Local(name=name) as target, op=op, value=value) if name in kinds:
                whole = h.Binary(op, replace(target), value, span=node.span, type=kinds[name])
                return h.Assign((target,), whole, span=node.span, comments=node.comments)
            case h.Delete(target=h.Local(name=name) as target) if name in kinds:
                return _none(target, node)
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


def _simple(type_: Type) -> bool:
    return type_ is STR or (is_copy(type_) and type_ is not NONE and not isinstance(type_, OptionalOf))


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
