"""Arithmetic: another operator, and the division and rounding of Rust in the place of Python's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portalis.bench.operators.about import About
from portalis.compiler.rust import tree as t

_OTHERS = {
    "+": "-", "-": "+", "*": "+", "/": "*", "%": "/", "<<": ">>", ">>": "<<", "&": "|", "|": "&", "^": "|",
}  # fmt: skip
_METHODS = {
    "strict_add": "strict_sub",
    "strict_sub": "strict_add",
    "strict_mul": "strict_add",
    "rem_euclid": "div_euclid",
    "div_euclid": "rem_euclid",
    "min": "max",
    "max": "min",
    "wrapping_add": "wrapping_sub",
}
_UNARY = {"strict_neg", "strict_abs", "abs"}
_PAIRS = {
    "extremes::max": "extremes::min",
    "extremes::min": "extremes::max",
    "extremes::max2": "extremes::min2",
    "extremes::min2": "extremes::max2",
}


def operator(node: object, _about: About) -> Iterator[object]:
    """`a + b` → `a - b`; a sign or an absolute value left out."""
    match node:
        case t.Binary(op) | t.Assign(op=op) if op in _OTHERS:
            yield replace(node, op=_OTHERS[op])
        case t.Method(_, name, (_,)) if name in _METHODS:
            yield replace(node, name=_METHODS[name])
        case t.Method(receiver, name, ()) if name in _UNARY:
            yield receiver
        case t.Unary("-", operand):
            yield operand
        case t.Call(t.Path(name)) if name in _PAIRS:
            yield replace(node, func=t.Path(_PAIRS[name]))


def division(node: object, _about: About) -> Iterator[object]:
    """Division that rounds towards zero for one that rounds down, and the other way round."""
    match node:
        case t.Method(receiver, "rem_euclid", (by,)):
            yield t.Binary("%", receiver, by)
        case t.Method(receiver, "div_euclid", (by,)):
            yield t.Binary("/", receiver, by)
        case t.Try(t.Call(t.Path("int::floor_div" | "float::floor_div" as name), (one, by))):
            yield _truncated(name, "/", one, by)
        case t.Try(t.Call(t.Path("int::floor_mod" | "float::floor_mod" as name), (one, by))):
            yield _truncated(name, "%", one, by)
        case t.Call(t.Path("int::floor_div_nonzero"), (one, by)):
            yield t.Binary("/", one, by)
        case t.Call(t.Path("int::floor_mod_nonzero"), (one, by)):
            yield t.Binary("%", one, by)
        case t.Binary("%", one, by):
            yield t.Method(one, "rem_euclid", (t.Binary("+", by, t.Lit("1")),))
        case t.Try(t.Call(t.Path("int::true_div"), (one, by))):
            yield t.Binary("/", t.Cast(one, "f64"), t.Cast(by, "f64"))


def _truncated(name: str, op: str, one: t.Expr, by: t.Expr) -> t.Expr:
    quotient = t.Binary(op, one, by)
    return t.Method(quotient, "trunc") if name == "float::floor_div" else quotient


def rounding(node: object, _about: About) -> Iterator[object]:
    """Halves away from zero for halves to even, a sum without compensation, a direction of rounding."""
    match node:
        case t.Try(t.Call(t.Path("float::round"), (value,))):
            yield t.Cast(t.Method(value, "round"), "i64")
        case t.Try(t.Call(t.Path("float::floor" | "int::from_float" | "float::trunc"), (value,))):
            yield t.Cast(t.Method(value, "ceil"), "i64")
            yield t.Cast(t.Method(value, "round"), "i64")
        case t.Try(t.Call(t.Path("float::ceil"), (value,))):
            yield t.Cast(t.Method(value, "floor"), "i64")
        case t.Call(t.Path("float::round_to"), (value, digits)):
            scale = t.Call(t.Path("10f64.powi"), (t.Cast(digits, "i32"),))
            yield t.Binary("/", t.Method(t.Binary("*", value, scale), "round"), scale)
        case t.Call(t.Path("float::sum" | "float::sum_compensated"), (items,)):
            yield t.Method(t.Method(items, "into_iter"), "sum", (), "f64")
        case t.Try(t.Call(t.Path("float::pow"), (one, by))):
            yield t.Method(one, "powf", (by,))
        case t.Call(t.Path("math::hypot"), (one, by)):
            squares = t.Binary("+", t.Binary("*", one, one), t.Binary("*", by, by))
            yield t.Method(squares, "sqrt")
