"""The functions of `random`: they share one generator, in Rust as in Python."""

import random
from random import choice, randint


def roll(count: int, sides: int = 6) -> list[int]:
    return [randint(1, sides) for _ in range(count)]


def share(n: int) -> float:
    """The share of points in a square that lie in its circle."""
    inside = 0
    for _ in range(n):
        x, y = random.uniform(-1.0, 1.0), random.random() * 2 - 1
        if x * x + y * y <= 1:
            inside += 1
    return inside / n


def noisy(values: list[float]) -> list[float]:
    return [value + random.gauss(0, 0.5) for value in values]


def shuffled(items: list[int]) -> list[int]:
    copy = items[:]
    random.shuffle(copy)
    return copy


def mixed(items: list[int]) -> None:
    random.shuffle(items)


def word(length: int) -> str:
    return "".join(choice("abcdef") for _ in range(length))


def picked(names: list[str], count: int) -> list[str]:
    return random.sample(names, count) + random.choices(names, k=count)


def ordered(items: list[int]) -> list[int]:
    """Quicksort with a pivot by chance."""
    if len(items) < 2:
        return items[:]
    pivot = items[random.randrange(len(items))]
    less = [item for item in items if item < pivot]
    more = [item for item in items if item > pivot]
    return ordered(less) + [item for item in items if item == pivot] + ordered(more)


def beyond(n: int) -> int:
    """Draws more words than one block of the generator has, then may leave 64 bits."""
    total = sum(random.getrandbits(20) for _ in range(700))
    return total * n * (1 if random.normalvariate(0.0, 1.0) + random.gauss(0.0, 1.0) > -100.0 else 0)


class Coin:
    def __init__(self, bias: float) -> None:
        self.bias = bias

    def toss(self) -> bool:
        return random.random() < self.bias


def heads(bias: float, n: int) -> int:
    coin = Coin(bias)
    return sum(coin.toss() for _ in range(n))


def seeded(n: int) -> int:
    random.seed(n)
    return random.randint(1, 6)


CASES = [
    ("roll", (5,)),
    ("roll", (700, 1000)),
    ("share", (500,)),
    ("share", (0,)),
    ("noisy", ([1.0, 2.5, -0.0, 7.0],)),
    ("shuffled", (list(range(50)),)),
    ("mixed", (list(range(9)),)),
    ("word", (20,)),
    ("picked", (["a", "b", "c", "d"], 3)),
    ("picked", (["a"], 3)),
    ("picked", ([], 0)),
    ("ordered", ([5, 3, 9, 1, 5, 5, 2, 8],)),
    ("beyond", (1,)),
    ("heads", (0.3, 100)),
    ("seeded", (1,)),
]
DECLINES = [("roll", (3, 0)), ("beyond", (10**18,))]
REFUSED = {"seeded": "PT503"}
