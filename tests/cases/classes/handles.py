"""Instances that have several names because of how they are used: their class becomes a handle."""
from __future__ import annotations


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


CASES = [
    ("settings", ([],)), ("settings", ([("a", "x", 1), ("b", "y", 2), ("a", "z", 3)],)),
    ("relay", ([],)), ("relay", ([3],)), ("relay", ([3, 1, 2, 1],)),
]
SHOWN = ["Settings.section"]
