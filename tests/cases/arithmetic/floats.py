"""Floats, bit for bit."""

import math


def floor(a: float, b: float) -> tuple[float, float]:
    return a // b, a % b


def both(a: float, b: float) -> tuple[float, float]:
    return divmod(a, b)


def divide(a: float, b: float) -> float:
    return a / b


def power(a: float, b: float) -> float:
    return a**b


def mixed(n: int, x: float) -> list[float]:
    return [n + x, n - x, x * n, n / 2, x // 2, n**0.5]


def compare(n: int, x: float) -> list[bool]:
    return [n < x, n == x, n >= x, x != n, 0 < x <= n]


def rounded(x: float) -> list[float]:
    return [round(x, 2), round(x, -1), round(x, 0)]


def whole(x: float) -> int:
    return round(x)


def parts(x: float) -> tuple[int, int, int]:
    return int(x), math.floor(x), math.ceil(x)


def total(numbers: list[float]) -> float:
    return sum(numbers)


def mean(numbers: list[float]) -> float:
    """
    >>> mean([1.0, 2.0])
    1.5
    """
    return sum(numbers) / len(numbers)


def extremes(numbers: list[float]) -> tuple[float, float]:
    return min(numbers), max(numbers)


def nan_order(a: float, b: float) -> tuple[bool, bool, bool, float, float]:
    return a < b, a == b, a != b, min(a, b), max(a, b)


def negated(x: float) -> list[float]:
    return [-x, +x, abs(x), -x * 0.0]


def text(x: float) -> str:
    return str(x) + repr(x)


CASES = [
    *(("floor", p) for p in [(7.5, 2.0), (-7.5, 2.0), (7.5, -2.0), (0.0, -1.0), (-0.0, 1.0), (1.0, 0.0), (inf, 2.0), (1e300, 1e-300)]),
    *(("both", p) for p in [(7.5, 2.0), (-7.5, 2.0), (1.0, inf), (-1.0, inf), (1.0, 0.0)]),
    *(("divide", p) for p in [(1.0, 3.0), (1.0, 0.0), (-0.0, 5.0), (inf, inf)]),
    *(("power", p) for p in [(2.0, 0.5), (0.0, 0.0), (2.0, -1.0), (0.0, -1.0),]),
    *(("mixed", p) for p in [(3, 0.5), (2**53 + 1, 1.0), (0, -0.0)]),
    *(("compare", p) for p in [(3, 3.0), (3, 3.5), (2**53 + 1, 9007199254740992.0), (0, nan), (-1, -1.5)]),
    *(("rounded", (x,)) for x in [2.675, 0.5, 1.5, -2.5, 12345.678, nan, inf, 1e300]),
    *(("whole", (x,)) for x in [0.5, 1.5, 2.5, -0.5, 1e15, nan, inf]),
    *(("parts", (x,)) for x in [2.7, -2.7, 0.0, nan, inf]),
    *(("total", (xs,)) for xs in [[0.1] * 10, [1e100, 1.0, -1e100], [0.1, 0.2, 0.3]]),
    *(("mean", (xs,)) for xs in [[1.0, 2.0]]),
    *(("extremes", (xs,)) for xs in [[], [1.0, -1.0], [nan, 1.0], [1.0, nan], [0.0, -0.0]]),
    *(("nan_order", p) for p in [(nan, 1.0), (1.0, nan), (0.0, -0.0), (-0.0, 0.0)]),
    *(("negated", (x,)) for x in [0.0, -0.0, 1.5, -inf]),
    *(("text", (x,)) for x in [0.1, 1e16, 1e-5, 123456789012345680.0, 5e-324, 1.0, -0.0, nan, -inf]),
]
DECLINES = [
    ("power", (1e200, 2.0)), ("mixed", (-3, 2.25)), ("total", ([],)), ("mean", ([],)),
    ("power", (-8.0, 1 / 3)), ("parts", (1e300,)), ("whole", (1e300,))]
