"""The class of `self`, which is known."""

from __future__ import annotations

class Money:
    UNIT = "c"

    def __init__(self, cents: int) -> None:
        self.cents = cents

    def doubled(self) -> Money:
        cls = type(self)
        return cls(2 * self.cents)

    def plus(self, n: int) -> Money:
        return self.__class__(self.cents + n)

    def label(self) -> str:
        return f"{type(self).__name__}({self.cents}{type(self).UNIT})" + self.__class__.__qualname__

    @classmethod
    def of(cls, n: int) -> Money:
        return cls(n)

    def other(self, n: int) -> Money:
        return type(self).of(n).plus(self.cents)


class Twice:
    """A variable of the same name that is bound twice is no class."""

    def __init__(self, n: int) -> None:
        self.n = n

    def made(self, again: bool) -> Twice:
        cls = type(self)
        if again:
            cls = Twice
        return cls(self.n)


class Euro(Money):
    UNIT = "e"


def f(n: int) -> str:
    return Money(n).doubled().plus(1).other(3).label()


def k(n: int) -> int:
    return Twice(n).made(n > 1).n


def g(n: int) -> str:
    return Euro(n).label()


CASES = [("f", (2,)), ("f", (-1,)), ("g", (5,)), ("k", (1,)), ("k", (2,))]
REFUSED = {"Twice.made": "PT301", "k": "PT501"}
