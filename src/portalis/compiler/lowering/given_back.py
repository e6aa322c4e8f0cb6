"""A function that changes an argument and returns that very object.

    def sort(xs: list[int]) -> list[int]:           pub fn sort(xs: &mut Vec<i64>) {
        xs.sort()                             →         xs.sort_unstable();
        return xs                                   }

In Rust the caller has the list already; so it has the instance, where a method returns `self`. For Python
callers the binding hands the argument's object back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from portalis.compiler.analysis.facts import FunctionFacts
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import children
from portalis.compiler.lowering.flow import diverges
from portalis.compiler.lowering.project_context import Callee
from portalis.compiler.types import NONE, DictOf, Instance, ListOf, SetOf, dynamic


def given_back(function: h.Function, facts: FunctionFacts, callees: Mapping[str, Callee]) -> int | None:
    """The place of the parameter that every `return` gives back, if it is changed in place; else None."""
    returned = [node for stmt in function.body for node in _returns(stmt)]
    if not returned or not diverges(function.body):
        return None
    names = {_name(function, node.value, callees) for node in returned}
    for index, param in enumerate(function.params):
        entered = index == 0 and function.qualname.endswith(".__enter__") and isinstance(param.type, Instance)
        if names - {""} == {param.name} and isinstance(param.type, (ListOf, DictOf, SetOf, Instance)):
            changed = entered or facts.mutations.any_depth(param.name)
            changed = changed and not facts.assignments[param.name]
            passed = all(_passes_on(function, node.value, index, param.name) for node in returned)
            held = param.name in facts.captured
            same = param.type == dynamic(function.returns)
            return index if changed and passed and not held and same else None
    return None


def _returns(node: h.Node) -> list[h.Return]:
    if isinstance(node, h.NestedFunction):
        return []
    if isinstance(node, h.Return):
        return [node]
    return [found for child in children(node) for found in _returns(child)]


def _name(function: h.Function, value: h.Expr | None, callees: Mapping[str, Callee]) -> str | None:
    """The variable that is returned, or that a call gives back; empty for a call of the function itself."""
    match value:
        case h.Local(name=name):
            return name
        case h.CallFunction(key=key) if key == function.key:
            return ""
        case h.CallFunction(key=key, args=args) if (callee := callees.get(key)) is not None:
            given = None if callee.gives_back is None else args[callee.gives_back]
            return given.name if isinstance(given, h.Local) else None
        case _:
            return None


def _passes_on(function: h.Function, value: h.Expr | None, index: int, name: str) -> bool:
    """Whether the value is the parameter, or what the function gives back for that parameter."""
    match value:
        case h.CallFunction(key=key, args=args) if key == function.key:
            argument = args[index]
            return isinstance(argument, h.Local) and argument.name == name
        case _:
            return True


def without_result(function: h.Function) -> h.Function:
    """The function with its `return`s bare, and what they call made a statement."""
    body = _block(function.body)
    if isinstance(body[-1], h.Return) and not body[-1].comments:
        body.pop()
    return replace(function, body=body, returns=NONE)


def _block(body: list[h.Stmt]) -> list[h.Stmt]:
    return [made for stmt in body for made in _stmt(stmt)]


def _stmt(stmt: h.Stmt) -> list[h.Stmt]:
    match stmt:
        case h.Return(value=h.CallFunction() as call):
            first = h.ExprStmt(call, span=stmt.span, comments=stmt.comments)
            return [first, h.Return(None, span=stmt.span)]
        case h.Return():
            return [replace(stmt, value=None)]
        case (
            h.If(body=body, orelse=orelse)
            | h.While(body=body, orelse=orelse)
            | h.For(body=body, orelse=orelse)
        ):
            return [replace(stmt, body=_block(body), orelse=_block(orelse))]
        case h.Try(body=body, handlers=handlers, orelse=orelse, final=final):
            kept = [replace(handler, body=_block(handler.body)) for handler in handlers]
            parts = [_block(part) for part in (body, orelse, final)]
            return [replace(stmt, body=parts[0], handlers=kept, orelse=parts[1], final=parts[2])]
        case _:
            return [stmt]
