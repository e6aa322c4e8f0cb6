"""Which loops go over a copy of what they run over, and which must not."""

from __future__ import annotations

import pytest

from portalis.compiler.analysis.aliasing.clash import Effects
from portalis.compiler.analysis.aliasing.parts import Parts
from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering.over_copies import over_copies
from portalis.compiler.types import INT, NONE, DictOf, Instance, ListOf, SetOf, Type
from portalis.diagnostics import Span

AT = Span(1, 1, 1, 1)
BAG, ROW, SEEN, ROWS = Instance("m.Bag"), ListOf(INT), SetOf(INT), DictOf(INT, ListOf(INT))
this = h.Local("self", BAG, span=AT, type=BAG)
row = h.Local("row", ROW, span=AT, type=ROW)
number = h.Local("n", INT, span=AT, type=INT)
items = h.Attribute(this, "items", span=AT, type=ROW)
others = h.Attribute(this, "others", span=AT, type=ROW)


def fields(type_: Type) -> tuple[Type, ...]:
    return (ROW, ROW, SEEN, ROWS) if type_ == BAG else ()


def effects(changed: Type) -> Effects:
    return Effects(changes=(frozenset({changed}),), moves=(frozenset({changed}),))


def handed(what: h.Expr = this) -> h.Stmt:
    return h.ExprStmt(h.CallFunction("m:f", (what,), span=AT, type=NONE), span=AT)


def appended(to: h.Expr) -> h.Stmt:
    return h.ExprStmt(h.CallMethod(to, "append", (number,), {}, span=AT, type=NONE), span=AT)


LOOKS_IN = h.Assign((row,), items, span=AT)


@pytest.mark.parametrize(
    ("before", "body", "changed", "copied"),
    [
        ([], [handed()], SEEN, True),
        ([], [handed()], BAG, True),
        ([], [handed()], ROW, False),
        ([], [handed(others)], SEEN, False),
        ([], [handed(), appended(items)], SEEN, False),
        ([], [handed(), appended(others)], SEEN, False),
        ([], [handed(), appended(row)], SEEN, True),
        ([LOOKS_IN], [handed(), appended(row)], SEEN, False),
        ([], [appended(row)], SEEN, False),
    ],
)
def test_a_copy_is_made_where_nobody_can_tell(
    before: list[h.Stmt], body: list[h.Stmt], changed: Type, copied: bool
) -> None:
    loop = h.For(number, items, body, [], span=AT)
    param = h.Parameter("self", BAG, "positional")
    function = h.Function("m", "Bag.g", (param,), NONE, [*before, loop], "", {}, span=AT)
    found = over_copies(function, Parts(fields), lambda _: effects(changed)).body[-1]
    assert isinstance(found, h.For)
    assert isinstance(found.iterable, h.CallExternal) is copied
