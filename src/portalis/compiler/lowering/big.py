"""Integers of any size: `num_bigint::BigInt`, where `analysis.growth` found that 64 bits won't do.

result * i   →   &result * i        a // b   →   big::floor_div(&a, &b)?
total % 10   →   big::rest(&total, 10)?        an `i64` again, as short as what it is divided by
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import BIG, FLOAT, INT, STR
from portalis.diagnostics import Span

_DIRECT = frozenset({"+", "-", "*"})
_BITS = frozenset({"&", "|", "^"})
_CHECKED = {"//": "big::floor_div", "%": "big::floor_mod"}
_BY_COUNT = {"**": "big::pow", "<<": "big::shl", ">>": "big::shr"}


def binary(ctx: FunctionContext, op: str, left: Value, right: Value, node: h.Node) -> Value:
    """An operator with at least one operand that may be of any size."""
    if op in _DIRECT:
        return Value(t.Binary(op, _operand(left), _operand(right)), BIG)
    if op in _BITS:
        return Value(t.Binary(op, borrowed(ctx, left), borrowed(ctx, right)), BIG)
    if op == "%" and right.type is INT:
        return Value(ctx.rt_try("big::rest", borrowed(ctx, left), coerce.integer(right)), INT)
    if op in _CHECKED:
        return Value(ctx.rt_try(_CHECKED[op], borrowed(ctx, left), borrowed(ctx, right)), BIG)
    if op == "/":
        return Value(ctx.rt_try("big::true_div", borrowed(ctx, left), borrowed(ctx, right)), FLOAT)
    if op in _BY_COUNT:
        count = right if right.type is INT else small(ctx, right)
        call = ctx.rt if op == "**" else ctx.rt_try
        return Value(call(_BY_COUNT[op], borrowed(ctx, left), coerce.integer(count)), BIG)
    raise Refusal("PT214", node.span, f"`{op}` of two ints is not translated")


def unary(ctx: FunctionContext, op: str, value: Value) -> Value:
    """`-x`, `~x`."""
    return value if op == "+" else Value(t.Unary("!" if op == "~" else "-", _operand(value)), BIG)


def compare(ctx: FunctionContext, op: str, left: Value, right: Value) -> t.Expr:
    """A comparison with at least one operand that may be of any size."""
    return t.Binary(op, _place(ctx, left), _place(ctx, right))


def truth(value: Value) -> t.Expr:
    """Whether it is not zero."""
    return t.Binary("!=", _dereferenced(value), t.Path("BigInt::ZERO"))


def small(ctx: FunctionContext, value: Value) -> Value:
    """The number where 64 bits are wanted; one that needs more declines."""
    return Value(ctx.rt("big::small", borrowed(ctx, value)), INT)


def widened(ctx: FunctionContext, value: Value, span: Span) -> Value:
    """An `i64` where any size is wanted."""
    ctx.rust_type(BIG, span)
    if value.literal == 0:
        return Value(t.Path("BigInt::ZERO"), BIG)
    return Value(_from(value), BIG)


def text(ctx: FunctionContext, value: Value) -> Value:
    """`str(x)`."""
    return Value(ctx.rt("big::text", borrowed(ctx, value)), STR)


def borrowed(ctx: FunctionContext, value: Value) -> t.Expr:
    """`&BigInt`, whatever integer it is."""
    if value.type is INT:
        return t.Ref(_from(value))
    return value.expr if value.form in (Form.BORROWED, Form.MUTREF) else t.Ref(value.expr)


def added(value: Value) -> t.Expr:
    """What stands to the right of `+=`: a short number, a fresh one, or a borrow."""
    return _operand(value)


def _operand(value: Value) -> t.Expr:
    if value.type is INT:
        return _typed(coerce.integer(value))
    return t.Ref(value.expr) if value.form is Form.PLACE else value.expr


def _typed(expr: t.Expr) -> t.Expr:
    """A literal says which integer it is: `BigInt` takes them all."""
    return t.Lit(f"{expr.text}_i64") if isinstance(expr, t.Lit) and expr.text[-1].isdigit() else expr


def _place(ctx: FunctionContext, value: Value) -> t.Expr:
    if value.type is INT:
        if value.literal == 0:
            return t.Path("BigInt::ZERO")
        return _from(value)
    return _dereferenced(value)


def _from(value: Value) -> t.Expr:
    """`BigInt::from(n)`; a literal too long for Rust's first choice of an integer says which it is."""
    number = coerce.integer(value)
    short = isinstance(value.literal, int) and abs(value.literal) < 2**31
    return t.Call(t.Path("BigInt::from"), (number if short else _typed(number),))


def _dereferenced(value: Value) -> t.Expr:
    return t.Unary("*", value.expr) if value.form in (Form.BORROWED, Form.MUTREF) else value.expr
