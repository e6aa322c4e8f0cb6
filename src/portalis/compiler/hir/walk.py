"""Walking the typed tree: children of a node, and every expression below one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from portalis.compiler.hir import nodes as h


def children(node: h.Node) -> Iterator[h.Node]:
    """The nodes directly below, in evaluation order as far as the fields tell it."""
    for f in fields(node):
        yield from _nodes_in(getattr(node, f.name))


def _nodes_in(value: object) -> Iterator[h.Node]:
    if isinstance(value, h.Node):
        yield value
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from _nodes_in(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _nodes_in(part)


def walk(node: h.Node | list[h.Stmt]) -> Iterator[h.Node]:
    """The node and everything below it, nested functions and lambdas included, in order."""
    if isinstance(node, list):
        for stmt in node:
            yield from walk(stmt)
        return
    yield node
    for child in children(node):
        yield from walk(child)


def root_local(expr: h.Expr) -> tuple[h.Local, int] | None:
    """The variable that a place expression (`a`, `a[i]`, `a[i][j]`, `a.x`) goes back to, and its depth."""
    depth = 0
    while True:
        match expr:
            case h.Local():
                return expr, depth
            case h.Subscript(value=value) | h.Slice(value=value) | h.Attribute(value=value):
                expr = value
                depth += 1
            case _:
                return None
