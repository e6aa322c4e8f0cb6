"""A function in which what outgrows 64 bits has the type of integers of any size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from portalis.compiler.analysis.growth import Growth, is_big
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.rewrite import rewrite
from portalis.compiler.types import BIG, INT, Type


def widen(function: h.Function, growth: Growth, big_callee: Callable[[str], bool]) -> h.Function:
    """A copy of the function whose `growth` is `BIG`; its parameters stay as they are."""

    def big_call(key: str) -> bool:
        return (growth.result and key == function.key) or big_callee(key)

    def change(node: h.Node) -> h.Node:
        if isinstance(node, h.Local) and node.name in growth.names:
            return replace(node, type=_wider(node.type), declared=_wider(node.declared))
        if isinstance(node, h.Expr) and node.type is INT and is_big(node, growth.names, big_call):
            return replace(node, type=BIG)
        return node

    wider = rewrite(function, change)
    return replace(
        wider,
        returns=BIG if growth.result else wider.returns,
        locals={name: BIG if name in growth.names else type_ for name, type_ in wider.locals.items()},
    )


def _wider(type_: Type) -> Type:
    return BIG if type_ is INT else type_
