"""Attributes declared as `Any` that one type is bound to, `Self`, and tests of what may be None."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self


class Line:
    @dataclass
    class _Stop:
        value: Any = None
        after: Line._Stop | None = None

    def __init__(self) -> None:
        self._first: Any = None
        self._last: Any = None

    def put(self, value: Any) -> None:
        stop = self._Stop(value, None)
        if self._first is None:
            self._first = self._last = stop
        else:
            self._last.after = stop
            self._last = stop

    def shown(self) -> str:
        text, stop = "", self._first
        while stop is not None:
            text += str(stop.value)
            stop = stop.after
        return text


def line_of(values: list[int]) -> str:
    line = Line()
    for value in values:
        line.put(value)
    return line.shown()


class Chain:
    def __init__(self, value: int) -> None:
        self.value = value
        self.after: Self | None = None

    def last(self) -> int:
        one = self
        while isinstance(one.after, Chain):
            one = one.after
        return one.value

    def join(self, other: Chain) -> None:
        one = self
        while one.after is not None:
            one = one.after
        one.after = other


def last_of(values: list[int]) -> int:
    head = Chain(0)
    for value in values:
        head.join(Chain(value))
    return head.last()


def is_number(n: int | None) -> bool:
    return isinstance(n, int)


@dataclass
class Ring:
    value: int
    after: Ring | None = None


def closed(n: int) -> bool:
    one, other = Ring(n), Ring(n)
    one.after = one
    other.after = Ring(n)
    return one == one and one != other


CASES = [
    ("line_of", ([1, 2, 3],)),
    ("line_of", ([],)),
    ("last_of", ([4, 5],)),
    ("last_of", ([],)),
    ("is_number", (None,)),
    ("is_number", (3,)),
    ("closed", (2,)),
]
