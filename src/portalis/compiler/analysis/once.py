"""Parameters that a function iterates over at most once, so that an iterator serves as well as a list.

def total(xs: Iterable[int]) -> int:        def mean(xs: Iterable[int]) -> float:
    return sum(xs)          # once              return sum(xs) / len(list(xs))      # twice
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import children


def read_once(function: h.Function) -> frozenset[str]:
    """The parameters that stand in one place which no loop, closure or nested function runs again."""
    again: dict[str, int] = {}
    for stmt in function.body:
        _count(stmt, 1, again)
    return frozenset(p.name for p in function.params if again.get(p.name, 0) <= 1)


def times_read(node: h.Node, name: str) -> int:
    """How often the node reads the variable; what may run again counts twice."""
    found: dict[str, int] = {}
    _count(node, 1, found)
    return found.get(name, 0)


def _count(node: h.Node, times: int, found: dict[str, int]) -> None:
    match node:
        case h.Local(name=name):
            found[name] = found.get(name, 0) + times
        case h.For(iterable=iterable):
            _count(iterable, times, found)
            for child in children(node):
                if child is not iterable:
                    _count(child, 2, found)
        case h.Comprehension(clauses=(first, *_)):
            _count(first.iterable, times, found)
            for child in children(node):
                for inner in children(child) if child is first else (child,):
                    if inner is not first.iterable:
                        _count(inner, 2, found)
        case h.While() | h.NestedFunction() | h.Lambda():
            for child in children(node):
                _count(child, 2, found)
        case _:
            for child in children(node):
                _count(child, times, found)
