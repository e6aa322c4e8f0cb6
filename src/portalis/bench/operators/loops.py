"""Loops: one turn too few, one at a time skipped, left too soon or too late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portalis.bench.operators.about import About
from portalis.compiler.rust import tree as t

_ONE = t.Lit("1")


def loop(node: object, _about: About) -> Iterator[object]:
    """`break` → `continue`; `for x in xs` without the first or after one turn; `enumerate` from 1."""
    match node:
        case t.Break(label, None):
            yield t.Continue(label)
        case t.Continue(label):
            yield t.Break(label)
        case t.For(iterable=iterable, body=body):
            yield replace(node, iterable=t.Method(t.Method(iterable, "into_iter"), "skip", (_ONE,)))
            yield replace(node, body=replace(body, stmts=(*body.stmts, t.ExprStmt(t.Break()))))
        case t.Method(receiver, "map", (t.Closure(),)):
            yield replace(node, receiver=t.Method(receiver, "skip", (_ONE,)))
        case t.Method(receiver, "zip", (other,)):
            skipped = t.Method(t.Method(other, "into_iter"), "skip", (_ONE,))
            yield replace(node, args=(skipped,))
        case t.Method(_, "enumerate"):
            yield t.Method(node, "map", (t.Closure(("(at, item)",), _counted()),))
        case t.Block(stmts) as block:
            for at, stmt in enumerate(stmts):
                if isinstance(stmt, t.ExprStmt) and isinstance(stmt.expr, (t.Break, t.Continue)):
                    yield replace(block, stmts=(*stmts[:at], *stmts[at + 1 :]))


def _counted() -> t.Expr:
    return t.TupleExpr((t.Binary("+", t.Path("at"), _ONE), t.Path("item")))
