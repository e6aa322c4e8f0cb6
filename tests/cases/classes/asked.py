"""Parameters without annotations that are asked for their class, and what `isinstance` and `callable` decide."""

from typing import Callable


class Strand:
    def __init__(self, parts: list[float]):
        self.parts = list(parts)

    def size(self):
        return len(self.parts)

    def component(self, i):
        return self.parts[i]

    def __mul__(self, other):
        if isinstance(other, float) or isinstance(other, int):
            return Strand([part * other for part in self.parts])
        elif isinstance(other, Strand) and self.size() == other.size():
            total = 0.0
            for i in range(self.size()):
                total += self.parts[i] * other.component(i)
            return total
        else:
            raise TypeError("strands of different sizes")


class Purse:
    def __init__(self, cents: int):
        self.cents = cents

    def __add__(self, other):
        if not isinstance(other, Purse):
            return Purse(self.cents + other)
        return Purse(self.cents + other.cents)

    def __lt__(self, other):
        if isinstance(other, Purse):
            return self.cents < other.cents
        raise TypeError("not a purse")

    def __eq__(self, other):
        if isinstance(other, Purse):
            return self.cents == other.cents
        return NotImplemented


class Factor:
    def __init__(self, by: int):
        self.by = by

    def __call__(self, n: int) -> int:
        return self.by * n


def sum_of(scalar, x, y):
    assert isinstance(x, Purse) and isinstance(y, Purse) and isinstance(scalar, int)
    return x + scalar + y


def cents(a: int, b: int) -> int:
    return sum_of(3, Purse(a), Purse(b)).cents


def order(a: int, b: int) -> tuple[bool, bool]:
    return Purse(a) < Purse(b), Purse(a) == Purse(b)


def dot(a: list[float], b: list[float]) -> float:
    found = Strand(a) * Strand(b)
    return found if isinstance(found, float) else 0.0


def longer(a: list[float], by: float) -> list[float]:
    found = Strand(a) * by
    return found.parts if isinstance(found, Strand) else []


def applied(f: Callable[[int], int], n: int) -> int:
    assert callable(f)
    return f(n)


def through(n: int) -> tuple[int, bool, bool]:
    scale = Factor(n)
    assert callable(scale)
    return applied(lambda x: x + 1, scale(n)), callable(Purse(n)), callable(str(n))


CASES = [
    ("cents", (1, 2)),
    ("order", (1, 2)),
    ("order", (2, 2)),
    ("dot", ([1.0, 2.0], [3.0, 4.0])),
    ("dot", ([1.0], [])),
    ("longer", ([1.0, 2.5], 2.0)),
    ("through", (4,)),
]
