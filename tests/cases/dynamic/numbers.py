"""Numbers that may be ints or floats: where `float` is declared and an int given, and in unions of both."""

from __future__ import annotations

import math


def power(base: float, exponent: int) -> float:
    result = 1
    for _ in range(exponent):
        result *= base  # type: ignore[assignment]
    return result


def rec(base: float, exponent: int) -> float:
    if exponent == 0:
        return 1
    return base * rec(base, exponent - 1)


def mean(xs: list[float]) -> float:
    total: float = 0
    for x in xs:
        total += x
    return total / len(xs)


def next_greater(arr: list[float]) -> list[float]:
    result = []
    for i in range(len(arr)):
        nxt: float = -1
        for j in range(i + 1, len(arr)):
            if arr[i] < arr[j]:
                nxt = arr[j]
                break
        result.append(nxt)
    return result


def abs_val(num: float) -> float:
    return -num if num < 0 else num


def abs_min(x: list[int]) -> int:
    if len(x) == 0:
        raise ValueError("empty")
    j = x[0]
    for i in x:
        if abs_val(i) < abs_val(j):
            j = i
    return j


def best(xs: list[int | float]) -> int | float:
    if not xs:
        raise ValueError("nothing")
    m = xs[0]
    for x in xs:
        if x > m:
            m = x
    return m


def union(a: int | float, b: float | None = None) -> float:
    if b is None:
        b = 1
    return a + b


def mixed() -> list[float]:
    return [1, 2.5, 3]


def floors(x: int | float) -> list[int]:
    return [math.floor(x), math.ceil(x), math.trunc(x), round(x)]


CASES = [
    ("power", (2, 10)),
    ("power", (1.5, 2)),
    ("power", (1.5, 0)),
    ("rec", (2, 3)),
    ("rec", (0.5, 3)),
    ("mean", ([1, 2.5],)),
    ("mean", ([1, 2],)),
    ("mean", ([],)),
    ("next_greater", ([1.5, 3, 2],)),
    ("abs_val", (-1.5,)),
    ("best", ([1, 2.5, 2],)),
    ("best", ([3, 2.5],)),
    ("best", ([],)),
    ("union", (1, 2)),
    ("union", (1.5,)),
    ("union", (1,)),
    ("mixed", ()),
    ("floors", (2.5,)),
    ("floors", (-2.5,)),
    ("floors", (3,)),
    ("floors", (float("inf"),)),
    ("abs_min", ([3, -1],)),
    ("abs_min", ([],)),
]
DECLINES = [("abs_val", (1,)), ("mean", ([[1]],))]
REFUSED = {"abs_min": "PT102"}
