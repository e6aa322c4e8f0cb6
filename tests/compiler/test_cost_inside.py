"""Which functions go through the containers inside a container that they change."""

from __future__ import annotations

import pytest

from portalis.compiler.analysis.cost_inside import runs_through
from portalis.compiler.hir import nodes as h
from portalis.compiler.types import INT, NONE, IterOf, ListOf
from portalis.diagnostics import Span

AT = Span(1, 1, 1, 1)
ROW, GRID = ListOf(INT), ListOf(ListOf(INT))
rows = h.Local("rows", GRID, span=AT, type=GRID)
row = h.Local("row", ROW, span=AT, type=ROW)
number = h.Local("n", INT, span=AT, type=INT)


def length(of: h.Expr) -> h.Expr:
    return h.CallExternal("builtins.len", (of,), {}, span=AT, type=INT)


def counting(body: h.Stmt, of: h.Expr) -> h.Stmt:
    every = h.CallExternal("builtins.range", (length(of),), {}, span=AT, type=IterOf(INT, "range"))
    return h.For(number, every, [body], [], span=AT)


def each(body: h.Stmt) -> h.Stmt:
    return h.For(row, rows, [body], [], span=AT)


def calls(method: str, *args: h.Expr) -> h.Stmt:
    return h.ExprStmt(h.CallMethod(row, method, args, {}, span=AT, type=NONE), span=AT)


def stored(of: h.Expr) -> h.Stmt:
    place = h.Subscript(of, number, span=AT, type=INT)
    return h.Assign((place,), number, span=AT)


FIRST = h.Subscript(rows, number, span=AT, type=ROW)


@pytest.mark.parametrize(
    ("stmt", "through"),
    [
        (each(calls("append", number)), False),
        (each(calls("append", length(row))), False),
        (each(stored(row)), False),
        (each(calls("reverse")), True),
        (each(counting(stored(row), row)), True),
        (counting(stored(FIRST), rows), False),
        (counting(counting(stored(FIRST), FIRST), rows), True),
        (h.Return(rows, span=AT), False),
        (h.Return(length(rows), span=AT), False),
        (h.ExprStmt(h.CallFunction("m:f", (rows,), span=AT, type=NONE), span=AT), True),
    ],
)
def test_only_what_goes_through_the_inner_containers_counts(stmt: h.Stmt, through: bool) -> None:
    assert runs_through([stmt], "rows") is through
