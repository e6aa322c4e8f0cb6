"""Calls across modules, under every kind of import."""

from . import kit
from .kit import shapes
from .kit.shapes import UNIT, ShapeError, area
from .kit.shapes import kind as kind_of


def total(widths: list[int]) -> int:
    return sum(area(w) for w in widths) + shapes.area(1, height=UNIT)


def safe(width: int) -> str:
    try:
        return str(kit.shapes.area(width))
    except ShapeError as error:
        return f"no: {error}"


def named(n: int) -> str:
    return kind_of(n) + shapes.NAMES[0]


CASES = [
    *(("total", (xs,)) for xs in [[], [1, 2], [1, -1]]),
    *(("safe", (n,)) for n in [2, -2]),
    *(("named", (n,)) for n in [0, 1, 2]),
]
