"""Constant sets, and lists of dicts, beside those that are made."""

import random
import string

VOWELS = set("aeiou")
LETTERS = frozenset(string.ascii_lowercase)
SCORES = [{"a": 1}, {"b": 2, "c": 3}]
GROUPS = ({1, 2}, {3})
TABLE = {"x": [{"k": 1}], "y": []}
COLORS = ("white", "red")


def only_vowels(s: str) -> bool:
    return set(s) <= VOWELS


def has_all(s: str) -> bool:
    return set(s) >= VOWELS


def is_pangram(s: str) -> bool:
    return LETTERS.issubset(s.lower())


def between(s: str) -> bool:
    return VOWELS < set(s) <= LETTERS


def orders(a: set[str], b: set[str]) -> tuple[bool, bool, bool, bool]:
    return a < b, a > b, a <= b, a >= b


def others(s: str) -> tuple[bool, bool, bool]:
    return VOWELS.issuperset(s), VOWELS.isdisjoint(set(s)), set(s).issubset(LETTERS)


def mixed(s: str) -> list[str]:
    return sorted(VOWELS & set(s)) + sorted(set(s) - VOWELS) + sorted(VOWELS.union(s))


def common(xs: list[int], d: dict[int, str]) -> list[int]:
    return sorted(set(xs).intersection(d)) + sorted(set(xs).difference(x * 2 for x in xs))


def total() -> int:
    return sum(v for d in SCORES for v in d.values())


def in_group(n: int) -> int:
    for i, g in enumerate(GROUPS):
        if n in g:
            return i
    return -1


def score(i: int, k: str) -> int:
    return SCORES[i].get(k, 0) + len(SCORES)


def table(k: str) -> int:
    return sum(d["k"] for d in TABLE[k])


def drawn(seed: int) -> str:
    return random.Random(seed).choice(COLORS)


CASES = [
    ("only_vowels", ("aie",)),
    ("only_vowels", ("aix",)),
    ("only_vowels", ("",)),
    ("has_all", ("education",)),
    ("has_all", ("aei",)),
    ("is_pangram", ("The quick brown fox jumps over the lazy dog",)),
    ("is_pangram", ("The quick",)),
    ("between", ("sequoia",)),
    ("between", ("aeiou",)),
    ("between", ("aeiouÄ",)),
    ("orders", ({"a"}, {"a", "b"})),
    ("orders", ({"a"}, {"a"})),
    ("orders", ({"a"}, {"b"})),
    ("others", ("ae",)),
    ("others", ("xyz1",)),
    ("mixed", ("stone",)),
    ("common", ([1, 2, 3], {2: "b", 5: "e"})),
    ("total", ()),
    ("in_group", (3,)),
    ("in_group", (9,)),
    ("score", (1, "c")),
    ("score", (2, "c")),
    ("table", ("x",)),
    ("table", ("y",)),
    ("table", ("z",)),
    ("drawn", (3,)),
]
