"""A method that every member of a union has: what Python finds by the class of the receiver.

v.strip()   →   match v {
                    BytesOrStr::Bytes(v) => BytesOrStr::Bytes(bytes::strip(v)),
                    BytesOrStr::Str(v) => BytesOrStr::Str(text::strip(v).to_string()),
                }
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import Type, UnionOf, is_copy, is_mutable, make_union
from portalis.mapping.union_enum import enum_name, variant_name

Lower = Callable[[FunctionContext, h.CallMethod, Type | None], Value]


def lower_union_method(ctx: FunctionContext, node: h.CallMethod, receiver: Value, lower: Lower) -> Value:
    """The call for each member, and a result that is of one type or of a union of them.

    Raises:
        Refusal: a member doesn't have the method, may change by it, or the results have no common type.
    """
    union = receiver.type
    assert isinstance(union, UnionOf)
    if any(map(is_mutable, union.members)):
        raise Refusal(
            "PT301", node.span, f"`{union}.{node.method}` is not translated", "ask `isinstance` first"
        )
    ctx.rust_type(union, node.span)
    name = node.receiver.name if isinstance(node.receiver, h.Local) else ctx.fresh("inner")
    found: list[tuple[str, t.Expr, Type]] = []
    for member in union.members:
        with ctx.frame():
            form = Form.OWNED if is_copy(member) else Form.BORROWED
            local = ctx.declare(name, member, form)
            local.form = form
            inside = h.Local(name, member, span=node.receiver.span, type=member)
            taken = t.Unary("*", t.Path(local.rust))
            before = (t.Let(local.rust, taken),) if is_copy(member) else ()
            made = lower(ctx, replace(node, receiver=inside), None)
            value = coerce.owned(ctx, made, made.type, node.span)
            whole = t.BlockExpr(t.Block(before, value)) if before else value
            pattern = f"{enum_name(union)}::{variant_name(member)}({local.rust})"
            found.append((pattern, whole, made.type))
    result = make_union([type_ for _, _, type_ in found])
    arms = tuple(t.Arm(pattern, _wrapped(ctx, expr, type_, result, node)) for pattern, expr, type_ in found)
    subject = receiver.expr if receiver.form is Form.BORROWED else t.Ref(receiver.expr)
    return Value(t.Match(subject, arms), result)


def _wrapped(ctx: FunctionContext, expr: t.Expr, type_: Type, result: Type, node: h.CallMethod) -> t.Expr:
    """The result of one member as what all of them give."""
    if type_ == result:
        return expr
    if not isinstance(result, UnionOf) or type_ not in result.members:
        message = f"`{node.method}` gives a `{result}` here"
        raise Refusal("PT104", node.span, message, "ask `isinstance` first")
    ctx.rust_type(result, node.span)
    return t.Call(t.Path(f"{enum_name(result)}::{variant_name(type_)}"), (expr,))
