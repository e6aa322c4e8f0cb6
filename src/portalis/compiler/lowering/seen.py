"""What the flow tells of variables in the statements that follow one."""

from __future__ import annotations

from collections.abc import Iterator

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering.context import FunctionContext, Local
from portalis.compiler.types import Type


def seen_as_one(ctx: FunctionContext, rest: list[h.Stmt]) -> Iterator[tuple[Local, Type]]:
    """The variables that statements mention under one type only, each with that type.

    None of them is bound again, or read by a function inside that may run later.
    """
    from portalis.compiler.lowering.branches import assigned_in

    mentions: dict[str, set[Type]] = {}
    for stmt in rest:
        for node in walk(stmt):
            if isinstance(node, h.Local):
                mentions.setdefault(node.name, set()).add(node.type)
    for local in list(ctx.visible()):
        name, seen = local.name, mentions.get(local.name, set())
        if len(seen) != 1 or ctx.lookup(name) is not local:
            continue
        if name not in ctx.facts.captured and not assigned_in(rest, name):
            yield local, next(iter(seen))
