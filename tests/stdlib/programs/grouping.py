"""`itertools.groupby`, and what gathers by a key."""

from __future__ import annotations

import itertools
from itertools import groupby
from operator import itemgetter


def runs(xs: list[int]) -> list[tuple[int, list[int]]]:
    return [(key, list(group)) for key, group in groupby(xs)]


def signs(xs: list[int]) -> list[tuple[bool, int]]:
    return [(key, len(list(group))) for key, group in groupby(xs, key=lambda x: x > 0)]


def run_lengths(text: str) -> str:
    return "".join(key + str(len(list(group))) for key, group in itertools.groupby(text))


def without_repeats(xs: list[int]) -> list[int]:
    return [key for key, _ in groupby(xs)]


def by_rest(xs: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for key, group in groupby(sorted(xs), lambda x: x % 3):
        found[key] = list(group)
    return found


def longest_run(xs: list[int]) -> int:
    return max((len(list(group)) for key, group in groupby(xs) if key > 0), default=0)


def counted_by_length(xs: list[str]) -> list[int]:
    return [sum(1 for _ in group) for _, group in groupby(xs, len)]


def by_length(xs: list[str]) -> dict[int, list[str]]:
    return {key: list(group) for key, group in groupby(sorted(xs, key=len), key=len)}


def second_by_first(xs: list[tuple[int, str]]) -> list[tuple[int, list[str]]]:
    return [(key, [b for a, b in group]) for key, group in groupby(xs, key=itemgetter(0))]


def joined(xs: list[str]) -> list[str]:
    found: list[str] = []
    for key, group in groupby(xs, key=lambda text: (len(text) > 2, text[:1])):
        if key[0]:
            found.extend(text + "." for text in group)
        else:
            found.append(key[1])
    return found
