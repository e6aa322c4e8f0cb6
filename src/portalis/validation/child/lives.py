"""What happens to an instance before it is an input: calls of its methods, and attributes that are bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from .recipe import Recipe
from .shape import Shape

if TYPE_CHECKING:
    from .draw import Drawer

Call = tuple[str, tuple[object, ...]]

_COUNTS = (0, 1, 2, 3, 5, 8)
_RING = 0.06
_STORE = 0.35
_FILLED = 0.15
_FILLED_AGAIN = 0.6
_REFUSED = 0.25
_GROWN = 0.3
_FEW = 3
_EMPTY: dict[str, type] = {"list": list, "dict": dict, "set": set, "vartuple": tuple, "optional": type(None)}


def lived(drawer: Drawer, recipe: Recipe, shape: Shape, depth: int) -> Recipe:
    """The instance after a few calls of its methods, those of one alone now and then."""
    rng, methods = drawer.rng, shape.parts[1:]
    if depth == 0 and rng.random() < _GROWN and (calls := _growing(drawer, methods)):
        return replace(recipe, calls=tuple(_taken(drawer, recipe, calls)))
    count = rng.choice(_COUNTS) if methods else 0
    calls = _taken(drawer, recipe, [call(drawer, methods, depth) for _ in range(count)])
    if count and depth == 0 and rng.random() < _FILLED:
        calls += _filling(drawer, methods, calls)
    return replace(recipe, calls=tuple(calls))


def plainest(drawer: Drawer, shape: Shape, depth: int) -> object:
    """Nothing, where nothing or an empty container will do; else any value."""
    return _EMPTY[shape.kind]() if shape.kind in _EMPTY else drawer.draw(shape, depth)


def call(drawer: Drawer, methods: Sequence[Shape], depth: int) -> Call:
    """A call of one of the methods; less often an attribute that is bound, rarely a ring that is made,
    and never once rings cost too much.
    """
    rings = [method for method in methods if method.text.startswith("@")]
    stores = [method for method in methods if method.text.startswith("=")]
    others = _called(methods)
    if rings and drawer.caps.rings and drawer.rng.random() < _RING:
        others = rings
    elif stores and (not others or drawer.rng.random() < _STORE):
        others = stores
    return _with_arguments(drawer, drawer.rng.choice(others or stores or rings), depth + 1)


def _called(methods: Sequence[Shape]) -> list[Shape]:
    return [method for method in methods if method.text[:1] not in "@="]


def _with_arguments(drawer: Drawer, method: Shape, depth: int) -> Call:
    return method.text, tuple(drawer.draw(part, depth) for part in method.parts)


def _growing(drawer: Drawer, methods: Sequence[Shape]) -> list[Call]:
    """Several calls of one method, as structures are filled: what they hold came in by one way."""
    giving = [method for method in _called(methods) if method.parts]
    if not giving:
        return []
    method = drawer.rng.choice(giving)
    return [_with_arguments(drawer, method, 1) for _ in range(drawer.rng.randint(2, 9))]


def _taken(drawer: Drawer, recipe: Recipe, calls: list[Call]) -> list[Call]:
    """The calls without most of those that raise: they are seldom what leads to another state.

    None where they take too long.
    """
    refused: set[int] = set()
    tried = replace(recipe, calls=tuple(calls), refused=refused)
    if calls and not drawer.makeable((tried,)):
        return []
    return [one for at, one in enumerate(calls) if at not in refused or drawer.rng.random() < _REFUSED]


def _filling(drawer: Drawer, methods: Sequence[Shape], calls: Sequence[Call]) -> list[Call]:
    """One method, called about as often as a number of the source says: what fills an instance up.

    It is one of the `calls` that the instance takes, more often than not.
    """
    rng, called = drawer.rng, _called(methods)
    numbers = [number for number in drawer.hints.ints if _FEW < number <= 2 * drawer.caps.length]
    if not numbers or not called:
        return []
    known = [one for one in calls if one[0][0] not in "@="]
    method = rng.choice(called)
    times = rng.choice(numbers) + rng.choice((-1, 0, 0, 1))
    if known and rng.random() < _FILLED_AGAIN:
        return [rng.choice(known)] * times
    if rng.random() < 0.5:
        return [_with_arguments(drawer, method, 1)] * times
    return [_with_arguments(drawer, method, 1) for _ in range(times)]
