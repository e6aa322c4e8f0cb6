"""Unions of which the flow has ruled members out.

if isinstance(x, str):              if let BytesOrIntOrStr::Str(x) = x {
    return len(x)           →           return …;
return size(x)                      }
                                    size(&match x { BytesOrIntOrStr::Int(inner) => … })
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.dynamic import VARIANTS
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.rust import tree as t
from portalis.compiler.types import BOOL, FLOAT, INT, OBJECT, Type, UnionOf, is_copy, is_mutable
from portalis.diagnostics import Span
from portalis.mapping.union_enum import enum_name, variant_name


def fewer(ctx: FunctionContext, value: Value, seen: UnionOf, span: Span) -> Value:
    """The value as the union of the members that are left: a copy, so none of them may be changed."""
    assert isinstance(value.type, UnionOf)
    if any(map(is_mutable, seen.members)):
        return value
    ctx.rust_type(seen, span)

    def kept(inner: Value) -> t.Expr:
        path = t.Path(f"{enum_name(seen)}::{variant_name(inner.type)}")
        return t.Call(path, (coerce.owned(ctx, inner, inner.type, span),))

    return Value(_match(ctx, value, seen.members, kept, f"not a {seen}", span), seen)


def by_member(
    ctx: FunctionContext, value: Value, type_: Type, span: Span, lower: Callable[[Value], Value]
) -> Value:
    """What a function makes of a union, whichever member it holds.

    float(x)   →   match &x { FloatOrStr::Float(inner) => *inner, FloatOrStr::Str(inner) => … }
    """
    assert isinstance(value.type, UnionOf)

    def made(inner: Value) -> t.Expr:
        return coerce.owned(ctx, lower(inner), type_, span)

    return Value(_match(ctx, value, value.type.members, made, "", span), type_)


def number_left(ctx: FunctionContext, value: Value, span: Span) -> Value:
    """The number that the flow has left of a union, as a value of any type: an int stays one.

    str(other)   →   match other { FloatOrIntOrVector::Float(inner) => Value::Float(*inner), … }
    """
    assert isinstance(value.type, UnionOf)
    name = ctx.rust_type(OBJECT, span)

    def boxed(inner: Value) -> t.Expr:
        return t.Call(t.Path(f"{name}::{VARIANTS[inner.type]}"), (inner.expr,))

    numbers = [one for one in value.type.members if one in (INT, FLOAT, BOOL)]
    return Value(_match(ctx, value, numbers, boxed, "not a number", span), OBJECT)


def as_float(ctx: FunctionContext, node: h.Expr) -> Value | None:
    """The number that the flow has left of a union, beside a float: the float that an int becomes there.

    1.5 * other   →   1.5 * match other { FloatOrIntOrVector::Int(inner) => *inner as f64, … }
    """
    if not isinstance(node, h.Local) or not is_number_left(node):
        return None
    local = ctx.lookup(node.name)
    if local is None or not isinstance(local.type, UnionOf):
        return None
    value = Value(t.Path(local.rust), local.type, local.form)

    def real(inner: Value) -> t.Expr:
        return inner.expr if inner.type is FLOAT else t.Cast(inner.expr, "f64")

    numbers = [one for one in (FLOAT, INT) if one in local.type.members]
    return Value(_match(ctx, value, numbers, real, "not a number", node.span), FLOAT)


def is_number_left(node: h.Expr) -> bool:
    """Whether the flow has left ints and floats of what a variable may hold."""
    return isinstance(node, h.Local) and isinstance(node.declared, UnionOf) and node.type is OBJECT


def _match(
    ctx: FunctionContext,
    value: Value,
    members: Iterable[Type],
    become: Callable[[Value], t.Expr],
    otherwise: str,
    span: Span,
) -> t.Expr:
    """`match &x { IntOrStr::Int(inner) => …, … }`: what becomes of some members of a union.

    With `otherwise`, the reason, any other member declines.
    """
    assert isinstance(value.type, UnionOf)
    ctx.rust_type(value.type, span)
    arms: list[t.Arm] = []
    for member in members:
        copied = is_copy(member)
        held: t.Expr = t.Unary("*", t.Path("inner")) if copied else t.Path("inner")
        inside = Value(held, member, Form.OWNED if copied else Form.BORROWED)
        arms.append(t.Arm(f"{enum_name(value.type)}::{variant_name(member)}(inner)", become(inside)))
    if otherwise:
        arms.append(t.Arm("_", ctx.rt("decline::decline", t.Lit(f'"{otherwise}"'))))
    subject = value.expr if value.form is Form.BORROWED else t.Ref(value.expr)
    return t.Match(subject, tuple(arms))
