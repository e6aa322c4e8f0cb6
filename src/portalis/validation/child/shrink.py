"""Making a counterexample small: greedily replace parts of the arguments by simpler ones while the sides
still differ.
"""

from __future__ import annotations

import copy
import datetime
import math
from collections import deque
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TypeVar

from . import exact
from .dict_like import remade
from .recipe import Recipe

T = TypeVar("T")
Args = tuple[object, ...]
_MUTABLE = (list, dict, set, bytearray, deque)


def shrink(args: Args, still_differs: Callable[[Args], bool], attempts: int = 300) -> Args:
    """The smallest arguments found within `attempts` calls of `still_differs`.

    A mutable object that is passed twice stays one object, unless two equal ones do as well.
    """
    apart = tuple(copy.copy(arg) if isinstance(arg, _MUTABLE) else arg for arg in args)
    if len({*map(id, args)}) < len({*map(id, apart)}) and still_differs(apart):
        args = apart
    progress = True
    tried = {repr(args)}
    while progress and attempts > 0:
        progress = False
        for at, value in enumerate(args):
            for candidate in simpler(value):
                smaller = _replaced(args, at, candidate)
                text = repr(smaller)
                if text in tried:
                    continue
                tried.add(text)
                attempts -= 1
                if still_differs(smaller):
                    args, progress = smaller, True
                    break
                if attempts <= 0:
                    return args
            if progress:
                break
    return args


def _replaced(args: Args, at: int, candidate: object) -> Args:
    """The arguments with the one at a place replaced, everywhere it is passed if it is mutable."""
    old = args[at]
    again = isinstance(old, _MUTABLE)
    return tuple(
        candidate if other == at or (again and arg is old) else arg for other, arg in enumerate(args)
    )


def simpler(value: object) -> Iterator[object]:  # noqa: C901  one case a type
    """Simpler values of the same type, the boldest first."""
    match value:
        case Enum():
            yield from list(type(value))[:1] if value is not next(iter(type(value))) else ()
        case bool():
            if value:
                yield False
        case int():
            yield from _integers(value)
        case float():
            yield from _floats(value)
        case str():
            yield from _texts(value)
        case bytes() | bytearray():
            for piece in _pieces(list(value)):
                yield type(value)(piece)
        case list() | tuple() | deque() if type(value) in (list, tuple, deque):
            yield from _items(value)
        case set() | frozenset():
            for part in _pieces(sorted(value, key=repr)):
                yield type(value)(part)
        case dict():
            yield from _mapping(value)
        case Recipe():
            yield from value.simpler()
        case Decimal() | Fraction():
            yield from exact.simpler(value)
        case datetime.date():
            yield from _dates(value)


def _dates(value: datetime.date) -> Iterator[datetime.date]:
    plain = (
        datetime.datetime(2000, 1, 1) if isinstance(value, datetime.datetime) else datetime.date(2000, 1, 1)
    )
    if value != plain:
        yield plain


def _integers(value: int) -> Iterator[int]:
    if value == 0:
        return
    yield 0
    if value < 0:
        yield -value
    step = abs(value)
    while step > 1:
        step //= 2
        yield value - step if value > 0 else value + step


def _floats(value: float) -> Iterator[float]:
    for simple in (0.0, 1.0, 0.5):
        if abs(value) > simple or math.isnan(value):
            yield simple
    if math.isfinite(value):
        yield from (x for x in (float(math.trunc(value)), round(value, 1), abs(value)) if x != value)


def _texts(value: str) -> Iterator[str]:
    for piece in _pieces(list(value)):
        yield "".join(piece)
    for at, character in enumerate(value[:60]):
        plain = "0" if character.isdigit() else "a"
        if character not in "0aA":
            yield value[:at] + plain + value[at + 1 :]


def _items(value: list[object] | tuple[object, ...] | deque[object]) -> Iterator[object]:
    kind = type(value)
    for piece in _pieces(list(value)):
        yield kind(piece)
    items = list(value)
    for at, item in enumerate(items[:40]):
        for candidate in simpler(item):
            yield kind([*items[:at], candidate, *items[at + 1 :]])


def _mapping(value: dict[object, object]) -> Iterator[dict[object, object]]:
    pairs = list(value.items())
    for piece in _pieces(pairs):
        yield remade(value, piece)
    for at, (key, item) in enumerate(pairs[:20]):
        for candidate in simpler(item):
            yield remade(value, [*pairs[:at], (key, candidate), *pairs[at + 1 :]])


def _pieces(items: list[T]) -> Iterator[list[T]]:
    """The list without ever smaller runs of its elements."""
    size = len(items)
    while size:
        for start in range(0, len(items), size):
            yield items[:start] + items[start + size :]
        size //= 2
