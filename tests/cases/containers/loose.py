"""Lists that must hold values of any type, though mypy found one type in them."""

from __future__ import annotations

from typing import Any


def gather(found: list, n: int) -> None:
    if n > 0:
        gather(found, n - 1)
        found.append(n)


def nth(k: int, n: int) -> int:
    found: list[int] = []
    gather(found, n)
    return found[k - 1]


def reachable(values: list[int], total: int) -> bool:
    sums = [[0 for _ in range(total + 1)] for _ in range(len(values) + 1)]
    for i in range(len(values) + 1):
        sums[i][0] = True
    for i in range(1, len(values) + 1):
        for j in range(1, total + 1):
            if j < values[i - 1]:
                sums[i][j] = sums[i - 1][j]
            else:
                sums[i][j] = sums[i - 1][j] or sums[i - 1][j - values[i - 1]]
    return sums[len(values)][total] != 0


def shown(flags: int) -> str:
    row = [0] * flags
    row[0] = True
    return str(row)


def fill(row: list, value: Any) -> None:
    for i in range(len(row)):
        row[i] = value


def filled(n: int, value: int) -> list[float]:
    row = [0.5] * n
    fill(row, value)
    return row


CASES = [
    ("nth", (2, 5)),
    ("nth", (7, 5)),
    ("reachable", ([3, 5], 8)),
    ("reachable", ([3, 5], 7)),
    ("reachable", ([], 0)),
    ("shown", (3,)),
    ("shown", (0,)),
    ("filled", (0, 3)),
]
DECLINES = [("filled", (2, 3))]
