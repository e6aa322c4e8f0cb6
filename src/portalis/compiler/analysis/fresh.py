"""Expressions that make a new container."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h

_MAKING = frozenset(
    {"builtins.list", "builtins.dict", "builtins.set", "builtins.sorted", "collections.Counter"}
)


def makes_container(value: h.Expr) -> bool:
    """Whether an expression makes a container that nothing else can mean: `[]`, `list(x)`, `[… for …]`."""
    match value:
        case h.ListDisplay() | h.DictDisplay() | h.SetDisplay() | h.Comprehension():
            return True
        case h.CallExternal(fullname=fullname):
            return fullname in _MAKING
        case _:
            return False
