"""What the flow tells of variables in the statements that follow one."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.types import Type


def types_seen(rest: list[h.Stmt]) -> dict[str, set[Type]]:
    """The types under which statements mention each variable."""
    found: dict[str, set[Type]] = {}
    for stmt in rest:
        for node in walk(stmt):
            if isinstance(node, h.Local):
                found.setdefault(node.name, set()).add(node.type)
    return found


def bound_in(ctx: FunctionContext, rest: list[h.Stmt], name: str) -> bool:
    """Whether the variable is bound again, or read by a function inside that may run later."""
    from portalis.compiler.lowering.branches import assigned_in

    return name in ctx.facts.captured or assigned_in(rest, name)
