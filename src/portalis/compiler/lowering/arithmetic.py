"""Arithmetic with Python's meaning: floor division, exact powers, never a wrapped number.

a + b      →  a.strict_add(b)       or `a + b` where a range fact excludes overflow
a % 97     →  a.rem_euclid(97)      or `a % 97` where a is known not to be negative
a // b     →  int::floor_div(a, b)?
"""

from __future__ import annotations

from collections.abc import Callable

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import big, coerce, dynamic, formatting, sequences
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.dict_like import COUNTER
from portalis.compiler.lowering.number_classes import number_class
from portalis.compiler.lowering.truth import truth
from portalis.compiler.lowering.value import I64_MAX, I64_MIN, Form, Range, Value, lit_float
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import (
    BIG,
    BOOL,
    BYTES,
    FLOAT,
    INT,
    STR,
    DictOf,
    Instance,
    ListOf,
    SetOf,
    Type,
    VarTuple,
)

_STRICT = {"+": "strict_add", "-": "strict_sub", "*": "strict_mul"}


def lower_binary(ctx: FunctionContext, node: h.Binary, expect: Type | None) -> Value:
    """A binary operator, by the types of its operands."""
    if node.op == "%" and node.left.type in (STR, BYTES):
        return formatting.lower_percent(ctx, node)
    if node.op == "%" and (fused := _parsed_modulo(ctx, node)) is not None:
        return fused
    if node.op == "+" and node.left.type is STR:
        return sequences.concat_strings(ctx, node)
    from portalis.compiler.lowering.unions import as_float, is_number_left

    if is_number_left(node.left):
        right = ctx.expr(node.right, expect)
        left = (as_float(ctx, node.left) if right.type is FLOAT else None) or ctx.expr(node.left, expect)
        return apply(ctx, node.op, left, right, node)
    left = ctx.expr(node.left, expect)
    right = (as_float(ctx, node.right) if left.type is FLOAT else None) or ctx.expr(node.right, expect)
    return apply(ctx, node.op, left, right, node)


def apply(ctx: FunctionContext, op: str, left: Value, right: Value, node: h.Node) -> Value:
    """The operator on two lowered operands; also what augmented assignment uses."""
    left, right = (dynamic.of_union(ctx, coerce.present(one), node.span) for one in (left, right))
    if dynamic.is_dynamic(left, right):
        augmented = isinstance(node, h.AugAssign)
        return dynamic.binary(ctx, op, left, right, node.span, augmented=augmented)
    if left.type is BOOL and right.type is BOOL and op in "&|^":
        return Value(t.Binary(op, left.expr, right.expr), BOOL)
    left, right = as_number(left), as_number(right)
    if left.type is INT and right.type is INT:
        return int_binary(ctx, op, left, right, node)
    if BIG in (left.type, right.type) and {left.type, right.type} <= {BIG, INT}:
        return big.binary(ctx, op, left, right, node)
    if {left.type, right.type} <= {INT, FLOAT}:
        return float_binary(ctx, op, to_float(left), to_float(right), node)
    if (numbers := number_class(left, right)) is not None:
        return numbers.binary(ctx, op, left, right, node.span)
    if isinstance(left.type, Instance) and left.type.name == COUNTER:
        from portalis.compiler.stdlib.collection_classes import counter_arithmetic

        return counter_arithmetic(ctx, op, left, right, node)
    if any(
        isinstance(side.type, Instance) and side.type.name.startswith("datetime.") for side in (left, right)
    ):
        from portalis.compiler.stdlib.datetime import arithmetic as date_arithmetic

        return date_arithmetic(ctx, op, left, right, node.span)
    if isinstance(left.type, (SetOf, DictOf, ListOf, VarTuple)) or left.type in (STR, BYTES) or op == "*":
        return sequences.apply(ctx, op, left, right, node)
    return sequences.apply(ctx, op, left, right, node)


def as_number(value: Value) -> Value:
    """A bool taking part in arithmetic is 0 or 1."""
    if value.type is BOOL:
        return Value(t.Call(t.Path("i64::from"), (value.expr,)), INT, range=Range(0, 1))
    return value


def to_float(value: Value) -> Value:
    """An int that meets a float is rounded to the nearest float, as Python does."""
    if value.type is not INT:
        return value
    if isinstance(value.literal, int) and not isinstance(value.literal, bool):
        return Value(t.Lit(f"{float(value.literal)!r}"), FLOAT, literal=float(value.literal))
    return Value(t.Cast(value.expr, "f64"), FLOAT)


def _span_of(op: Callable[[int, int], int], a: Range, b: Range) -> Range:
    ends = [op(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
    return Range(min(ends), max(ends))


def _safe(result: Range | None) -> Range | None:
    return result if result is not None and result.fits() else None


def int_binary(ctx: FunctionContext, op: str, left: Value, right: Value, node: h.Node) -> Value:
    """Two integers."""
    if op in _STRICT:
        return _add_sub_mul(op, left, right)
    a, b = coerce.integer(left), coerce.integer(right)
    match op:
        case "/":
            return Value(ctx.rt_try("int::true_div", a, b), FLOAT)
        case "//" | "%":
            return _floor(ctx, op, left, right)
        case "**":
            return _power(ctx, left, right, node)
        case "<<" | ">>":
            return _shift(ctx, op, left, right)
        case "&" | "|" | "^":
            return Value(t.Binary(op, a, b), INT, range=_bits(op, left.range, right.range))
        case _:
            raise Refusal("PT214", node.span, f"`{op}` of two ints is not translated")


def _bits(op: str, a: Range | None, b: Range | None) -> Range | None:
    """Non-negative operands keep the result below the next power of two."""
    if op == "&" and (known := [r for r in (a, b) if r is not None and r.low >= 0]):
        return Range(0, min(r.high for r in known))
    if a is not None and b is not None and a.low >= 0 and b.low >= 0:
        return Range(0, (1 << max(a.high.bit_length(), b.high.bit_length())) - 1)
    return None


def _add_sub_mul(op: str, left: Value, right: Value) -> Value:
    operation: dict[str, Callable[[int, int], int]] = {
        "+": lambda x, y: x + y, "-": lambda x, y: x - y, "*": lambda x, y: x * y,
    }  # fmt: skip
    a, b = coerce.integer(left), coerce.integer(right)
    if left.range is not None and right.range is not None:
        result = _safe(_span_of(operation[op], left.range, right.range))
        if result is not None:
            return Value(t.Binary(op, a, b), INT, range=result)
    if isinstance(a, t.Lit):
        a = t.Lit(f"{a.text}_i64")
    return Value(t.Method(a, _STRICT[op], (b,)), INT)


def _floor(ctx: FunctionContext, op: str, left: Value, right: Value) -> Value:
    a, b = coerce.integer(left), coerce.integer(right)
    positive = right.range is not None and right.range.low > 0
    if not positive:
        nonzero = isinstance(right.literal, int) and right.literal != 0
        name = "floor_div" if op == "//" else "floor_mod"
        bounds = None
        if op == "%" and right.range is not None and right.range.high < 0:
            bounds = Range(right.range.low + 1, 0)
        if nonzero:
            return Value(ctx.rt(f"int::{name}_nonzero", a, b), INT, range=bounds)
        return Value(ctx.rt_try(f"int::{name}", a, b), INT)
    assert right.range is not None
    natural = left.range is not None and left.range.low >= 0
    if op == "%":
        bounds = Range(0, right.range.high - 1)
        if natural:
            assert left.range is not None
            bounds = Range(0, min(left.range.high, right.range.high - 1))
            return Value(t.Binary("%", a, b), INT, range=bounds)
        return Value(t.Method(_typed(a), "rem_euclid", (b,)), INT, range=bounds)
    bounds = _span_of(lambda x, y: x // y, left.range, right.range) if left.range is not None else None
    if natural:
        return Value(t.Binary("/", a, b), INT, range=bounds)
    return Value(t.Method(_typed(a), "div_euclid", (b,)), INT, range=bounds)


def _typed(expr: t.Expr) -> t.Expr:
    return t.Lit(f"{expr.text}_i64") if isinstance(expr, t.Lit) else expr


def _power(ctx: FunctionContext, left: Value, right: Value, node: h.Node) -> Value:
    if right.range is None or right.range.low < 0:
        hint = "an int to a negative power is a float; use `math.pow` or make the exponent's sign plain"
        if isinstance(right.literal, int):
            if isinstance(left.literal, int) and left.literal and -400 < right.literal < 0:
                tiny = float(left.literal**right.literal)
                return Value(lit_float(tiny), FLOAT, literal=tiny)
            raise Refusal("PT105", node.span, "an int to a negative power is a float", hint)
    bounds = None
    if (
        left.range is not None
        and right.range is not None
        and 0 <= right.range.high < 64
        and right.range.low >= 0
    ):
        ends = [x**y for x in (left.range.low, left.range.high) for y in (right.range.low, right.range.high)]
        low = min(
            *ends,
            -(max(abs(left.range.low), abs(left.range.high)) ** right.range.high)
            if left.range.low < 0
            else 0,
        )
        bounds = _safe(Range(low, max(*ends, abs(left.range.low) ** right.range.high)))
    return Value(ctx.rt("int::pow", coerce.integer(left), coerce.integer(right)), INT, range=bounds)


def _shift(ctx: FunctionContext, op: str, left: Value, right: Value) -> Value:
    a, b = coerce.integer(left), coerce.integer(right)
    if right.range is not None and right.range.low >= 0 and right.range.high < 63:
        if op == ">>":
            bounds = _span_of(lambda x, y: x >> y, left.range, right.range) if left.range else None
            return Value(t.Binary(">>", a, b), INT, range=bounds)
        result = _safe(_span_of(lambda x, y: x << y, left.range, right.range)) if left.range else None
        if result is not None:
            return Value(t.Binary("<<", _typed(a), b), INT, range=result)
    return Value(ctx.rt_try("int::shl" if op == "<<" else "int::shr", a, b), INT)


def _parsed_modulo(ctx: FunctionContext, node: h.Binary) -> Value | None:
    """`int(text) % m` in one step: right for numbers of any length.

    int(number) % 97   →   int::parse_mod(number, 97)?
    """
    match node.left, node.right:
        case h.CallExternal(fullname="builtins.int", args=(h.Expr() as text,)), h.Literal(value=int(m)) if (
            text.type is STR and m > 0 and not node.left.keywords
        ):
            value = ctx.expr(text)
            if value.form is Form.CHAR or value.type is not STR:
                return None
            argument = coerce.borrowed(ctx, value, STR, node.span)
            call = ctx.rt_try("int::parse_mod", argument, coerce.integer(ctx.expr(node.right)))
            return Value(call, INT, range=Range(0, m - 1))
    return None


def float_binary(ctx: FunctionContext, op: str, left: Value, right: Value, node: h.Node) -> Value:
    """Two floats."""
    if op in ("+", "-", "*"):
        return Value(t.Binary(op, left.expr, right.expr), FLOAT)
    names = {"/": "div", "//": "floor_div", "%": "floor_mod", "**": "pow"}
    if op not in names:
        raise Refusal("PT214", node.span, f"`{op}` is not an operator of floats")
    if op == "/" and isinstance(right.literal, float) and right.literal != 0.0:
        return Value(t.Binary("/", left.expr, right.expr), FLOAT)
    return Value(ctx.rt_try(f"float::{names[op]}", left.expr, right.expr), FLOAT)


def lower_unary(ctx: FunctionContext, node: h.Unary) -> Value:
    """`-x`, `+x`, `~x`, `not x`."""
    if node.op == "not":
        return Value(negate(truth(ctx, node.operand)), BOOL)
    value = as_number(ctx.expr(node.operand))
    if dynamic.is_dynamic(value):
        return dynamic.unary(ctx, node.op, value, node.span)
    if value.type is FLOAT and node.op in "+-":
        return Value(t.Unary("-", value.expr), FLOAT) if node.op == "-" else value
    if value.type is BIG:
        return big.unary(ctx, node.op, value)
    if (numbers := number_class(value)) is not None:
        return numbers.unary(ctx, node.op, value, node.span)
    if isinstance(value.type, Instance) and value.type.name == COUNTER and node.op in "+-":
        place = coerce.borrowed(ctx, value, value.type, node.span)
        return Value(ctx.rt(f"collections::counter_{'pos' if node.op == '+' else 'neg'}", place), value.type)
    if value.type is not INT:
        if isinstance(value.type, Instance) and value.type.name == "datetime.timedelta" and node.op == "-":
            return Value(ctx.rt_try("delta::neg", value.expr), value.type)
        raise Refusal("PT214", node.span, f"unary `{node.op}` of `{value.type}` is not translated")
    expr = coerce.integer(value)
    match node.op:
        case "+":
            return value
        case "~":
            bounds = Range(~value.range.high, ~value.range.low) if value.range else None
            return Value(t.Unary("!", expr), INT, range=bounds)
        case _:
            if value.range is not None and value.range.low > I64_MIN:
                return Value(t.Unary("-", expr), INT, range=Range(-value.range.high, -value.range.low))
            return Value(t.Method(expr, "strict_neg"), INT, range=Range(I64_MIN + 1, I64_MAX))


_NEGATED = {"==": "!=", "!=": "==", "<": ">=", ">": "<=", "<=": ">", ">=": "<"}


def _whole(expr: t.Expr) -> bool:
    return isinstance(expr, t.Lit) and expr.text.lstrip("-").isdecimal()


def negate(expr: t.Expr) -> t.Expr:
    """The negation of a condition, pushed into a comparison of whole numbers or an emptiness test."""
    match expr:
        case t.Unary("!", operand):
            return operand
        case t.Binary("==" | "!=" as op, left, right):
            return t.Binary(_NEGATED[op], left, right)
        case t.Binary("<" | "<=" | ">" | ">=" as op, left, right) if _whole(left) or _whole(right):
            return t.Binary(_NEGATED[op], left, right)  # not of floats: nan is on neither side
        case t.Method(receiver, "is_some", ()):
            return t.Method(receiver, "is_none")
        case t.Method(receiver, "is_none", ()):
            return t.Method(receiver, "is_some")
        case t.Method(receiver, "is_some_and", (t.Closure(params, body),)) if negate(body) != t.Unary(
            "!", body
        ):
            return t.Method(receiver, "is_none_or", (t.Closure(params, negate(body)),))
        case t.Lit("true" | "false" as text):
            return t.Lit("false" if text == "true" else "true")
        case _:
            return t.Unary("!", expr)
