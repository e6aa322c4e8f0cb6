"""Tuples of many parts, which cross between Python and Rust."""

from __future__ import annotations


def nine(n: int, x: float) -> tuple[int, float, int, float, int, float, str, bool, int]:
    return n, x, n + 1, x / 2, n + 2, x / 4, str(n), n > 0, -n


def total(parts: tuple[int, int, int, int, int, int, int, int, int, int, int, list[int]]) -> int:
    return parts[8] + parts[9] + parts[10] + sum(parts[11])


CASES = [("nine", (3, 0.5)), ("total", ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, [12]),))]
