"""Types that say less than Rust needs, or more: protocols of containers, unions of lists, bare tuples."""

from __future__ import annotations
from collections.abc import Mapping, MutableSequence, MutableMapping


def poly(c: MutableSequence[float]) -> int:
    c.append(1.5)
    return len(c)


def mp(c: Mapping[str, int], k: str) -> int:
    if k in c:
        return c[k]
    return c.get("b", 0) + len(c)


def mm(c: MutableMapping[str, int], k: str) -> None:
    c[k] = len(c)


def calls_mp() -> int:
    return mp({"a": 1}, "a") + mp({}, "z")


def un(c: list[float] | list[int]) -> float:
    return c[0] + c[1]


def un2(c: list[str] | list[int]) -> str:
    r = ""
    for x in c:
        r += str(x)
    return r + str(len(c))


def is_zero(v: tuple[float, ...], k: int) -> bool:
    return tuple(round(x, k) for x in v) == (0, 0, 0)


def parts(data: list, pivot: int) -> tuple:
    less, more = [], []
    for x in data:
        if x < pivot:
            less.append(x)
        else:
            more.append(x)
    return less, more


def nested(s: str, u: str) -> str:
    def cut(a: str, b: str) -> str:
        out = []
        for i, c in enumerate(a):
            if c in b:
                out.append(c)
                b = f"{b[0:b.index(c)]} {b[b.index(c) + 1:]}"
        return "".join(out)

    return cut(s, u) + cut(u, s)


def merge(xs: list, low: int, mid: int, high: int) -> list:
    left, right = xs[low:mid], xs[mid : high + 1]
    result = []
    while left and right:
        if left[0] <= right[0]:
            result.append(left.pop(0))
        else:
            result.append(right.pop(0))
    return result + left + right


def paid(table: list[int], target: int) -> int:
    def count(rest: int, seen: list[int]) -> int:
        if rest < 0:
            return 0
        if seen[rest] != -1:
            return seen[rest]
        seen[rest] = sum(count(rest - one, seen) for one in table) if rest else 1
        return seen[rest]

    return count(target, [-1] * (target + 1))


def head(items: tuple) -> object:
    return items[0]


def of_display(number: int, text: str) -> object:
    return head((number, text))


def of_name(number: int, text: str) -> object:
    pair = (text, number)
    return head(pair)


def tails(rows: list[list]) -> list[list]:
    found = []
    for row in rows:
        found.append(row[1:])
    return found


CASES = [
    *(("poly", (c,)) for c in [[], [0.5]]),
    *(("mp", p) for p in [({"a": 1}, "a"), ({"b": 2}, "a"), ({}, "z")]),
    *(("mm", p) for p in [({}, "a"), ({"a": 5}, "a")]),
    ("calls_mp", ()),
    *(("un", (c,)) for c in [[1, 2], [0.5, 1.0], [1], []]),
    *(("un2", (c,)) for c in [[], [1, 2], ["é", "a"]]),
    *(("is_zero", p) for p in [((0.1, 0.2, -0.3), 0), ((0.0, 0.0), 1), ((0.1, 2.0, 0.0), 0)]),
    *(("parts", p) for p in [([3, 1, 2], 2), ([0.5, 9], 1), ([], 0), (["a"], 1)]),
    *(("nested", p) for p in [("banana", "nab"), ("", "x")]),
    *(("paid", p) for p in [([1, 2], 3), ([2], 3), ([], 0)]),
    *(("head", (items,)) for items in [(1, "a"), ("a",), ()]),
    *((name, (7, "é")) for name in ["of_display", "of_name"]),
    *(("tails", (rows,)) for rows in [[], [[1, "a"], []]]),
    *(("merge", p) for p in [([1, 3, 2, 4], 0, 2, 3), (["b", "a"], 0, 1, 1), ([1, "a"], 0, 1, 1), ([], 0, 0, 0)]),
]
SHOWN = ["un", "mp"]
