"""Variables that a function has as `&mut`: what reads or binds them goes through the reference.

total = total.strict_add(n);      →      *total = total.strict_add(n);
visit(node, &mut total)?;         →      visit(node, total)?;
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import is_dataclass, replace
from typing import TypeVar, cast

from portalis.compiler.rust import tree as t

T = TypeVar("T")

_BY_VALUE = frozenset({"max", "min", "clamp", "cmp", "partial_cmp"})
"""Methods that references have, too: they would be called on the reference."""


def through(node: T, names: AbstractSet[str]) -> T:
    """The tree with every mention of the names made one of what they refer to."""
    return node if not names else cast("T", _through(node, names))


def _through(node: object, names: AbstractSet[str]) -> object:
    match node:
        case tuple():
            return tuple(_through(part, names) for part in node)
        case t.Ref(t.Path(name) as path, True) if name in names:
            return path
        case t.Method(t.Path(name) as path, method, args) if name in names and method not in _BY_VALUE:
            return replace(node, args=tuple(cast("t.Expr", _through(arg, names)) for arg in args))
        case t.Path(name) if name in names:
            return t.Unary("*", node)
    if not is_dataclass(node) or isinstance(node, type):
        return node
    found = {name: getattr(node, name) for name in node.__dataclass_fields__}
    return replace(node, **{name: _through(value, names) for name, value in found.items()})
