"""Values where any may stand: what data from outside looks like, and what code that takes anything is given.

A dict has the texts of the source among its keys more often than not: `data["rows"]` looks for such.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .shape import Shape

if TYPE_CHECKING:
    from .draw import Drawer

_ALIKE = 0.85
_NUMBERS = ("int", "int", "float")
_ATOMS = ("str", "str", "str", "tuple", "bool", "none", "bytes")
_CONTAINERS = ("list", "list", "dict", "dict", "record", "record", "set")
_DEEPEST = 3
_CONTAINED = 0.35
_WHOLE = 0.6
_TWICE = 0.1
_MOST = 4


INSIDE: dict[type, Shape] = {
    list: Shape("list", (Shape("any"),)),
    dict: Shape("dict", (Shape("key"), Shape("any"))),
    set: Shape("set", (Shape("key"),)),
}
"""What a container of any values holds, to be changed in part."""


def anything(drawer: Drawer, depth: int) -> object:
    """A value of the type that the last one had, more often than not: code seldom mixes them."""
    rng = drawer.rng
    if rng.random() > _ALIKE:
        contained = depth < _DEEPEST and rng.random() < _CONTAINED
        drawer.kind = rng.choice(_CONTAINERS) if contained else _atom(drawer)
    if drawer.kind not in _CONTAINERS:
        return _of_kind(drawer, depth, anything)
    if depth >= _DEEPEST:
        return drawer.integer()
    outer = drawer.kind
    made = _container(drawer, outer, depth)
    drawer.kind = outer
    return made


def key(drawer: Drawer, depth: int) -> object:
    """A value of any type that can be hashed."""
    if drawer.rng.random() > _ALIKE or drawer.kind in _CONTAINERS:
        drawer.kind = _atom(drawer)
    return _of_kind(drawer, depth, key)


def hashed(shape: Shape) -> Shape:
    """The shape with values that can be hashed where any may stand."""
    if shape.kind == "any":
        return Shape("key")
    return Shape(shape.kind, tuple(map(hashed, shape.parts)), shape.text) if shape.kind == "tuple" else shape


def _atom(drawer: Drawer) -> str:
    rng = drawer.rng
    return rng.choice(_NUMBERS) if rng.random() < 0.6 else rng.choice(_ATOMS)


def _of_kind(drawer: Drawer, depth: int, part: Callable[[Drawer, int], object]) -> object:
    if drawer.kind == "tuple":
        return tuple(part(drawer, depth + 1) for _ in range(drawer.rng.randint(0, 3 if depth < 3 else 0)))
    return drawer.draw(Shape(drawer.kind), depth)


def _container(drawer: Drawer, kind: str, depth: int) -> object:
    rng = drawer.rng
    names = drawer.hints.own_strings
    if kind == "record" and names:
        chosen = (
            names
            if rng.random() < _WHOLE and len(names) <= 2 * _MOST
            else rng.sample(names, min(len(names), rng.randint(1, _MOST)))
        )
        return {name: _inside(drawer, depth) for name in chosen}
    count = rng.randint(0, _MOST)
    drawer.kind = _atom(drawer)
    if kind == "list":
        if rng.random() < _TWICE:
            inner = _inside(drawer, depth)
            return [inner, *(_inside(drawer, depth) for _ in range(count)), inner]
        if rng.random() < 0.5:
            return [_inside(drawer, depth) for _ in range(count)]
        return [anything(drawer, depth + 1) for _ in range(count)]
    if kind == "set":
        return {key(drawer, depth + 1) for _ in range(count)}
    return {_name(drawer, depth): _inside(drawer, depth) for _ in range(count)}


def _inside(drawer: Drawer, depth: int) -> object:
    """A value of a type of its own."""
    rng = drawer.rng
    contained = depth + 1 < _DEEPEST and rng.random() < _CONTAINED
    drawer.kind = rng.choice(_CONTAINERS) if contained else _atom(drawer)
    return anything(drawer, depth + 1)


def _name(drawer: Drawer, depth: int) -> object:
    rng = drawer.rng
    if drawer.hints.own_strings and rng.random() < 0.5:
        return rng.choice(drawer.hints.own_strings)
    return drawer.text() if rng.random() < 0.7 else key(drawer, depth + 1)
