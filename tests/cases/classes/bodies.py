"""What stands in class bodies: setters, second names of methods, classes in classes, generated methods."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import total_ordering


class Temperature:
    def __init__(self, celsius: float) -> None:
        self._celsius = celsius

    @property
    def celsius(self) -> float:
        return self._celsius

    @celsius.setter
    def celsius(self, value: float) -> None:
        if value < -273.15:
            raise ValueError("too cold")
        self._celsius = value

    @property
    def fahrenheit(self) -> float:
        return self._celsius * 1.8 + 32.0


def warmed(start: float, by: float) -> float:
    place = Temperature(start)
    place.celsius = by
    place.celsius += 1.5
    return place.fahrenheit


class Vec:
    """A name that Rust has for something else."""

    def __init__(self, x: int, y: int) -> None:
        self.x = x
        self.y = y

    def __add__(self, other: Vec) -> Vec:
        return Vec(self.x + other.x, self.y + other.y)

    __radd__ = __add__

    def __mul__(self, factor: int) -> Vec:
        return Vec(self.x * factor, self.y * factor)

    __rmul__ = __mul__

    def __iadd__(self, other: Vec) -> Vec:
        self.x += other.x
        self.y += other.y
        return self

    def __call__(self, factor: int) -> int:
        return self.x * factor + self.y


def scaled(k: int) -> int:
    v = 3 * Vec(k, 2)
    return v(k)


def added(a: int, b: int) -> int:
    v = Vec(a, b)
    v += Vec(b, a)
    return v.x - v.y


class Outer:
    class Inner:
        def __init__(self, value: int) -> None:
            self.value = value

        def doubled(self) -> int:
            return self.value * 2

    def __init__(self, n: int) -> None:
        self.inner = Outer.Inner(n)

    def another(self, n: int) -> int:
        made = self.Inner(n)
        return made.doubled() + self.inner.doubled()


def nested(n: int) -> int:
    return Outer(n).another(n + 1)


class Tools:
    @staticmethod
    def double(n: int) -> int:
        return n * 2

    @classmethod
    def quad(cls, n: int) -> int:
        return cls.double(cls.double(n))

    def triple(self, n: int) -> int:
        return n * 3


def tooled(n: int) -> int:
    return Tools.quad(n) + Tools().triple(n)


@total_ordering
class Rank:
    def __init__(self, n: int) -> None:
        self.n = n

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Rank):
            return NotImplemented
        return self.n == other.n

    def __lt__(self, other: Rank) -> bool:
        return self.n < other.n


def ranks(a: int, b: int) -> list[bool]:
    x, y = Rank(a), Rank(b)
    return [x < y, x <= y, x > y, x >= y, x == y, x != y]


def maybe_same(a: int, b: int) -> list[bool]:
    x = Rank(a) if a > 0 else None
    y = Rank(b) if b > 0 else None
    z = Rank(a)
    return [x == y, x != y, x == z, z == y]


@dataclass
class Order:
    price: int
    count: int = 2
    notes: list[str] = field(default_factory=list, init=False)
    total: int = field(init=False)

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError(f"{self.count} of them")
        self.total = self.price * self.count

    def __iter__(self) -> Iterator[int]:
        yield self.price
        yield self.count


def ordered(price: int, count: int) -> int:
    order = Order(price, count=count)
    order.notes.append("new")
    return order.total + sum(order) + len(order.notes) + Order(price).total


@dataclass
class Link:
    value: int
    next: Link | None = None


def same_links(a: list[int], b: list[int]) -> bool:
    first: Link | None = None
    for x in a:
        first = Link(x, first)
    second: Link | None = None
    for x in b:
        second = Link(x, second)
    return first == second


class Grid:
    def __init__(self) -> None:
        self.cells: dict[int, int] = {}

    def __getitem__(self, i: int) -> int:
        return self.cells[i]

    def __setitem__(self, i: int, v: int) -> None:
        self.cells[i] = v

    def __delitem__(self, i: int) -> None:
        del self.cells[i]

    def __contains__(self, i: int) -> bool:
        return i in self.cells


def gridded(n: int, m: int) -> bool:
    grid = Grid()
    grid[n] = 1
    grid[n] += 4
    del grid[m]
    return n in grid


class Shown:
    def __init__(self, n: int) -> None:
        self.n = n

    def __format__(self, spec: str) -> str:
        return spec + "/" + str(self.n)

    def __repr__(self) -> str:
        return f"Shown({self.n!r})"


def shown(n: int) -> str:
    one = Shown(n) if n > 2 else None
    return f"{Shown(n):>5} {one!r} {one!s} {str(one)} {[Shown(n), Shown(1)]}"


def formatted(n: int) -> str:
    one = Shown(n) if n > 2 else None
    return f"{one}"


class Chain:
    def __init__(self, n: int, up: Chain | None = None) -> None:
        self.n = n
        self.up = up

    def __len__(self) -> int:
        return self.n

    @property
    def above(self) -> Chain | None:
        return self.up

    def top(self) -> int:
        if self.above and self.above.above:
            return 2
        return 1 if self.above else 0


def tops(a: int, b: int, c: int) -> int:
    return Chain(a, Chain(b, Chain(c) if c >= 0 else None)).top()


class Slots:
    __slots__ = ("a",)

    def __init__(self, a: int) -> None:
        self.a = a

    @property
    def fixed(self) -> int:
        return self.a


def unset(a: int) -> int:
    s = Slots(a)
    try:
        s.fixed = a
    except AttributeError:
        a += 1
    return a


class Asks:
    def __init__(self, n: int) -> None:
        self.n = n

    def __eq__(self, other: Asks) -> bool:  # type: ignore[override]
        return self.n == other.n


def asked(n: int) -> bool:
    one = Asks(n) if n > 0 else None
    return one == Asks(n)


CASES = [
    ("unset", (1,)), ("asked", (1,)), ("asked", (0,)),
    ("warmed", (10.0, 20.5)), ("warmed", (10.0, -300.0)), ("scaled", (4,)), ("scaled", (-2,)),
    ("added", (1, 2)), ("nested", (5,)), ("tooled", (7,)), ("ranks", (1, 2)), ("ranks", (2, 2)),
    ("ranks", (3, 2)), ("maybe_same", (1, 1)), ("maybe_same", (1, 2)), ("maybe_same", (0, 0)),
    ("maybe_same", (0, 2)), ("maybe_same", (3, 0)), ("ordered", (5, 3)), ("ordered", (5, -3)),
    ("same_links", ([], [])), ("same_links", ([1, 2], [1, 2])), ("same_links", ([1, 2], [2, 2])),
    ("same_links", ([1, 2], [1])), ("same_links", ([], [1])), ("gridded", (1, 1)), ("gridded", (1, 2)),
    ("shown", (5,)), ("formatted", (5,)), ("shown", (1,)), ("tops", (0, 0, 0)), ("tops", (1, 1, 1)), ("tops", (1, 1, -1)),
    ("tops", (1, 1, 0)), ("tops", (1, 0, 1)),
]
REFUSED = {"formatted": "PT303", "unset": "PT209", "asked": "PT214"}
