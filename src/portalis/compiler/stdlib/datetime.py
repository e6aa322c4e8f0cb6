"""`datetime` beyond the rows: operators, `timedelta(...)` and `replace`."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import acts
from portalis.compiler.stdlib.rows import DATE, DATETIME, DELTA
from portalis.compiler.types import FLOAT, INT, Type
from portalis.diagnostics import Span

_OPERATORS: dict[tuple[Type, str, Type], tuple[str, Type, bool]] = {
    (DATE, "+", DELTA): ("date::date_add", DATE, True),
    (DATE, "-", DELTA): ("date::date_sub", DATE, True),
    (DATE, "-", DATE): ("date::date_diff", DELTA, False),
    (DATETIME, "+", DELTA): ("date::datetime_add", DATETIME, True),
    (DATETIME, "-", DELTA): ("date::datetime_sub", DATETIME, True),
    (DATETIME, "-", DATETIME): ("date::datetime_diff", DELTA, False),
    (DELTA, "+", DELTA): ("delta::add", DELTA, True),
    (DELTA, "-", DELTA): ("delta::sub", DELTA, True),
    (DELTA, "*", INT): ("delta::mul", DELTA, True),
    (DELTA, "//", INT): ("delta::floor_div_int", DELTA, True),
    (DELTA, "/", INT): ("delta::div_int", DELTA, True),
    (DELTA, "//", DELTA): ("delta::floor_div", INT, True),
    (DELTA, "/", DELTA): ("delta::div", FLOAT, True),
    (DELTA, "%", DELTA): ("delta::rem", DELTA, True),
}
_FIELDS = ("year", "month", "day", "hour", "minute", "second", "microsecond")
_DELTA_PARTS = ("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks")


def arithmetic(ctx: FunctionContext, op: str, left: Value, right: Value, span: Span) -> Value:
    """Operators of dates and durations."""
    if op == "*" and left.type is INT and not (acts(left.expr) and acts(right.expr)):
        left, right = right, left
    row = _OPERATORS.get((left.type, op, right.type))
    if row is None:
        raise Refusal("PT214", span, f"`{op}` between `{left.type}` and `{right.type}` is not translated")
    name, returns, raises = row
    call = ctx.rt(name, coerce.integer(left), coerce.integer(right))
    return Value(ctx.attempt(call) if raises else call, returns)


def timedelta(ctx: FunctionContext, node: h.CallExternal) -> Value:
    """`timedelta(days=1, hours=2)` of whole numbers."""
    given: dict[str, h.Expr] = dict(zip(_DELTA_PARTS, node.args, strict=False)) | node.keywords
    if set(given) - set(_DELTA_PARTS):
        raise Refusal("PT305", node.span, "this form of `timedelta` is not translated")
    values = [ctx.i64(given[name]) if name in given else t.Lit("0") for name in _DELTA_PARTS]
    if set(given) <= set(_DELTA_PARTS[:3]):
        return Value(ctx.rt_try("delta::new", *values[:3]), DELTA)
    return Value(ctx.rt_try("delta::of", *values), DELTA)


def replace(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`d.replace(year=…)` of a date or a datetime."""
    names = _FIELDS[:3] if receiver.type == DATE else _FIELDS
    if node.args or set(node.keywords) - set(names):
        raise Refusal("PT305", node.span, "this form of `replace` is not translated")
    given = {name: t.Call(t.Path("Some"), (ctx.i64(value),)) for name, value in node.keywords.items()}
    parts = tuple(given.get(name, t.Path("None")) for name in names)
    if receiver.type == DATE:
        return Value(ctx.rt_try("date::replace_date", receiver.expr, *parts), DATE)
    return Value(ctx.rt_try("date::replace_datetime", receiver.expr, t.ArrayExpr(parts)), DATETIME)
