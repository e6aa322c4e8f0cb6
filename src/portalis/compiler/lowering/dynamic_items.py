"""Indexing, slices and stores of values whose types only the run tells.

    data["rows"][0] = 1     →   dynamic_items::store(&dynamic_items::at_key(data, "rows")?, …)?;

A list inside such a value is one object, whoever holds it: nothing here takes a `&mut`.
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce, dynamic
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import INT, NONE, OBJECT, STR, OptionalOf
from portalis.diagnostics import Span


def at(ctx: FunctionContext, container: Value, index: Value, span: Span) -> Value:
    """`a[i]`, by what the index is."""
    place = dynamic.reference(ctx, container, span)
    if index.type is INT:
        return Value(ctx.rt_try("dynamic::at", place, coerce.integer(index)), OBJECT)
    if index.type is STR:
        key = coerce.borrowed(ctx, index, STR, span)
        return Value(ctx.rt_try("dynamic_items::at_key", place, key), OBJECT)
    return Value(ctx.rt_try("dynamic_items::item", place, dynamic.reference(ctx, index, span)), OBJECT)


def part(ctx: FunctionContext, container: Value, node: h.Slice) -> Value:
    """`a[i:j:k]`: a new list, text or tuple."""
    place = dynamic.reference(ctx, container, node.span)
    bounds = (_bound(ctx, node.lower), _bound(ctx, node.upper))
    step = t.Lit("1") if node.step is None else ctx.i64(node.step)
    return Value(ctx.rt_try("dynamic_items::slice", place, *bounds, step), OBJECT)


def _bound(ctx: FunctionContext, node: h.Expr | None) -> t.Expr:
    if node is None:
        return t.Path("None")
    value = ctx.expr(node)
    if value.type is NONE:
        return t.Path("None")
    if isinstance(value.type, OptionalOf) and value.type.inner is INT:
        return value.expr
    if value.type is not INT:
        raise Refusal("PT105", node.span, f"a slice bound is a `{value.type}`")
    return t.Call(t.Path("Some"), (coerce.integer(value),))


def store(
    ctx: FunctionContext, target: h.Subscript, container: Value, value: Value, span: Span
) -> list[t.Stmt]:
    """`a[i] = value`: Python evaluates the value first, then the container and the index."""
    before: list[t.Stmt] = []
    stored = coerce.owned(ctx, value, OBJECT, span)
    if not isinstance(stored, (t.Lit, t.Path)):
        name = ctx.fresh("value")
        before.append(t.Let(name, stored))
        stored = t.Path(name)
    place = dynamic.reference(ctx, container, span)
    key = coerce.owned(ctx, ctx.expr(target.index), OBJECT, span)
    return [*before, t.ExprStmt(ctx.rt_try("dynamic_items::store", place, key, stored))]


def store_slice(ctx: FunctionContext, target: h.Slice, value: h.Expr, span: Span) -> list[t.Stmt]:
    """`a[i:j:k] = value`."""
    name = ctx.fresh("values")
    lines: list[t.Stmt] = [t.Let(name, coerce.owned(ctx, ctx.expr(value, OBJECT), OBJECT, span))]
    place = dynamic.reference(ctx, ctx.expr(target.value), span)
    bounds = (_bound(ctx, target.lower), _bound(ctx, target.upper))
    step = t.Lit("1") if target.step is None else ctx.i64(target.step)
    call = ctx.rt_try("dynamic_items::store_slice", place, *bounds, step, t.Ref(t.Path(name)))
    return [*lines, t.ExprStmt(call)]


def augment(ctx: FunctionContext, stmt: h.AugAssign, target: h.Subscript, container: Value) -> list[t.Stmt]:
    """`a[i] += value`: the container and the index once, then the element, the value, and the store."""
    from portalis.compiler.lowering.arithmetic import apply

    holder, key = ctx.fresh("holder"), ctx.fresh("key")
    lines: list[t.Stmt] = [
        t.Let(holder, coerce.owned(ctx, container, OBJECT, stmt.span)),
        t.Let(key, coerce.owned(ctx, ctx.expr(target.index), OBJECT, stmt.span)),
    ]
    places = (t.Ref(t.Path(holder)), t.Ref(t.Path(key)))
    current = Value(ctx.rt_try("dynamic_items::item", *places), OBJECT)
    name = ctx.fresh("value")
    lines.append(t.Let(name, current.expr))
    made = apply(ctx, stmt.op, Value(t.Path(name), OBJECT, Form.PLACE), ctx.expr(stmt.value), stmt)
    lines.append(t.Let(name, coerce.owned(ctx, made, OBJECT, stmt.span)))
    stored = ctx.rt_try("dynamic_items::store", places[0], t.Path(key), t.Path(name))
    return [*lines, t.ExprStmt(stored)]


def delete(ctx: FunctionContext, target: h.Subscript, container: Value, span: Span) -> list[t.Stmt]:
    """`del a[i]`."""
    place = dynamic.reference(ctx, container, span)
    key = dynamic.reference(ctx, ctx.expr(target.index), span)
    return [t.ExprStmt(ctx.rt_try("dynamic_items::delete", place, key))]
