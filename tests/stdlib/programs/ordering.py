"""Sorting by functions, and what finds and merges in sorted lists."""

from __future__ import annotations

import functools
import heapq
from functools import cmp_to_key
from operator import itemgetter


def backwards(xs: list[int]) -> list[int]:
    return sorted(xs, key=cmp_to_key(lambda a, b: (b > a) - (b < a)))


def concatenated(xs: list[str]) -> str:
    def compare(a: str, b: str) -> int:
        return (a + b > b + a) - (a + b < b + a)

    xs = list(xs)
    xs.sort(key=functools.cmp_to_key(compare))
    return "".join(xs)


def odd_first(a: int, b: int) -> int:
    return (a % 2 < b % 2) - (a % 2 > b % 2)


def stable(xs: list[int]) -> list[int]:
    return sorted(xs, key=cmp_to_key(odd_first), reverse=True)


def no_order(xs: list[int], n: int) -> list[int]:
    """The comparing function is no order: only the same comparisons give the same list."""
    many = [(x * 7919 + i * i * 31) % 1009 for i, x in enumerate(xs * 60)]
    return sorted(many, key=cmp_to_key(lambda a, b: (a * 31 + b * 17 + n % 97) % 5 - 2))


def nearly_sorted(xs: list[int]) -> list[int]:
    many = [(i // 3) * (1 if i % 50 else -1) + x % 5 for i, x in enumerate(xs * 90)]
    return sorted(many, key=cmp_to_key(lambda a, b: a - b))


def rough(xs: list[int]) -> list[int]:
    many = [(x % 89) * i for i, x in enumerate(xs * 70)]
    return sorted(many, key=cmp_to_key(lambda a, b: a // 50 - b // 50 if a % 7 else b % 11 - 5))


def shown(xs: list[str]) -> list[str]:
    def compare(a: str, b: str) -> float:
        print(a, b)  # noqa: T201
        return (len(a) - len(b)) / 2

    return sorted(xs, key=cmp_to_key(compare))


def raising(xs: list[int]) -> list[int]:
    return sorted(xs, key=cmp_to_key(lambda a, b: 100 // (a - b)))


def extremes(xs: list[int]) -> tuple[int, int]:
    return min(xs, key=cmp_to_key(odd_first)), max(xs, key=cmp_to_key(lambda a, b: abs(a) - abs(b)))


def by_second_and_first(xs: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return sorted(xs, key=itemgetter(1, 0))


def merged(xs: list[int], ys: list[int], zs: list[int]) -> list[int]:
    return list(heapq.merge(xs, sorted(ys), sorted(zs)))


def merged_rows(rows: list[list[str]]) -> list[str]:
    return list(heapq.merge(*rows, key=len, reverse=True))


def merged_by_rest(xs: list[int], ys: list[int]) -> list[int]:
    return list(heapq.merge(xs, ys, key=lambda x: x % 10))


def merged_backwards(xs: list[str], ys: list[str]) -> str:
    return ",".join(heapq.merge(sorted(xs, reverse=True), ys, reverse=True))
