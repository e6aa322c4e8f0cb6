"""Rewriting the typed tree: a copy in which some nodes are others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, TypeVar, cast

from portalis.compiler.hir import nodes as h

N = TypeVar("N", bound=h.Node)


def rewrite(node: N, change: Callable[[h.Node], h.Node]) -> N:
    """The tree with `change` applied to every node from the leaves up; what it leaves alone is kept."""
    made: dict[str, Any] = {}
    for item in fields(node):
        old = getattr(node, item.name)
        new = _value(old, change)
        if new is not old:
            made[item.name] = new
    return cast("N", change(replace(node, **made) if made else node))


def _value(value: object, change: Callable[[h.Node], h.Node]) -> object:
    match value:
        case h.Node():
            return rewrite(value, change)
        case tuple() | list():
            parts = [_value(part, change) for part in value]
            if all(new is old for new, old in zip(parts, value, strict=True)):
                return value
            return type(value)(parts)
        case dict():
            found = {key: _value(part, change) for key, part in value.items()}
            return value if all(found[key] is value[key] for key in value) else found
        case _:
            return value
