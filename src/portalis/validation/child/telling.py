"""Inputs that are seldom drawn and tell much: one number at an end of 64 bits among small ones, arguments
that are equal, the same object or part of each other, few characters of which some are wide, each literal of
the source beside plain values.

They are few, and the same for every effort.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterator

from .any_value import hashed
from .compare import apart, mutable_parts
from .compose import Args
from .dict_like import empty, filled
from .draw import Drawer
from .recipe import holds_recipe
from .shape import DICTS, Shape

_ENDS = (2**63 - 1, -(2**63))
_AROUND = ((1, 1), (1, -1), (-1, 1), (-1, -1), (0, 0))
_MOST_PLACES = 9
_MOST_LITERALS = 16
_MOST_KEYS = 6
_DRAWS = 2
_WIDE = ("é", "aé日b😀")
_COUNTS = (0, 1, 2, 3, -1)
_MAKE: dict[str, Callable[[list[object]], object]] = {
    "list": list,
    "vartuple": tuple,
    "deque": deque,
    "set": set,
    "frozenset": frozenset,
}


class Telling:
    """Makes the inputs for functions of `shapes`."""

    def __init__(self, shapes: tuple[Shape, ...], drawer: Drawer) -> None:
        self._shapes = shapes
        self._drawer = drawer

    def all(self) -> Iterator[Args]:
        """All of them, those that most often tell something first."""
        if self._shapes:
            yield from self._related()
            yield from self._wide()
            yield from self._at_the_ends()
            yield from self._literals()

    def _row(self, number: Callable[[], int], text: str = "a") -> Args:
        return tuple(self._plain(shape, number, text) for shape in self._shapes)

    def _plain(self, shape: Shape, number: Callable[[], int], text: str) -> object:
        """An ordinary value: `number()` for each integer, `text` for each string, two items everywhere, and
        dicts whose keys the source mentions.
        """
        match shape.kind:
            case "int":
                return number()
            case "str":
                return text
            case "float":
                return 1.5
            case "bool":
                return True
            case "optional" | "union":
                return self._plain(shape.parts[0], number, text)
            case "tuple":
                return tuple(self._plain(part, number, text) for part in shape.parts)
            case kind if kind in DICTS:
                key, value = shape.parts
                pairs = ((one, self._plain(value, number, text)) for one in self._keys(key, text))
                return filled(empty(shape), pairs)
            case kind if kind in _MAKE:
                held = hashed(shape.parts[0]) if kind in ("set", "frozenset") else shape.parts[0]
                return _MAKE[kind]([self._plain(held, number, text) for _ in range(2)])
            case _:
                return self._drawer.draw(shape, 1)

    def _keys(self, shape: Shape, text: str) -> list[object]:
        hints = self._drawer.hints
        match shape.kind:
            case "str":
                return list(dict.fromkeys([text, *hints.own_strings[:_MOST_KEYS], "b"]))
            case "int":
                return list(dict.fromkeys([1, *hints.ints[:_MOST_KEYS], 0]))
            case _:
                return [self._plain(hashed(shape), lambda: 1, text)]

    def _at_the_ends(self) -> Iterator[Args]:
        """Each integer in turn at an end of 64 bits: an operation on it leaves them, or just not."""
        count = itertools.count()
        self._row(lambda: next(count))
        places = next(count)
        for at in range(min(places, _MOST_PLACES)):
            for end, (before, after) in itertools.product(_ENDS, _AROUND):
                if before != after and 0 < places < 2:
                    continue
                numbers = iter([before] * at + [end] + [after] * (places - at))
                yield self._row(lambda numbers=numbers: next(numbers))  # type: ignore[misc]

    def _wide(self) -> Iterator[Args]:
        """Characters of several bytes, with numbers that may count them."""
        kinds = {shape.kind for shape in self._shapes}
        if "str" in kinds and "int" in kinds:
            for text, number in itertools.product(_WIDE, _COUNTS):
                yield self._row(lambda number=number: number, text)  # type: ignore[misc]

    def _literals(self) -> Iterator[Args]:
        """Each literal of the source as a string argument, beside plain values."""
        if len(self._shapes) < 2:
            return
        row = self._row(lambda: 1, "é")
        for at, shape in enumerate(self._shapes):
            if shape.kind == "str":
                for literal in self._drawer.hints.own_strings[:_MOST_LITERALS]:
                    yield (*row[:at], literal, *row[at + 1 :])

    def _related(self) -> Iterator[Args]:
        """Two arguments of one type that are equal, the same object, each other's reverse, or the one inside
        the other; rows of a table that are one object.
        """
        for one, other in itertools.combinations(range(len(self._shapes)), 2):
            if self._shapes[one] == self._shapes[other]:
                for _ in range(_DRAWS):
                    yield from self._twins(one, other)
        for at, shape in enumerate(self._shapes):
            if shape.kind in ("list", "vartuple", "deque") and self._is_mutable(shape.parts[0]):
                inner = self._drawer.draw(shape.parts[0], 1)
                row = self._row(lambda: 1)
                yield (*row[:at], _MAKE[shape.kind]([inner, inner]), *row[at + 1 :])

    def _twins(self, one: int, other: int) -> Iterator[Args]:
        value = self._telling_value(self._shapes[one])
        row = [self._drawer.draw(shape) for shape in self._shapes]

        def with_both(left: object, right: object) -> Args:
            made = [apart(arg) for arg in row]
            made[one], made[other] = left, right
            return tuple(made)

        yield with_both(value, apart(value))
        if mutable_parts(value, set()) or holds_recipe(value):
            yield with_both(value, value)
        if isinstance(value, (str, list, tuple)):
            yield with_both(value, value[::-1])
        if isinstance(value, str):
            part = value[:2] or "a"
            around = f"x{part}y{part}z{part}"
            yield with_both(around, part)
            yield with_both(part, around)
        if isinstance(value, list):
            yield with_both(value, value[1:])
            yield with_both(value[1:], value)

    def _telling_value(self, shape: Shape) -> object:
        """A value that is not empty, where one is soon drawn."""
        for _ in range(8):
            value = self._drawer.draw(shape)
            if not isinstance(value, (str, list, dict, set, tuple)) or len(value) > 1:
                return value
        return self._plain(shape, lambda: 1, "ab")

    def _is_mutable(self, shape: Shape) -> bool:
        return shape.kind in DICTS | {"list", "set", "deque", "bytearray"}
