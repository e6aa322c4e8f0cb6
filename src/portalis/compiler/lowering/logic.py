"""`and`/`or` as values, and conditional expressions."""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.analysis.liveness import bound_names
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering import branches, coerce, dynamic, families
from portalis.compiler.lowering.context import FunctionContext, Local
from portalis.compiler.lowering.hoisting import characters
from portalis.compiler.lowering.truth import always_true, truth, truth_of
from portalis.compiler.lowering.value import Form, Range, Value, plain
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
    node = _present_first(ctx, node)
    wanted = expect if expect not in (None, ANY) else None
    present = _shown_present(ctx, node)
    before: tuple[t.Stmt, ...] = ()
    if present is None:
        condition = truth(ctx, node.test)
        yes = ctx.expr(node.body, wanted)
    else:
        condition = t.LetCondition(f"Some({present.rust})", branches.inner_source(present))
        with ctx.frame():
            before = tuple(characters(ctx, branches.declare_inner(ctx, present)))
            yes = ctx.expr(node.body, wanted)
    no = ctx.expr(node.orelse, wanted)
    joined = all(one.type == node.type or families.holds(ctx, node.type, one.type) for one in (yes, no))
    type_ = wanted or (node.type if joined else unify(yes.type, no.type, node.span))
    span = node.span
    if {yes.form, no.form} <= {Form.STATIC} and type_ == yes.type:
        return Value(t.IfExpr(condition, t.Block(before, yes.expr), t.Block((), no.expr)), type_, Form.STATIC)
    itself = present is not None and yes.expr == t.Path(present.rust) and not (yes.unsigned or no.unsigned)
    if present is not None and itself and plain(no.expr) and is_copy(type_) and type_ == yes.type == no.type:
        return Value(t.Method(branches.inner_source(present), "unwrap_or", (no.expr,)), type_)
    both = None
    if type_ is INT and yes.range is not None and no.range is not None:
        both = Range(min(yes.range.low, no.range.low), max(yes.range.high, no.range.high))
    chosen = t.IfExpr(
        condition,
        _as_block(coerce.owned(ctx, yes, type_, span), before),
        _otherwise(coerce.owned(ctx, no, type_, span)),
    )
    return Value(chosen, type_, range=both)


def _as_block(expr: t.Expr, before: tuple[t.Stmt, ...] = ()) -> t.Block:
    """The block of a branch; an expression that is a block itself is that one."""
    match expr:
        case t.BlockExpr(t.Block(stmts, tail), label="") if not before:
            return t.Block(stmts, tail)
        case _:
            return t.Block(before, expr)


def _otherwise(expr: t.Expr) -> t.Block | t.IfExpr:
    """What follows `else`: another `if`, or a block."""
    return expr if isinstance(expr, t.IfExpr) else _as_block(expr)


def _present_first(ctx: FunctionContext, node: h.Conditional) -> h.Conditional:
    """`b if x is None else a` as `a if x is not None else b`, which a pattern shows."""
    match node.test:
        case h.Compare(ops=("is",), rights=(h.Literal(value=None),)) as test:
            turned = replace(node, test=replace(test, ops=("is not",)), body=node.orelse, orelse=node.body)
            return node if _shown_present(ctx, turned) is None else turned
        case _:
            return node


def _shown_present(ctx: FunctionContext, node: h.Conditional) -> Local | None:
    """The lent or copied variable that the test shows not to be None, where the first branch reads it."""
    local = branches.tested_present(ctx, node.test)
    if local is None or not (is_copy(local.type) or local.form is Form.BORROWED):
        return None
    inside = list(walk(node.body))
    reads = any(isinstance(one, h.Local) and one.name == local.name for one in inside)
    closed = any(isinstance(one, (h.Walrus, h.Lambda)) or _binds(one, local.name) for one in inside)
    return local if reads and not closed and local.name not in ctx.facts.mutations.names else None


def _binds(node: h.Node, name: str) -> bool:
    return isinstance(node, h.Clause) and name in bound_names(node.target)
