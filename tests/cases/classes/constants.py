"""Attributes of classes themselves; methods with the names that Rust would give to accessors."""

from __future__ import annotations


class Tank:
    CAPACITY = 40
    step: float = 0.5
    unit = "l"
    debug = False
    lowest = -3

    def __init__(self, level: int = 0) -> None:
        self.level = level

    def fill(self, amount: int) -> int:
        if self.level + amount > self.CAPACITY:
            raise ValueError(f"more than {Tank.CAPACITY}{self.unit}")
        self.level += amount
        return self.level

    @classmethod
    def full(cls) -> Tank:
        return cls(cls.CAPACITY)

    def steps(self) -> float:
        return self.level * Tank.step if not self.debug else 0.0


class Link:
    LIMIT = 3

    def __init__(self, data: int, next: Link | None = None) -> None:
        self.data = data
        self.next = next

    def get_data(self) -> int:
        return self.data

    def set_data(self, data: int) -> None:
        self.data = min(data, self.LIMIT)

    def set_next(self, link: Link) -> None:
        self.next = link


def filled(amounts: list[int]) -> tuple[int, float, int]:
    tank = Tank()
    for amount in amounts:
        tank.fill(amount)
    full = Tank.full()
    return tank.level, tank.steps(), full.level + Tank.lowest


def linked(values: list[int]) -> tuple[list[int], bool, bool]:
    first = Link(0)
    current = first
    for value in values:
        following = Link(0)
        following.set_data(value)
        current.set_next(following)
        current = following
    found: list[int] = []
    link: Link | None = first
    while link != None:  # noqa: E711
        found.append(link.get_data())
        link = link.next
    return found, first == current, first.next != first


CASES = [
    ("filled", ([],)),
    ("filled", ([1, 30],)),
    ("filled", ([1, 30, 10],)),
    ("linked", ([],)),
    ("linked", ([1, 2, 9],)),
]
