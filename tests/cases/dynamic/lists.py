"""Lists of values of any type beside typed ones, unions that operators look into, branches of two types."""

from __future__ import annotations

from typing import Any


def expectation(values: list, weights: list[float]) -> float:  # type: ignore[type-arg]
    return sum(x * p for x, p in zip(values, weights))


def outer(values: list[int], weights: list[float]) -> float:
    return expectation(values, weights)


def joined(a: str, b: str) -> str:
    out: list = []  # type: ignore[type-arg]
    for i in range(len(a)):
        out.append(a[i])
        out.append(b)
    return "".join(out)


def fresh(xs: list[Any]) -> list[int]:
    out = list(xs)
    out.append(1)
    return out


def shown(c: bool, n: int) -> str:
    kind = "x" if c else n
    return f"<{kind}> {kind if c else 'none'}"


def either(c: bool, n: int) -> str:
    return "'{} {}'".format(n, (c and "red") or "black") + str(n if c else "none")


def looked(x: int | str, y: int | str) -> list[bool]:
    return [x == 1, y == "a", bool(x), x < y]


def doubled(x: int | str) -> int | str:
    return x * 2


CASES = [
    ("expectation", ([1, 2], [0.5, 0.5])),
    ("outer", ([1, 2], [0.5, 0.5])),
    ("joined", ("ab", "-")),
    ("fresh", ([],)),
    ("fresh", ([3],)),
    ("shown", (True, 1)),
    ("shown", (False, 1)),
    ("either", (True, 1)),
    ("either", (False, 1)),
    ("looked", (1, 2)),
    ("looked", ("", "a")),
    ("looked", (1, "a")),
    ("doubled", (2,)),
    ("doubled", ("ab",)),
]
DECLINES = [
    ("expectation", ([1, 2.5], [0.5, 0.5])),
    ("expectation", ([1, "a"], [0.5, 0.5])),
    ("expectation", ([], [])),
    ("fresh", (["a"],)),
]
