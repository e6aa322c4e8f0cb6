"""Functions inside functions under the caches of functools."""

import functools
from functools import cache, lru_cache


def edit_distance(a: str, b: str) -> int:
    @cache
    def distance(i: int, j: int) -> int:
        if i == len(a):
            return len(b) - j
        if j == len(b):
            return len(a) - i
        if a[i] == b[j]:
            return distance(i + 1, j + 1)
        return 1 + min(distance(i + 1, j), distance(i, j + 1), distance(i + 1, j + 1))

    return distance(0, 0)


def staircase(n: int) -> int:
    @functools.lru_cache(maxsize=None)
    def ways(k: int) -> int:
        return 1 if k < 2 else ways(k - 1) + ways(k - 2)

    return ways(n)


def counted(n: int) -> list[int]:
    calls = 0

    @cache
    def half(k: int) -> int:
        nonlocal calls
        calls += 1
        if k < 0:
            raise ValueError("negative")
        return 0 if k == 0 else half(k // 2) + 1

    total = half(n) + half(n) + half(n + 1)
    return [total, calls]


def bounded(word: str) -> bool:
    @lru_cache
    def palindrome(i: int, j: int) -> bool:
        return i >= j or (word[i] == word[j] and palindrome(i + 1, j - 1))

    return palindrome(0, len(word) - 1)


def bounded_effects(n: int) -> int:
    calls = 0

    @lru_cache(maxsize=2)
    def half(k: int) -> int:
        nonlocal calls
        calls += 1
        return k // 2

    return sum(half(k % 3) for k in range(n)) + calls


def words(text: str, known: list[str]) -> bool:
    @cache
    def splits(rest: str) -> bool:
        if not rest:
            return True
        for word in known:
            if word and rest.startswith(word) and splits(rest[len(word):]):
                return True
        return False

    return splits(text)


def typed(n: int) -> int:
    @lru_cache(typed=True)
    def double(k: int) -> int:
        return 2 * k

    return double(n)


def shadowed(n: int) -> int:
    def cache(function: int) -> int:
        return function + 1

    return cache(n)


CASES = [
    ("edit_distance", ("kitten", "sitting")), ("edit_distance", ("", "é")),
    ("staircase", (30,)), ("staircase", (0,)),
    ("counted", (9,)), ("counted", (0,)), ("counted", (-1,)),
    ("bounded", ("abcba",)), ("bounded", ("ab",)), ("bounded", ("",)),
    ("bounded_effects", (5,)), ("words", ("applepie", ["apple", "pie"])), ("words", ("x" * 12 + "y", ["x", "xx"])),
    ("typed", (4,)), ("shadowed", (4,)),
]
REFUSED = {"bounded_effects": "PT203", "typed": "PT203"}
SHOWN = ["edit_distance"]
