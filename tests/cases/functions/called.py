"""Parameters without types that are called: what they take and give is known from their calls."""

from collections.abc import Callable
from typing import Any


def twice(f, x: int) -> int:
    return f(f(x))


def kept_ones(items: list[str], predicate) -> list[str]:
    return [item for item in items if predicate(item)]


def folded(items: list[float], fn, start: float) -> float:
    total = start
    for item in items:
        total = fn(total, item)
    return total


def root_of(function, low: float, high: float) -> float:
    while high - low > 1e-6:
        middle = (low + high) / 2
        if function(low) * function(middle) <= 0:
            high = middle
        else:
            low = middle
    return low


def bare(function: Callable, n: int) -> int:
    return function(n, n) + function(n, 1)


def anything(function: Callable[..., Any], text: str) -> bool:
    return not function(text)


def shown_as(n: int, show: Callable | None = None) -> str:
    if show is not None:
        return show(n)
    return str(n)


class Best:
    def __init__(self, key: Callable | None = None) -> None:
        self.items: list[int] = []
        self.key = key or (lambda x: x)

    def add(self, item: int) -> None:
        self.items.append(self.key(item))

    def best(self) -> int:
        return max(self.items)


class Fold:
    def __init__(self, items: list[int], function) -> None:
        self.items = list(items)
        self.fn = function

    def total(self) -> int:
        total = self.items[0]
        for item in self.items[1:]:
            total = self.fn(total, item)
        return total


def best_of(items: list[int], down: bool) -> int:
    best = Best(lambda n: -n) if down else Best()
    for item in items:
        best.add(item)
    return best.best()


def totals(items: list[int]) -> tuple[int, int]:
    return Fold(items, max).total(), Fold(items, lambda a, b: a - b).total()


CASES = [
    ("twice", (fn("lambda x: x * 3"), 2)), ("twice", (fn("abs"), -2)),
    ("kept_ones", (["a", "b1"], fn("str.isalpha"))), ("kept_ones", ([], fn("len"))),
    ("folded", ([1.0, 2.5], fn("lambda a, b: a - b"), 1.0)), ("folded", ([], fn("max"), 1.0)),
    ("root_of", (fn("lambda x: x * x - 2"), 0.0, 2.0)), ("bare", (fn("max"), 3)), ("anything", (fn("str.isdigit"), "12")),
    ("shown_as", (3,)), ("shown_as", (3, fn("hex"))), ("shown_as", (3, None)),
    ("best_of", ([3, 1, 2], False)), ("best_of", ([3, 1, 2], True)), ("best_of", ([], True)),
    ("totals", ([3, 9, 1],)), ("totals", ([3],)), ("totals", ([],)),
]  # fmt: skip
DECLINES = [
    ("twice", (fn("lambda x: x / 2"), 2)), ("anything", (fn("len"), "12")),
    ("bare", (fn("lambda a, b: a // (b - 1)"), 1)),
]  # fmt: skip
SHOWN = ["folded"]
