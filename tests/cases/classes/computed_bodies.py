"""Class bodies that compute, and methods that only pickling and copying call."""

from __future__ import annotations

import re
from abc import ABCMeta, abstractmethod
from types import GenericAlias


class Interval:
    """A class with methods that stay in Python."""

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, low: float, high: float) -> None:
        self.low = low
        self.high = high

    def shifted(self, by: Interval | float) -> Interval:
        if isinstance(by, Interval):
            return Interval(self.low + by.low, self.high + by.high)
        return Interval(self.low + by, self.high + by)

    def __copy__(self) -> Interval:
        return Interval(self.low, self.high)

    def __reduce__(self) -> tuple[type, tuple[float, float]]:
        return (Interval, (self.low, self.high))


class Words(metaclass=ABCMeta):
    """What its body leaves is taken at import."""

    separator = r"\s"
    spaces = "[" + separator + "]+"
    splitter = re.compile(spaces)
    del spaces
    LEVELS = [1, 2]
    LEVELS += [3]
    SQUARES: dict[int, int] = {}
    for i in range(3):
        SQUARES[i] = i * i
    FEW, MANY = 3, 4

    def __init__(self, text: str) -> None:
        self.text = text

    def words(self) -> list[str]:
        return self.splitter.split(self.text)

    def level(self, at: int) -> int:
        return self.LEVELS[at] * self.FEW + Words.MANY

    def square(self, at: int) -> int:
        return self.SQUARES[at]


class Base(metaclass=ABCMeta):
    """A base class by its metaclass."""

    width = 70

    @abstractmethod
    def name(self) -> str: ...

    def title(self) -> str:
        return self.name().title() + f" ({self.width})"


class Named(Base):
    def __init__(self, text: str) -> None:
        self.text = text

    def name(self) -> str:
        return self.text


class Elsewhere:
    """Its instances bind an attribute of the name that the other classes bind themselves."""

    def __init__(self) -> None:
        self.separator = "-"

    def first(self) -> int:
        return len(self.separator)


def raised(what: Interval | float, by: float) -> float:
    if isinstance(what, Interval):
        what.low += by
        return what.low
    return what + by


def raised_twice(low: float, by: float) -> float:
    one = Interval(low, low)
    raised(one, by)
    return raised(one, by) + raised(one.low, by)


def shifted(low: float, by: float, twice: bool) -> float:
    one = Interval(low, by)
    other = one.shifted(one) if twice else one.shifted(by)
    return other.low + 2.0 * other.high


def split(text: str) -> list[str]:
    return Words(text).words()


def level(at: int) -> int:
    return Words("").level(at) + Words("").square(at) + Elsewhere().first()


def title(text: str) -> str:
    return Named(text).title()


CASES = [
    ("shifted", (1.5, 2.0, True,)),
    ("shifted", (1.5, 2.0, False,)),
    ("raised_twice", (1.0, 0.5)),
    ("split", ("a b\tc",)),
    ("split", ("",)),
    ("level", (0,)),
    ("level", (2,)),
    ("level", (-1,)),
    ("level", (3,)),
    ("title", ("the end",)),
]
REFUSED = {"Interval.__copy__": "PT201", "Interval.__reduce__": "PT201", "raised": "PT401", "raised_twice": "PT501"}
