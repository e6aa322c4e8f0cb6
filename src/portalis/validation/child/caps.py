"""How large drawn values may be: made smaller where Python passes its limits or Rust declines, on the side
that did.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import Enum

from .recipe import Recipe

_FIRST_STEP = 100_000
_LEAST_NUMBER = 12
_LEAST_LENGTH = 6


@dataclass(slots=True)
class Caps:
    """Integers lie in `-low` to `high`, containers and strings are about `length` long; `plain` draws no odd
    text.
    """

    low: int = 2**64
    high: int = 2**64
    length: int = 64
    plain: bool = False
    rings: bool = True
    """Whether chains of instances may be closed."""

    def tighten(self, value: object) -> None:
        """Draw smaller than `value`, which was too large: its largest integer, or its size where that one is
        small.
        """
        self.rings = False
        biggest = largest(value)
        if biggest > _LEAST_NUMBER:
            self.high = min(_smaller(self.high), max(biggest - 1, _LEAST_NUMBER))
        elif biggest < -_LEAST_NUMBER:
            self.low = min(_smaller(self.low), max(-biggest - 1, _LEAST_NUMBER))
        if abs(biggest) <= 1000:
            self.length = max(self.length // 2, _LEAST_LENGTH)

    def tighten_all(self) -> None:
        """Draw everything smaller."""
        self.low, self.high = _smaller(self.low), _smaller(self.high)
        self.length = max(self.length // 2, _LEAST_LENGTH)

    def plainer(self) -> None:
        """Draw no odd text and no integer near the ends of i64."""
        self.plain = True
        self.low, self.high = min(self.low, 2**40), min(self.high, 2**40)

    def clamp(self, number: int) -> int:
        """The number, or one of the same sign that is allowed."""
        if number > self.high:
            return number % (self.high + 1)
        return -(-number % (self.low + 1)) if number < -self.low else number

    def allow(self, value: object) -> bool:
        """Whether no number or container inside `value` is over the caps."""
        match value:
            case Enum():
                return True
            case int():
                return -self.low <= value <= self.high
            case str() | bytes():
                return len(value) <= 8 * self.length
            case list() | tuple() | set() | frozenset() | deque():
                return len(value) <= 2 * self.length and all(map(self.allow, value))
            case Recipe():
                return self.allow(value.args) and all(self.allow(args) for _, args in value.calls)
            case _:
                return True


def largest(value: object) -> int:
    """The integer of the largest magnitude inside `value`, 0 where there is none."""
    match value:
        case int():
            return int(value)
        case list() | tuple() | set() | frozenset() | deque():
            return max(map(largest, value), key=abs, default=0)
        case Recipe():
            inside = (value.args, *(args for _, args in value.calls))
            return max(map(largest, inside), key=abs, default=0)
        case dict():
            return max((largest(part) for pair in value.items() for part in pair), key=abs, default=0)
        case _:
            return 0


def _smaller(limit: int) -> int:
    return _FIRST_STEP if limit > _FIRST_STEP else max(limit // 10, _LEAST_NUMBER)
