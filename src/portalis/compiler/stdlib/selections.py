"""`itertools.product`, `combinations`, `permutations`: tuples where their length is written, else tuples of any
length."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.iterate import Iteration, Leaf, Several
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.sources import fixed, given, opt_int, owned, slice_of
from portalis.compiler.types import STR, ListOf, Type, VarTuple, is_mutable

_LONGEST = 5
"""The stubs give longer selections as tuples of any length, so annotations do too."""


def _written(size: h.Expr | None) -> int | None:
    if isinstance(size, h.Literal) and isinstance(size.value, int) and 2 <= size.value <= _LONGEST:
        return size.value
    return None


def _rows(ctx: FunctionContext, rows: t.Expr, elem: Type, size: int | None) -> Iteration:
    if size is None:
        return Iteration(rows, Leaf(VarTuple(elem)), False)
    return Iteration(fixed(ctx, rows, size), Several((Leaf(elem),) * size), False)


def combinations(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    """`combinations(xs, r)` and `combinations_with_replacement(xs, r)`."""
    name = node.fullname.rpartition(".")[2]
    source, size = given(node, ("iterable", "r"), 2, name)
    assert source is not None and size is not None
    expr, elem = owned(ctx, source)
    written = _written(size)
    if name == "combinations" and written in (2, 3):
        call = ctx.rt(f"itertools::combinations{written}", expr)
        return Iteration(call, Several((Leaf(elem),) * written), False)
    return _rows(ctx, ctx.rt_try(f"itertools::{name}", expr, ctx.i64(size)), elem, written)


def permutations(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    """`permutations(xs)` and `permutations(xs, r)`."""
    source, size = given(node, ("iterable", "r"), 1, "permutations")
    assert source is not None
    expr, elem = owned(ctx, source)
    return _rows(ctx, ctx.rt_try("itertools::permutations", expr, opt_int(ctx, size)), elem, _written(size))


def product(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    """`product(a, b)`, of two or three iterables, of more of one type, or of one with `repeat`."""
    repeat = node.keywords.get("repeat")
    match node.args:
        case (h.Starred(value=lists),) if not node.keywords:
            return _product_of_rows(ctx, lists)
    if set(node.keywords) - {"repeat"} or not node.args or any(isinstance(a, h.Starred) for a in node.args):
        raise Refusal("PT305", node.span, "this form of `product` is not translated")
    parts = [owned(ctx, arg) for arg in node.args]
    if repeat is not None:
        if len(parts) != 1:
            raise Refusal(
                "PT305", node.span, "`product` of several iterables with `repeat` is not translated"
            )
        expr, elem = parts[0]
        pool = t.Method(expr, "collect", (), "Vec<_>")
        rows = ctx.rt_try("itertools::product_repeat", pool, ctx.i64(repeat))
        return _rows(ctx, rows, elem, _written(repeat))
    if len(parts) in (2, 3):
        call = ctx.rt(f"itertools::product{len(parts)}", *(expr for expr, _ in parts))
        return Iteration(call, Several(tuple(Leaf(kind) for _, kind in parts)), False)
    elem = parts[0][1]
    if len({kind for _, kind in parts}) != 1 or not 1 < len(parts) <= _LONGEST:
        raise Refusal("PT305", node.span, "this form of `product` is not translated")
    pools = tuple(t.Method(expr, "collect", (), "Vec<_>") for expr, _ in parts)
    return _rows(ctx, ctx.rt("itertools::product", t.Macro("vec", pools)), elem, len(parts))


def _product_of_rows(ctx: FunctionContext, rows: h.Expr) -> Iteration:
    """`product(*rows)` of a list of lists, or of texts: tuples of one type and any length."""
    pools, kind = slice_of(ctx, rows)
    match kind:
        case ListOf(elem) | VarTuple(elem) if not is_mutable(elem):
            return Iteration(
                ctx.rt("itertools::product", t.Method(pools, "to_vec")), Leaf(VarTuple(elem)), False
            )
        case _ if kind is STR:
            chars = t.Method(t.Method(t.Path("text"), "chars"), "map", (t.Path("String::from"),))
            closure = t.Closure(("text",), t.Method(chars, "collect", (), "Vec<_>"))
            split = t.Method(t.Method(t.Method(pools, "iter"), "map", (closure,)), "collect", (), "Vec<_>")
            return Iteration(ctx.rt("itertools::product", split), Leaf(VarTuple(STR)), False)
        case _:
            raise Refusal("PT305", rows.span, f"`product(*…)` of `{kind}` items is not translated")
