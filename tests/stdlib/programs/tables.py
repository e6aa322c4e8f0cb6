"""`str.translate` with tables of any origin, `bisect` by a key."""

from __future__ import annotations

import bisect


def by_variable(text: str) -> str:
    table = str.maketrans("abc-", "xyé_")
    return text.translate(table) + text[::-1].translate(table)


def deleting(text: str, gone: str) -> str:
    table = str.maketrans("e", "3", gone)
    return text.translate(table)


def by_codes(text: str) -> str:
    return text.translate({ord("a"): "<a>", ord("l"): None, 32: "_"})


def by_argument(text: str, table: dict[int, str]) -> str:
    return text.translate(table)


def by_texts(text: str, table: dict[str, str]) -> str:
    return text.translate(str.maketrans(table))


def unequal(text: str, old: str, new: str) -> str:
    table = str.maketrans(old, new)
    return text.translate(table)


def place_by_key(pairs: list[tuple[int, str]], x: int) -> tuple[int, int]:
    pairs = sorted(pairs)
    return bisect.bisect_left(pairs, x, key=lambda pair: pair[0]), bisect.bisect(
        pairs, x, key=lambda pair: pair[0]
    )


def place_by_length(words: list[str], x: int, lo: int) -> int:
    return bisect.bisect_right(words, x, lo % 3, len(words), key=len)
