"""`datetime` beyond the rows: operators, `timedelta(...)` and `replace`."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Range, Value, lit_char
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import acts
from portalis.compiler.stdlib.rows import DATE, DATETIME, DELTA, TIME, argument
from portalis.compiler.stdlib.sources import given
from portalis.compiler.types import FLOAT, INT, STR, ListOf, Type
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
    found: dict[str, h.Expr] = dict(zip(_DELTA_PARTS, node.args, strict=False)) | node.keywords
    if set(found) - set(_DELTA_PARTS):
        raise Refusal("PT305", node.span, "this form of `timedelta` is not translated")
    values = [ctx.i64(found[name]) if name in found else t.Lit("0") for name in _DELTA_PARTS]
    if set(found) <= set(_DELTA_PARTS[:3]):
        return Value(ctx.rt_try("delta::new", *values[:3]), DELTA)
    return Value(ctx.rt_try("delta::of", *values), DELTA)


def replace(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`d.replace(year=…)` of a date or a datetime."""
    names = _FIELDS[:3] if receiver.type == DATE else _FIELDS
    if node.args or set(node.keywords) - set(names):
        raise Refusal("PT305", node.span, "this form of `replace` is not translated")
    found = {name: t.Call(t.Path("Some"), (ctx.i64(value),)) for name, value in node.keywords.items()}
    parts = tuple(found.get(name, t.Path("None")) for name in names)
    if receiver.type == DATE:
        return Value(ctx.rt_try("date::replace_date", receiver.expr, *parts), DATE)
    return Value(ctx.rt_try("date::replace_datetime", receiver.expr, t.ArrayExpr(parts)), DATETIME)


_TIMESPECS = ("auto", "hours", "minutes", "seconds", "milliseconds", "microseconds")


def iso_format(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`d.isoformat(sep, timespec)` of a datetime, `t.isoformat(timespec)` of a time."""
    names = ("timespec",) if receiver.type == TIME else ("sep", "timespec")
    found = dict(zip(names, given(node, names, 0, "isoformat"), strict=True))
    between, spec = found.get("sep"), found["timespec"]
    written = "auto" if spec is None else spec.value if isinstance(spec, h.Literal) else None
    if written not in _TIMESPECS:
        raise Refusal("PT305", node.span, "the `timespec` of `isoformat` must be written out")
    clock = t.Path(f"date_iso::Clock::{str(written).capitalize()}")
    if receiver.type == TIME:
        return Value(ctx.rt("date_iso::time_text", receiver.expr, clock), STR)
    separator: t.Expr = lit_char("T")
    if between is not None:
        separator = argument(ctx, "char", ctx.expr(between), node)
    return Value(ctx.rt("date_iso::datetime_text", receiver.expr, separator, clock), STR)


def iso_part(node: h.Attribute | h.Subscript, value: Value) -> Value:
    """`d.isocalendar().week`, `d.isocalendar()[1]`."""
    places: dict[object, int] = {"year": 0, "week": 1, "weekday": 2, 0: 0, 1: 1, 2: 2, -1: 2, -2: 1, -3: 0}
    wanted = node.name if isinstance(node, h.Attribute) else None
    if isinstance(node, h.Subscript) and isinstance(node.index, h.Literal):
        wanted = node.index.value  # type: ignore[assignment]
    if wanted not in places:
        raise Refusal("PT214", node.span, "`isocalendar()` is taken apart by names and written places only")
    bounds = (Range(1, 9999), Range(1, 53), Range(1, 7))[places[wanted]]
    return Value(t.Field(value.expr, str(places[wanted])), INT, range=bounds)


_TIME_FIELDS = {
    "tm_year": "year", "tm_mon": "month", "tm_mday": "day", "tm_wday": "weekday", "tm_yday": "year_day",
}  # fmt: skip


def time_tuple_part(ctx: FunctionContext, node: h.Attribute) -> Value | None:
    """`d.timetuple().tm_yday`; None for every other attribute."""
    match node.value:
        case h.CallMethod(receiver=day, method="timetuple", args=(), keywords={}) if (
            node.name in _TIME_FIELDS
        ):
            value = coerce.present(ctx.expr(day))
            if value.type in (DATE, DATETIME):
                return Value(
                    ctx.rt(f"date::{_TIME_FIELDS[node.name]}", value.expr), INT, range=Range(0, 9999)
                )
    return None


def lower_timegm(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`calendar.timegm(d.timetuple())`."""
    match node.args:
        case (h.CallMethod(receiver=day, method="timetuple" | "utctimetuple", args=(), keywords={}),):
            value = coerce.present(ctx.expr(day))
            if value.type == DATETIME:
                return Value(ctx.rt("date::timegm", value.expr), INT, range=Range(-(2**40), 2**40))
    raise Refusal("PT305", node.span, "`timegm` is translated of `timetuple()` of a datetime")


NAMES = {
    "calendar.month_name": "month_names", "calendar.month_abbr": "short_month_names",
    "calendar.day_name": "day_names", "calendar.day_abbr": "short_day_names",
}  # fmt: skip
"""Lists of names, as Python has them where no locale is set."""


def lower_names(ctx: FunctionContext, fullname: str) -> Value:
    """`calendar.month_name`."""
    ctx.runtime.add("date_text")
    return Value(t.Path(f"date_text::{NAMES[fullname].upper()}"), ListOf(STR), Form.BORROWED, frozen=True)


def latest(ctx: FunctionContext, fullname: str) -> Value | None:
    """`date.max`, `datetime.min` and their kin; None for other names."""
    owner, _, name = fullname.rpartition(".")
    kinds: dict[str, Type] = {"datetime.date": DATE, "datetime.datetime": DATETIME}
    if owner not in kinds or name not in ("min", "max"):
        return None
    return Value(ctx.rt(f"date::{owner.rpartition('.')[2]}_{name}"), kinds[owner])
