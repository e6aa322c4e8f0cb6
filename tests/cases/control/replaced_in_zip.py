"""Loops over a list and a slice of it whose elements are replaced meanwhile; generators without annotations."""

from __future__ import annotations


def beads(heights: list[int]) -> list[int]:
    for _ in range(len(heights)):
        for i, (upper, lower) in enumerate(zip(heights, heights[1:])):
            if upper > lower:
                heights[i] -= upper - lower
                heights[i + 1] += upper - lower
    return heights


def push(values: list[int]) -> int:
    at = 0
    for value, later in zip(values, values[2:]):
        if value > later:
            values[at + 1] = value + later
        at += 1
    else:
        at += 100
    return at


def points(low, high, step):
    x = low + step
    while x < high:
        yield x
        x += step


def total(low: float, high: float) -> float:
    step = (high - low) / 4
    found = points(low, high, step * 0.5)
    y = 0.0
    for x in found:
        y += x
    return y


def products(xs: list, ys: list):
    return sum(x * y for x, y in zip(xs, ys))


def quotients(xs: list[float], ys: list[float]) -> float:
    return sum(x / y for x in xs for y in ys)


def pairs(xs: list[int], ys: list[str]) -> dict:
    return {(x, y): len(y) for x, y in zip(xs, ys)}


CASES = [
    ("beads", ([6, 11, 12, 4, 1, 5],)),
    ("beads", ([],)),
    ("push", ([5, 1, 2, 0, 7],)),
    ("push", ([1],)),
    ("total", (0.0, 1.0)),
    ("total", (2.0, 1.0)),
    ("products", ([1, 2.5], [3, 2])),
    ("products", (["", ""], [0, None])),
    ("products", ([None, 1], ["a", 2])),
    ("quotients", ([1.0, 2.0], [4.0])),
    ("quotients", ([1.0], [0.0, 1.0])),
    ("pairs", ([1, 2], ["a", "bc"])),
]
