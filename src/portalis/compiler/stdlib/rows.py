"""A row of library knowledge: a Python function or method, and the Rust that does the same.

Arguments are passed by kind: `str` as `&str`, `int` as `i64`, `float` as `f64`, `bytes` as `&[u8]`,
`bool` as `bool`, `ascii` is a `str` of ASCII as `&[u8]`, `char` as `char` (a literal of one character), `opt_int` as `Option<i64>`,
`date`, `datetime`, `timedelta`, `time` by value.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce, dynamic
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Range, Value, lit_char
from portalis.compiler.rust import tree as t
from portalis.compiler.types import (
    BINARY_FILE,
    BOOL,
    BYTES,
    CLOSING,
    FLOAT,
    INT,
    STR,
    TEXT_FILE,
    Instance,
    OptionalOf,
    Type,
)

DATE, DATETIME = Instance("datetime.date"), Instance("datetime.datetime")
TIME, DELTA = Instance("datetime.time"), Instance("datetime.timedelta")
ISO_CALENDAR = Instance("datetime._IsoCalendarDate")
"""What `isocalendar()` gives: in Rust a tuple of three, which is taken apart where it is made."""

SPLIT_URL, PARSED_URL = Instance("urllib.parse.SplitResult"), Instance("urllib.parse.ParseResult")
_KINDS: dict[str, Type] = {
    "split_url": SPLIT_URL, "parsed_url": PARSED_URL,
    "str": STR, "int": INT, "float": FLOAT, "bytes": BYTES, "bool": BOOL,
    "date": DATE, "datetime": DATETIME, "time": TIME, "timedelta": DELTA,
    "file": TEXT_FILE, "binary": BINARY_FILE, "closing": CLOSING,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One function. `names` are the keywords by which arguments may be given.

    `rust` is a runtime path (`text::zfill`), or `.name` for a method of the first argument.
    `tail` are constant arguments after the given ones. A BORROWED result borrows from the first argument.
    """

    params: tuple[str, ...]
    rust: str
    returns: Type
    raises: bool = False
    form: Form = Form.OWNED
    range: Range | None = None
    tail: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    unsigned: bool = False
    plain: str = ""
    """The form that cannot raise, for a second argument that is a non-empty literal."""


_PATTERNS = frozenset({".starts_with", ".ends_with", ".replace"})
"""What looks for a `&str` or a `char` alike, in its second argument."""


def arguments(
    node: h.Node, args: tuple[h.Expr, ...], keywords: dict[str, h.Expr], row: Row
) -> tuple[h.Expr, ...] | None:
    """The arguments in the row's order, or None when they don't fit it."""
    given = list(args)
    given += [keywords[name] for name in row.names[len(given) :] if name in keywords]
    if len(given) != len(row.params) or len(args) + len(keywords) != len(given):
        return None
    return tuple(given)


def apply(ctx: FunctionContext, row: Row, values: list[Value], node: h.Expr) -> Value:
    """The call that a row describes, over lowered arguments."""
    if row.plain and len(values) > 1 and values[1].literal:
        row = replace(row, rust=row.plain, raises=False)
    passed = [argument(ctx, kind, value, node) for kind, value in zip(row.params, values, strict=True)]
    tail = tuple(t.Path(text) for text in row.tail)
    if row.rust in _PATTERNS and values[1].form is Form.CHAR:
        passed[1] = values[1].expr
    if row.rust.startswith("."):
        call: t.Expr = t.Method(_receiver(values[0], passed[0]), row.rust[1:], (*passed[1:], *tail))
    else:
        call = ctx.rt(row.rust, *passed, *tail)
    if row.raises:
        call = ctx.attempt(call)
    first = values[0] if values else None
    temporary = first is not None and (first.temporary or first.form in (Form.OWNED, Form.CHAR))
    return Value(
        call,
        row.returns,
        row.form,
        row.range,
        temporary=temporary and row.form is Form.BORROWED,
        unsigned=row.unsigned,
    )


def _receiver(value: Value, passed: t.Expr) -> t.Expr:
    """A method call borrows by itself."""
    return value.expr if isinstance(passed, t.Ref) else passed


def argument(ctx: FunctionContext, kind: str, value: Value, node: h.Expr) -> t.Expr:
    """One argument as its kind asks."""
    match kind:
        case "char":
            if not (isinstance(value.literal, str) and len(value.literal) == 1):
                if value.form is Form.CHAR:
                    return value.expr
                return ctx.rt_try("text::fill", coerce.borrowed(ctx, value, STR, node.span))
            return lit_char(value.literal)
        case "ascii":
            text = coerce.borrowed(ctx, value, STR, node.span)
            return ctx.rt_try("base::ascii", text)
        case "opt_int":
            if value.type is INT:
                return t.Call(t.Path("Some"), (coerce.integer(value),))
            return coerce.borrowed(ctx, value, OptionalOf(INT), node.span)
        case "float":
            from portalis.compiler.lowering.arithmetic import as_number, to_float

            if dynamic.is_dynamic(value):
                return dynamic.call(ctx, "real", value, node.span)
            value = to_float(as_number(value))
            return coerce.borrowed(ctx, value, FLOAT, node.span)
        case "int":
            from portalis.compiler.lowering.arithmetic import as_number

            return coerce.borrowed(ctx, as_number(value), INT, node.span)
        case "bytes":
            from portalis.compiler.stdlib.bytearrays import as_bytes

            return coerce.borrowed(ctx, as_bytes(value), BYTES, node.span)
        case _:
            return coerce.borrowed(ctx, value, _KINDS[kind], node.span)
