"""Builtins on values of any type: `isinstance`, iteration, order, conversions, and what containers of them do."""

from __future__ import annotations

import math
from typing import Any


def kind(x: Any) -> str:
    if isinstance(x, bool):
        return "bool"
    if isinstance(x, (int, float)):
        return f"number {x + 1}"
    if isinstance(x, str):
        return x.upper()
    if isinstance(x, list):
        return str(len(x))
    if isinstance(x, tuple):
        return f"tuple of {len(x)}"
    return "other"


def spell(x: Any) -> list[str]:
    return [str(i) for i in x]


def walk(x: Any) -> int:
    n = 0
    for i in x:
        n += 1 if i else 2
    return n + len(x)


def pick(x: Any, i: int) -> Any:
    return x[i]


def within(x: Any, xs: list[Any], t: Any) -> list[bool]:
    return [x in xs, x in t, x in (1, "a", None), x not in {1: 2}, "a" in t]


def stats(xs: list[Any]) -> tuple[Any, Any, Any]:
    return min(xs), max(xs), sum(xs)


def order(xs: list[Any]) -> list[Any]:
    return sorted(xs)


def order_down(xs: list[Any]) -> list[Any]:
    return sorted(xs, reverse=True)


def order_key(xs: list[tuple[Any, int]]) -> list[tuple[Any, int]]:
    return sorted(xs, key=lambda p: p[0])


def order_in(xs: list[Any]) -> list[Any]:
    xs.sort(reverse=True)
    return xs


def conv(x: Any) -> tuple[int, float, Any, Any]:
    return int(x), float(x), abs(x), round(x, 1)


def root(x: Any) -> float:
    return math.sqrt(x)


def total(xs: list[Any], start: Any) -> Any:
    return sum(x * 2 for x in xs) + max(start, 3)


def lookup(d: dict[str, Any], k: str) -> Any:
    v = d.get(k)
    if v is None:
        return "no"
    return v


def lookup2(d: dict[str, Any], k: str) -> Any:
    return d.get(k, 0) or d.get("z", "w")


def swap(a: Any, b: Any) -> tuple[Any, Any]:
    a, b = b, a
    if a is None:
        a = 1
    return a, b


def fill(n: int, v: Any) -> list[Any]:
    out = [v] * n
    out.append(1)
    out += ["a"]
    out.insert(0, None)
    out.extend([v, 2])
    return out


def uniq(xs: list[Any]) -> int:
    seen = set()
    for x in xs:
        if x not in seen:
            seen.add(x)
    return len(seen)


def quick(xs: list[Any]) -> list[Any]:
    if len(xs) <= 1:
        return xs[:]
    p = xs[0]
    lo = [x for x in xs[1:] if x <= p]
    hi = [x for x in xs[1:] if x > p]
    return [*quick(lo), p, *quick(hi)]


def branch(c: bool, x: int) -> Any:
    return "a" if c else x


def lots() -> str:
    items = [1, "a", 2.5, None]
    return ", ".join(str(i) for i in items)


CASES = [
    *[("kind", (x,)) for x in (True, 1, 2.5, "a", (1, 2), None, b"x")],
    ("spell", ("ab",)),
    ("spell", ((1, None),)),
    ("spell", (b"ab",)),
    ("spell", (3,)),
    ("walk", ((0, 1, "", "x"),)),
    ("walk", ("ab",)),
    ("walk", (None,)),
    ("pick", ("abc", -1)),
    ("pick", ("abc", 3)),
    ("pick", ((1, "x"), 1)),
    ("pick", ((1, "x"), 2)),
    ("pick", (b"ab", 0)),
    ("pick", (b"ab", 2)),
    ("pick", (5, 0)),
    ("within", (1, [True, "a"], ("a", 1.0))),
    ("within", (2, [True, "a"], ("b",))),
    ("within", (1, [], "b")),
    ("within", (1, [], 7)),
    ("stats", ([3, 1.5, True],)),
    ("stats", ([1, 1.0, True],)),
    ("stats", ([],)),
    ("stats", ([1, "a"],)),
    ("stats", (["b", "a"],)),
    ("order", ([3, 1.5, True, 1],)),
    ("order", (["b", "", "a"],)),
    ("order", ([(1, "b"), (1, "a"), (0, None)],)),
    ("order_down", ([1, 1.0, True, 2],)),
    ("order_key", ([("b", 1), ("a", 2), ("b", 0)],)),
    ("order_in", ([1, 2.5, 2],)),
    ("conv", (2.55,)),
    ("conv", (True,)),
    ("conv", (-7,)),
    ("conv", ("12",)),
    ("conv", ("x",)),
    ("conv", (None,)),
    ("root", (4,)),
    ("root", (2.25,)),
    ("root", ("a",)),
    ("total", ([1, 2.5], 2)),
    ("total", ([], 5)),
    ("total", (["a"], 2)),
    ("total", ([1], "a")),
    ("lookup", ({"a": 1}, "a")),
    ("lookup", ({"a": 1}, "b")),
    ("lookup2", ({"a": 0, "z": 2}, "a")),
    ("lookup2", ({}, "a")),
    ("lookup2", ({"a": 1}, "a")),
    ("swap", (1, "a")),
    ("swap", (1, None)),
    ("fill", (2, "v")),
    ("fill", (-1, 1.5)),
    ("uniq", ([1, 1.0, "a", True, (1, 2)],)),
    ("quick", ([3, 1.5, 2, 1],)),
    ("quick", (["b", "a"],)),
    ("quick", ([1, "a"],)),
    ("branch", (True, 1)),
    ("branch", (False, 1)),
    ("lots", ()),
]
DECLINES = [
    ("kind", ([1],)),
    ("within", ("a", [], ("a",))),
    ("order", ([1, "a"],)),
    ("order", ([float("nan"), 1.0],)),
    ("order_key", ([("b", 1), (1, 2)],)),
]
