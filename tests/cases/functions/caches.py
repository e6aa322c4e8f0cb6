"""Functions under the caches of functools, inside functions and of the module."""

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


@lru_cache
def fib(k: int) -> int:
    if k < 0:
        raise ValueError("negative")
    if k < 2:
        return k
    return fib(k - 1) + fib(k - 2)


@functools.lru_cache(maxsize=None)
def lattice(rows: int, columns: int) -> int:
    if rows <= 1 or columns <= 1:
        return 1
    return lattice(rows - 1, columns) + lattice(rows, columns - 1)


@cache
def repeated(text: str, times: int = 2) -> str:
    return text * times


@lru_cache(maxsize=2)
def collatz(n: int) -> int:
    count = 0
    while n > 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        count += 1
    return count


def cached_by_all(n: int, text: str) -> str:
    total = sum(fib(i) for i in range(n)) + lattice(n % 9, 3)
    lengths = [collatz(i % 5 + 1) for i in range(n)]
    return f"{repeated(text)} {repeated(text, 3)} {total} {lengths}"


@lru_cache
def of_a_float(x: float) -> float:
    return 1.0 if str(x) == "0.0" else -1.0


@lru_cache
def of_a_list(n: int) -> list[int]:
    return [n]


@lru_cache
def announced(n: int) -> int:
    print(n)
    return n


CASES = [
    ("fib", (80,)), ("fib", (80,)), ("fib", (-1,)), ("fib", (-1,)), ("lattice", (9, 9)), ("repeated", ("ab",)),
    ("repeated", ("ab", 2)), ("collatz", (27,)), ("cached_by_all", (12, "é")), ("cached_by_all", (70, "")),
    ("of_a_float", (-0.0,)), ("of_a_list", (1,)), ("announced", (1,)),
    ("edit_distance", ("kitten", "sitting")), ("edit_distance", ("", "é")),
    ("staircase", (30,)), ("staircase", (0,)),
    ("counted", (9,)), ("counted", (0,)), ("counted", (-1,)),
    ("bounded", ("abcba",)), ("bounded", ("ab",)), ("bounded", ("",)),
    ("bounded_effects", (5,)), ("words", ("applepie", ["apple", "pie"])), ("words", ("x" * 12 + "y", ["x", "xx"])),
    ("typed", (4,)), ("shadowed", (4,)),
]
REFUSED = {
    "bounded_effects": "PT203",
    "typed": "PT203",
    "of_a_float": "PT203",
    "of_a_list": "PT203",
    "announced": "PT203",
}
SHOWN = ["edit_distance"]
