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
                for place, clause in enumerate(clauses):
                    visit(clause, in_loop or place > 0)
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


_ITERATING = frozenset(
    {"zip", "enumerate", "reversed", "len", "sum", "min", "max", "iter", "sorted", "list", "any", "all"}
)


def only_read_by_element(body: list[h.Stmt]) -> frozenset[str]:  # noqa: C901  one case a node
    """The variables of which nobody sees more than elements, slices that are iterated, and the length.

    weights = (3, 1)
    sum(w * int(n) for w, n in zip(weights, number))     # whether weights is a tuple can't be told
    """
    seen: set[str] = set()
    whole: set[str] = set()

    def visit(node: h.Node, *, by_element: bool) -> None:
        match node:
            case h.Local(name=name):
                (seen if by_element else whole).add(name)
            case h.Assign(targets=targets, value=value):
                for target in targets:
                    if not isinstance(target, h.Local):
                        visit(target, by_element=False)
                visit(value, by_element=False)
            case h.Subscript(value=value, index=index):
                visit(value, by_element=isinstance(value, h.Local))
                visit(index, by_element=False)
            case h.For(iterable=iterable) | h.Clause(iterable=iterable):
                for child in children(node):
                    visit(child, by_element=child is iterable)
            case h.CallExternal(fullname=fullname, args=args) if (
                fullname.removeprefix("builtins.") in _ITERATING
            ):
                for arg in args:
                    visit(arg, by_element=True)
                for value in node.keywords.values():
                    visit(value, by_element=False)
            case h.Compare(ops=("in" | "not in",), left=left, rights=(right,)):
                visit(left, by_element=False)
                visit(right, by_element=isinstance(right, h.Local))
            case _:
                for child in children(node):
                    visit(child, by_element=False)

    for stmt in body:
        visit(stmt, by_element=False)
    return frozenset(seen - whole)


def only_looked_up(body: list[h.Stmt]) -> frozenset[str]:
    """The variables that are only asked for single keys: `d[k]`, `d.get(k, x)`, `k in d`, `len(d)`."""
    seen: set[str] = set()
    other: set[str] = set()

    def visit(node: h.Node) -> None:
        match node:
            case h.Local(name=name):
                other.add(name)
            case h.Assign(targets=targets, value=value):
                for target in targets:
                    if not isinstance(target, h.Local):
                        visit(target)
                visit(value)
            case h.Subscript(value=h.Local(name=name), index=index):
                seen.add(name)
                visit(index)
            case h.CallMethod(receiver=h.Local(name=name), method="get", args=args, keywords={}):
                seen.add(name)
                for arg in args:
                    visit(arg)
            case h.Compare(ops=("in" | "not in",), left=left, rights=(h.Local(name=name),)):
                seen.add(name)
                visit(left)
            case h.CallExternal(fullname="builtins.len", args=(h.Local(name=name),)):
                seen.add(name)
            case _:
                for child in children(node):
                    visit(child)

    for stmt in body:
        visit(stmt)
    return frozenset(seen - other)
