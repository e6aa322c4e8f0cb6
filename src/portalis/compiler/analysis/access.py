"""How strings are read: indexed one character at a time inside a loop, or not.

    for i in range(len(s)):
        if s[i] == "a": …        # s is worth a Vec<char>, made once

`s[i]` on UTF-8 costs a walk; in a loop that is a worse order of growth than Python's.
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import children
from portalis.compiler.types import STR


def indexed_in_loops(body: list[h.Stmt]) -> frozenset[str]:
    """The string variables that are subscripted by a computed index inside a loop or comprehension."""
    found: set[str] = set()

    def visit(node: h.Node, in_loop: bool) -> None:
        match node:
            case h.Subscript(value=h.Local(name=name, type=type_), index=index) if in_loop and type_ is STR:
                if not isinstance(index, h.Literal):
                    found.add(name)
            case h.For(iterable=iterable) | h.Clause(iterable=iterable):
                visit(iterable, in_loop)
                for child in children(node):
                    if child is not iterable:
                        visit(child, True)
                return
            case h.Comprehension(clauses=clauses, element=element, key=key):
                for index, clause in enumerate(clauses):
                    visit(clause, in_loop or index > 0)
                visit(element, True)
                if key is not None:
                    visit(key, True)
                return
            case h.While() | h.NestedFunction() | h.Lambda():
                in_loop = True
        for child in children(node):
            visit(child, in_loop)

    for stmt in body:
        visit(stmt, False)
    return frozenset(found)
