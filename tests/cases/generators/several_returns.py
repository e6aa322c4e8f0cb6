"""Functions that return one of several iterators."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice


def spread(xs: list[int], gap: int) -> Iterator[int]:
    if gap == 0:
        return iter(xs)
    if gap < 0:
        return (x // gap for x in xs)
    return (x * gap for x in xs)


def lengths(xs: list[str], strict: bool) -> Iterator[int]:
    if not strict:
        return (len(x) for x in xs)
    return (int(x) for x in xs)


def both(xs: list[int], ys: list[int], first: bool) -> Iterator[int]:
    if first:
        return iter(xs)
    elif not xs:
        return iter([])
    else:
        return chain(xs, ys)


def some(xs: list[int], n: int) -> Iterator[int]:
    if n < 0:
        raise ValueError("negative")
    if n == 0:
        return iter([])
    return islice(xs, n)


def counted(n: int) -> Iterator[int]:
    if n > 3:
        return iter(range(n))
    return iter([1, 2, 3])


def anything(xs: Iterable[object], n: int | None) -> list[object]:
    return list(taken(xs, n))


def taken(xs: Iterable[object], n: int | None) -> Iterator[object]:
    if n is None:
        return iter(xs)
    return islice(xs, n)


def total(xs: list[int], gap: int) -> int:
    out = 0
    for x in spread(xs, gap):
        out += x
    return out + sum(both(xs, xs, gap > 2)) + len(list(some(xs, gap))) + max(counted(gap))


def parsed(xs: list[str]) -> list[int]:
    return [x for x in lengths(xs, True) if x > 1]


def shown(xs: list[str]) -> list[int]:
    return [x for x in lengths(xs, False) if x > 1]


CASES = [
    *(("total", (xs, gap)) for xs in [[], [1, 2, 3]] for gap in [-2, 0, 1, 5]),
    *(("parsed", (xs,)) for xs in [[], ["1", "22"], ["x"], ["3", "x"]]),
    *(("shown", (xs,)) for xs in [[], ["1", "22"], ["x"]]),
    *(("anything", (xs, n)) for xs in [[], [1, "a", None]] for n in [None, 0, 2]),
]
