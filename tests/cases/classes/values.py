"""Named tuples and dataclasses by value: compared, ordered, hashed, taken apart, shown."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Point(NamedTuple):
    """A point of the grid."""

    x: int
    y: int = 0

    def shifted(self, dx: int) -> Point:
        return Point(self.x + dx, y=self.y)

    @property
    def total(self) -> int:
        return self[0] + self[-1]

    def __abs__(self) -> int:
        return max(abs(self.x), abs(self.y))


class Label(NamedTuple):
    name: str
    at: Point
    weight: float | None = None


@dataclass(frozen=True, order=True)
class Version:
    major: int
    minor: int = 0
    tag: str = ""

    def bump(self) -> Version:
        return Version(self.major, self.minor + 1)


@dataclass(frozen=True)
class Span:
    low: float
    high: float


@dataclass
class Shelf:
    width: int
    books: list[str] = field(default_factory=list)
    note: str = field(default="", repr=False)
    used: int = field(default=0, init=False)


@dataclass(eq=False)
class Tag:
    text: str


def moved(x: int, y: int) -> tuple[int, int]:
    point = Point(x, y)
    after = point.shifted(1)
    if x < 0:
        after = after._replace(y=point.total)
    a, b = after
    return a, b


def parts(x: int) -> str:
    point = Point(x)
    a, b = tuple(point)
    return f"{point[0]} {point[-1]} {len(point)} {a} {b} {abs(point)} {bool(point)}"


def farthest(xs: list[int]) -> str:
    best: Point | None = None
    for place, x in enumerate(xs):
        point = Point(x, -place)
        if best is None or point > best:
            best = point
    return str(best) if best is not None else "none"


def counted(xs: list[int]) -> dict[str, int]:
    seen: dict[Point, int] = {}
    for x in xs:
        point = Point(x % 2, x % 3)
        seen[point] = seen.get(point, 0) + 1
    return {f"{point.x},{point.y}": times for point, times in seen.items()}


def ordered(pairs: list[tuple[int, str]]) -> list[str]:
    versions = [Version(major, tag=tag) for major, tag in pairs]
    return [repr(version) for version in sorted(versions)]


def newest(majors: list[int]) -> int:
    return max([Version(major, -major) for major in majors]).major


def same(major: int, minor: int) -> bool:
    one, other = Version(major, minor), Version(major).bump()
    return one == other and not one != other and one <= other


def distinct(names: list[str]) -> int:
    return len({Label(name, Point(0)).name for name in names}) + len({Version(1, tag=name) for name in names})


def shared(name: str) -> str:
    label = Label(name, Point(1, 2))
    other = label
    renamed = Label(other.name + "!", other.at.shifted(3), weight=0.5)
    return f"{label} {renamed!r}"


def within(low: float, high: float, x: float) -> bool:
    span = Span(low, high)
    return span.low <= x <= span.high and span == Span(low, high)


def shelves(width: int, book: str) -> str:
    one, two = Shelf(width), Shelf(width, [], "note")
    one.books.append(book)
    before = one == two
    two.books.append(book)
    two.note = ""
    two.used += 0
    return f"{before} {one == two} {one}"


CASES = [
    ("moved", (3, 4)), ("moved", (-3, 4)), ("moved", (2**63 - 2, 0)), ("parts", (7,)), ("parts", (-1,)),
    ("farthest", ([],)), ("farthest", ([1, 5, 5, -2],)), ("counted", ([1, 2, 3, 7, 8],)), ("counted", ([],)),
    ("ordered", ([(2, "b"), (2, "a"), (-1, "z")],)), ("newest", ([3, 9, 9],)), ("newest", ([],)),
    ("same", (1, 1)), ("same", (1, 2)), ("distinct", (["a", "b", "a"],)), ("shared", ("it's",)),
    ("within", (0.0, 1.0, 0.5)), ("within", (-0.0, 0.0, 0.0)), ("within", (1.0, 0.0, 0.5)),
    ("shelves", (3, "x")), ("shelves", (0, "")),
]
DECLINES = [("moved", (2**63 - 1, 0))]
