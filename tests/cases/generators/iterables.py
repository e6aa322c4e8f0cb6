"""Parameters that are only iterated: lists and tuples are lent, iterators collected where nobody can tell."""

from __future__ import annotations
from collections.abc import Collection, Iterable, Iterator, Sequence


def total(xs: Iterable[int]) -> int:
    t = 0
    for x in xs:
        t += x
    return t


def mean(xs: Iterable[float]) -> float:
    return sum(xs) / len(list(xs))


def joined(words: Iterable[str], sep: str = ",") -> str:
    return sep.join(words)


def has(xs: Collection[int], k: int) -> bool:
    return k in xs and len(xs) > 1


def rebound(xs: Iterable[int]) -> list[int]:
    xs = list(xs)
    xs.append(1)
    return xs


def pairs(xs: Iterable[tuple[int, str]]) -> dict[int, str]:
    return {a: b for a, b in xs}


def evens(xs: Iterable[int]) -> Iterator[int]:
    for x in xs:
        if x % 2 == 0:
            yield x


def chunked(xs: Iterable[int], n: int) -> Iterator[list[int]]:
    part: list[int] = []
    for x in xs:
        part.append(x)
        if len(part) == n:
            yield part
            part = []
    if part:
        yield part


def polymod(values: Iterable[int]) -> int:
    chk = 1
    for v in values:
        chk = (chk * 31 + v) % 1023
    return chk


def calls(n: int, s: str, d: dict[int, int], p: tuple[int, int]) -> list[int]:
    return [
        total(range(n)),
        total([1, n]),
        total((n, 2)),
        total(p),
        total(x * 2 for x in range(3)),
        total(d),
        total(d.values()),
        total(map(abs, p)),
        len(joined(s)),
        len(joined(c for c in s)),
        polymod([ord(c) for c in s] + [0, 0]),
        sum(evens(range(n))),
        len(list(evens(p))),
    ]


def maybe(xs: Iterable[int] | None = None) -> int:
    if xs is None:
        return 0
    return sum(xs)


def maybe_calls(n: int) -> int:
    return maybe([n]) + maybe() + maybe((1, 2))


def twice(xs: list[int]) -> float:
    return mean(float(x) for x in xs)


def parsed(xs: list[str]) -> int:
    return total(int(x) for x in xs)


def ordered(xs: set[int]) -> int:
    return total(xs)
def both(a: Sequence[int], b: Iterable[int]) -> int:
    return sum(x * y for x, y in zip(a, b)) + len(a)


def sorted_rest(xs: Iterable[int], k: int) -> list[int]:
    if k < 0:
        raise ValueError("k")
    xs = sorted(xs)
    for i, x in enumerate(xs):
        xs[i] = x + k
    return xs


def head(xs: Iterable[str]) -> tuple[str, list[str]]:
    xs = iter(xs)
    first = next(xs, "")
    return first, list(xs)


def clipped(xs: Iterable[str]) -> int:
    xs = tuple(xs)
    return len(xs)


CASES = [
    ("total", ([1, 2],)),
    ("total", ((1, 2),)),
    ("total", ([],)),
    ("mean", ((1.5, 2.5),)),
    ("joined", (["a", "b"],)),
    ("joined", (("a", "b"), "-")),
    ("has", ([1, 2], 2)),
    ("has", ((1,), 1)),
    ("rebound", ((3,),)),
    ("pairs", ([(1, "a"), (1, "b")],)),
    ("evens", ((1, 2),)),
    ("chunked", ([1, 2, 3], 2)),
    ("chunked", ([1, 2], 2)),
    ("polymod", ([31, 4],)),
    ("calls", (3, "ab", {1: 2}, (4, -5))),
    ("maybe", ()),
    ("maybe", ([1, 2],)),
    ("maybe", (None,)),
    ("maybe_calls", (3,)),
    ("twice", ([1, 2],)),
    ("parsed", (["1"],)),
    ("ordered", ({1, 2},)),
    ("both", ((1, 2), [3])),
    ("sorted_rest", ((3, 1), 1)),
    ("sorted_rest", ((3, 1), -1)),
    ("head", (("a", "b"),)),
    ("head", ([],)),
    ("clipped", (["a"],)),
]
DECLINES = [
    ("mean", ([],)),("total", ({1, 2},)), ("total", ({1: 2},)), ("total", (range(3),)), ("joined", ("ab",))]
REFUSED = {"twice": "PT202", "parsed": "PT202", "ordered": "PT105"}
