"""Builds typed statements from Python's syntax tree."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from portalis.compiler.hir import named_tuples, special
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.build_call import call_arguments
from portalis.compiler.hir.build_expr import binary_operator
from portalis.compiler.hir.build_with import gives_itself
from portalis.compiler.hir.build_yield import build_yield
from portalis.compiler.hir.dotted import dotted_global
from portalis.compiler.hir.iterated import loop
from portalis.compiler.hir.own_class import binds_class
from portalis.compiler.hir.symbols import builtin_exception_bases
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import Instance
from portalis.mapping.library_exceptions import library_exception

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder

_REFUSED: dict[type[ast.stmt], tuple[str, str]] = {
    ast.AsyncWith: ("PT208", "asynchronous code is not translated yet"),
    ast.TryStar: ("PT212", "`except*` and exception groups are not translated"),
    ast.AsyncFor: ("PT208", "asynchronous code is not translated yet"),
    ast.AsyncFunctionDef: ("PT208", "asynchronous code is not translated yet"),
    ast.Global: ("PT205", "`global` is not translated yet"),
    ast.ClassDef: ("PT201", "classes are not translated yet"),
}


def build_stmt(b: FunctionBuilder, node: ast.stmt) -> h.Stmt:
    """The typed statement; refuses with PT2xx what has no form."""
    at = b.at_stmt(node)
    match node:
        case ast.Assign() if binds_class(b, node):
            return h.Pass(**at)
        case ast.Assign(targets, value):
            built = b.expr(value)
            places = tuple(map(b.expr, targets))
            built = named_tuples.unpacked(b, places, built)
            stored = special.store(b, places, built, b.span(node))
            return h.Assign(places, built, **at) if stored is None else h.ExprStmt(stored, **at)
        case ast.AnnAssign(target, _, value):
            if value is None:
                return h.Pass(**at)
            return h.Assign((b.expr(target),), b.expr(value), **at)
        case ast.AugAssign():
            return _augmented(b, node)
        case ast.Expr():
            return _expression(b, node)
        case ast.Return(value):
            return h.Return(None if value is None else b.expr(value), **at)
        case ast.If(test, body, orelse):
            return h.If(b.test(test), b.block(body), b.block(orelse), **at)
        case ast.While(test, body, orelse):
            return h.While(b.test(test), b.block(body), b.block(orelse), **at)
        case ast.For(target, iterable, body, orelse):
            source = b.expr(iterable)
            return loop(b, h.For(b.expr(target), source, b.block(body), b.block(orelse), **at))
        case ast.Break():
            return h.Break(**at)
        case ast.Continue():
            return h.Continue(**at)
        case ast.Pass() | ast.Import() | ast.ImportFrom() | ast.Nonlocal():
            return h.Pass(**at)
        case _:
            return _rarer(b, node)


def _expression(b: FunctionBuilder, node: ast.Expr) -> h.Stmt:
    at = b.at_stmt(node)
    match node.value:
        case ast.Constant():
            return h.Pass(**at)
        case ast.Yield() | ast.YieldFrom() as given:
            return build_yield(b, node, given)
        case ast.Call(func) if _ends_program(b, func):
            args, keywords = call_arguments(b, node.value)
            if keywords:
                raise Refusal("PT305", b.span(node), "`exit` takes no keywords")
            left = h.LeaveProgram(SYSTEM_EXIT, args, span=b.span(node), type=Instance(SYSTEM_EXIT))
            return h.Raise(left, **at)
        case value:
            return h.ExprStmt(b.expr(value), **at)


SYSTEM_EXIT = "builtins.SystemExit"
_EXITS = frozenset({"sys.exit", "builtins.exit", "builtins.quit"})


def _ends_program(b: FunctionBuilder, func: ast.expr) -> bool:
    """Whether a call is `sys.exit(…)`, which raises."""
    if isinstance(func, ast.Name):
        known = b.scope.find(func.id) is None
        return known and (b.scope.imported(func.id) or b.answer.fullname(b.module, func)) in _EXITS
    return dotted_global(b, func) in _EXITS


def _augmented(b: FunctionBuilder, node: ast.AugAssign) -> h.Stmt:
    """`a += b`; on instances without `__iadd__` that is `a = a + b`."""
    at = b.at_stmt(node)
    op, target, value = binary_operator(node.op), b.expr(node.target), b.expr(node.value)
    if isinstance(target, h.CallFunction):
        return _augmented_item(b, node, op, target, value)
    own = special.struct_of(b, target.type)
    if own is None:
        return h.AugAssign(target, op, value, **at)
    in_place = f"__i{special.BINARY[op]}__"
    if in_place in own.methods and special.plain(target):
        changed = special.call(b, own, in_place, replace(target), (value,), b.span(node))
        if gives_itself(own.methods[in_place]) and not own.shared:
            return h.ExprStmt(changed, **at)
        return h.Assign((target,), changed, **at)
    if in_place in own.methods or not special.plain(target):
        raise Refusal("PT201", b.span(node), f"`{op}=` on a `{own.qualname}` is not translated")
    whole = h.Binary(op, replace(target), value, span=b.span(node), type=target.type)
    return h.Assign((target,), special.binary(b, whole), **at)


def _augmented_item(
    b: FunctionBuilder, node: ast.AugAssign, op: str, read: h.CallFunction, value: h.Expr
) -> h.Stmt:
    """`x[i] += v` of an instance: read, compute, store."""
    if not all(map(special.plain, read.args)):
        raise Refusal("PT209", b.span(node), "this augmented assignment is not translated")
    again = replace(read, args=tuple(replace(one) for one in read.args))
    whole = special.binary(b, h.Binary(op, read, value, span=b.span(node), type=read.type))
    stored = special.store(b, (again,), whole, b.span(node))
    assert stored is not None
    return h.ExprStmt(stored, **b.at_stmt(node))


def _rarer(b: FunctionBuilder, node: ast.stmt) -> h.Stmt:
    at = b.at_stmt(node)
    match node:
        case ast.Raise(exc, cause):
            if not isinstance(cause, ast.Name | ast.Constant | None):
                raise Refusal("PT212", b.span(node), "`raise … from` a computed cause is not translated")
            return h.Raise(None if exc is None else _exception(b, exc), **at)
        case ast.Try(body, handlers, orelse, final):
            built = [_handler(b, handler) for handler in handlers]
            return h.Try(b.block(body), built, b.block(orelse), b.block(final), **at)
        case ast.Assert(test, message):
            return h.Assert(b.test(test), None if message is None else b.expr(message), **at)
        case ast.Delete(targets):
            place = b.expr(targets[0])
            removed = special.delete(b, place, b.span(node))
            return h.Delete(place, **at) if removed is None else h.ExprStmt(removed, **at)
        case ast.FunctionDef():
            return h.NestedFunction(b.nested(node), **at)
        case _:
            code, why = _REFUSED.get(type(node), ("PT209", f"`{type(node).__name__}` is not translated"))
            raise Refusal(code, b.span(node), why)


def _exception(b: FunctionBuilder, node: ast.expr) -> h.Expr:
    """The raised value: a call makes it, a bare class is called without arguments."""
    built = b.expr(node)
    if isinstance(built, h.External) and exception_name(b, node) is not None:
        return h.NewException(built.fullname, (), span=built.span, type=built.type)
    return built


def exception_name(b: FunctionBuilder, node: ast.expr) -> str | None:
    """The full name of the exception class that an expression names."""
    if isinstance(node, ast.Name):
        fullname = b.scope.imported(node.id) or b.answer.fullname(b.module, node)
    else:
        fullname = dotted_global(b, node)
    if fullname is None:
        return None
    if fullname in b.symbols.exceptions:
        return fullname
    module, _, name = fullname.rpartition(".")
    builtin = module == "builtins" and builtin_exception_bases(name) is not None
    known = builtin or library_exception(fullname) is not None
    return fullname if known else None


def _handler(b: FunctionBuilder, node: ast.ExceptHandler) -> h.Handler:
    names: list[str] = []
    listed = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type] if node.type else []
    for entry in listed:
        name = exception_name(b, entry)
        if name is None:
            raise Refusal(
                "PT212",
                b.span(entry),
                f"`except {ast.unparse(entry)}` is not an exception class of the project",
            )
        names.append(name)
    return h.Handler(tuple(names), node.name, b.block(node.body), b.comments_above(node), span=b.span(node))
