"""Module constants, and tables that are computed at import."""

import string

LIMIT = 100
NAMES = ("zero", "one", "two")
PRIMES = [p for p in range(2, 60) if all(p % q for q in range(2, p))]
SQUARES = {n: n * n for n in range(20)}
VALUES = {c: i for i, c in enumerate(string.ascii_uppercase)}
VOWELS = frozenset("aeiou")
CRC = [0] * 256
for _i in range(256):
    _c = _i
    for _ in range(8):
        _c = (_c >> 1) ^ (0xEDB88320 if _c & 1 else 0)
    CRC[_i] = _c
NESTED = {"a": [1, 2], "b": []}
_WEIGHTS: list[tuple[str, int]] = [("x", 1), ("y", -2)]
RATE = 0.1
EMPTY: dict[str, int] = {}
ROWS = ((1, 2, 3), (4, 5, 6))


def limited(n: int) -> int:
    return min(n, LIMIT) % len(PRIMES)


def name(n: int) -> str:
    return NAMES[n]


def prime(i: int) -> int:
    return PRIMES[i]


def is_prime(n: int) -> bool:
    return n in PRIMES


def square(n: int) -> int:
    return SQUARES[n]


def column(s: str) -> int:
    total = 0
    for c in s:
        total = total * 26 + VALUES[c] + 1
    return total


def consonants(s: str) -> str:
    return "".join(c for c in s if c not in VOWELS)


def crc32(data: bytes) -> int:
    crc = 0xFFFFFFFF
    for byte in data:
        crc = CRC[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


def nested(key: str) -> list[int]:
    return [n * 2 for n in NESTED.get(key, [7])]


def nested_size(key: str) -> int:
    return len(NESTED[key]) if key in NESTED else -1


def weighted(n: int) -> int:
    total = 0
    for letter, weight in _WEIGHTS:
        total += weight * n * len(letter)
    return total


def rated(x: float) -> float:
    return x * RATE + len(EMPTY)


def cell(row: int, column: int) -> int:
    return ROWS[row][column]


def letters(s: str) -> bool:
    return all(c in string.ascii_letters + string.digits for c in s)


CASES = [
    *(("limited", (n,)) for n in [5, 500, -3]),
    *(("name", (n,)) for n in [0, -1, 3]),
    *(("prime", (n,)) for n in [0, -1, 99]),
    *(("is_prime", (n,)) for n in [7, 8, -7]),
    *(("square", (n,)) for n in [3, 20]),
    *(("column", (s,)) for s in ["A", "ZZ", "a", ""]),
    *(("consonants", (s,)) for s in ["hello", "", "é"]),
    *(("crc32", (d,)) for d in [b"", b"123456789"]),
    *(("nested", (s,)) for s in ["a", "b", "c"]),
    *(("nested_size", (s,)) for s in ["a", "b", "c"]),
    *(("weighted", (n,)) for n in [0, 5]),
    *(("rated", (x,)) for x in [3.0, -0.0]),
    *(("cell", p) for p in [(0, 0), (-1, -1), (2, 0), (0, 3)]),
    *(("letters", (s,)) for s in ["", "aZ9", "a b"]),
]
REFUSED = {
    "nested": "PT301",
}
SHOWN = ["crc32", "is_prime"]
