"""Statements left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portalis.bench.operators.about import About
from portalis.compiler.rust import tree as t


def dropped(node: object, _about: About) -> Iterator[object]:
    """A statement that binds nothing: an assignment, a call, an `if`, a loop."""
    if isinstance(node, t.Block):
        for at, stmt in enumerate(node.stmts):
            if not isinstance(stmt, (t.Let, t.Comment)) and not _leaves(stmt):
                yield replace(node, stmts=(*node.stmts[:at], *node.stmts[at + 1 :]))


def rebinding(node: object, _about: About) -> Iterator[object]:
    """`let x = f(x);`, so that the old `x` is used on. rustc rejects it where `x` was not bound before."""
    if isinstance(node, t.Block):
        for at, stmt in enumerate(node.stmts):
            if isinstance(stmt, t.Let) and not stmt.pattern.startswith("_"):
                yield replace(node, stmts=(*node.stmts[:at], *node.stmts[at + 1 :]))


def _leaves(stmt: t.Stmt) -> bool:
    return isinstance(stmt, t.ExprStmt) and isinstance(stmt.expr, (t.Return, t.Break, t.Continue))
