"""Conditions: another comparison, a branch that is always or never taken, half of an `and` or `or`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portalis.bench.operators.about import About
from portalis.compiler.rust import tree as t

_NEXT = {
    "<": ("<=", ">"),
    "<=": ("<", ">="),
    ">": (">=", "<"),
    ">=": (">", "<="),
    "==": ("!=", "<="),
    "!=": ("==", "<"),
}
_CALLS = {
    "float::lt_int": "float::le_int",
    "float::le_int": "float::lt_int",
    "float::gt_int": "float::ge_int",
    "float::ge_int": "float::gt_int",
}
_TRUE, _FALSE = t.Path("true"), t.Path("false")


def comparison(node: object, _about: About) -> Iterator[object]:
    """`a < b` → `a <= b`, `a > b`."""
    match node:
        case t.Binary(op) if op in _NEXT:
            for other in _NEXT[op]:
                yield replace(node, op=other)
        case t.Call(t.Path(name)) if name in _CALLS:
            yield replace(node, func=t.Path(_CALLS[name]))


def condition(node: object, _about: About) -> Iterator[object]:
    """`if c` → `if !c`, `if true`, `if false`; the same for a filter, a guard and a `while` (never true)."""
    match node:
        case t.IfExpr(condition=t.LetCondition()):
            return
        case t.IfExpr(asked):
            for other in (t.Unary("!", asked), _TRUE, _FALSE):
                yield replace(node, condition=other)
        case t.While(asked):
            yield replace(node, condition=_FALSE)
            yield replace(node, condition=t.Unary("!", asked))
        case t.Method(_, "filter" | "any" | "all", (t.Closure(body=asked) as closure,)):
            for other in (t.Unary("!", asked), _TRUE):
                yield replace(node, args=(replace(closure, body=other),))
        case t.Method(receiver, "any"):
            yield replace(node, receiver=receiver, name="all")
        case t.Method(receiver, "all"):
            yield replace(node, receiver=receiver, name="any")


def logic(node: object, _about: About) -> Iterator[object]:
    """`a && b` → `a || b`, `a`, `b`; `!a` → `a`."""
    match node:
        case t.Binary("&&" | "||" as op, left, right):
            yield replace(node, op="||" if op == "&&" else "&&")
            yield left
            yield right
        case t.Unary("!", operand):
            yield operand
