"""Special methods where their syntax is used, properties, static and class methods."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Pair:
    left: int
    right: str = "r"


class Vector:
    def __init__(self, x: int, y: int) -> None:
        self.x = x
        self.y = y

    def __add__(self, other: Vector) -> Vector:
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, k: int) -> Vector:
        return Vector(self.x * k, self.y * k)

    def __rmul__(self, k: int) -> Vector:
        return Vector(self.x * k, self.y * k)

    def __neg__(self) -> Vector:
        return Vector(-self.x, -self.y)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Vector):
            return NotImplemented
        return self.x == other.x and self.y == other.y

    def __lt__(self, other: Vector) -> bool:
        return self.x < other.x

    def __repr__(self) -> str:
        return f"Vector({self.x}, {self.y})"

    def __bool__(self) -> bool:
        return self.x != 0 or self.y != 0

    @property
    def norm1(self) -> int:
        return abs(self.x) + abs(self.y)

    @staticmethod
    def double(n: int) -> int:
        return 2 * n

    @classmethod
    def diagonal(cls, n: int) -> Vector:
        return cls(n, cls.double(n))


class Grid:
    def __init__(self, n: int) -> None:
        self.size = n
        self.cells: list[int] = [0] * n

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, i: int) -> int:
        return self.cells[i]

    def __setitem__(self, i: int, value: int) -> None:
        self.cells[i] = value

    def __contains__(self, value: int) -> bool:
        return value in self.cells


def vecs(a: int, b: int, k: int) -> list[str]:
    v = Vector(a, b)
    w = Vector(b, a)
    out = [str(v + w), repr(v * k), f"{k * v} and {v!r}"]
    n = -v
    if v == w:
        out.append("same")
    if v != w:
        out.append("differ")
    if v < w:
        out.append("less")
    if v > w:
        out.append("more")
    if not n:
        out.append("zero")
    print(v, w)
    d = Vector.diagonal(k)
    out.append(f"{d.norm1} {Vector.double(3)} {v.double(4)} {bool(v)}")
    return out


def grids(n: int, i: int) -> list[int]:
    g = Grid(n)
    g[i] = 5
    g[i] += 2
    found = 1 if 7 in g else 0
    if g:
        found += 10
    return [len(g), g[i], found]


def pairs(n: int) -> str:
    p = Pair(n)
    return f"{p} {p!r}" + str(p)


def negative_length(n: int) -> int:
    return len(Grid(n)) if n > 0 else len(Short(n))


class Short:
    def __init__(self, n: int) -> None:
        self.n = n

    def __len__(self) -> int:
        return self.n

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Short) and self.n == other.n


def shorts(n: int, m: int) -> bool:
    return Short(n) == Short(m)


def texts_of_objects(n: int) -> str:
    return str(Short(n))


CASES = [
    ("vecs", (1, 2, 3)),
    ("vecs", (0, 0, 0)),
    ("vecs", (2, 1, -1)),
    ("grids", (3, 1)),
    ("grids", (3, -1)),
    ("grids", (0, 0)),
    ("pairs", (4,)),
    ("negative_length", (2,)),
    ("negative_length", (0,)),
    ("negative_length", (-1,)),
    ("shorts", (1, 1)),
    ("shorts", (1, 2)),
    ("texts_of_objects", (1,)),
]
REFUSED = {"texts_of_objects": "PT303"}
SHOWN = ["Vector"]
