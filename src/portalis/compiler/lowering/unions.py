"""Unions of which the flow has ruled members out.

if isinstance(x, str):              if let BytesOrIntOrStr::Str(x) = x {
    return len(x)           →           return …;
return size(x)                      }
                                    size(&match x { BytesOrIntOrStr::Int(inner) => … })
"""

from __future__ import annotations

from collections.abc import Callable

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.dynamic import VARIANTS
from portalis.compiler.lowering.seen import bound_in, types_seen
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
    for union in (value.type, seen):
        ctx.rust_type(union, span)
    arms = []
    for member in seen.members:
        copied = is_copy(member)
        held: t.Expr = t.Unary("*", t.Path("inner")) if copied else t.Path("inner")
        inside = Value(held, member, Form.OWNED if copied else Form.BORROWED)
        kept = t.Call(
            t.Path(f"{enum_name(seen)}::{variant_name(member)}"), (coerce.owned(ctx, inside, member, span),)
        )
        arms.append(t.Arm(f"{enum_name(value.type)}::{variant_name(member)}(inner)", kept))
    declined = ctx.rt("decline::decline", t.Lit(f'"not a {seen}"'))
    subject = value.expr if value.form is Form.BORROWED else t.Ref(value.expr)
    return Value(t.Match(subject, (*arms, t.Arm("_", declined))), seen)


def by_member(
    ctx: FunctionContext, value: Value, type_: Type, span: Span, lower: Callable[[Value], Value]
) -> Value:
    """What a function makes of a union, whichever member it holds.

    float(x)   →   match &x { FloatOrStr::Float(inner) => *inner, FloatOrStr::Str(inner) => … }
    """
    assert isinstance(value.type, UnionOf)
    ctx.rust_type(value.type, span)
    arms = []
    for member in value.type.members:
        copied = is_copy(member)
        inside: t.Expr = t.Unary("*", t.Path("inner")) if copied else t.Path("inner")
        made = lower(Value(inside, member, Form.OWNED if copied else Form.BORROWED))
        arms.append(
            t.Arm(
                f"{enum_name(value.type)}::{variant_name(member)}(inner)",
                coerce.owned(ctx, made, type_, span),
            )
        )
    subject = value.expr if value.form is Form.BORROWED else t.Ref(value.expr)
    return Value(t.Match(subject, tuple(arms)), type_)


def settled(ctx: FunctionContext, rest: list[h.Stmt]) -> list[t.Stmt]:
    """The variables that hold one member of a union in all that follows a test, as that from here on.

    if not isinstance(other, Point): return …       let FloatOrPoint::Point(other) = other else { … };
    """
    if not any(isinstance(one.type, UnionOf) for one in ctx.visible()):
        return []
    mentions = types_seen(rest)
    lets: list[t.Stmt] = []
    for local in list(ctx.visible()):
        seen = mentions.get(local.name, set())
        if not isinstance(local.type, UnionOf) or ctx.lookup(local.name) is not local or len(seen) != 1:
            continue
        (member,) = seen
        if member not in local.type.members or bound_in(ctx, rest, local.name):
            continue
        ctx.rust_type(local.type, rest[0].span)
        copied, lent = is_copy(member), local.form is Form.BORROWED
        source: t.Expr = t.Path(local.rust)
        if copied == lent:
            source = t.Unary("*", source) if copied else t.Ref(source)
        pattern = f"{enum_name(local.type)}::{variant_name(member)}({local.rust})"
        other = ctx.rt("decline::decline", t.Lit(f'"not a `{variant_name(member)}`"'))
        lets.append(t.Let(pattern, source, otherwise=t.Block((), other)))
        inner = ctx.declare(local.name, member, Form.OWNED if copied else Form.BORROWED)
        inner.form, inner.rust = Form.OWNED if copied else Form.BORROWED, local.rust
    return lets


def number_left(ctx: FunctionContext, value: Value, span: Span) -> Value:
    """The number that the flow has left of a union, as a value of any type: an int stays one.

    str(other)   →   match other { FloatOrIntOrVector::Float(inner) => Value::Float(*inner), … }
    """
    assert isinstance(value.type, UnionOf)
    ctx.rust_type(value.type, span)
    name = ctx.rust_type(OBJECT, span)
    arms = [
        t.Arm(
            f"{enum_name(value.type)}::{variant_name(member)}(inner)",
            t.Call(t.Path(f"{name}::{VARIANTS[member]}"), (t.Unary("*", t.Path("inner")),)),
        )
        for member in value.type.members
        if member in (INT, FLOAT, BOOL)
    ]
    declined = ctx.rt("decline::decline", t.Lit('"not a number"'))
    subject = value.expr if value.form is Form.BORROWED else t.Ref(value.expr)
    return Value(t.Match(subject, (*arms, t.Arm("_", declined))), OBJECT)


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
    ctx.rust_type(value.type, node.span)
    held: t.Expr = t.Unary("*", t.Path("inner"))
    arms = [
        t.Arm(f"{enum_name(local.type)}::{variant_name(member)}(inner)", made)
        for member, made in ((FLOAT, held), (INT, t.Cast(held, "f64")))
        if member in local.type.members
    ]
    declined = ctx.rt("decline::decline", t.Lit('"not a number"'))
    subject = value.expr if value.form is Form.BORROWED else t.Ref(value.expr)
    return Value(t.Match(subject, (*arms, t.Arm("_", declined))), FLOAT)


def is_number_left(node: h.Expr) -> bool:
    """Whether the flow has left ints and floats of what a variable may hold."""
    return isinstance(node, h.Local) and isinstance(node.declared, UnionOf) and node.type is OBJECT
