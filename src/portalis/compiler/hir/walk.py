"""Walking the typed tree: children of a node, and every expression below one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache

from portalis.compiler.hir import nodes as h
from portalis.compiler.types import is_shared


def children(node: h.Node) -> list[h.Node]:
    """The nodes directly below, in evaluation order as far as the fields tell it."""
    found: list[h.Node] = []
    kind: type = type(node)
    for name in _tree_fields(kind):
        _gather(getattr(node, name), found)
    return found


@cache
def _tree_fields(kind: type) -> tuple[str, ...]:
    """The fields of a kind of node that may hold nodes."""
    return tuple(f.name for f in fields(kind) if f.type not in _LEAVES)


# Annotations of fields, as they are written in `nodes`, that never hold a node.
_LEAVES = frozenset(
    {
        "str", "str | None", "Span", "Type", "Type | None", "Constant", "tuple[str, ...]", "dict[str, Type]",
        "frozenset[str]", "bool", "dict[str, str]", "tuple[int, ...]",
    }
)  # fmt: skip


def _gather(value: object, found: list[h.Node]) -> None:
    if isinstance(value, h.Node):
        found.append(value)
    elif isinstance(value, (tuple, list)):
        for part in value:
            _gather(part, found)
    elif isinstance(value, dict):
        for part in value.values():
            _gather(part, found)


def walk(node: h.Node | list[h.Stmt]) -> Iterator[h.Node]:
    """The node and everything below it, nested functions and lambdas included, in order."""
    pending: list[h.Node] = [*reversed(node)] if isinstance(node, list) else [node]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(children(current)))


def called(function: h.Function) -> frozenset[str]:
    """The project functions that a function calls or names, by item key."""
    return frozenset(
        n.key for n in walk(function) if isinstance(n, (h.CallFunction, h.FunctionRef, h.BoundMethod))
    )


def root_local(expr: h.Expr) -> tuple[h.Local, int] | None:
    """The variable that a place expression (`a`, `a[i]`, `a[i][j]`, `a.x`) goes back to, and its depth."""
    depth = 0
    while True:
        match expr:
            case h.Local():
                return expr, depth
            case h.Attribute(value=value) if is_shared(value.type):
                return None  # what a shared instance holds is no part of the variable
            case h.Subscript(value=value) | h.Slice(value=value) | h.Attribute(value=value):
                expr = value
                depth += 1
            case _:
                return None
