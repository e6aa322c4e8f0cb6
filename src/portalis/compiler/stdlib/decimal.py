"""`decimal.Decimal` under the default context: construction, arithmetic, comparison, rounding, text.

Decimal(price) * 2   →   decimal::mul(&decimal::parse(price)?, &decimal::whole(2))

Python's context can be another one at run time: what is rounded looks (`runtime/decimal_context.rs`), and declines.
"""

from __future__ import annotations

import re

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.comprehension import as_comprehension
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.iterate import iterate, require_order
from portalis.compiler.lowering.targets import owned_items
from portalis.compiler.lowering.value import Form, Range, Value, lit_str
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.exact_numbers import ExactNumbers
from portalis.compiler.stdlib.sources import given
from portalis.compiler.types import BOOL, DECIMAL, FLOAT, INT, STR, Instance, Type
from portalis.diagnostics import Span

KIND = Instance(DECIMAL)
_DECIMALS = ExactNumbers(KIND, "decimal", big=True)
PARTS = frozenset({"real"})
_OPERATORS = {"+": ("add", False), "-": ("sub", False), "*": ("mul", False), "/": ("div", True)} | {
    "//": ("floor_div", True), "%": ("floor_mod", True),
}  # fmt: skip
"""The function of each operator, and whether it raises."""
_WHOLE = {
    "math.floor": "Floor", "math.ceil": "Ceiling", "math.trunc": "Down", "builtins.int": "Down",
    "builtins.round": "HalfEven",
}  # fmt: skip
ROUNDINGS = {
    "ROUND_CEILING": "Ceiling", "ROUND_DOWN": "Down", "ROUND_FLOOR": "Floor", "ROUND_HALF_DOWN": "HalfDown",
    "ROUND_HALF_EVEN": "HalfEven", "ROUND_HALF_UP": "HalfUp", "ROUND_UP": "Up", "ROUND_05UP": "ZeroFiveUp",
}  # fmt: skip
"""The runtime's modes by the constants of the module, whose values are their names."""


def is_decimal(value: Value) -> bool:
    """Whether the value is a `Decimal`."""
    return value.type == KIND


def _under_context(ctx: FunctionContext) -> None:
    """Notes that what is computed depends on the context."""
    ctx.learned.sources |= {"decimal_context::CONTEXT"}


def lower_new(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`Decimal()`, of an int, of a float, of a text, of a decimal."""
    (source,) = given(node, ("value",), 0, "Decimal")
    if source is None:
        return Value(ctx.rt("decimal::whole", t.Lit("0")), KIND)
    value = coerce.present(ctx.expr(source))
    if value.type is FLOAT:
        return Value(ctx.rt("decimal::from_float", value.expr), KIND)
    if isinstance(value.literal, str) and _plain_number(value.literal):
        return Value(ctx.rt("decimal::literal", lit_str(value.literal)), KIND)
    if value.type is STR:
        _under_context(ctx)
        return Value(ctx.rt_try("decimal::parse", coerce.borrowed(ctx, value, STR, node.span)), KIND)
    return Value(_DECIMALS.own(ctx, value, node.span), KIND)


def _plain_number(text: str) -> bool:
    """Whether the text surely is a finite number of some digits."""
    return (
        len(text) <= 100
        and re.fullmatch(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?", text, re.ASCII) is not None
    )


def binary(ctx: FunctionContext, op: str, left: Value, right: Value, span: Span) -> Value:
    """An operator of which one side is a decimal and the other a decimal or an int."""
    _under_context(ctx)
    if op == "**":
        if left.type != KIND or right.type is not INT:
            raise Refusal("PT214", span, "a power that is a decimal, or of an int, is not translated")
        power = coerce.integer(right)
        return Value(ctx.rt_try("decimal_functions::pow", _DECIMALS.lent(ctx, left, span), power), KIND)
    if op not in _OPERATORS:
        raise Refusal("PT214", span, f"`{op}` of a `Decimal` is not translated")
    name, raises = _OPERATORS[op]
    call = ctx.rt_try if raises else ctx.rt
    return Value(
        call(f"decimal::{name}", _DECIMALS.lent(ctx, left, span), _DECIMALS.lent(ctx, right, span)), KIND
    )


def compare(ctx: FunctionContext, op: str, a: Value, b: Value, span: Span) -> t.Expr:
    """A comparison of which one side is a decimal and the other a decimal or an int."""
    return t.Binary(op, *(_compared(ctx, one, span) for one in (a, b)))


def _compared(ctx: FunctionContext, value: Value, span: Span) -> t.Expr:
    """A side of a comparison, as a place or a new value."""
    if value.type != KIND:
        return _DECIMALS.own(ctx, value, span)
    if value.form in (Form.BORROWED, Form.MUTREF):
        return t.Unary("*", value.expr)
    return value.expr


def unary(ctx: FunctionContext, op: str, value: Value, span: Span) -> Value:
    """`-x` and `+x`, which round."""
    names = {"-": "neg", "+": "plus"}
    if op not in names:
        raise Refusal("PT214", span, f"unary `{op}` of a `Decimal` is not translated")
    _under_context(ctx)
    return Value(ctx.rt(f"decimal::{names[op]}", _DECIMALS.lent(ctx, value, span)), KIND)


def part(_ctx: FunctionContext, value: Value, _name: str, _span: Span) -> Value:
    """`x.real` is the number."""
    return value


def whole(ctx: FunctionContext, fullname: str, value: Value, span: Span) -> Value:
    """`int(x)`, `math.floor(x)`, `round(x)` and their kin."""
    mode = t.Path(f"decimal::Rounding::{_WHOLE[fullname]}")
    return Value(ctx.rt("decimal::to_int", _DECIMALS.lent(ctx, value, span), mode), INT)


def round_to(ctx: FunctionContext, value: Value, digits: h.Expr, span: Span) -> Value:
    """`round(x, digits)`."""
    _under_context(ctx)
    place = _DECIMALS.lent(ctx, value, span)
    return Value(ctx.rt_try("decimal_functions::round_to", place, ctx.i64(digits)), KIND)


def to_float(ctx: FunctionContext, value: Value, span: Span) -> Value:
    """`float(x)`."""
    return Value(ctx.rt("decimal::to_float", _DECIMALS.lent(ctx, value, span)), FLOAT)


def absolute(ctx: FunctionContext, value: Value, span: Span) -> Value:
    """`abs(x)`, which rounds."""
    _under_context(ctx)
    return Value(ctx.rt("decimal::abs", _DECIMALS.lent(ctx, value, span)), KIND)


def text(ctx: FunctionContext, value: Value, span: Span, *, shown: bool) -> Value:
    """`str(x)`, or `repr(x)` where it is `shown`."""
    _under_context(ctx)
    name = "decimal_text::repr_of" if shown else "decimal_text::text"
    return Value(ctx.rt(name, _DECIMALS.lent(ctx, value, span)), STR)


def formatted(ctx: FunctionContext, value: Value, spec: t.Expr, span: Span) -> Value:
    """`format(x, spec)`, which rounds as the context says."""
    _under_context(ctx)
    return Value(ctx.rt("decimal_text::format", _DECIMALS.lent(ctx, value, span), spec), STR)


def truth(ctx: FunctionContext, value: Value, span: Span) -> t.Expr:
    """`bool(x)`."""
    return ctx.rt("decimal::is_true", _DECIMALS.lent(ctx, value, span))


_PLAIN: dict[str, tuple[str, Type, bool]] = {
    "is_zero": ("decimal::is_zero", BOOL, False),
    "is_signed": ("decimal::is_signed", BOOL, False),
    "adjusted": ("decimal::adjusted", INT, False),
    "copy_abs": ("decimal::copy_abs", KIND, False),
    "copy_negate": ("decimal::copy_negate", KIND, False),
    "normalize": ("decimal_functions::normalize", KIND, False),
    "sqrt": ("decimal_functions::sqrt", KIND, True),
}
"""Methods without arguments: the function, what it gives, whether it raises."""
_FINITE = {
    "is_finite": "true",
    "is_nan": "false",
    "is_infinite": "false",
    "is_qnan": "false",
    "is_snan": "false",
}


def lower_method(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`x.quantize(unit, rounding)`, `x.sqrt()` and their kin."""
    place = _DECIMALS.lent(ctx, receiver, node.span)
    _under_context(ctx)
    match node.method:
        case name if name in _PLAIN and not (node.args or node.keywords):
            helper, returns, raises = _PLAIN[name]
            call = (ctx.rt_try if raises else ctx.rt)(helper, place)
            return Value(call, returns, range=Range(-12_000, 12_000) if returns is INT else None)
        case name if name in _FINITE and not (node.args or node.keywords):
            return Value(t.Lit(_FINITE[name]), BOOL)
        case "quantize":
            unit, mode = given(node, ("exp", "rounding"), 1, "quantize")
            assert unit is not None
            wanted = _DECIMALS.lent(ctx, ctx.expr(unit), unit.span)
            return Value(ctx.rt_try("decimal_functions::quantize", place, wanted, _mode(mode)), KIND)
        case "to_integral_value" | "to_integral":
            (mode,) = given(node, ("rounding",), 0, node.method)
            return Value(ctx.rt("decimal_functions::to_integral", place, _mode(mode)), KIND)
        case "compare":
            (other,) = given(node, ("other",), 1, "compare")
            assert other is not None
            return Value(
                ctx.rt("decimal::compared", place, _DECIMALS.lent(ctx, ctx.expr(other), other.span)), KIND
            )
        case "max" | "min":
            (other,) = given(node, ("other",), 1, node.method)
            assert other is not None
            pair = (place, _DECIMALS.lent(ctx, ctx.expr(other), other.span))
            return Value(ctx.rt(f"decimal_functions::{node.method}", *pair), KIND)
    raise Refusal("PT301", node.span, f"`Decimal.{node.method}` is not in the library table")


def _mode(node: h.Expr | None) -> t.Expr:
    """A mode of rounding, which has to be written out; none is the context's."""
    match node:
        case None | h.Literal(value=None):
            return t.Path("decimal::Rounding::HalfEven")
        case h.External(fullname=fullname) if fullname.rpartition(".")[2] in ROUNDINGS:
            return t.Path(f"decimal::Rounding::{ROUNDINGS[fullname.rpartition('.')[2]]}")
        case h.Literal(value=str(name)) if name in ROUNDINGS:
            return t.Path(f"decimal::Rounding::{ROUNDINGS[name]}")
        case _:
            raise Refusal(
                "PT305", node.span, "a computed mode of rounding is not translated", "write `ROUND_…`"
            )


def lower_sum(ctx: FunctionContext, node: h.CallExternal) -> Value | None:
    """`sum(xs, Decimal(0))`; None for every other sum."""
    start = node.args[1] if len(node.args) == 2 else node.keywords.get("start")
    if start is None or start.type != KIND:
        return None
    _under_context(ctx)
    iteration = iterate(ctx, as_comprehension(ctx, node.args[0]))
    require_order(iteration, node.span)
    items, kind, fallible = owned_items(ctx, iteration, node.span)
    if fallible:
        items = ctx.attempt(t.Method(items, "collect", (), "Result<Vec<_>, Error>"))
    if kind != KIND:
        raise Refusal("PT214", node.span, f"a sum of `{kind}` items and a `Decimal` is not translated")
    first = coerce.owned(ctx, ctx.expr(start), KIND, node.span)
    return Value(ctx.rt("decimal::sum", first, items), KIND, Form.OWNED)


SPECIAL = {"decimal.Decimal": lower_new, "_decimal.Decimal": lower_new}
