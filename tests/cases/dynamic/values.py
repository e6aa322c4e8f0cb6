"""Values of any type: operators as the types at run time say, keys that are equal across types, typed ends."""

from __future__ import annotations

import math
from typing import Any


def larger(a: Any, b: Any) -> Any:
    return a if a > b else b


def compared(a: Any, b: Any) -> list[bool]:
    return [a < b, a <= b, a >= b, a == b, a != b]


def mixed(a: Any, b: Any, c: Any) -> Any:
    return a + b * c


def quotients(a: Any, b: Any) -> tuple[Any, Any, Any]:
    return a / b, a // b, a % b


def bits(a: Any, b: Any) -> list[Any]:
    return [a & b, a | b, a ^ b, a << b, a >> b, ~a]


def power(a: Any, b: Any) -> Any:
    return -(a**b)


def difference(a: Any, b: Any) -> Any:
    total = a
    total -= b
    return total


def first(items: list[Any], default: Any = None) -> Any:
    return items[0] if items else default


def same(a: object, b: object) -> list[bool]:
    return [a == b, a != 3, a == "x", a == True, 1.5 == a, a == (1, "x"), a is None]  # noqa: E712


def shown(a: object) -> str:
    if a is None:
        return "nothing"
    return f"<{a}> {a!r}" if a else f"empty {a}"


def exactly(n: Any, text: Any) -> tuple[int, str]:
    count: int = n
    name: str = text
    return count + 1, name.upper()


def index_of(items: list[Any], target: Any) -> int:
    for i, item in enumerate(items):
        if item == target:
            return i
    return -1


def bubble(items: list[Any]) -> list[Any]:
    n = len(items)
    for i in range(n):
        for j in range(n - 1 - i):
            if items[j] > items[j + 1]:
                items[j], items[j + 1] = items[j + 1], items[j]
    return items


def counts(items: list[Any]) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for item in items:
        found[item] = found.get(item, 0) + 1
    return found


def combined(a: set[Any], b: set[Any]) -> tuple[set[Any], set[Any], set[Any], set[Any]]:
    both = set(a)
    both &= b
    return a | b, a & b, a ^ b, both


def looked_up(table: dict[Any, Any], key: Any) -> Any:
    return table[key]


def asked(table: dict[Any, int], seen: set[Any], key: Any) -> list[Any]:
    found: list[Any] = [key in table, key in seen, table.get(key, 0), table.get((key, 1), 2)]
    if key in table:
        del table[key]
    seen.discard(key)
    return found


def nothing(a: Any) -> Any:
    if a == 1:
        return None
    if a == 2:
        return
    if a == 3:
        return a


def unannotated(a, b):  # type: ignore[no-untyped-def]
    if a < b:
        return a
    return b


def by_specification(x: int | float, y: Any) -> str:
    return f"{x:.2f} {x:>8} {y:{x}}"


def filled_in(parts: Any) -> str:
    return "({}{}) {}".format(*parts)


def by_key_down(xs: list[Any], limit: Any) -> list[Any]:
    return sorted(xs, key=lambda x: x < limit, reverse=True)


def logarithm(x: Any, base: Any) -> float:
    return math.log(x, base)


CASES = [
    ("by_specification", (3, "a")),
    ("by_specification", (2.5, 1)),
    ("by_specification", (True, "a")),
    ("filled_in", ((1, "b", 2.5),)),
    ("filled_in", ("abc",)),
    ("filled_in", (1.5,)),
    ("by_key_down", ([1, 5, 2.5], 3)),
    ("by_key_down", ([0, ""], b"")),
    ("logarithm", (8, 2)),
    ("logarithm", (0, "")),
    ("logarithm", (2, "")),
    ("logarithm", (2, 1)),
    ("combined", ({1}, {1.0, 3, 4})),
    ("combined", ({1, "a"}, {1.0})),
    ("combined", ({1}, {True})),
    *[("nothing", (n,)) for n in (1, 2, 3, 4)],
    ("larger", (1, 2.5)),
    ("larger", (2**53 + 1, 2.0**53)),
    ("larger", (True, 1)),
    ("larger", ("b", "a")),
    ("larger", ((1, "b"), (1, "a", 2))),
    ("larger", (b"a", b"b")),
    ("larger", (1, "a")),
    ("larger", ((1, "a"), (1, 2))),
    ("larger", (None, 1)),
    ("compared", (1, 1.0)),
    ("compared", (float("nan"), 1)),
    ("compared", (-1, -0.5)),
    ("compared", ("a", "ab")),
    ("compared", (1.5, "a")),
    ("mixed", (1, 2, 3)),
    ("mixed", (1, 2.5, True)),
    ("mixed", ("a", "b", 3)),
    ("mixed", ((1,), 2, ("x",))),
    ("mixed", (b"a", 2, b"b")),
    ("mixed", ("a", 1, 2)),
    ("mixed", ((1,), "a", 1)),
    ("mixed", (b"a", "a", 1)),
    ("mixed", (None, 1, 1)),
    ("mixed", (1, "a", 1)),
    ("mixed", (1, "a", "b")),
    ("mixed", (1, "a", 1.5)),
    ("mixed", (1, None, 1)),
    ("quotients", (7, -2)),
    ("quotients", (7.5, 2)),
    ("quotients", (1, 0)),
    ("quotients", (1.0, 0)),
    ("quotients", ("a", 0)),
    ("bits", (6, 3)),
    ("bits", (True, 3)),
    ("bits", (1.0, 3)),
    ("bits", (1, -1)),
    ("power", (2, 10)),
    ("power", (2, -1)),
    ("power", (2.5, 2)),
    ("power", (0, -1)),
    ("power", ("a", 1)),
    ("difference", (3, 0.5)),
    ("difference", ("a", "b")),
    ("first", ([],)),
    ("first", ([], 0)),
    ("first", (["a", 1],)),
    ("same", (1.0, 1)),
    ("same", ((1, "x"), (True, "x"))),
    ("same", ("x", None)),
    ("same", (None, None)),
    ("same", (1.5, 2)),
    ("shown", (None,)),
    ("shown", ("",)),
    ("shown", ((1, "a", 2.5, None, True, b"x"),)),
    ("shown", (0.0,)),
    ("exactly", (1, "a")),
    ("index_of", ([1, "a", 2.0], 2)),
    ("index_of", ([1, "a", 2.0], "b")),
    ("bubble", ([3, 1.5, True],)),
    ("bubble", (["b", "a", "c"],)),
    ("bubble", ([1, "a"],)),
    ("counts", ([1, 1.0, True, "1", (1, 2), (1.0, 2), 0.5],)),
    ("looked_up", ({1: "a", "b": 2}, 1.0)),
    ("asked", ({}, set(), 1)),
    ("asked", ({"a": 1, (1, 1): 3}, {1, "b"}, 1.0)),
    ("asked", ({"a": 1, (1, 1): 3}, {1, "b"}, "a")),
    ("looked_up", ({1: "a", "b": 2}, "c")),
    ("looked_up", ({1: "a", "b": 2}, (1, 2))),
    ("unannotated", (1, 2)),
    ("unannotated", ("b", "a")),
]
DECLINES = [
    ("exactly", (True, "a")),
    ("exactly", (1.0, "a")),
    ("exactly", (1, b"a")),
    ("first", ([[1]],)),
    ("first", ([2**63],)),
    ("counts", ([float("nan")],)),
    ("looked_up", ({}, [])),
    ("looked_up", ({"a": 1}, {})),
    ("asked", ({}, set(), [])),
    ("asked", ({1: 1}, set(), (1, []))),
    ("same", (float("nan"), float("nan"))),
    ("mixed", (2**62, 2, 2)),
]
