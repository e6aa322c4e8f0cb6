"""Containers of ints that floats are put into, here or by a function that is handed them."""

import math


def weights(n, x):
    out = [0] * n
    for i in range(n):
        out[i] = math.sin(x * i)
    return out


def matrix(n: int, x: float) -> list[list[float]]:
    rows = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            rows[i][j] = x / (i + j + 1)
    return rows


def alternating(n: int, x: float) -> float:
    sums = [0, 0]
    for i in range(n):
        sums[i % 2] += x
    return sums[0] - sums[1]


def lengths(words: list[str]) -> list[int]:
    out = [0] * 3
    for word in words:
        out[len(word) % 3] += 1
    return out


def handed(n: int, x: float) -> float:
    held = [0] * (n + 2)
    fill(x, held)
    return held[0] + sum(held)


def fill(x, held):
    held[0] = x
    held[1] += x * 0.5


def halves(n: int):
    out = [1]
    for _ in range(n):
        out.append(out[-1] / 2)
    return out


class Coefficients:
    """Attributes that hold ints first."""

    def __init__(self, n):
        self.c = list(range(n))
        self.d = [0, 0, 0]
        self.compute(0.5)

    def compute(self, x):
        for i in range(len(self.c)):
            self.c[i] = math.cos(x) * i
        fill(x, self.d)

    def value(self, x):
        total = 0
        for c in self.c:
            total = total * x + c
        return total + self.d[1] + self.d[2]


def evaluated(n: int, x: float):
    return Coefficients(n).value(x)


CASES = [
    *(("weights", (n, 0.5)) for n in [0, 3]),
    *(("matrix", (n, x)) for n in [0, 2] for x in [0.5, 2.0]),
    *(("alternating", (n, 0.1)) for n in [0, 1, 4]),
    *(("lengths", (ws,)) for ws in [[], ["a", "bc", "d"]]),
    *(("handed", (n, x)) for n in [0, 3] for x in [1.5, -0.0]),
    *(("halves", (n,)) for n in [0, 3]),
    *(("evaluated", (n, 0.25)) for n in [0, 1, 4]),
]
