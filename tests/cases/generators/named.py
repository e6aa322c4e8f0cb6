"""Iterators with names, `next` and its end."""

from __future__ import annotations
import itertools
from collections.abc import Iterator


def evens(xs: list[int]) -> Iterator[int]:
    for x in xs:
        if x % 2 == 0:
            yield x


def digits(s: str) -> Iterator[int]:
    for c in s:
        yield int(c)


def head_and_rest(xs: list[int]) -> tuple[int, list[int]]:
    it = iter(xs)
    first = next(it)
    return first, list(it)


def head_or(xs: list[int], d: int) -> int:
    return next(iter(xs), d)


def first_even(xs: list[int]) -> int | None:
    return next((x for x in xs if x % 2 == 0), None)


def first_long(xs: list[str]) -> str:
    return next((x for x in xs if len(x) > 2), "")


def skips(text: str) -> list[str]:
    out: list[str] = []
    it = iter(text)
    for c in it:
        if c == "\\":
            try:
                c = next(it)
            except StopIteration:
                out.append("!")
                break
        out.append(c)
    return out


def paired(xs: list[int]) -> list[tuple[int, int]]:
    it = iter(xs)
    out = []
    while True:
        a = next(it, None)
        b = next(it, None)
        if a is None or b is None:
            return out
        out.append((a, b))


def gen_named(xs: list[int]) -> int:
    g = evens(xs)
    total = 0
    for x in g:
        total += x
        if total > 10:
            break
    return total * 100 + sum(g)


def gen_raises(s: str) -> tuple[int, int]:
    g = digits(s)
    a = next(g, -1)
    b = next(g, -1)
    return a, b


def expr_named(xs: list[int], k: int) -> tuple[int, int]:
    g = (x * k for x in xs)
    a = next(g, 0)
    return a, sum(g)


def zipped(xs: list[int], ys: list[str]) -> str:
    pairs = zip(xs, ys)
    out = ""
    for a, b in pairs:
        out += f"{a}{b}"
    return out


def counter(xs: list[str]) -> dict[str, int]:
    ids = itertools.count(1)
    out = {}
    for x in xs:
        if x not in out:
            out[x] = next(ids)
    return out


def mapped(xs: list[str]) -> int:
    numbers = map(int, xs)
    return next(numbers) + sum(numbers)


def rebinds(xs: list[int], k: int) -> list[int]:
    made = (x * k for x in xs)
    k = 5
    return list(made)


def ends(xs: list[int]) -> Iterator[int]:
    it = iter(xs)
    while True:
        yield next(it)


def chunks(xs: list[int]) -> Iterator[tuple[int, int]]:
    it = iter(xs)
    for a in it:
        b = next(it, 0)
        yield a, b


def chunked(xs: list[int]) -> list[tuple[int, int]]:
    return list(chunks(xs))


def cycled(xs: list[str], n: int) -> str:
    c = itertools.cycle(xs)
    out = ""
    for _ in range(n):
        out += next(c)
    return out


def lines(text: str) -> list[str]:
    it = iter(text.splitlines())
    head = next(it, "")
    return [head + line for line in it]


def seen_twice(xs: list[int]) -> tuple[list[int], list[int]]:
    r = reversed(xs)
    return list(r), list(r)


def goes_on(xs: list[str]) -> int:
    """`map` goes on after an error, a generator expression is at its end."""
    mapped = map(int, xs)
    try:
        a = next(mapped)
    except ValueError:
        a = -1
    return a * 100 + next(mapped, -2)


def is_at_its_end(xs: list[str]) -> int:
    made = (int(x) for x in xs)
    try:
        a = next(made)
    except ValueError:
        a = -1
    return a * 100 + next(made, -2)


def lent(xs: list[int]) -> int:
    it = iter(xs)
    xs.append(1)
    return sum(it)


def uses_ends(xs: list[int]) -> list[int]:
    return list(ends(xs))


def stop_in_a_test(xs: list[int]) -> list[int]:
    it = iter(xs)
    return [x for x in xs if x != next(it)]


def stop_in_an_expression(xs: list[int]) -> int:
    it = iter(xs)
    return sum(next(it) for _ in range(3))


CASES = [
    ("evens", ([1, 2],)),
    ("digits", ("12x",)),
    ("head_and_rest", ([1, 2, 3],)),
    ("head_and_rest", ([],)),
    ("head_or", ([4], 1)),
    ("head_or", ([], 1)),
    ("first_even", ([1, 4, 6],)),
    ("first_even", ([],)),
    ("first_long", (["a", "abc"],)),
    ("first_long", (["a"],)),
    ("skips", ("a\\bc\\",)),
    ("skips", ("a\\\\",)),
    ("paired", ([1, 2, 3, 4],)),
    ("gen_named", ([2, 4, 6, 8],)),
    ("gen_named", ([2],)),
    ("gen_raises", ("1",)),
    ("gen_raises", ("1x",)),
    ("expr_named", ([1, 2, 3], 2)),
    ("zipped", ([1, 2], ["a", "b", "c"])),
    ("counter", (["a", "b", "a"],)),
    ("mapped", (["1", "2", "3"],)),
    ("mapped", (["1", "x"],)),
    ("mapped", ([],)),
    ("rebinds", ([1, 2], 3)),
    ("chunks", ([1, 2, 3],)),
    ("chunked", ([1, 2, 3],)),
    ("cycled", (["a", "b"], 3)),
    ("cycled", ([], 3)),
    ("lines", ("a\nb\nc",)),
    ("seen_twice", ([1, 2],)),
    ("goes_on", (["x", "2"],)),
    ("goes_on", (["1"],)),
    ("is_at_its_end", (["x", "2"],)),
    ("is_at_its_end", (["1", "2"],)),
    ("lent", ([1],)),
    ("uses_ends", ([],)),
    ("stop_in_a_test", ([1, 2],)),
    ("stop_in_an_expression", ([1, 2],)),
    ("stop_in_an_expression", ([1, 2, 3],)),
]
REFUSED = {
    "ends": "PT202",
    "uses_ends": "PT501",
    "rebinds": "PT202",
    "lent": "PT401",
    "stop_in_an_expression": "PT202",
}
