"""Which variables may have no value where they are read.

    for x in xs:
        pass
    return x        # without elements Python raises UnboundLocalError here

A forward pass over structured statements: a loop may run no times, and a `try` may stop anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from portalis.compiler.analysis.liveness import bound_names, reads
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import children, walk

Names = frozenset[str]
_NONE: Names = frozenset()


@dataclass(frozen=True, slots=True)
class Bound:
    """`before[id(stmt)]`: variables that surely have a value there. `unsure`: those that are read without."""

    before: dict[int, Names]
    unsure: Names


def surely_bound(function: h.Function) -> Bound:
    """What is bound where in a function; statements that are never reached are left out."""
    params = frozenset(p.name for p in function.params)
    run = _Pass(frozenset(function.locals) - params)
    run.block(function.body, params)
    return Bound(run.before, frozenset(run.unsure))


class _Pass:
    def __init__(self, own: Names) -> None:
        self.own = own
        self.before: dict[int, Names] = {}
        self.unsure: set[str] = set()
        self.breaks: list[list[Names]] = []

    def block(self, body: list[h.Stmt], bound: Names) -> Names | None:
        """What is bound at the end; None where the end is never reached."""
        for stmt in body:
            self.before[id(stmt)] = bound
            after = self.stmt(stmt, bound)
            if after is None:
                return None
            bound = after
        return bound

    def read(self, node: h.Node | None, bound: Names) -> None:
        """Reading inside one expression comes after the assignments inside it."""
        if node is not None:
            self.unsure |= (reads(node) & self.own) - bound - _assigned(node)

    def stmt(self, stmt: h.Stmt, bound: Names) -> Names | None:
        match stmt:
            case h.Return(value=value):
                self.read(value, bound)
                return None
            case h.Raise(exception=exception):
                self.read(exception, bound)
                return None
            case h.Break():
                self.breaks[-1].append(bound)
                return None
            case h.Continue():
                return None
            case h.Assign(targets=targets, value=value):
                self.read(value, bound)
                bound |= when(value)
                for target in targets:
                    self.unsure |= ((reads(target) - bound_names(target)) & self.own) - bound
                    bound |= bound_names(target)
                return bound
            case h.Delete(target=h.Local(name=name) as target):
                self.read(target, bound)
                return bound - {name}
            case h.NestedFunction(function=function):
                return bound | {function.qualname.rpartition(".")[2]}
            case h.If(test=test, body=body, orelse=orelse):
                self.read(test, bound)
                yes, no = bound | when(test, True), bound | when(test, False)
                return _either(self.block(body, yes), self.block(orelse, no))
            case h.For() | h.While():
                return self.loop(stmt, bound)
            case h.Try():
                return self.try_(stmt, bound)
            case _:
                for child in children(stmt):
                    self.read(child, bound)
                    bound |= when(child)
                return bound

    def loop(self, stmt: h.For | h.While, bound: Names) -> Names | None:
        head = stmt.iterable if isinstance(stmt, h.For) else stmt.test
        self.read(head, bound)
        entry = (bound | when(head)) - _deleted(stmt.body)
        self.breaks.append([])
        if isinstance(stmt, h.For):
            self.unsure |= ((reads(stmt.target) - bound_names(stmt.target)) & self.own) - entry
            self.block(stmt.body, entry | bound_names(stmt.target))
        else:
            self.block(stmt.body, entry)
        left = self.breaks.pop()
        forever = isinstance(head, h.Literal) and isinstance(stmt, h.While) and bool(head.value)
        end = None if forever else self.block(stmt.orelse, entry)
        for names in left:
            end = _either(end, names)
        return end

    def try_(self, stmt: h.Try, bound: Names) -> Names | None:
        stopped = bound - _deleted([*stmt.body, *stmt.orelse])
        end = self.block(stmt.body, bound)
        if end is not None:
            end = self.block(stmt.orelse, end)
        for handler in stmt.handlers:
            own = frozenset({handler.bound} if handler.bound else ())
            caught = self.block(handler.body, stopped | own)
            end = _either(end, None if caught is None else caught - own)
            stopped -= _deleted(handler.body)
        final = self.block(stmt.final, stopped)
        if end is None or final is None:
            return None
        return (end - _deleted(stmt.final)) | final


def when(node: h.Node, truth: bool | None = None) -> Names:
    """The variables that assignment expressions in an expression have bound where its value is so."""
    match node:
        case h.Walrus(target=target, value=value):
            return frozenset({target.name}) | when(value)
        case h.Unary(op="not", operand=operand):
            return when(operand, None if truth is None else not truth)
        case h.Logical(op=op, operands=operands):
            whole = truth is (op == "and")
            return _NONE.union(*(when(one, truth) for one in (operands if whole else operands[:1])))
        case h.Compare(left=left, rights=rights):
            return when(left).union(*map(when, rights if truth else rights[:1]))
        case h.Conditional(test=test) | h.WhenThere(subject=test):
            return when(test)
        case h.Comprehension(clauses=clauses):
            return when(clauses[0].iterable)
        case h.Lambda():
            return _NONE
        case _:
            return _NONE.union(*map(when, children(node)))


def _assigned(node: h.Node) -> Names:
    return frozenset(one.target.name for one in walk(node) if isinstance(one, h.Walrus))


def _either(a: Names | None, b: Names | None) -> Names | None:
    if a is None or b is None:
        return b if a is None else a
    return a & b


def _deleted(body: list[h.Stmt]) -> Names:
    return frozenset(
        node.target.name
        for node in walk(body)
        if isinstance(node, h.Delete) and isinstance(node.target, h.Local)
    )
