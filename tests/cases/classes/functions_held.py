"""Functions in fields: given to the constructor or made there, optional, in a dict, in a base class's subclasses."""
from __future__ import annotations

from typing import Callable


class Heap:
    def __init__(self, key: Callable[[int], int] | None = None) -> None:
        self.items: list[int] = []
        self.key = key or (lambda x: x)

    def push(self, x: int) -> None:
        self.items.append(x)
        at = len(self.items) - 1
        while at > 0 and self.key(self.items[at]) < self.key(self.items[(at - 1) // 2]):
            above = (at - 1) // 2
            self.items[at], self.items[above] = self.items[above], self.items[at]
            at = above


class Registry:
    def __init__(self) -> None:
        self.handlers: dict[str, Callable[[str], str]] = {}
        self.fallback: Callable[[str], str] | None = None

    def run(self, name: str, text: str) -> str:
        handler = self.handlers.get(name)
        if handler is not None:
            return handler(text)
        if self.fallback is None:
            raise LookupError(f"no handler {name}")
        return self.fallback(text)


class Stage:
    def process(self, items: list[int]) -> list[int]:
        return items[:]


class Map(Stage):
    def __init__(self, function: Callable[[int], int]) -> None:
        self.function = function

    def process(self, items: list[int]) -> list[int]:
        return [self.function(x) for x in items]


def shout(text: str) -> str:
    return text.upper() + "!"


def least(values: list[int], key: Callable[[int], int]) -> tuple[list[int], list[int]]:
    plain, keyed = Heap(), Heap(key)
    for value in values:
        plain.push(value)
        keyed.push(value)
    return plain.items[:], keyed.items[:]


def handled(names: list[str], text: str, safe: bool) -> list[str]:
    registry = Registry()
    registry.handlers["upper"] = str.upper
    registry.handlers["rev"] = lambda s: s[::-1]
    registry.handlers["shout"] = shout
    if safe:
        registry.fallback = lambda s: "?" + s
    out = []
    for name in names:
        try:
            out.append(registry.run(name, text))
        except LookupError as error:
            out.append(str(error))
    return out


def staged(values: list[int], by: int) -> list[int]:
    stages: list[Stage] = [Map(lambda x: x * by), Stage(), Map(abs)]
    current = list(values)
    for stage in stages:
        current = stage.process(current)
    return current


CASES = [
    ("least", ([], fn("lambda x: -x"))), ("least", ([3, 1, 2], fn("lambda x: -x"))), ("least", ([5, -7], fn("abs"))),
    ("handled", (["upper", "rev", "shout", "none"], "aé", False)), ("handled", (["none"], "x", True)),
    ("staged", ([1, -2], -3)), ("staged", ([], 1)),
]
DECLINES = [("staged", ([2**62], 4))]
