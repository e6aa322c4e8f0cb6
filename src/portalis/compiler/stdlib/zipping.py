"""`zip(*rows)`: the columns of a table, in a loop or taken apart.

names, ages = zip(*people)   →   let (names, ages) = itertools::unzip2(people.to_vec())?;
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.iterate import Iteration, Leaf
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.read_ahead import read_at_once
from portalis.compiler.stdlib.sources import slice_of
from portalis.compiler.types import ANY, STR, ListOf, TupleOf, Type, VarTuple, is_mutable

_MOST_COLUMNS = 4


def columns(ctx: FunctionContext, node: h.CallExternal, rows: h.Expr) -> Iteration:
    """`zip(*rows)` of lists, tuples of one type, or texts: tuples of any length."""
    value = ctx.expr(rows) if not isinstance(rows, (h.Comprehension, h.CallExternal)) else None
    if value is None or not isinstance(value.type, (ListOf, VarTuple)):
        passed, elem = slice_of(ctx, rows)
    else:
        elem = value.type.elem
        passed = value.expr if value.form in (Form.BORROWED, Form.MUTREF) else t.Ref(value.expr)
        if value.frozen:
            elem = ANY
    place = value is not None and value.form is not Form.OWNED
    owned = isinstance(passed, t.Ref) and not _is_place(passed.operand) and not place
    match elem:
        case _ if elem is STR and not owned:
            return Iteration(ctx.rt("itertools::text_columns", passed), Leaf(VarTuple(STR)), False)
        case ListOf(inner) | VarTuple(inner) if not is_mutable(inner):
            if owned:
                assert isinstance(passed, t.Ref)
                read_at_once(ctx, node, [rows])
                return _gathered(ctx, passed.operand, inner)
            return Iteration(ctx.rt("itertools::columns", passed), Leaf(VarTuple(inner)), False)
        case TupleOf((first, *_) as kinds) if set(kinds) == {first} and not is_mutable(first):
            each = t.Method(t.Method(passed, "iter"), "cloned")
            arrays = t.Method(each, "map", (t.Path(f"<[_; {len(kinds)}]>::from"),))
            return _gathered(ctx, t.Method(arrays, "collect", (), "Vec<_>"), first)
    raise Refusal("PT305", rows.span, f"`zip(*…)` of `{elem}` rows is not translated here")


def _is_place(expr: t.Expr) -> bool:
    """Whether the expression is a variable or a field of one, which somebody has."""
    return isinstance(expr, t.Path) or (isinstance(expr, t.Field) and _is_place(expr.base))


def _gathered(ctx: FunctionContext, rows: t.Expr, elem: Type) -> Iteration:
    """The columns of rows that nobody else has."""
    return Iteration(ctx.rt("itertools::into_columns", rows), Leaf(VarTuple(elem)), False)


def unzipped(ctx: FunctionContext, node: h.Expr, count: int) -> Value | None:
    """`a, b = zip(*pairs)` as a tuple of columns; None for every other value."""
    match node:
        case h.CallExternal(fullname="builtins.zip", args=(h.Starred(value=rows),), keywords={}):
            pass
        case _:
            return None
    passed, kind = slice_of(ctx, rows)
    if isinstance(kind, TupleOf) and len(kind.items) == count <= _MOST_COLUMNS and not is_mutable(kind):
        call = ctx.rt_try(f"itertools::unzip{count}", passed)
        return Value(call, TupleOf(tuple(map(VarTuple, kind.items))))
    if isinstance(kind, (ListOf, VarTuple)) and not is_mutable(kind.elem):
        made = t.Method(ctx.rt("itertools::columns", passed), "collect", (), "Vec<_>")
        return Value(made, ListOf(VarTuple(kind.elem)))
    raise Refusal("PT305", node.span, f"`zip(*…)` of `{kind}` rows is not taken apart here")


def summed_lists(ctx: FunctionContext, node: h.CallExternal) -> Value | None:
    """`sum(rows, [])` is the rows one after the other; None for every other sum."""
    start = node.args[1] if len(node.args) == 2 else node.keywords.get("start")
    if not isinstance(start, h.ListDisplay) or start.items:
        return None
    passed, kind = slice_of(ctx, node.args[0])
    if not isinstance(kind, ListOf) or is_mutable(kind.elem):
        raise Refusal("PT214", node.span, f"a sum of `{kind}` items is not translated")
    return Value(t.Method(passed, "concat"), kind)
