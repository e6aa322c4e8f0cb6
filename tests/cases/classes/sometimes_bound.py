"""Attributes that `__init__` binds on some ways only: fields that may have no value."""

from __future__ import annotations


def fill(xs: list[int]) -> None:
    xs[0] = 7
    xs.append(1)


class Series:
    """An instance has what its options ask for."""

    def __init__(self, long: bool) -> None:
        self.n = 3
        if long:
            self.items = [1]
            fill(self.items)
            self.pair = (1, 2.5)
            self.name = "abc"

    def add(self, i: int) -> int:
        fill(self.items)
        self.items.append(len(self.items))
        return self.items[i] + len(self.items) + self.pair[0]


def added(long: bool, i: int) -> int:
    series = Series(long)
    return series.add(i) + series.items[0] + len(series.name)


def only_size(long: bool) -> int:
    return Series(long).n


class Link:
    """A shared instance."""

    def __init__(self, full: bool, up: Link | None) -> None:
        self.up = up
        if full:
            self.items = [1, 2]
            self.name = "n"

    def add(self, n: int) -> int:
        self.items.append(n)
        self.items.append(len(self.items))
        self.items[0] += n
        if self.up is not None:
            self.up.items.append(self.items[0])
        total = 0
        for x in self.items:
            total += x
        return total + len(self.name)


def linked(full: bool, n: int) -> int:
    first = Link(True, None)
    second = Link(full, first)
    return second.add(n) + first.add(n)


class Base:
    """Its subclass binds more."""

    def __init__(self, n: int) -> None:
        if n > 0:
            self.log: list[str] = []
        self.n = n


class Divider(Base):
    """What is bound in a `try`, or in its handler."""

    def __init__(self, n: int) -> None:
        super().__init__(n)
        try:
            self.tenth = 10 // n
        except ZeroDivisionError:
            self.failed = True

    def note(self, text: str) -> int:
        self.log.append(text)
        return len(self.log) + self.tenth


def noted(n: int, texts: list[str]) -> int:
    divider = Divider(n)
    return sum([divider.note(text) for text in texts])


def failed(n: int) -> bool:
    return Divider(n).failed


class Surely:
    """Every way that comes to an end binds both."""

    def __init__(self, n: int) -> None:
        if n < 0:
            raise ValueError("negative")
        elif n == 0:
            self.text = "none"
            self.half = 0.0
            return
        else:
            self.text = str(n)
        try:
            self.half = 1 / (n - 2)
        except ZeroDivisionError:
            self.half = 0.5


def surely(n: int) -> str:
    one = Surely(n)
    return f"{one.text} {one.half}"


class Early:
    """`return` before all is bound."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.items = [n]
        if n == 0:
            return
        self.check()
        if n > 5:
            self.items.append(9)
            return
        self.extra = n * 2

    def check(self) -> None:
        if self.n < 0:
            raise ValueError("negative")


def early(n: int) -> int:
    one = Early(n)
    return len(one.items) + one.n


def early_extra(n: int) -> int:
    return Early(n).extra


CASES = [
    *(("added", (True, i)) for i in [0, 1, -1, 9]),
    *(("only_size", (f,)) for f in [False, True]),
    *(("linked", (True, n)) for n in [0, 4]),
    *(("noted", p) for p in [(1, ["a", "b"]), (0, []), (3, [])]),
    ("failed", (0,)),
    *(("surely", (n,)) for n in [-1, 0, 1, 2]),
    *(("early", (n,)) for n in [-1, 0, 1, 9]),
    *(("early_extra", (n,)) for n in [1, 5]),
]
DECLINES = [
    ("added", (False, 0)),
    ("linked", (False, 1)),
    ("noted", (-1, ["a"])),
    ("noted", (0, ["a"])),
    ("failed", (1,)),
    *(("early_extra", (n,)) for n in [0, 9]),
]
