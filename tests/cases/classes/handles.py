"""Instances that have several names because of how they are used: their class becomes a handle."""
from __future__ import annotations

from typing import Iterator


class Section:
    def __init__(self, name: str) -> None:
        self.name = name
        self.values: dict[str, int] = {}

    def set(self, key: str, value: int) -> Section:
        self.values[key] = value
        return self

    def total(self) -> int:
        return sum(self.values.values())


class Settings:
    def __init__(self) -> None:
        self.sections: dict[str, Section] = {}
        self.last: Section | None = None

    def section(self, name: str) -> Section:
        """The section of that name, which is made where there is none."""
        if name not in self.sections:
            self.sections[name] = Section(name)
        self.last = self.sections[name]
        return self.sections[name]


def settings(entries: list[tuple[str, str, int]]) -> tuple[int, bool, list[str]]:
    found = Settings()
    for name, key, value in entries:
        found.section(name).set(key, value).set(key + "2", 1)
    total = sum(section.total() for section in found.sections.values())
    last = found.last
    same = last is not None and last is found.section(last.name)
    return total, same, list(found.sections)


class Swimmer:
    def __init__(self, n: int) -> None:
        self.n = n
        self.laps = 0

    def swim(self, laps: int) -> None:
        self.laps += laps


def relay(numbers: list[int]) -> tuple[list[int], int, bool]:
    swimmers = [Swimmer(n) for n in numbers]
    order = sorted(swimmers, key=lambda one: one.n)
    order.extend(swimmers[:1])
    for turn, swimmer in enumerate(order):
        swimmer.swim(turn + 1)
    if not swimmers:
        return [], 0, False
    fastest = max(swimmers, key=lambda one: one.laps)
    return [one.laps for one in swimmers], fastest.n, order[-1] is swimmers[0]


class Kept:
    """What Rust can't hash keeps this class in Python, and nothing else."""

    def __init__(self) -> None:
        self.seen: set[float] = set()

    def meet(self, x: float) -> bool:
        known = x in self.seen
        self.seen.add(x)
        return known


def met(xs: list[float]) -> list[bool]:
    kept = Kept()
    return [kept.meet(x) for x in xs]


class Rows:
    def __init__(self, rows: list[list[int]]) -> None:
        self.rows = [list(row) for row in rows]
        self.least = 0
        least = 0
        for row in self:
            least = min(least, row[0])
        self.least = least

    def __iter__(self) -> Iterator[list[int]]:
        for row in self.rows:
            yield list(row)

    def turned(self) -> list[list[int]]:
        return [list(column) for column in zip(*self.rows)]

    def times(self, by: int | Rows) -> list[list[int]]:
        if isinstance(by, Rows):
            return [*self.turned(), *by.turned()]
        return [[x * by for x in row] for row in self.rows]


def rows(numbers: list[list[int]], by: int) -> tuple[int, list[list[int]], list[list[int]]]:
    found = Rows(numbers)
    return found.least, found.times(by), found.times(Rows([[by]]))


CASES = [
    ("met", ([],)), ("met", ([0.5, 1.5, 0.5],)),
    ("rows", ([[1, 2], [-3, 4]], 3)), ("rows", ([], 0)), ("rows", ([[]], 1)),
    ("settings", ([],)), ("settings", ([("a", "x", 1), ("b", "y", 2), ("a", "z", 3)],)),
    ("relay", ([],)), ("relay", ([3],)), ("relay", ([3, 1, 2, 1],)),
]
REFUSED = {"Kept.__init__": "PT201", "Kept.meet": "PT201", "met": "PT201"}
SHOWN = ["Settings"]
