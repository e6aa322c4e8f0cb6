"""Identity: `is` with None, with True and False, of members of enumerations and of shared instances.

x is None          x.is_none()
x is True          matches!(x, BoolOrInt::Bool(true)), x == Some(true)
node is other      node.is(&other)
"""

from __future__ import annotations

from portalis.compiler.analysis.decided import exact_class
from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce, dynamic, families
from portalis.compiler.lowering.arithmetic import negate
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import instead
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import BOOL, NONE, OBJECT, EnumOf, OptionalOf, Type, UnionOf, is_shared
from portalis.diagnostics import Span
from portalis.mapping.union_enum import enum_name, variant_name


def is_none(node: h.Expr) -> bool:
    """Whether an operand is None as it is written."""
    return isinstance(node, h.Literal) and node.value is None


def identity(ctx: FunctionContext, op: str, left: h.Expr, right: h.Expr, span: Span) -> t.Expr:
    """`a is b`, and `a == None`.

    Raises:
        Refusal: it depends on how Python keeps values whether two that are equal are one object.
    """
    positive = op in ("is", "==")
    if op not in ("is", "is not", "==", "!="):
        raise Refusal("PT214", span, f"`{op}` with None raises TypeError in Python")
    other = left if is_none(right) else right if is_none(left) else None
    if (told := families.of_class(ctx, left, right)) is not None:
        return told if positive else negate(told)
    if other is None:
        kinds = (left.type, right.type)
        if kinds == (BOOL, BOOL):
            from portalis.compiler.lowering.compare import compare_values

            return compare_values(ctx, "==" if positive else "!=", ctx.expr(left), ctx.expr(right), span)
        if (flag := _is_flag(ctx, left, right, span)) is not None:
            return flag if positive else negate(flag)
        if isinstance(left.type, EnumOf) and left.type == right.type:
            return t.Binary("==" if positive else "!=", ctx.expr(left).expr, ctx.expr(right).expr)
        if all(map(is_shared, kinds)):
            return same_instance(ctx, positive, left, right, span)
        if OBJECT in kinds:
            sides = [dynamic.reference(ctx, ctx.expr(one), span) for one in (left, right)]
            test = ctx.rt("value::is", *sides)
            return test if positive else t.Unary("!", test)
        raise Refusal(
            "PT214",
            span,
            "`is` is only translated for None, bools and instances",
            "compare with `==`",
            shares=left.type,
        )
    value = ctx.whole(other)
    if value.type is NONE:
        return instead(value.expr, t.Lit("true" if positive else "false"))
    if dynamic.is_dynamic(value):
        test = dynamic.is_none(ctx, value, span)
        return test if positive else t.Unary("!", test)
    if isinstance(value.type, OptionalOf):
        return t.Method(value.expr, "is_none" if positive else "is_some")
    if isinstance(value.expr, t.Path) or isinstance(other, h.Local):
        return instead(value.expr, t.Lit("false" if positive else "true"))
    raise Refusal("PT214", span, f"a `{value.type}` is never None; the comparison is always the same")


def same_instance(ctx: FunctionContext, positive: bool, left: h.Expr, right: h.Expr, span: Span) -> t.Expr:
    """`a is b` of shared instances, either of which may be None."""
    a, b = ctx.whole(left), ctx.whole(right)
    kinds = [one.type.inner if isinstance(one.type, OptionalOf) else one.type for one in (a, b)]
    wider = kinds[0] if families.holds(ctx, *kinds) else kinds[1]
    if isinstance(a.type, OptionalOf) or isinstance(b.type, OptionalOf):
        kind: Type = OptionalOf(wider)
        sides = [coerce.borrowed(ctx, one, kind, span) for one in (a, b)]
        test = ctx.rt("shared::same_or_none", *sides)
    else:
        sides = [coerce.borrowed(ctx, one, wider, span) for one in (a, b)]
        receiver = sides[0].operand if isinstance(sides[0], t.Ref) else sides[0]
        test = t.Method(receiver, "is", (sides[1],))
    return test if positive else t.Unary("!", test)


def _is_flag(ctx: FunctionContext, left: h.Expr, right: h.Expr, span: Span) -> t.Expr | None:
    """`x is True` where x may be something else than a bool; None for any other test.

    There is one True and one False, and nothing else is either of them, not even 1.
    """
    match left, right:
        case (h.Literal(value=bool(flag)), other) | (other, h.Literal(value=bool(flag))):
            pass
        case _:
            return None
    value = ctx.whole(other)
    word = "true" if flag else "false"
    inner = value.type.inner if isinstance(value.type, OptionalOf) else value.type
    if isinstance(inner, UnionOf) and BOOL in inner.members:
        ctx.rust_type(inner, span)
        pattern = f"{enum_name(inner)}::{variant_name(BOOL)}({word})"
        pattern = f"Some({pattern})" if inner is not value.type else pattern
        return t.Macro("matches", (value.expr, t.Path(pattern)))
    if inner is BOOL:
        return t.Binary("==", value.expr, t.Call(t.Path("Some"), (t.Lit(word),)))
    if isinstance(inner, UnionOf) or exact_class(inner) is not None or ctx.struct_of(inner) is not None:
        return instead(value.expr, t.Lit("false"))
    return None
