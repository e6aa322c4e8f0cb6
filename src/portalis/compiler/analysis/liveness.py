"""Which variables are still read after a statement.

    x = f()        # live after: {x}
    y = x          # live after: {y}; x may be moved here
    return y       # live after: {}

A backward pass over structured statements; loops are iterated until nothing changes.
Comprehension targets and lambda parameters count as reads of their names, which only errs
on the side of keeping a variable alive.
"""

from __future__ import annotations

from dataclasses import dataclass

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import children, walk

Names = frozenset[str]
_NONE: Names = frozenset()


@dataclass(frozen=True, slots=True)
class Liveness:
    """`after[id(stmt)]`: names read later; `before[id(stmt)]`: names whose value at entry is read."""

    after: dict[int, Names]
    before: dict[int, Names]


def reads(node: h.Node | None) -> Names:
    """The variables that an expression reads; names of comprehensions and lambdas are their own."""
    match node:
        case None:
            return _NONE
        case h.Local(name=name):
            return frozenset({name})
        case h.Comprehension(clauses=clauses, element=element, key=key):
            inner = reads(element) | reads(key)
            for clause in reversed(clauses):
                inner |= _NONE.union(*map(reads, clause.conditions))
                inner = (inner - bound_names(clause.target)) | reads(clause.iterable)
            return inner
        case h.Lambda(params=params, body=body):
            return reads(body) - {name for name, _ in params}
        case _:
            return _NONE.union(*map(reads, children(node)))


def bound_names(target: h.Expr) -> Names:
    """The variables that an assignment target binds outright (`a`, `(a, b)`, `*a`), not `a[i]`."""
    match target:
        case h.Local(name=name):
            return frozenset({name})
        case h.TupleDisplay(items=items) | h.ListDisplay(items=items):
            return frozenset().union(*map(bound_names, items))
        case h.Starred(value=value):
            return bound_names(value)
        case _:
            return _NONE


def _target_reads(target: h.Expr) -> Names:
    return reads(target) - bound_names(target)


class _Pass:
    def __init__(self) -> None:
        self.after: dict[int, Names] = {}
        self.before: dict[int, Names] = {}
        self.breaks: list[Names] = []
        self.continues: list[Names] = []
        self.raised: list[Names] = []

    def block(self, body: list[h.Stmt], out: Names) -> Names:
        for stmt in reversed(body):
            self.after[id(stmt)] = self.after.get(id(stmt), _NONE) | out
            out = self.stmt(stmt, out) | (self.raised[-1] if self.raised else _NONE)
            self.before[id(stmt)] = out
        return out

    def stmt(self, stmt: h.Stmt, out: Names) -> Names:
        match stmt:
            case h.Assign(targets=targets, value=value):
                bound = frozenset().union(*map(bound_names, targets))
                return (out - bound) | reads(value) | frozenset().union(*map(_target_reads, targets))
            case h.AugAssign(target=target, value=value):
                return out | reads(target) | reads(value)
            case h.Delete(target=h.Local(name=name)):
                return out - {name}
            case h.Return(value=value):
                return reads(value)
            case h.Raise(exception=exception):
                return reads(exception)
            case h.Break():
                return self.breaks[-1]
            case h.Continue():
                return self.continues[-1]
            case h.If(test=test, body=body, orelse=orelse):
                return reads(test) | self.block(body, out) | self.block(orelse, out)
            case h.While() | h.For():
                return self.loop(stmt, out)
            case h.Try():
                return self.try_(stmt, out)
            case h.NestedFunction(function=function):
                return out | frozenset(n.name for n in walk(function) if isinstance(n, h.Local))
            case _:
                return out | reads(stmt)

    def loop(self, stmt: h.While | h.For, out: Names) -> Names:
        after = self.block(stmt.orelse, out)
        if isinstance(stmt, h.While):
            head, bound = reads(stmt.test), _NONE
        else:
            head, bound = _target_reads(stmt.target), bound_names(stmt.target)
        entry = head | after
        while True:
            self.breaks.append(out)
            self.continues.append(entry)
            body = self.block(stmt.body, entry)
            self.breaks.pop()
            self.continues.pop()
            grown = entry | (body - bound)
            if grown == entry:
                break
            entry = grown
        return entry | (reads(stmt.iterable) if isinstance(stmt, h.For) else _NONE)

    def try_(self, stmt: h.Try, out: Names) -> Names:
        final = self.block(stmt.final, out)
        handlers = self.block(stmt.final, _NONE)  # what an error that nobody catches still runs
        self.raised.append(handlers)
        for handler in stmt.handlers:
            bound = frozenset({handler.bound} if handler.bound else ())
            handlers |= self.block(handler.body, final) - bound
        orelse = self.block(stmt.orelse, final)
        self.raised[-1] = handlers
        body = self.block(stmt.body, orelse)
        self.raised.pop()
        return body | handlers


def analyse(body: list[h.Stmt]) -> Liveness:
    """Liveness of every statement of a function body, nested blocks included."""
    run = _Pass()
    run.block(body, _NONE)
    return Liveness(run.after, run.before)
