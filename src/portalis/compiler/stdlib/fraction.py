"""`fractions.Fraction`: construction, arithmetic, comparison, text, parts.

Fraction(a, b) + 1   →   fraction::add(&fraction::new(a, b)?, &fraction::whole(1))
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.comprehension import as_comprehension
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.iterate import iterate, require_order
from portalis.compiler.lowering.targets import owned_items
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.exact_numbers import ExactNumbers
from portalis.compiler.stdlib.sources import given
from portalis.compiler.types import FLOAT, FRACTION, INT, STR, Instance, TupleOf, Type
from portalis.diagnostics import Span

KIND = Instance(FRACTION)
_FRACTIONS = ExactNumbers(KIND, "fraction")
PARTS = frozenset({"numerator", "denominator"})
_OPERATORS = {"+": "add", "-": "sub", "*": "mul", "/": "div", "//": "floor_div", "%": "floor_mod"}
_WHOLE = {
    "math.floor": "floor", "math.ceil": "ceil", "math.trunc": "trunc", "builtins.int": "trunc",
    "builtins.round": "round",
}  # fmt: skip


def is_fraction(*values: Value) -> bool:
    """Whether any of the values is a `Fraction`."""
    return any(value.type == KIND for value in values)


def lower_new(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`Fraction()`, of ints, of a float, of a text, of a fraction."""
    above, below = given(node, ("numerator", "denominator"), 0, "Fraction")
    if above is None:
        return Value(ctx.rt("fraction::whole", t.Lit("0")), KIND)
    first = ctx.expr(above)
    if below is None:
        if first.type is FLOAT:
            return Value(ctx.rt_try("fraction::from_float", first.expr), KIND)
        if first.type is STR:
            return Value(ctx.rt_try("fraction::parse", coerce.borrowed(ctx, first, STR, node.span)), KIND)
        return Value(_FRACTIONS.own(ctx, first, node.span), KIND)
    second = ctx.expr(below)
    if first.type is INT and second.type is INT:
        return Value(ctx.rt_try("fraction::new", coerce.integer(first), coerce.integer(second)), KIND)
    sides = (t.Ref(_FRACTIONS.own(ctx, one, node.span)) for one in (first, second))
    return Value(ctx.rt("fraction::div", *sides), KIND)


def binary(ctx: FunctionContext, op: str, left: Value, right: Value, span: Span) -> Value:
    """An operator of which one side is a fraction and the other a fraction or an int."""
    if op == "**":
        if left.type != KIND or right.type is not INT:
            raise Refusal("PT214", span, "a power that is a fraction, or of an int, is not translated")
        return Value(ctx.rt("fraction::pow", _FRACTIONS.lent(ctx, left, span), coerce.integer(right)), KIND)
    name = _OPERATORS.get(op)
    if name is None:
        raise Refusal("PT214", span, f"`{op}` of a `Fraction` is not translated")
    made = ctx.rt(f"fraction::{name}", _FRACTIONS.lent(ctx, left, span), _FRACTIONS.lent(ctx, right, span))
    return Value(made, INT if op == "//" else KIND)


def compare(ctx: FunctionContext, op: str, a: Value, b: Value, span: Span) -> t.Expr:
    """A comparison of which one side is a fraction and the other a fraction or an int."""
    return t.Binary(op, _FRACTIONS.lent(ctx, a, span), _FRACTIONS.lent(ctx, b, span))


def unary(ctx: FunctionContext, op: str, value: Value, span: Span) -> Value:
    """`-x` and `+x`."""
    if op not in ("-", "+"):
        raise Refusal("PT214", span, f"unary `{op}` of a `Fraction` is not translated")
    return Value(t.Unary("-", coerce.owned(ctx, value, KIND, span)), KIND) if op == "-" else value


def part(ctx: FunctionContext, value: Value, name: str, span: Span) -> Value:
    """`x.numerator`, `x.denominator`."""
    return Value(ctx.rt(f"fraction::{name}", _FRACTIONS.lent(ctx, value, span)), INT)


def whole(ctx: FunctionContext, fullname: str, value: Value, span: Span) -> Value:
    """`int(x)`, `math.floor(x)`, `round(x)` and their kin."""
    return Value(ctx.rt(f"fraction::{_WHOLE[fullname]}", _FRACTIONS.lent(ctx, value, span)), INT)


def to_float(ctx: FunctionContext, value: Value, span: Span) -> Value:
    """`float(x)`."""
    return Value(ctx.rt("fraction::to_float", _FRACTIONS.lent(ctx, value, span)), FLOAT)


def absolute(ctx: FunctionContext, value: Value, span: Span) -> Value:
    """`abs(x)`."""
    return Value(ctx.rt("fraction::abs", _FRACTIONS.lent(ctx, value, span)), KIND)


def text(ctx: FunctionContext, value: Value, span: Span, *, shown: bool) -> Value:
    """`str(x)`, or `repr(x)` where it is `shown`."""
    name = "fraction::repr_of" if shown else "fraction::text"
    return Value(ctx.rt(name, _FRACTIONS.lent(ctx, value, span)), STR)


def truth(ctx: FunctionContext, value: Value, span: Span) -> t.Expr:
    """`bool(x)`."""
    return ctx.rt("fraction::is_true", _FRACTIONS.lent(ctx, value, span))


def lower_method(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`x.limit_denominator(most)`, `x.as_integer_ratio()`."""
    place = _FRACTIONS.lent(ctx, receiver, node.span)
    match node.method:
        case "limit_denominator":
            (most,) = given(node, ("max_denominator",), 0, "limit_denominator")
            limit = ctx.i64(most) if most is not None else t.Lit("1_000_000")
            return Value(ctx.rt_try("fraction::limit_denominator", place, limit), KIND)
        case "as_integer_ratio" if not (node.args or node.keywords):
            parts = tuple(ctx.rt(f"fraction::{name}", place) for name in ("numerator", "denominator"))
            return Value(t.TupleExpr(parts), TupleOf((INT, INT)))
    raise Refusal("PT301", node.span, f"`Fraction.{node.method}` is not in the library table")


def lower_sum(ctx: FunctionContext, node: h.CallExternal) -> Value | None:
    """`sum(xs, Fraction(0))`; None for every other sum."""
    start = node.args[1] if len(node.args) == 2 else node.keywords.get("start")
    if start is None or start.type != KIND:
        return None
    iteration = iterate(ctx, as_comprehension(ctx, node.args[0]))
    require_order(iteration, node.span)
    items, kind, fallible = owned_items(ctx, iteration, node.span)
    if fallible:
        items = ctx.attempt(t.Method(items, "collect", (), "Result<Vec<_>, Error>"))
    if kind != KIND:
        raise Refusal("PT214", node.span, f"a sum of `{kind}` items and a `Fraction` is not translated")
    first = coerce.owned(ctx, ctx.expr(start), KIND, node.span)
    return Value(ctx.rt("fraction::sum", first, items), KIND, Form.OWNED)


SPECIAL = {"fractions.Fraction": lower_new}
