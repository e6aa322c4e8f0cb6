"""Tuples, Optional and small unions."""

from typing import Optional, Union


def parts(p: tuple[int, str]) -> str:
    n, s = p
    return s * n + p[1] + str(p[-2])


def swapped(a: int, b: str) -> tuple[str, int]:
    return b, a


def order(a: tuple[int, str], b: tuple[int, str]) -> list[bool]:
    return [a < b, a == b, a >= b]


def nested(t: tuple[int, tuple[str, float]]) -> float:
    n, (s, x) = t
    return n + len(s) + x


def joined(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    return a + b + (len(a),)


def half(n: int) -> Optional[int]:
    if n % 2:
        return None
    return n // 2


def default(s: str | None, n: int | None = None) -> str:
    if s is None:
        s = "nothing"
    if n is not None and n > 3:
        return s + str(n)
    return s or "empty"


def chain(d: dict[str, str], key: str) -> int:
    value = d.get(key)
    if value:
        return len(value)
    return -1 if value is None else 0


def union(x: Union[int, str]) -> str:
    if isinstance(x, int):
        return str(x + 1)
    return x.upper()


def either(flag: bool) -> int | str:
    return 1 if flag else "one"


CASES = [
    *(("parts", (p,)) for p in [(2, "a"), (0, ""), (-1, "é")]),
    *(("swapped", p) for p in [(1, "a")]),
    *(("order", p) for p in [((1, "a"), (1, "b")), ((2, "a"), (1, "b"))]),
    *(("nested", (t,)) for t in [(1, ("ab", 0.5))]),
    *(("joined", p) for p in [((), ()), ((1, 2), (3,))]),
    *(("half", (n,)) for n in [3, 4, -3]),
    *(("default", p) for p in [(None,), ("a", 5), ("", None), ("", 2)]),
    *(("chain", p) for p in [({"a": "bc", "b": ""}, "a"), ({"a": "bc", "b": ""}, "b"), ({}, "z")]),
    *(("union", (x,)) for x in [1, "a"]),
    *(("either", (x,)) for x in [True, False]),
]
SHOWN = ["swapped", "default"]
