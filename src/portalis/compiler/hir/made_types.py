"""Variables that are annotated with a wider type than that of the one object they are bound to.

groups: dict[int, list[str]] = defaultdict(list)    # a defaultdict: reading a key that is missing adds it
"""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.analysis.liveness import bound_names
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.rewrite import rewrite
from portalis.compiler.hir.walk import walk
from portalis.compiler.types import DictOf, Instance, Type

_DEFAULT_DICT = "collections.defaultdict"


def as_made(function: h.Function) -> h.Function:
    """The function with the types of what such variables are bound to; the same one where it has none."""
    found: dict[str, Type] = {}
    for node in walk(function.body):
        match node:
            case h.Assign(
                targets=[h.Local(name=name, declared=DictOf(key, item))],
                value=h.CallExternal(fullname=fullname),
            ) if fullname == _DEFAULT_DICT and _bound_once(function, name):
                found[name] = Instance(_DEFAULT_DICT, (key, item))
    if not found:
        return function

    def change(node: h.Node) -> h.Node:
        if isinstance(node, h.Local) and node.name in found:
            return replace(node, type=found[node.name], declared=found[node.name])
        return node

    made = rewrite(function, change)
    return replace(made, locals={**made.locals, **found})


def _bound_once(function: h.Function, name: str) -> bool:
    """Whether one statement binds the variable, and no function inside knows it."""
    if any(param.name == name for param in function.params):
        return False
    count = 0
    for node in walk(function.body):
        match node:
            case h.Assign(targets=targets):
                count += sum(name in bound_names(target) for target in targets)
            case h.AugAssign(target=target) | h.For(target=target) | h.Clause(target=target):
                count += name in bound_names(target)
            case h.NestedFunction() | h.Lambda() if any(
                isinstance(one, h.Local) and one.name == name for one in walk(node)
            ):
                return False
            case h.Walrus(target=target):
                count += target.name == name
            case _:
                pass
    return count == 1
