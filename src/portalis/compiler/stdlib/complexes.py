"""`complex` and `cmath`: construction, arithmetic, parts, polar form.

complex(a, b) * 2j   →   complex::mul(Complex64::new(a, b), Complex64::new(0.0, 2.0))
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.sources import given
from portalis.compiler.types import COMPLEX, FLOAT, INT, STR, Instance, TupleOf, Type
from portalis.diagnostics import Span

KIND = Instance(COMPLEX)
PARTS = frozenset({"real", "imag"})


def is_complex(*values: Value) -> bool:
    """Whether any of the values is a `complex`."""
    return any(value.type == KIND for value in values)


def lower_new(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`complex()`, `complex(real)`, `complex(real, imag)` of numbers."""
    real, imag = given(node, ("real", "imag"), 0, "complex")
    first = ctx.expr(real) if real is not None else Value(t.Lit("0.0"), FLOAT)
    if imag is None and first.type == KIND:
        return first
    second = ctx.expr(imag) if imag is not None else Value(t.Lit("0.0"), FLOAT)
    return Value(_made(ctx, _float(first, node.span), _float(second, node.span), node.span), KIND)


def _made(ctx: FunctionContext, real: t.Expr, imag: t.Expr, span: Span) -> t.Expr:
    return t.Call(t.Path(f"{ctx.rust_type(KIND, span)}::new"), (real, imag))


def _float(value: Value, span: Span) -> t.Expr:
    from portalis.compiler.lowering.arithmetic import as_number, to_float

    value = to_float(as_number(value))
    if value.type is not FLOAT:
        raise Refusal("PT305", span, f"`complex` of a `{value.type}` is not translated")
    return value.expr


def _complex(ctx: FunctionContext, value: Value, span: Span) -> t.Expr:
    """A number as a complex one."""
    if value.type == KIND:
        return coerce.owned(ctx, value, KIND, span)
    return _made(ctx, _float(value, span), t.Lit("0.0"), span)


def binary(ctx: FunctionContext, op: str, left: Value, right: Value, span: Span) -> Value:
    """An operator of which one side is complex."""
    if op == "**":
        if left.type != KIND or right.type is not INT:
            raise Refusal("PT214", span, "a complex number is only raised to an int")
        return Value(ctx.rt_try("complex::pow", _complex(ctx, left, span), coerce.integer(right)), KIND)
    a, b = _complex(ctx, left, span), _complex(ctx, right, span)
    match op:
        case "+" | "-":
            return Value(t.Binary(op, a, b), KIND)
        case "*":
            return Value(ctx.rt("complex::mul", a, b), KIND)
        case "/":
            return Value(ctx.rt_try("complex::div", a, b), KIND)
        case _:
            raise Refusal("PT214", span, f"`{op}` of a complex number is not translated")


def compare(ctx: FunctionContext, op: str, a: Value, b: Value, span: Span) -> t.Expr:
    """`==` and `!=`; an int beyond 53 bits is compared exactly in Python, so that ints are refused."""
    if op not in ("==", "!=") or INT in (a.type, b.type):
        raise Refusal("PT214", span, f"`{op}` between `{a.type}` and `{b.type}` is not translated")
    return t.Binary(op, _complex(ctx, a, span), _complex(ctx, b, span))


def unary(ctx: FunctionContext, op: str, value: Value, span: Span) -> Value:
    """`-z` and `+z`."""
    if op not in ("-", "+"):
        raise Refusal("PT214", span, f"unary `{op}` of a complex number is not translated")
    return Value(t.Unary("-", _complex(ctx, value, span)), KIND) if op == "-" else value


def part(ctx: FunctionContext, value: Value, name: str, span: Span) -> Value:
    """`z.real`, `z.imag`."""
    return Value(t.Field(_complex(ctx, value, span), "re" if name == "real" else "im"), FLOAT)


def absolute(ctx: FunctionContext, value: Value, span: Span) -> Value:
    """`abs(z)`."""
    return Value(ctx.rt_try("complex::abs", _complex(ctx, value, span)), FLOAT)


def text(ctx: FunctionContext, value: Value, span: Span, *, shown: bool) -> Value:
    """`str(z)` and `repr(z)`, which are one."""
    del shown
    return Value(ctx.rt("complex::repr", _complex(ctx, value, span)), STR)


def truth(ctx: FunctionContext, value: Value, span: Span) -> t.Expr:
    """`bool(z)`."""
    return ctx.rt("complex::is_true", _complex(ctx, value, span))


def conjugate(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`z.conjugate()`."""
    if node.method != "conjugate" or node.args or node.keywords:
        raise Refusal("PT301", node.span, f"`complex.{node.method}` is not in the library table")
    return Value(t.Method(_complex(ctx, receiver, node.span), "conj"), KIND)


_FLOATS = TupleOf((FLOAT, FLOAT))
_FUNCTIONS: dict[str, tuple[str, Type, bool]] = {
    "cmath.sqrt": ("sqrt", KIND, False),
    "cmath.phase": ("phase", FLOAT, False),
    "cmath.polar": ("polar", _FLOATS, True),
    "cmath.exp": ("exp", KIND, False),
}
"""The functions of one number: the twin, what it gives, whether it raises."""


def lower_function(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """A function of `cmath`."""
    if node.fullname == "cmath.rect":
        r, phi = given(node, ("r", "phi"), 2, "rect")
        assert r is not None and phi is not None
        sides = (_float(ctx.expr(one), node.span) for one in (r, phi))
        return Value(ctx.rt("complex::rect", *sides), KIND)
    if len(node.args) != 1 or node.keywords:
        raise Refusal("PT305", node.span, f"this form of `{node.fullname}` is not translated")
    name, returns, raises = _FUNCTIONS[node.fullname]
    call = ctx.rt_try if raises else ctx.rt
    return Value(call(f"complex::{name}", _complex(ctx, ctx.expr(node.args[0]), node.span)), returns)


SPECIAL = {
    "builtins.complex": lower_new,
    "cmath.rect": lower_function,
    **dict.fromkeys(_FUNCTIONS, lower_function),
}
