"""Stores into elements, keys and slices."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce, dynamic_items
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.dict_like import as_dict, dict_of
from portalis.compiler.lowering.receivers import mutable_receiver
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import (
    BYTEARRAY,
    BYTES,
    OBJECT,
    DictOf,
    ListOf,
    VarTuple,
)  # fmt: skip
from portalis.diagnostics import Span


def store_element(ctx: FunctionContext, target: h.Subscript, value: h.Expr, span: Span) -> list[t.Stmt]:
    holder = dict_of(target.value.type)
    wanted = getattr(holder, "value", getattr(holder, "elem", None))
    if holder is OBJECT:
        wanted = OBJECT
    return store_value(ctx, target, ctx.expr(value, wanted), span)


def store_value(ctx: FunctionContext, target: h.Subscript, value: Value, span: Span) -> list[t.Stmt]:
    """`xs[i] = v`, `d[k] = v`: Python evaluates the value first, then container and index."""
    container = as_dict(ctx.expr(target.value))
    if container.type == BYTEARRAY:
        from portalis.compiler.stdlib import bytearrays

        return bytearrays.store(ctx, target, value, span)
    before: list[t.Stmt] = []
    match container.type:
        case _ if container.type is OBJECT:
            return dynamic_items.store(ctx, target, container, value, span)
        case ListOf(elem):
            expr = coerce.owned(ctx, value, elem, span)
            if not isinstance(expr, (t.Lit, t.Path)):
                name = ctx.fresh("value")
                before.append(t.Let(name, expr))
                expr = t.Path(name)
            place = mutable_receiver(ctx, target.value, container)
            from portalis.compiler.lowering.subscript import in_bounds

            if in_bounds(ctx, target.value, target.index):
                element = t.Index(place, t.Cast(ctx.i64(target.index), "usize"))
                if before:
                    let = before.pop()
                    assert isinstance(let, t.Let) and let.value is not None
                    expr = let.value
                return [t.Assign(element, expr)]
            held = (
                place
                if container.form is Form.MUTREF or isinstance(place, t.Try)
                else t.Ref(place, mutable=True)
            )
            return [*before, t.ExprStmt(ctx.rt_try("seq::store", held, ctx.i64(target.index), expr))]
        case DictOf(key, item):
            expr = coerce.owned(ctx, value, item, span)
            if not isinstance(expr, (t.Lit, t.Path)):
                name = ctx.fresh("value")
                before.append(t.Let(name, expr))
                expr = t.Path(name)
            index = coerce.owned(ctx, ctx.expr(target.index, key), key, span)
            place = mutable_receiver(ctx, target.value, container)
            return [*before, t.ExprStmt(t.Method(place, "insert", (index, expr)))]
        case _:
            raise Refusal("PT209", span, f"storing into a `{container.type}` is not translated")


def store_slice(ctx: FunctionContext, target: h.Slice, value: h.Expr, span: Span) -> list[t.Stmt]:
    """`xs[a:b] = values`, of any iterable; with a step the numbers of elements must agree."""
    from portalis.compiler.lowering.comprehension import collect_list
    from portalis.compiler.lowering.subscript import plain_range, stepped_bounds

    if target.value.type == BYTEARRAY:
        return _store_bytes(ctx, target, value, span)
    if target.value.type is OBJECT:
        return dynamic_items.store_slice(ctx, target, value, span)
    if not isinstance(target.value.type, ListOf):
        raise Refusal("PT209", span, "this slice assignment is not translated")
    elem = target.value.type.elem
    plain = isinstance(value.type, (ListOf, VarTuple))
    items = ctx.expr(value, target.value.type) if plain else collect_list(ctx, value, elem)
    if not isinstance(items.type, (ListOf, VarTuple)) or items.type.elem != elem:
        raise Refusal("PT209", span, f"assigning a `{items.type}` to a slice is not translated")
    owned = coerce.owned(ctx, items, items.type, span)
    container = ctx.expr(target.value)
    place = mutable_receiver(ctx, target.value, container)
    held = place if container.form is Form.MUTREF else t.Ref(place, mutable=True)
    name = ctx.fresh("values")
    bounds = plain_range(ctx, target) if target.step is None else None
    if bounds is not None:
        return [t.Let(name, owned), t.ExprStmt(ctx.rt("seq::set_slice", held, bounds, t.Path(name)))]
    stored = ctx.rt_try("seq::set_slice_step", held, *stepped_bounds(ctx, target), t.Path(name))
    return [t.Let(name, owned), t.ExprStmt(stored)]


def _store_bytes(ctx: FunctionContext, target: h.Slice, value: h.Expr, span: Span) -> list[t.Stmt]:
    """`data[a:b] = more` of a bytearray."""
    from portalis.compiler.lowering.subscript import plain_range, stepped_bounds
    from portalis.compiler.stdlib.bytearrays import bytes_given, place_of

    given = bytes_given(ctx, value, target.value)
    name = ctx.fresh("values")
    let = t.Let(name, coerce.owned(ctx, given, BYTES, span))
    held = place_of(ctx, target.value, ctx.expr(target.value))
    bounds = plain_range(ctx, target) if target.step is None else None
    if bounds is not None:
        return [let, t.ExprStmt(ctx.rt("seq::set_slice", held, bounds, t.Path(name)))]
    stored = ctx.rt_try("bytearray::set_slice_step", held, *stepped_bounds(ctx, target), t.Path(name))
    return [let, t.ExprStmt(stored)]
