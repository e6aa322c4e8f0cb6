"""math, functools, itertools and collections."""

import itertools
import math
from collections import Counter, deque
from functools import reduce


def mathematics(x: float) -> list[float]:
    return [math.sqrt(abs(x)), math.hypot(x, 3.0), math.copysign(1.0, x)]


def wholes(n: int, x: float) -> list[int]:
    return [math.gcd(n, 12), math.factorial(abs(n) % 10), math.floor(x), math.isqrt(abs(n))]


def root(x: float) -> float:
    return math.sqrt(x)


def logarithm(x: float) -> float:
    return math.log(x)


def combinations(n: int, k: int) -> int:
    return math.comb(n, k)


def product(xs: list[int]) -> int:
    return reduce(lambda a, b: a * b, xs, 1)


def chained(a: list[int], b: list[int]) -> list[int]:
    return [x for x in itertools.chain(a, b)]


def pairs(xs: list[int]) -> list[tuple[int, int]]:
    return list(itertools.combinations(xs, 2))


def cycled(s: str) -> list[str]:
    return [a + b for a, b in zip(s, itertools.cycle("xy"))]


def common(s: str) -> list[tuple[str, int]]:
    return Counter(s).most_common()


def rotated(xs: list[int]) -> list[int]:
    queue = deque(xs)
    queue.append(9)
    queue.appendleft(queue.pop())
    queue.append(queue.popleft())
    return list(queue)


def running(xs: list[int]) -> list[int]:
    return list(itertools.accumulate(xs))


CASES = [
    *(("mathematics", (x,)) for x in [2.25, -0.5, 0.0, -0.0]),
    *(("wholes", p) for p in [(8, 2.25), (-7, -0.5), (0, 0.0)]),
    *(("root", (x,)) for x in [2.0, -1.0, nan]),
    *(("logarithm", (x,)) for x in [1.0, 0.0]),
    *(("combinations", p) for p in [(5, 2), (2, 5), (60, 30), (-1, 2)]),
    *(("product", (xs,)) for xs in [[], [2, 3, 4]]),
    *(("chained", p) for p in [([1], [2]), ([], [])]),
    *(("pairs", (xs,)) for xs in [[], [1, 2, 3]]),
    *(("cycled", (s,)) for s in ["", "abc"]),
    *(("common", (s,)) for s in ["", "abcab"]),
    *(("rotated", (xs,)) for xs in [[], [1, 2]]),
    *(("running", (xs,)) for xs in [[], [1, 2, 3]]),
]
REFUSED = {
}
