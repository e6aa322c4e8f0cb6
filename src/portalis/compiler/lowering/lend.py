"""Variables that are a `&mut` into another one: see `analysis.aliasing.lending`.

row = grid[i]                →  let row = &mut grid[i as usize];
for i, row in enumerate(g):  →  for (i, row) in g.iter_mut().enumerate() {
"""

from __future__ import annotations

from portalis.compiler.analysis.aliasing.lending import lent_elements
from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.iterate import Iteration, Leaf, Several, element
from portalis.compiler.lowering.receivers import mutable_receiver
from portalis.compiler.lowering.value import MAX_LEN, Form, Range
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import INT, DictOf, ListOf


def lend_place(ctx: FunctionContext, target: h.Local, place: h.Expr) -> list[t.Stmt]:
    """A variable for what a place holds, which is changed there."""
    value = ctx.expr(place)
    reached = mutable_receiver(ctx, place, value)
    if isinstance(reached, (t.Index, t.Field)):
        reached = t.Ref(reached, mutable=True)
    local = ctx.declare(target.name, value.type, Form.MUTREF)
    local.form = Form.MUTREF
    ctx.assigned.add(local.web)
    return [t.Let(local.rust, reached)]


def lent_iteration(ctx: FunctionContext, stmt: h.For) -> Iteration | None:
    """The iterator over elements as `&mut`, where the loop's variable is a loan."""
    name, owner = lent_elements(stmt)
    if name is None or owner is None or name.name not in ctx.facts.loans:
        return None
    value = ctx.expr(owner)
    place = mutable_receiver(ctx, owner, value)
    match value.type, stmt.iterable:
        case ListOf(elem), h.Local() | h.Attribute() | h.Subscript():
            return Iteration(t.Method(place, "iter_mut"), Leaf(elem, Form.MUTREF))
        case ListOf(elem), _:
            count = Leaf(INT, unsigned=True, range=Range(0, MAX_LEN))
            pairs = t.Method(t.Method(place, "iter_mut"), "enumerate")
            return Iteration(pairs, Several((count, Leaf(elem, Form.MUTREF))))
        case DictOf(_, item), h.CallMethod(method="values"):
            return Iteration(t.Method(place, "values_mut"), Leaf(item, Form.MUTREF))
        case DictOf(key, item), _:
            return Iteration(t.Method(place, "iter_mut"), Several((element(key), Leaf(item, Form.MUTREF))))
        case _:
            raise Refusal("PT401", stmt.span, f"the elements of a `{value.type}` can't be changed in a loop")
