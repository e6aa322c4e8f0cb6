"""Calls that give back the argument that they change, taken apart: in Rust they give nothing.

ordered = sort(items)               sort(items); ordered = items
self.heap = self.build(array)   →   self.build(array); self.heap = array
box = Box().add(1).add(2)           box = Box(); box.add(1); box.add(2)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering.project_context import Callee
from portalis.compiler.types import Type

_NAME = "made"


def with_given_apart(function: h.Function, callees: Mapping[str, Callee]) -> h.Function:
    """The function with such calls as statements of their own, the argument in the place of the result."""
    apart = _Apart(callees, frozenset(n.name for n in walk(function.body) if isinstance(n, h.Local)))
    body = apart.block(function.body)
    if not apart.changed:
        return function
    return replace(function, body=body, locals={**function.locals, **apart.made})


@dataclass(slots=True)
class _Apart:
    callees: Mapping[str, Callee]
    names: frozenset[str]
    made: dict[str, Type] = field(default_factory=dict)
    changed: bool = False

    def block(self, body: list[h.Stmt]) -> list[h.Stmt]:
        return [one for stmt in body for one in self._stmt(stmt)]

    def _stmt(self, stmt: h.Stmt) -> list[h.Stmt]:
        match stmt:
            case h.Assign(targets=(target,), value=h.CallFunction() as call):
                return self._bound(stmt, target, call)
            case h.Return(value=h.CallFunction() as call):
                found = self._unfolded(call, None)
                if found is None:
                    return [stmt]
                before, given = found
                return self._with_comments(stmt, [*before, h.Return(given, span=stmt.span)])
            case (
                h.If(body=body, orelse=orelse)
                | h.While(body=body, orelse=orelse)
                | h.For(body=body, orelse=orelse)
            ):
                return [replace(stmt, body=self.block(body), orelse=self.block(orelse))]
            case h.Try(body=body, handlers=handlers, orelse=orelse, final=final):
                kept = [replace(handler, body=self.block(handler.body)) for handler in handlers]
                parts = [self.block(part) for part in (body, orelse, final)]
                return [replace(stmt, body=parts[0], handlers=kept, orelse=parts[1], final=parts[2])]
            case _:
                return [stmt]

    def _bound(self, stmt: h.Assign, target: h.Expr, call: h.CallFunction) -> list[h.Stmt]:
        """`target = call`. A variable that the call doesn't mention may hold what it is called on."""
        if not isinstance(target, h.Local | h.Attribute):
            return [stmt]
        mentioned = {n.name for n in walk(call) if isinstance(n, h.Local)}
        own = target if isinstance(target, h.Local) and target.name not in mentioned else None
        found = self._unfolded(call, own)
        if found is None:
            return [stmt]
        before, given = found
        itself = isinstance(target, h.Local) and isinstance(given, h.Local) and target.name == given.name
        last = [] if itself else [h.Assign((target,), given, span=stmt.span)]
        return self._with_comments(stmt, [*before, *last])

    def _with_comments(self, stmt: h.Stmt, made: list[h.Stmt]) -> list[h.Stmt]:
        self.changed = True
        return [replace(made[0], comments=stmt.comments), *made[1:]]

    def _unfolded(self, call: h.CallFunction, own: h.Local | None) -> tuple[list[h.Stmt], h.Expr] | None:
        """The statements that do what the call does, and what it gives back."""
        callee = self.callees.get(call.key)
        place = callee.gives_back if callee is not None else None
        if place is None or call.order:
            return None
        if not all(isinstance(arg, h.Local | h.Literal) for arg in call.args[:place]):
            return None
        argument = call.args[place]
        before: list[h.Stmt] = []
        if isinstance(argument, h.CallFunction) and (inner := self._unfolded(argument, own)) is not None:
            before, argument = inner
        elif not _stays(argument):
            holder = own or self._fresh(argument)
            before = [h.Assign((replace(holder),), argument, span=call.span)]
            argument = holder
        args = (*call.args[:place], argument, *call.args[place + 1 :])
        done = h.ExprStmt(replace(call, args=args), span=call.span)
        return [*before, done], replace(argument)  # facts are told of nodes: each stands in one place

    def _fresh(self, value: h.Expr) -> h.Local:
        number, name = 1, _NAME
        while name in self.names or name in self.made:
            number += 1
            name = f"{_NAME}_{number}"
        self.made[name] = value.type
        return h.Local(name, value.type, span=value.span, type=value.type)


def _stays(argument: h.Expr) -> bool:
    """Whether the argument is a variable or a field of one, which is there after the call as before."""
    while isinstance(argument, h.Attribute):
        argument = argument.value
    return isinstance(argument, h.Local)
