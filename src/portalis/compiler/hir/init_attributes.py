"""The attributes that an `__init__` may leave unbound: an instance can be without them.

    def __init__(self, caps):
        self.caps = caps                bound in any case
        if caps & SERIES:
            self.series = [0.0]         bound sometimes: `series` is a field that may have no value

Followed are branches that leave by `return`, `raise` and the like, and `try`; a loop may run no times.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

Names = frozenset[str]
_NONE: Names = frozenset()


def sometimes_bound(init: ast.FunctionDef) -> Names:
    """The attributes that `__init__` binds on some of the ways through it, and on others not."""
    if not init.args.args:
        return _NONE
    receiver = init.args.args[0].arg
    run = _Pass(receiver)
    end = run.block(init.body, _NONE)
    ends = [*run.returns, *([] if end is None else [end])]
    if not ends:
        return _NONE
    return frozenset(run.bound) - frozenset.intersection(*ends)


class _Pass:
    """A walk over the statements; None stands for a place that is never reached."""

    def __init__(self, receiver: str) -> None:
        self.receiver = receiver
        self.bound: set[str] = set()
        self.returns: list[Names] = []
        self.breaks: list[list[Names]] = []

    def block(self, body: Sequence[ast.stmt], sure: Names) -> Names | None:
        for stmt in body:
            after = self.stmt(stmt, sure)
            if after is None:
                return None
            sure = after
        return sure

    def stmt(self, stmt: ast.stmt, sure: Names) -> Names | None:
        match stmt:
            case ast.Raise():
                return None
            case ast.Return():
                self.returns.append(sure)
                return None
            case ast.Break():
                self.breaks[-1].append(sure)
                return None
            case ast.Continue():
                return None
            case ast.If(body=body, orelse=orelse):
                return _either(self.block(body, sure), self.block(orelse, sure))
            case ast.For() | ast.While():
                return self.loop(stmt, sure)
            case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=final):
                end = self.block([*body, *orelse], sure)
                for handler in handlers:
                    end = _either(end, self.block(handler.body, sure))
                last = self.block(final, sure)
                return None if end is None or last is None else end | last
            case ast.With(body=body):
                return self.block(body, sure)
            case ast.Match(cases=cases):
                complete = any(_catches_all(case) for case in cases)
                end = None if complete else sure
                for case in cases:
                    end = _either(end, self.block(case.body, sure))
                return end
            case ast.AnnAssign(value=None):
                return sure
            case _:
                return sure | self._targets(stmt)

    def loop(self, stmt: ast.For | ast.While, sure: Names) -> Names | None:
        self.breaks.append([])
        self.block(stmt.body, sure)
        left = self.breaks.pop()
        forever = (
            isinstance(stmt, ast.While) and isinstance(stmt.test, ast.Constant) and bool(stmt.test.value)
        )
        end = None if forever else self.block(stmt.orelse, sure)
        for names in left:
            end = _either(end, names)
        return end

    def _targets(self, stmt: ast.stmt) -> Names:
        found = frozenset(
            node.attr
            for node in ast.walk(stmt)
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
            if isinstance(node.value, ast.Name) and node.value.id == self.receiver
        )
        self.bound |= found
        return found


def _catches_all(case: ast.match_case) -> bool:
    return case.guard is None and isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None


def _either(a: Names | None, b: Names | None) -> Names | None:
    if a is None or b is None:
        return b if a is None else a
    return a & b
