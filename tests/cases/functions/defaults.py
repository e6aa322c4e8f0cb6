"""Optional parameters that get a new container where None was passed: lent by the caller, or made here."""

from __future__ import annotations


def fib(n: int, memo: dict[int, int] | None = None) -> int:
    if memo is None:
        memo = {}
    if n < 2:
        return n
    if n not in memo:
        memo[n] = fib(n - 1, memo) + fib(n - 2, memo)
    return memo[n]


def fib_from(n: int, memo: dict[int, int] | None = None) -> int:
    """What is made is no empty dict."""
    if memo is None:
        memo = {0: 0, 1: 1}
    if n not in memo and n > 0:
        memo[n] = fib_from(n - 1, memo=memo) + fib_from(n - 2, memo)
    return memo[n]


def reached(graph: dict[str, list[str]], node: str, seen: set[str] | None = None) -> int:
    seen = set() if seen is None else seen
    seen.add(node)
    found = 1
    for other in graph.get(node, []):
        if other not in seen:
            found += reached(graph, other, seen)
    return found


def grown(n: int, xs: list[int] | None = None) -> list[int]:
    """An empty list is replaced, and its owner sees nothing of what is put into the new one."""
    xs = xs or [7]
    xs.append(n)
    if n < 0:
        raise ValueError(f"{len(xs)}")
    return xs


def kept(n: int, xs: list[int] | None = None) -> int:
    n = n + 1
    xs = xs if xs is not None else []
    xs.append(n)
    return len(xs)


def lent(n: int) -> int:
    own = [1]
    nothing: list[int] = []
    first = kept(n, own) + kept(n) + kept(n, None) + kept(n, [4, 5]) + kept(n, nothing)
    memo = {0: 4}
    return first + len(own) + len(nothing) + len(grown(n, [])) + fib(n, memo) + len(memo)


def lent_again(n: int, xs: list[int] | None = None) -> int:
    if xs is None:
        xs = []
    kept(n, xs)
    kept(n + 1, xs)
    return len(xs)


def changed_result(n: int) -> int:
    own = [1]
    more = grown(n, own)
    more.append(n)
    return len(own)


def gathered(tree: dict[int, list[int]], n: int, out: list[int] | None = None) -> list[int]:
    if out is None:
        out = []
    for below in tree.get(n, []):
        gathered(tree, below, out)
    out.append(n)
    return out


def total(xs: list[int] | None = None) -> int:
    if xs is None:
        xs = [1, 2]
    return sum(xs)


def joined(words: list[str] | None = None, marks: dict[str, str] | None = None) -> str:
    words = words or []
    if marks is None:
        marks = {}
    return " ".join(word + marks.get(word, "!") for word in words)


def another(xs: list[int], out: list[int] | None = None) -> int:
    if out is None:
        out = xs
    out.append(1)
    return len(xs)


def later(xs: list[int] | None = None) -> int:
    if xs is None:
        xs = []
    xs.append(1)
    xs = xs + [2]
    xs.append(3)
    return len(xs)


class Walker:
    def __init__(self) -> None:
        self.steps = 0

    def walk(self, n: int, seen: set[int] | None = None) -> int:
        if seen is None:
            seen = set()
        self.steps += 1
        if n in seen or n < 0:
            return 0
        seen.add(n)
        return 1 + self.walk(n - 2, seen) + self.walk(n - 3, seen)


def walked(n: int) -> int:
    walker = Walker()
    return walker.walk(n) * 100 + walker.steps


CASES = [
    *(("fib", args) for args in [(0,), (10,), (30, {}), (5, {3: 9}), (6, None)]),
    *(("fib_from", args) for args in [(0,), (10,), (3, {}), (3, {1: 1, 2: 5}), (-1, None)]),
    *(("reached", ({"a": ["b", "c"], "b": ["a"]}, *args)) for args in [("a",), ("b", {"c"}), ("x", set())]),
    *(("grown", args) for args in [(1,), (1, []), (1, [2]), (-1, [2]), (-1, []), (-1, None)]),
    *(("kept", args) for args in [(1,), (1, []), (1, [2])]),
    *((name, (n,)) for name in ("lent", "walked", "changed_result") for n in (1, 9)),
    *(("lent_again", args) for args in [(1,), (1, [2])]),
    *(("gathered", args) for args in [({1: [2, 3]}, 1), ({}, 4, [5])]),
    *(("total", args) for args in [(), ([],), ([4],), (None,)]),
    *(("joined", args) for args in [(), (["a", "b"], {"a": "?"}), ([], {})]),
    *(("another", args) for args in [([1],), ([1], [2])]),
    *(("later", args) for args in [(), ([5],)]),
]
REFUSED = {
    "changed_result": "PT401",
    "gathered": "PT402",
    "another": "PT401",
}
SHOWN = ["fib", "total"]
