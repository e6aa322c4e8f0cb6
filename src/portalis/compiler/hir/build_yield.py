"""Builds what makes a function a generator: `yield`, `yield from`, and the types around them.

    yield from xs   →   for item in xs: yield item

That is the same as long as nobody sends values or throws exceptions in, which has no form here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.iterated import loop
from portalis.compiler.hir.walk import children
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import (
    ANY,
    NONE,
    OBJECT,
    STR,
    DictOf,
    IterOf,
    ListOf,
    SetOf,
    Type,
    VarTuple,
    dynamic,
)

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder

_LAZY = frozenset({"Iterable", "Iterator", "Generator"})


def own_nodes(node: ast.FunctionDef) -> Iterator[ast.AST]:
    """The nodes of a function's body, nested scopes left out."""
    pending: list[ast.AST] = list(node.body)
    while pending:
        current = pending.pop()
        yield current
        if not isinstance(current, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            pending.extend(ast.iter_child_nodes(current))


def is_generator(node: ast.FunctionDef) -> bool:
    """Whether a call of the function gives a generator."""
    return any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in own_nodes(node))


def build_yield(b: FunctionBuilder, node: ast.stmt, given: ast.Yield | ast.YieldFrom) -> h.Stmt:
    """`yield value` or `yield from iterable` as a statement."""
    at, span = b.at_stmt(node), b.span(given)
    if isinstance(given, ast.Yield):
        value = h.Literal(None, span=span, type=NONE) if given.value is None else b.expr(given.value)
        return h.ExprStmt(h.Yield(value, span=span, type=NONE), **at)
    iterable = b.expr(given.value)
    name = _free_name(b)
    item = h.Local(name, ANY, span=span, type=ANY)
    passed = h.ExprStmt(h.Yield(replace(item), span=span, type=NONE), span=span)
    return loop(b, h.For(item, iterable, [passed], [], **at))


def _free_name(b: FunctionBuilder) -> str:
    """The name for the items of a function's `yield from`: one that no variable in sight has."""
    if not b.scope.passed:
        name = "item"
        while b.scope.find(name) is not None:
            name += "_"
        b.scope.passed = name
        b.scope.names.add(name)
        b.scope.types[name] = ANY
    return b.scope.passed


def as_generator(function: h.Function) -> h.Function:
    """The function as one that yields: its declared result says what, or else what it yields does.

    Raises:
        Refusal: the function can be left in a way that has no form.
    """
    match function.returns:
        case IterOf(elem, name) if name in _LAZY:
            yields = dynamic(elem)
        case _:
            yields = _yielded(function)
    for stmt in function.body:
        _check(stmt, closed=False)
        check_stops(stmt)
    return replace(function, yields=yields, returns=NONE)


def _own(node: h.Node) -> Iterator[h.Node]:
    """The nodes of a generator's body, nested functions left out."""
    yield node
    if not isinstance(node, h.NestedFunction):
        for child in children(node):
            yield from _own(child)


def _yielded(function: h.Function) -> Type:
    """What a generator without a declared result yields."""
    found: set[Type] = set()
    for node in (inner for stmt in function.body for inner in _own(stmt)):
        match node:
            case h.Yield(value=h.Expr(type=type_)) if type_ is not ANY:
                found.add(type_)
            case h.For(iterable=h.Expr(type=type_), body=[h.ExprStmt(value=h.Yield())]):
                found.add(element(type_) or ANY)
    return dynamic(found.pop()) if len(found) == 1 else OBJECT


def element(type_: Type) -> Type | None:
    """What iterating over a value of the type gives, where the type alone says it."""
    match type_:
        case ListOf(elem) | VarTuple(elem) | SetOf(elem) | IterOf(elem) | DictOf(key=elem):
            return elem
        case _:
            return STR if type_ is STR else None


_EVERYTHING = frozenset({"builtins.BaseException", "builtins.GeneratorExit"})


def _check(node: h.Node, *, closed: bool) -> None:
    """Refuses a `yield` where closing the generator would run code: in Rust it is dropped."""
    match node:
        case h.Yield() if closed:
            raise Refusal(
                "PT202", node.span, "a generator that is closed at this `yield` runs a handler or `finally`",
                "yield outside of the `try`",
            )  # fmt: skip
        case h.NestedFunction():
            return
        case h.Try(body=body, handlers=handlers, orelse=orelse, final=final):
            last = any(not isinstance(stmt, h.Pass) for stmt in final)
            caught = any(not one.names or _EVERYTHING & set(one.names) for one in handlers)
            for stmt in body:
                _check(stmt, closed=closed or last or caught)
            for stmt in (*orelse, *(inner for one in handlers for inner in one.body)):
                _check(stmt, closed=closed or last)
            for stmt in final:
                _check(stmt, closed=closed)
        case _:
            for child in children(node):
                _check(child, closed=closed)


_CATCHES_STOP = frozenset({"builtins.StopIteration", "builtins.Exception", "builtins.BaseException"})


def stops(function: h.Function) -> bool:
    """Whether a StopIteration of a `next` may leave the function."""
    try:
        for stmt in function.body:
            check_stops(stmt)
    except Refusal:
        return True
    return False


def check_stops(node: h.Node) -> None:
    """Refuses a `next` whose StopIteration would leave a generator: Python makes a RuntimeError of it."""
    match node:
        case h.CallExternal(fullname="builtins.next", args=(_,)):
            raise Refusal(
                "PT202", node.span, "the end that this `next` may meet would end the generator with an error",
                "catch StopIteration, or give a default: `next(it, None)`",
            )  # fmt: skip
        case h.Raise(exception=h.NewException(name="builtins.StopIteration")):
            raise Refusal(
                "PT202", node.span, "a StopIteration would end the generator with an error", "return"
            )
        case h.Try(body=body, handlers=handlers):
            caught = any(not one.names or _CATCHES_STOP & set(one.names) for one in handlers)
            for child in children(node):
                if not caught or child not in body:
                    check_stops(child)
        case _:
            for child in children(node):
                check_stops(child)
