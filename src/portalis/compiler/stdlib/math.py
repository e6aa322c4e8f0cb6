"""`math`: rows, and the functions that take any number of arguments or an iterable."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce, dynamic
from portalis.compiler.lowering.arithmetic import as_number, to_float
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Range, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.rows import Row, argument
from portalis.compiler.stdlib.sources import given, slice_of
from portalis.compiler.types import BOOL, FLOAT, INT, OBJECT, TupleOf, Type

_NATURAL = Range(0, 2**63 - 1)

ROWS: dict[str, tuple[Row, ...]] = {
    **{
        f"math.{name}": (Row(("float",), f"math::{name}", FLOAT, True),)
        for name in (
            "sqrt", "exp", "exp2", "expm1", "log2", "log10", "log1p", "sin", "cos", "tan", "asin", "acos", "atan",
            "sinh", "cosh", "tanh", "asinh", "acosh", "atanh",
        )
    },
    **{f"math.{name}": (Row(("float",), f"math::{name}", FLOAT),) for name in ("degrees", "radians", "ulp")},
    "math.fabs": (Row(("float",), ".abs", FLOAT),),
    "math.pow": (Row(("float", "float"), "math::pow", FLOAT, True),),
    "math.fmod": (Row(("float", "float"), "math::fmod", FLOAT, True),),
    "math.remainder": (Row(("float", "float"), "math::remainder", FLOAT, True),),
    "math.atan2": (Row(("float", "float"), "math::atan2", FLOAT),),
    "math.copysign": (Row(("float", "float"), "math::copysign", FLOAT),),
    "math.nextafter": (Row(("float", "float"), "math::nextafter", FLOAT),),
    "math.isnan": (Row(("float",), ".is_nan", BOOL),),
    "math.isinf": (Row(("float",), ".is_infinite", BOOL),),
    "math.isfinite": (Row(("float",), ".is_finite", BOOL),),
    "math.modf": (Row(("float",), "math::modf", TupleOf((FLOAT, FLOAT))),),
    "math.frexp": (Row(("float",), "math::frexp", TupleOf((FLOAT, INT))),),
    "math.ldexp": (Row(("float", "int"), "math::ldexp", FLOAT, True),),
    "math.isqrt": (Row(("int",), "int::isqrt", INT, True, range=_NATURAL),),
    "math.factorial": (Row(("int",), "int::factorial", INT, True, range=_NATURAL),),
    "math.comb": (Row(("int", "int"), "int::comb", INT, True, range=_NATURAL),),
    "math.perm": (
        Row(("int", "int"), "int::perm", INT, True, range=_NATURAL),
        Row(("int",), "int::factorial", INT, True, range=_NATURAL),
    ),
}  # fmt: skip


def lower_divisor(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`math.gcd(*ints)` and `math.lcm(*ints)`."""
    name = node.fullname.rpartition(".")[2]
    match node.args:
        case (h.Starred(value=source),) if not node.keywords:
            items, elem = slice_of(ctx, source)
            if elem is INT:
                return Value(ctx.rt(f"int::{name}_of", items), INT, range=_NATURAL)
    if node.keywords or any(isinstance(arg, h.Starred) for arg in node.args):
        raise Refusal("PT305", node.span, f"this form of `{name}` is not translated")
    numbers = [ctx.i64(arg) for arg in node.args]
    neutral = t.Lit("0" if name == "gcd" else "1")
    if not numbers:
        return Value(neutral, INT, range=Range(0, 1))
    if len(numbers) == 1:
        numbers.append(neutral)
    result = numbers[0]
    for number in numbers[1:]:
        result = ctx.rt(f"int::{name}", result, number)
    return Value(result, INT, range=_NATURAL)


def lower_log(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`math.log(x)` and `math.log(x, base)`: Python looks at the base when it has the logarithm of `x`."""
    if node.keywords:
        raise Refusal("PT305", node.span, "`log` takes no keywords")
    number, base = given(node, ("x", "base"), 1, "log")
    assert number is not None
    value = ctx.expr(number)
    if base is None:
        return Value(ctx.rt_try("math::log", argument(ctx, "float", value, node)), FLOAT)
    other = ctx.expr(base)
    if OBJECT not in (value.type, other.type):
        return Value(
            ctx.rt_try(
                "math::log_base", argument(ctx, "float", value, node), argument(ctx, "float", other, node)
            ),
            FLOAT,
        )
    lent = tuple(
        coerce.borrowed(ctx, dynamic.wrap(ctx, one, node.span), OBJECT, node.span) for one in (value, other)
    )
    return Value(ctx.rt_try("dynamic_numbers::log_base", *lent), FLOAT)


def lower_hypot(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`math.hypot(*sizes)`."""
    match node.args:
        case (h.Starred(value=source),) if not node.keywords:
            return Value(ctx.rt("math::hypot_of", _floats(ctx, source)), FLOAT)
    if node.keywords or any(isinstance(arg, h.Starred) for arg in node.args):
        raise Refusal("PT305", node.span, "this form of `hypot` is not translated")
    sizes = tuple(_float(ctx, arg) for arg in node.args)
    if len(sizes) == 2:
        return Value(ctx.rt("math::hypot", *sizes), FLOAT)
    return Value(ctx.rt("math::hypot_of", t.Ref(t.ArrayExpr(sizes))), FLOAT)


def _float(ctx: FunctionContext, node: h.Expr) -> t.Expr:
    value = to_float(as_number(ctx.expr(node)))
    return coerce.borrowed(ctx, value, FLOAT, node.span)


def _floats(ctx: FunctionContext, node: h.Expr) -> t.Expr:
    items, elem = slice_of(ctx, node)
    if elem is INT:
        # Every int becomes a float first, as CPython does it.
        widened = t.Closure(("&item",), t.Cast(t.Path("item"), "f64"))
        mapped = t.Method(t.Method(_unborrowed(items), "iter"), "map", (widened,))
        return t.Ref(t.Method(mapped, "collect", (), "Vec<f64>"))
    if elem is not FLOAT:
        raise Refusal("PT214", node.span, f"a sum of `{elem}` items is not translated here")
    return items


def _unborrowed(items: t.Expr) -> t.Expr:
    return items.operand if isinstance(items, t.Ref) else items


def lower_fsum(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`math.fsum(items)`."""
    (items,) = given(node, ("seq",), 1, "fsum")
    assert items is not None
    copied = t.Method(t.Method(_unborrowed(_floats(ctx, items)), "iter"), "copied")
    return Value(ctx.rt_try("math::fsum", copied), FLOAT)


def lower_dist(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`math.dist(p, q)` of sequences."""
    p, q = given(node, ("p", "q"), 2, "dist")
    assert p is not None and q is not None
    return Value(ctx.rt_try("math::dist", _floats(ctx, p), _floats(ctx, q)), FLOAT)


def lower_isclose(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`math.isclose(a, b, rel_tol=…, abs_tol=…)`."""
    if len(node.args) > 2:
        raise Refusal("PT305", node.span, "this form of `isclose` is not translated")
    a, b, relative, absolute = given(node, ("a", "b", "rel_tol", "abs_tol"), 2, "isclose")
    assert a is not None and b is not None
    tolerances = (
        _float(ctx, relative) if relative is not None else t.Lit("1e-9"),
        _float(ctx, absolute) if absolute is not None else t.Lit("0.0"),
    )
    return Value(ctx.rt_try("math::isclose", _float(ctx, a), _float(ctx, b), *tolerances), BOOL)


SPECIAL = {
    "math.gcd": lower_divisor,
    "math.lcm": lower_divisor,
    "math.log": lower_log,
    "math.hypot": lower_hypot,
    "math.fsum": lower_fsum,
    "math.dist": lower_dist,
    "math.isclose": lower_isclose,
}
