"""Inputs that make a comparison go the other way, from the operands it met.

Where `len(text) == 9` met 5 and 9, a text of length 9 is tried, and 8 and 10; where `text[0] in "XYZ"` met
"a" and "XYZ", the letters are put in place of the "a"; where `(n + 4) % 7 == 0` met 2 and 0, the difference
is added to n. What is found need not be right: it is tried.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum

from .compose import Args
from .dict_like import is_dict, remade
from .profile import Pair
from .recipe import Recipe

_MOST_PLACES = 12
_MOST_MEMBERS = 8
_LONGEST = 400
_MOST_CALLS = 3
_MOST_REPEATS = 130


def solutions(args: Args, pairs: Sequence[Pair]) -> Iterator[Args]:
    """Arguments near `args` at which the two sides of a pair are equal, or just not."""
    for pair in pairs:
        for left, right in _wishes(pair.left, pair.right):
            for at, value in enumerate(args):
                for changed in _edits(value, left, right, 0):
                    yield (*args[:at], changed, *args[at + 1 :])


def _wishes(left: object, right: object) -> Iterator[tuple[object, object]]:
    """Which value to put in place of which."""
    if isinstance(right, str) and isinstance(left, str):
        yield left, right
        yield right, left
        if len(left) <= 2 and len(left) < len(right):
            step = max(1, len(right) // _MOST_MEMBERS)
            yield from ((left, character) for character in (*right[::step][:_MOST_MEMBERS], right[-1]))
    elif isinstance(right, (list, tuple, set, frozenset, dict)):
        if not isinstance(left, type(right)):
            members = sorted(right, key=repr) if isinstance(right, (set, frozenset)) else list(right)
            step = max(1, len(members) // _MOST_MEMBERS)
            yield from ((left, member) for member in members[::step][:_MOST_MEMBERS])
        elif left:
            yield left, right
    elif type(left) is not type(None) and type(right) is not type(None):
        yield left, right
        yield right, left


def _edits(value: object, left: object, right: object, depth: int) -> Iterator[object]:
    """The value with `right` in place of `left`, at each place where that can be meant."""
    match value:
        case bool() | Enum() | None:
            return
        case int():
            yield from _integers(value, left, right)
        case float():
            yield from _reals(value, left, right)
        case Recipe():
            yield from _recipes(value, left, right, depth)
        case str():
            yield from _texts(value, left, right)
        case bytes():
            yield from _bytes(value, left, right)
        case list() | tuple() | deque() if type(value) in (list, tuple, deque):
            yield from _sequences(value, left, right, depth)
        case dict() if is_dict(value):
            yield from _mappings(value, left, right, depth)


def _integers(value: int, left: object, right: object) -> Iterator[int]:
    if type(right) is not int:
        return
    if value == left:
        yield from (right, right - 1, right + 1)
    elif type(left) is int:
        gap = right - left
        yield from (value + gap, value - gap, value + gap - 1, value + gap + 1)
        if left and right % left == 0:
            yield value * (right // left)


def _reals(value: float, left: object, right: object) -> Iterator[float]:
    if type(right) not in (int, float) or type(left) not in (int, float):
        return
    assert isinstance(left, (int, float))
    assert isinstance(right, (int, float))
    try:
        wanted = float(right) if value == left else value + (float(right) - float(left))
        scaled = value * (float(right) / float(left)) if left else wanted
    except OverflowError:
        return
    yield from (wanted, math.nextafter(wanted, math.inf), math.nextafter(wanted, -math.inf), scaled)


def _texts(value: str, left: object, right: object) -> Iterator[str]:
    if isinstance(left, str) and isinstance(right, str):
        if left and left in value:
            yield value.replace(left, right, 1)
            head, _, tail = value.rpartition(left)
            yield head + right + tail
        elif left and left.lower() in value.lower():
            at = value.lower().find(left.lower())
            yield value[:at] + right + value[at + len(left) :]
        elif not left:
            yield right
            yield value + right
    elif type(left) is int and type(right) is int:
        if len(value) == left:
            yield from (
                _resized(value, size) for size in (right, right - 1, right + 1) if 0 <= size <= _LONGEST
            )
        for wanted in (right, right - 1, right + 1):
            if str(left) in value:
                yield value.replace(str(left), str(wanted), 1)
            if 0 < left < 0x110000 and chr(left) in value and 0 < wanted < 0xD800:
                yield value.replace(chr(left), chr(wanted), 1)


def _resized(value: str, size: int) -> str:
    """The text cut, or repeated, to a length."""
    whole = value or "0"
    return (whole * (size // len(whole) + 1))[:size]


def _bytes(value: bytes, left: object, right: object) -> Iterator[bytes]:
    if isinstance(left, bytes) and isinstance(right, bytes) and left and left in value:
        yield value.replace(left, right, 1)
    elif type(left) is int and type(right) is int:
        if len(value) == left and 0 <= right <= _LONGEST:
            yield (value * (right // max(len(value), 1) + 1))[:right]
        for wanted in (right, right - 1, right + 1):
            if 0 <= left < 256 and 0 <= wanted < 256 and left in value:
                yield value.replace(bytes([left]), bytes([wanted]), 1)


def _sequences(
    value: list[object] | tuple[object, ...] | deque[object], left: object, right: object, depth: int
) -> Iterator[object]:
    kind, items = type(value), list(value)
    if type(left) is int and type(right) is int and len(items) == left and items:
        for size in (right, right - 1, right + 1):
            if 0 <= size <= _LONGEST:
                yield kind((items * (size // len(items) + 1))[:size])
    if depth < 3:
        for at, item in enumerate(items[:_MOST_PLACES]):
            for changed in _edits(item, left, right, depth + 1):
                yield kind([*items[:at], changed, *items[at + 1 :]])


def _mappings(
    value: dict[object, object], left: object, right: object, depth: int
) -> Iterator[dict[object, object]]:
    pairs = list(value.items())
    if depth >= 3:
        return
    for at, (key, item) in enumerate(pairs[:_MOST_PLACES]):
        for changed in _edits(item, left, right, depth + 1):
            yield remade(value, [*pairs[:at], (key, changed), *pairs[at + 1 :]])
        for changed in _edits(key, left, right, depth + 1):
            yield remade(value, [*pairs[:at], (changed, item), *pairs[at + 1 :]])


def _recipes(value: Recipe, left: object, right: object, depth: int) -> Iterator[Recipe]:
    """The instance made, and called, with changed arguments; where a count falls short, the calls that may
    have made it, as many times more.
    """
    if type(left) is int and type(right) is int and 0 < right - left <= _MOST_REPEATS:
        called = [one for one in value.calls if one[0][0] not in "@="]
        for one in list({repr(one): one for one in called}.values())[-_MOST_CALLS:]:
            for missing in (right - left, right - left + 1):
                yield replace(value, calls=(*value.calls, *[one] * missing))
    if depth < 3:
        for made in _edits(value.args, left, right, depth + 1):
            if isinstance(made, tuple) and len(made) == len(value.args):
                yield replace(value, args=made)
        for at, (name, given) in enumerate(value.calls[:_MOST_PLACES]):
            for changed in _edits(given, left, right, depth + 1):
                if isinstance(changed, tuple) and len(changed) == len(given):
                    yield replace(value, calls=(*value.calls[:at], (name, changed), *value.calls[at + 1 :]))
