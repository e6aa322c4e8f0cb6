"""Loops over the items of a tuple, which may be of several types.

for x in (n, name):   →   for x in [IntOrStr::Int(n), IntOrStr::Str(name)] {
"""

from __future__ import annotations

from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.iterate import Iteration, Leaf
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    NEVER,
    OBJECT,
    TupleOf,
    Type,
    UnionOf,
    is_copy,
    make_union,
)
from portalis.diagnostics import Span

_LONGEST = 12
"""Rust's own conversion of tuples into arrays goes so far."""


def over_tuple(ctx: FunctionContext, value: Value, span: Span) -> Iteration:
    """The iterator over the items, as an array of what any of them may be."""
    assert isinstance(value.type, TupleOf)
    items = value.type.items
    if not items:
        nothing = t.Call(t.Path("std::iter::empty"), ())
        return Iteration(nothing, Leaf(NEVER), source=nothing)
    owned = value.form is Form.OWNED or is_copy(items[0])
    if len(items) <= _LONGEST and len(set(items)) == 1 and owned:
        converted = t.Call(t.Path(f"<[_; {len(items)}]>::from"), (value.expr,))
        return Iteration(t.Method(converted, "into_iter"), Leaf(items[0]), source=converted)
    elem = _any_of(items)
    if ANY in items:
        raise Refusal("PT101", span, f"iterating over a `{value.type}` is not translated")
    held = value.expr if isinstance(value.expr, t.Path) else t.Path(ctx.fresh("parts"))
    fields = tuple(
        coerce.owned(ctx, Value(t.Field(held, str(at)), kind, Form.PLACE), elem, span)
        for at, kind in enumerate(items)
    )
    array: t.Expr = t.ArrayExpr(fields)
    if held is not value.expr:
        array = t.BlockExpr(t.Block((t.Let(held.name, value.expr),), array))
    return Iteration(t.Method(array, "into_iter"), Leaf(elem), source=array)


def _any_of(items: tuple[Type, ...]) -> Type:
    """What any of the items may be; numbers of several types are held as in a list of such."""
    elem = make_union(list(items))
    numbers = isinstance(elem, UnionOf) and all(one in (INT, FLOAT, BOOL) for one in elem.members)
    return OBJECT if numbers else elem
