"""One instance under two names, and containers that an instance and someone else hold."""
from __future__ import annotations


class Bag:
    def __init__(self, items: list[int]) -> None:
        self.items = list(items)

    @property
    def all(self) -> list[int]:
        return self.items

    def get(self) -> list[int]:
        return self.items

    def same(self) -> Bag:
        return self

    def __add__(self, other: Bag) -> Bag:
        other.items.append(1)
        return self

    def absorb(self, other: Bag) -> int:
        self.items.append(5)
        return len(other.items)

    def fail(self, n: int) -> None:
        self.items.append(n)
        if n > 2:
            raise ValueError("n")
        self.items.append(n)


def alias_param(xs: list[int]) -> int:
    b = Bag(xs)
    b.items.append(3)
    return len(xs)


def through_property(n: int) -> int:
    b = Bag([n])
    b.all.append(2)
    return len(b.items)


def through_get(n: int) -> int:
    b = Bag([n])
    a = b.get()
    a.append(4)
    return len(b.items)


def through_self(n: int) -> int:
    b = Bag([n])
    c = b.same()
    c.items.append(4)
    return len(b.items)


def plus(n: int) -> int:
    b = Bag([n])
    c = b + b
    c.items.append(9)
    return len(b.items)


def two_lists(n: int) -> int:
    b = Bag([n])
    xs = [b]
    ys = [b]
    xs[0].items.append(1)
    return len(ys[0].items)


def rebind(n: int) -> int:
    b = Bag([n])
    c = b
    c.items.append(1)
    return len(b.items)


def kept(n: int) -> int:
    b = Bag([])
    try:
        b.fail(n)
    except ValueError:
        pass
    return len(b.items)


def element(n: int) -> int:
    bags = [Bag([n]), Bag([])]
    first = bags[0]
    first.items.append(2)
    return len(bags[0].items)


def dynamic(n: int) -> int:
    b = Bag([n])
    del b.items
    return n


class Rows:
    def __init__(self) -> None:
        self.rows: list[list[int]] = []
        self.last: list[int] = []

    def put(self, row: list[int]) -> None:
        self.last = row

    def put_or(self, row: list[int]) -> None:
        if not row:
            row = [1]
        self.last = row

    def grow(self) -> None:
        self.last.append(1)

    def fresh(self, n: int) -> None:
        row = [n] * 3
        self.last = row


def held(n: int) -> int:
    r = Rows()
    r.fresh(n)
    xs = r.last
    r.grow()
    return len(xs)


def absorbed(n: int) -> int:
    """Another instance may be lent while one is changed."""
    first = Bag([n])
    second = Bag([])
    return first.absorb(second) + second.absorb(first)


def filled(n: int) -> list[int]:
    r = Rows()
    r.fresh(n)
    r.grow()
    return list(r.last)


def stored(row: list[int]) -> list[int]:
    r = Rows()
    r.put(row)
    r.put_or(row)
    r.grow()
    return list(row)


CASES = [
    ("stored", ([],)),
    ("stored", ([2],)),
    ("through_property", (1,)),
    ("through_get", (1,)),
    ("through_self", (1,)),
    ("plus", (1,)),
    ("two_lists", (1,)),
    ("rebind", (1,)),
    ("element", (1,)),
    ("dynamic", (1,)),
    ("held", (1,)),
    ("absorbed", (1,)),
    ("filled", (7,)),
    ("alias_param", ([1, 2],)),
    ("kept", (1,)),
    ("kept", (5,)),
]
REFUSED = {
    "Bag.all": "PT402",
    "Bag.get": "PT402",
    "through_property": "PT501",
    "through_get": "PT501",
    "two_lists": "PT401",
    "rebind": "PT401",
    "dynamic": "PT209",
    "held": "PT401",
    "stored": "PT401",
}
