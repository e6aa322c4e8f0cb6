"""Arguments: two of them swapped, one of them given for another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portalis.bench.operators.about import About
from portalis.compiler.rust import tree as t

_NOT_CALLS = frozenset({"Ok", "Err", "Some"})
_SYMMETRIC = frozenset({"+", "*", "==", "!=", "&", "|", "^", "&&", "||"})
_SYMMETRIC_METHODS = frozenset({"strict_add", "strict_mul", "min", "max"})


def swapped(node: object, _about: About) -> Iterator[object]:
    """`f(a, b)` → `f(b, a)`, `a - b` → `b - a`, `a.strict_sub(b)` → `b.strict_sub(a)`."""
    match node:
        case t.Call(args=args) | t.Method(args=args) if len(args) > 1:
            for at in range(len(args) - 1):
                if args[at] != args[at + 1]:
                    yield replace(node, args=(*args[:at], args[at + 1], args[at], *args[at + 2 :]))
        case t.Method(receiver, name, (other,)) if name not in _SYMMETRIC_METHODS:
            if not isinstance(other, t.Closure) and receiver != other:
                yield replace(node, receiver=_plain(other), args=(receiver,))
        case t.Binary(op, left, right) if op not in _SYMMETRIC:
            yield replace(node, left=right, right=left)
        case t.TupleExpr((first, second, *rest)) if first != second:
            yield t.TupleExpr((second, first, *rest))
        case t.IfExpr(then=then, otherwise=t.Block() as otherwise) if then != otherwise:
            yield replace(node, then=otherwise, otherwise=then)


def value(node: object, _about: About) -> Iterator[object]:
    """`f(a, b)` → `f(a, a)`; `vec![a, b]` → `vec![a, a]`."""
    match node:
        case t.Call(t.Path(name), args) if name not in _NOT_CALLS and len(args) > 1:
            yield from (replace(node, args=other) for other in _doubled(args))
        case t.Macro("vec", args, repeat=False) if len(args) > 1:
            yield from (replace(node, args=other) for other in _doubled(args))
        case t.ArrayExpr(items) if len(items) > 1:
            yield from (t.ArrayExpr(other) for other in _doubled(items))


def _doubled(args: tuple[t.Expr, ...]) -> Iterator[tuple[t.Expr, ...]]:
    for at in range(1, len(args)):
        if args[at] != args[at - 1]:
            yield (*args[:at], args[at - 1], *args[at + 1 :])


def _plain(expr: t.Expr) -> t.Expr:
    return expr.operand if isinstance(expr, t.Ref) else expr
