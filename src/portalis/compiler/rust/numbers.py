"""Spells the type of a number that a method is called on: Rust knows no method of a bare literal.

3.abs()                       →   3_i64.abs()
(if x { 1 } else { -2 }).abs()   →   (if x { 1_i64 } else { -2 }).abs()
"""

from __future__ import annotations

import re
from dataclasses import replace

from portalis.compiler.rust import tree as t

_INTEGER = re.compile(r"-?[0-9][0-9_]*")
_FLOAT = re.compile(r"-?[0-9][0-9_]*(\.[0-9]+)?(e[-+]?[0-9]+)?")
_SHIFTS = frozenset({"<<", ">>"})


def spelled(node: t.Expr) -> t.Expr:
    """The expression with one literal spelled in full, where nothing else in it has a type of its own."""
    found = _spelled(node)
    return node if found is None else found


def _spelled(node: t.Expr) -> t.Expr | None:
    """As `spelled`; None where the type is known, or can't be spelled here."""
    match node:
        case t.Lit(text) if _INTEGER.fullmatch(text):
            return t.Lit(f"{text}_i64")
        case t.Lit(text) if _FLOAT.fullmatch(text):
            return t.Lit(f"{text}_f64")
        case t.Unary("-" | "!" as op, operand):
            inner = _spelled(operand)
            return None if inner is None else t.Unary(op, inner)
        case t.Binary(op, left, right) if op in _ARITHMETIC:
            first = _spelled(left)
            if first is None or (op not in _SHIFTS and _spelled(right) is None):
                return None
            return t.Binary(op, first, right)
        case t.IfExpr(then=t.Block(tail=then), otherwise=t.Block(tail=otherwise)) if then and otherwise:
            first = _spelled(then)
            if first is None or _spelled(otherwise) is None:
                return None
            return replace(node, then=replace(node.then, tail=first))
        case _:
            return None


_ARITHMETIC = frozenset({"+", "-", "*", "/", "%", "&", "|", "^"}) | _SHIFTS
