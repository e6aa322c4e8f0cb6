"""Lists of which only the elements show, not their order.

    out = []                        rows = list(seen)
    for x in set(xs):               rows.sort()
        out.append(x)
    return sorted(out)

A list is a bag until it is sorted; before that it is measured, summed up, asked for its greatest, made a set.
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import children, walk
from portalis.compiler.types import BIG, BYTES, INT, STR, ListOf, TupleOf, Type

_WHOLE = frozenset(
    f"builtins.{name}" for name in ("sorted", "len", "set", "frozenset", "sum", "max", "min", "bool")
)


def is_bag(function: h.Function, stmt: h.Stmt, name: str) -> bool:
    """Whether the order of a list's elements, as they are when a statement ends, is never seen.

    Args:
        function: the function, of whose body the statement is a part.
        stmt: the statement that fills the list, or binds it.
        name: the variable of the list, of the function's own.
    """
    at = next((i for i, one in enumerate(function.body) if any(node is stmt for node in walk(one))), None)
    if at is None or any(isinstance(node, (h.NestedFunction, h.Lambda)) for node in walk(function.body)):
        return False
    around = function.body[at]
    if around is not stmt and not _only_counted(around, name, stmt):
        return False
    for later in function.body[at + 1 :]:
        if _sorts(later, name):
            return True
        if not _only_counted(later, name):
            return False
    return True


def _sorts(stmt: h.Stmt, name: str) -> bool:
    """`xs.sort()`, after which the order is that of the elements."""
    match stmt:
        case h.ExprStmt(
            value=h.CallMethod(
                receiver=h.Local(name=same, type=ListOf(elem)), method="sort", args=(), keywords={}
            )
        ):
            return same == name and without_twins(elem)
    return False


def _only_counted(node: h.Node, name: str, but: h.Node | None = None) -> bool:
    """Whether every mention of the list inside a node asks for its elements in no order."""
    if node is but:
        return True
    match node:
        case h.Local(name=same):
            return same != name
        case h.CallExternal(fullname=called, args=(h.Local(name=same, type=ListOf(elem)),), keywords={}) if (
            same == name and called in _WHOLE
        ):
            return called == "builtins.len" or without_twins(elem)
        case h.ExprStmt(
            value=h.CallMethod(receiver=h.Local(name=same), method="append", args=args, keywords={})
        ) if same == name:
            return all(_only_counted(arg, name) for arg in args)
        case h.Assign(targets=(h.Local(name=same),), value=value) if same == name:
            return _only_counted(value, name)  # another list from here on
        case h.Compare(left=left, ops=("in" | "not in",), rights=(h.Local(name=same),)) if same == name:
            return _only_counted(left, name)
        case h.Unary(op="not", operand=h.Local(name=same)) if same == name:
            return True
        case _:
            return all(_only_counted(child, name, but) for child in children(node))


def without_twins(type_: Type) -> bool:
    """Whether equal values of the type are the same to everybody: not 0.0 and -0.0."""
    if isinstance(type_, TupleOf):
        return all(map(without_twins, type_.items))
    return type_ in (INT, BIG, STR, BYTES)
