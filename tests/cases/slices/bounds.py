"""Slices of every shape, read and written."""


def plain(xs: list[int], i: int, j: int) -> list[list[int]]:
    return [xs[i:j], xs[i:], xs[:j], xs[:], xs[i:-1], xs[-3:j]]


def stepped(xs: list[int], i: int, j: int, k: int) -> list[int]:
    return xs[i:j:k]


def steps(xs: list[int]) -> list[list[int]]:
    return [xs[::2], xs[::-1], xs[1::3], xs[-1::-2], xs[:1:-1], xs[5:1:-1]]


def text(s: str, i: int, j: int) -> list[str]:
    return [s[i:j], s[i:], s[:j], s[::-1], s[i:j:2], s[j:i:-1]]


def fixed(s: str) -> str:
    return s[2:4] + s[:1] + s[-1:] + s[-4:-2] + s[3:]


def stored(xs: list[int], i: int, j: int, values: tuple[int, ...]) -> None:
    xs[i:j] = list(values)


def removed(xs: list[int], i: int) -> None:
    del xs[i]


def chunks(s: str, size: int) -> list[str]:
    return [s[i : i + size] for i in range(0, len(s), size)]


def windows(xs: list[int], size: int) -> list[int]:
    return [sum(xs[i : i + size]) for i in range(len(xs) - size + 1)]


def rotate(xs: list[int], by: int) -> list[int]:
    if not xs:
        return []
    by %= len(xs)
    return xs[-by:] + xs[:-by]


def optional(xs: list[int], end: int | None = None) -> list[int]:
    return xs[:end]


def tuples(t: tuple[int, ...]) -> tuple[int, ...]:
    return t[1:] + t[:1] + t[::-1]


CASES = [
    *(("plain", p) for p in [([1, 2, 3, 4, 5], 1, 3), ([1, 2, 3], -2, 99), ([], 0, 1), ([1, 2, 3], 3, 1), ([1, 2], -99, -1)]),
    *(("stepped", p) for p in [([1, 2, 3, 4, 5], 0, 5, 2), ([1, 2, 3], 2, -5, -1), ([1, 2, 3], 0, 3, 0), ([1, 2, 3], -9, 9, 4), ([1], 5, -5, -3)]),
    *(("steps", (xs,)) for xs in [[], [1], [1, 2, 3, 4, 5, 6, 7]]),
    *(("text", p) for p in [("abcdef", 1, 4), ("äöü", -2, 9), ("", 0, 0), ("a😀b", 1, 2)]),
    *(("fixed", (s,)) for s in ["", "a", "abcdef", "äöüß"]),
    *(("stored", p) for p in [([1, 2, 3], 1, 2, (9, 9)), ([1, 2, 3], 5, 9, (4,)), ([1, 2, 3], 2, 1, (7,)), ([1, 2, 3], -1, 3, ())]),
    *(("removed", p) for p in [([1, 2, 3], 0), ([1, 2, 3], -1), ([1], 1), ([], 0)]),
    *(("chunks", p) for p in [("abcdefg", 3), ("", 2), ("äöü", 2), ("ab", 0), ("ab", -1)]),
    *(("windows", p) for p in [([1, 2, 3, 4], 2), ([1], 3), ([], 0)]),
    *(("rotate", p) for p in [([1, 2, 3], 1), ([1, 2, 3], -1), ([1, 2, 3], 3), ([], 5)]),
    *(("optional", p) for p in [([1, 2, 3],), ([1, 2, 3], 1), ([1, 2, 3], -1)]),
    *(("tuples", (t,)) for t in [(), (1,), (1, 2, 3)]),
]
SHOWN = ["chunks", "rotate"]
