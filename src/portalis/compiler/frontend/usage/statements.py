"""Reads the statements of functions: which names stand for which values, and what functions give back."""

from __future__ import annotations

import ast
import itertools
from dataclasses import dataclass, field

from portalis.compiler.frontend.usage.expressions import Callee, FunctionNode, Reader, Scope
from portalis.compiler.frontend.usage.operators import operated
from portalis.compiler.frontend.usage.terms import Kind, Mark, Term, elem_of, find, gather, join
from portalis.compiler.frontend.usage.tests import asked_names, ways

_LEAVING = (ast.Return, ast.Raise, ast.Break, ast.Continue)


@dataclass(slots=True)
class Walker:
    """Walks through functions of one module."""

    reader: Reader
    nested: dict[ast.AST, Callee]
    """The functions that stand in others."""
    containers: dict[tuple[str, str], Term] = field(default_factory=dict)
    """The containers that local variables hold, by the function with its line and the variable."""

    def function(self, node: FunctionNode, callee: Callee, outside: Scope, owner: str | None) -> None:
        """Read one function, and those in it."""
        reader = self.reader
        before = reader.owner, reader.running, reader.functions, reader.asked
        inner = [one for one in _inside(node.body) if isinstance(one, FunctionNode)]
        own = {one.name: self.callee(one) for one in inner}
        reader.owner = owner
        reader.running = node.name
        reader.functions = {**reader.functions, **own}
        reader.asked = asked_names(reader, node.body)
        scope = {name: term for name, term in outside.items() if name not in own}
        scope.update(callee.params)
        self.body(node.body, scope, callee)
        for one in inner:
            self.function(one, own[one.name], scope, owner)
        for name, term in scope.items():
            if find(term).kind in (Kind.LIST, Kind.DICT, Kind.SET):
                self.containers[f"{node.name}@{node.lineno}", name] = term
        reader.owner, reader.running, reader.functions, reader.asked = before

    def callee(self, node: FunctionNode) -> Callee:
        """The terms of a nested function."""
        found = self.nested.get(node)
        if found is None:
            args = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            found = self.nested[node] = Callee({arg.arg: parameter(arg) for arg in args}, Term())
        return found

    def body(self, statements: list[ast.stmt], scope: Scope, callee: Callee) -> None:
        """Read statements in their order."""
        for statement in statements:
            self._statement(statement, scope, callee)

    def _statement(self, node: ast.stmt, scope: Scope, callee: Callee) -> None:  # noqa: C901  one case a statement
        read, bind = self.reader.read, self.reader.bind
        match node:
            case ast.Expr(value=value):
                read(value, scope)
            case ast.Return(value=ast.expr() as value):
                found = read(value, scope)
                if find(found).kind is not Kind.NONE:
                    gather(callee.result, found)
            case ast.Assign(targets=targets, value=value):
                self._assign(targets, value, scope)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                bind(target, read(value, scope), scope)
            case ast.AugAssign(target=target, op=op, value=value):
                before = read(target, scope)
                bind(target, operated(self.reader.at(node), op, before, read(value, scope)), scope)
            case ast.If(test=test, body=body, orelse=other):
                self.reader.test(test, scope)
                told = ways(self.reader, test, scope)
                self._ways([body, other], scope, callee, told)
                if not other and isinstance(body[-1], _LEAVING):
                    scope |= told[1]
            case ast.For(target=target, iter=over, body=body, orelse=other):
                bind(target, elem_of(read(over, scope)), scope)
                self._ways([body, other], scope, callee)
            case ast.While(test=test, body=body, orelse=other):
                self.reader.test(test, scope)
                self._ways([body, other], scope, callee)
                self.reader.test(test, scope)
            case ast.Try(body=body, handlers=handlers, orelse=other, finalbody=final):
                self._ways([[*body, *other], *(one.body for one in handlers)], scope, callee)
                self.body(final, scope, callee)
            case ast.With(items=items, body=body):
                for item in items:
                    read(item.context_expr, scope)
                self.body(body, scope, callee)
            case ast.Assert(test=test):
                self.reader.test(test, scope)
                scope |= ways(self.reader, test, scope)[0]
            case ast.Delete(targets=targets):
                for target in targets:
                    read(target, scope)
            case ast.Raise(exc=ast.expr() as raised):
                read(raised, scope)
            case ast.Match(subject=subject, cases=cases):
                read(subject, scope)
                self._ways([one.body for one in cases], scope, callee)
            case _:
                pass

    def _assign(self, targets: list[ast.expr], value: ast.expr, scope: Scope) -> None:
        for target in targets:
            match target, value:
                case ast.Tuple(elts=names), ast.Tuple(elts=values) if len(names) == len(values):
                    found = [self.reader.read(one, scope) for one in values]
                    for name, term in zip(names, found, strict=True):
                        self.reader.bind(name, term, scope)
                case _:
                    self.reader.bind(target, self.reader.read(value, scope), scope)

    def _ways(
        self, blocks: list[list[ast.stmt]], scope: Scope, callee: Callee, told: tuple[Scope, ...] = ()
    ) -> None:
        """Read blocks of which one, or none, runs; afterwards names stand for what any of them gave.

        What is `told` of names in a block holds there only, unless it binds them.
        """
        ends = []
        for block, known in itertools.zip_longest(blocks, told, fillvalue=None):
            inner = {**scope, **(known or {})}
            self.body(block or [], inner, callee)
            for name, term in (known or {}).items():
                if find(inner[name]) is find(term):
                    inner[name] = scope[name]
            ends.append(inner)
        for end in ends:
            for name, term in end.items():
                before = scope.get(name)
                if before is None:
                    scope[name] = term
                elif find(before) is not find(term) and find(term).kind is not Kind.NONE:
                    scope[name] = join(before, term) if find(before).kind is not Kind.NONE else term


def parameter(arg: ast.arg) -> Term:
    """A new term for a parameter."""
    return Term(names={arg.arg})


def with_default(term: Term, default: ast.expr) -> None:
    """What the default of a parameter tells: that it may be None."""
    if isinstance(default, ast.Constant) and default.value is None:
        find(term).marks.add(Mark.ABSENT)


def _inside(body: list[ast.stmt]) -> list[ast.stmt]:
    """The statements of a block and of the blocks in it, without those of functions and classes in it."""
    found: list[ast.stmt] = []
    for statement in body:
        found.append(statement)
        if not isinstance(statement, FunctionNode | ast.ClassDef):
            for _, block in ast.iter_fields(statement):
                if isinstance(block, list):
                    found.extend(_inside([one for one in block if isinstance(one, ast.stmt)]))
                    for handler in block:
                        if isinstance(handler, ast.ExceptHandler | ast.match_case):
                            found.extend(_inside(handler.body))
    return found
