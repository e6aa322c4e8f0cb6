"""`collections.OrderedDict`, `dict.popitem`."""

from __future__ import annotations

import collections
from collections import OrderedDict


def unique(xs: list[str]) -> list[str]:
    return list(OrderedDict.fromkeys(xs))


def recent(xs: list[str], n: int) -> list[tuple[str, int]]:
    found: OrderedDict[str, int] = OrderedDict()
    for x in xs * 2:
        found[x] = found.get(x, 0) + 1
        found.move_to_end(x)
        if len(found) > n % 4 + 1:
            found.popitem(last=False)
    return list(found.items())


def to_front(xs: list[str]) -> list[str]:
    found = collections.OrderedDict((x, i) for i, x in enumerate(xs))
    found.move_to_end("ab", last=False)
    return list(found)


def lengths(xs: list[str]) -> str:
    found = collections.OrderedDict()
    for x in xs:
        found[x] = len(x)
    if "a" in found:
        del found["a"]
    return ",".join(found.keys()) + str(sum(found.values()))


def same(xs: list[str], ys: list[str]) -> tuple[bool, bool]:
    a, b = OrderedDict.fromkeys(xs, 1), OrderedDict.fromkeys(ys, 1)
    c = OrderedDict.fromkeys(sorted(xs), 1)
    return a == b, a == c


def emptied(d: dict[str, int]) -> list[tuple[str, int]]:
    copy = dict(d)
    found = []
    while copy:
        found.append(copy.popitem())
    return found


def last_of(d: dict[str, int]) -> tuple[str, int]:
    copy = dict(d)
    return copy.popitem()


def last_ordered(d: dict[str, int]) -> tuple[tuple[str, int], int]:
    found = OrderedDict(d)
    pair = found.popitem()
    return pair, len(found)


def grouped(xs: list[str]) -> list[tuple[int, list[str]]]:
    found: OrderedDict[int, list[str]] = OrderedDict()
    for x in xs:
        found.setdefault(len(x), []).append(x)
    for key in list(found):
        found[key].sort()
    return list(found.items())


def counted(xs: list[str]) -> list[tuple[str, int]]:
    found: OrderedDict[str, int] = OrderedDict()
    for x in xs:
        if x not in found:
            found[x] = 0
        found[x] += len(x)
    return list(found.items())


def without(xs: list[str], x: str) -> dict[str, int]:
    found = collections.Counter(xs)
    del found[x]
    found["b"] += 2
    del found["b"]
    return dict(found)
