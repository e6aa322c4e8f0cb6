"""`and`/`or` as values, and conditional expressions."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce, dynamic, families
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.truth import always_true, truth, truth_of
from portalis.compiler.lowering.value import Form, Range, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import leaves
from portalis.compiler.types import ANY, BOOL, INT, NEVER, NONE, OBJECT, OptionalOf, Type, is_copy, make_union
from portalis.diagnostics import Span


def lower_logical(ctx: FunctionContext, node: h.Logical, expect: Type | None) -> Value:
    """Python gives the deciding operand; on bools that is `&&` and `||`."""
    if all(operand.type is BOOL for operand in node.operands):
        return Value(truth(ctx, node), BOOL)
    result = ctx.expr(node.operands[-1], expect)
    for operand in reversed(node.operands[:-1]):
        result = _choose(ctx, node.op, operand, result, expect, node.span)
    return result


def _choose(
    ctx: FunctionContext, op: str, operand: h.Expr, rest: Value, expect: Type | None, span: Span
) -> Value:
    """`a or b` → `{ let value = a; if value is true { value } else { b } }`."""
    first = ctx.whole(operand)
    kept = first.type
    if op == "or" and isinstance(kept, OptionalOf):
        kept = kept.inner
    type_ = expect if expect not in (None, ANY) else unify(kept, rest.type, span)
    assert type_ is not None
    name = ctx.fresh("value")
    held = Value(
        t.Path(name),
        first.type,
        Form.OWNED if is_copy(first.type) else first.form,
        range=first.range,
        whole=first.whole,
    )
    if first.form in (Form.OWNED, Form.PLACE) and not is_copy(first.type):
        held = Value(t.Path(name), first.type, Form.OWNED)
        bound = coerce.owned(ctx, first, first.type, span)
    else:
        bound = coerce.integer(first) if first.type is INT else first.expr
    if op == "or" and isinstance(first.type, OptionalOf) and type_ == first.type.inner:
        other = coerce.owned(ctx, rest, type_, span)
        if always_true(ctx, type_) and not is_copy(type_) and not leaves(other):
            own = coerce.owned(ctx, first, first.type, span)
            return Value(t.Method(own, "unwrap_or_else", (t.Closure((), other),)), type_)
    condition = truth_of(ctx, held, span)
    chosen = held
    if op == "or" and isinstance(held.type, OptionalOf) and type_ == held.type.inner:
        chosen = coerce.unwrap(held)
    both = (coerce.owned(ctx, chosen, type_, span), coerce.owned(ctx, rest, type_, span))
    yes, no = both if op == "or" else (both[1], both[0])
    body = t.IfExpr(condition, t.Block((), yes), t.Block((), no))
    return Value(t.BlockExpr(t.Block((t.Let(name, bound),), body)), type_)


def unify(a: Type, b: Type, span: Span) -> Type:
    """The one type of two branches."""
    if a == b or b is NEVER:
        return a
    if a is NEVER:
        return b
    joined = make_union([a, b])
    if (isinstance(joined, OptionalOf) and NONE in (a, b)) or joined in (a, b):
        return joined
    match a, b:
        case (_, _) if type(a) is type(b) and any(x in (NEVER, ANY) for x in getattr(a, "args", ())):
            return b
        case _ if getattr(a, "elem", None) in (NEVER, ANY):
            return b
        case _ if getattr(b, "elem", None) in (NEVER, ANY):
            return a
    if {a, b} == {OptionalOf(INT), INT}:
        return OptionalOf(INT)
    if dynamic.holds(a) and dynamic.holds(b):
        return OBJECT
    raise Refusal("PT104", span, f"the branches have the types `{a}` and `{b}`")


def lower_conditional(ctx: FunctionContext, node: h.Conditional, expect: Type | None) -> Value:
    """`a if test else b` → `if test { a } else { b }`."""
    condition = truth(ctx, node.test)
    wanted = expect if expect not in (None, ANY) else None
    yes, no = ctx.expr(node.body, wanted), ctx.expr(node.orelse, wanted)
    joined = all(one.type == node.type or families.holds(ctx, node.type, one.type) for one in (yes, no))
    type_ = wanted or (node.type if joined else unify(yes.type, no.type, node.span))
    span = node.span
    if {yes.form, no.form} <= {Form.STATIC} and type_ == yes.type:
        return Value(t.IfExpr(condition, t.Block((), yes.expr), t.Block((), no.expr)), type_, Form.STATIC)
    both = None
    if type_ is INT and yes.range is not None and no.range is not None:
        both = Range(min(yes.range.low, no.range.low), max(yes.range.high, no.range.high))
    chosen = t.IfExpr(
        condition,
        t.Block((), coerce.owned(ctx, yes, type_, span)),
        t.Block((), coerce.owned(ctx, no, type_, span)),
    )
    return Value(chosen, type_, range=both)
