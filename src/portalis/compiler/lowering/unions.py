"""Unions of which the flow has ruled members out.

if isinstance(x, str):              if let BytesOrIntOrStr::Str(x) = x {
    return len(x)           →           return …;
return size(x)                      }
                                    size(&match x { BytesOrIntOrStr::Int(inner) => … })
"""

from __future__ import annotations

from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.rust import tree as t
from portalis.compiler.types import UnionOf, is_copy, is_mutable
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
