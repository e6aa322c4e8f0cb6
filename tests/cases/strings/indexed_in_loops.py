"""Strings that are indexed in loops, by what binds them."""

from __future__ import annotations


def of_a_loop(words: list[str]) -> int:
    count = 0
    for word in words:
        for i in range(len(word)):
            if word[i] == "a":
                count += i + 1
    return count


def of_pairs(words: list[tuple[int, str]]) -> int:
    count = 0
    for weight, word in words:
        for i in range(len(word)):
            if word[i] == "ä":
                count += weight
    return count


def unpacked(words: list[str]) -> int:
    first, count, second = words[0], 0, words[1].lower()
    for i in range(len(first)):
        for j in range(len(second)):
            count += first[i] == second[j]
    return count


def absent(word: str | None, other: str) -> int:
    if word is None:
        return -1
    count = 0
    for i in range(len(word)):
        for j in range(len(other)):
            if word[i] == other[j]:
                count += 1
    return count


def present(word: str | None, times: int) -> str:
    found = ""
    if word is not None:
        for i in range(times):
            found += word[i]
    return found


def member(word: str | int, times: int) -> int:
    count = 0
    if isinstance(word, str):
        for i in range(times):
            if word[-i] == "b":
                count += 1
    return count


def comprehended(words: list[str], at: list[int]) -> list[list[str]]:
    return [[word[i] for i in at] for word in words]


def size(what: int | bytes) -> int:
    if isinstance(what, bytes):
        return len(what)
    return what


def ruled_out(what: str | int | bytes) -> int:
    if isinstance(what, str):
        return len(what)
    return size(what)


def larger(x: float, n: int) -> str:
    return f"{max(x / 2, n)} {min(n, x, 3)} {max(0, x)}"


def views(d: dict[str, int]) -> int:
    if not bool(d.keys()):
        return -1
    return len(d.keys()) + 10 * len(d.values()) + 100 * len(d.items())


CASES = [
    ("of_a_loop", (["abca", "", "éa"],)),
    ("of_pairs", ([(2, "xä"), (3, "ää")],)),
    ("unpacked", (["abc", "CAB"],)),
    ("unpacked", (["abc"],)),
    ("absent", (None, "x")),
    ("absent", ("aé", "éé")),
    ("present", (None, 3)),
    ("present", ("héy", 3)),
    ("present", ("hey", 4)),
    ("member", (3, 3)),
    ("member", ("abb", 3)),
    ("comprehended", (["abc", "déf"], [0, -1])),
    ("comprehended", (["abc", ""], [0])),
    ("ruled_out", ("héy",)),
    ("ruled_out", (7,)),
    ("ruled_out", (b"ab",)),
    ("larger", (5.0, 2)),
    ("larger", (-5.0, 2)),
    ("larger", (4.0, 2)),
    ("views", ({},)),
    ("views", ({"a": 1},)),
]
