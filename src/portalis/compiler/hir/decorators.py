"""Decorators that give back the very function that they are given.

    HANDLERS = {}

    def handler(name):                      @handler("twice")
        def register(function):             def twice(n: int) -> int:       pub fn twice(n: i64) -> i64 {
            HANDLERS[name] = function           return 2 * n            →       2_i64.strict_mul(n)
            return function                                                 }
        return register

Python runs them at import, before and without any translated code. What the name stands for afterwards is the
function as it is written, so it is translated as if it had no such decorator.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from portalis.compiler.hir.dotted import dotted_global

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder

_TYPING = frozenset(
    f"{module}.{name}" for module in ("typing", "typing_extensions") for name in ("final", "override")
)

_DESCRIPTIVE = frozenset({"__doc__", "__name__", "__qualname__", "__module__", "__wrapped__"})


def counting(b: FunctionBuilder, node: ast.FunctionDef) -> list[ast.expr]:
    """The decorators of a function that may change what its name stands for."""
    return [one for one in node.decorator_list if not _gives_back(b, one)]


def _gives_back(b: FunctionBuilder, decorator: ast.expr) -> bool:
    if isinstance(decorator, ast.Call):
        made = _made_by(_definition(b, decorator.func))
        return made is not None and _is_identity(made)
    if _fullname(b, decorator) in _TYPING:
        return True
    found = _definition(b, decorator)
    return found is not None and _is_identity(found)


def _fullname(b: FunctionBuilder, node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return b.scope.imported(node.id) or b.answer.fullname(b.module, node)
    return dotted_global(b, node) if isinstance(node, ast.Attribute) else None


def _definition(b: FunctionBuilder, node: ast.expr) -> ast.FunctionDef | None:
    """The function of the project that an expression names, where nothing decorates that one."""
    found = b.symbols.functions.get(_fullname(b, node) or "")
    return None if found is None or found[1].decorator_list else found[1]


def _made_by(factory: ast.FunctionDef | None) -> ast.FunctionDef | None:
    """The nested function that a function returns, and nothing else ever."""
    if factory is None:
        return None
    inner = [one for one in factory.body if isinstance(one, ast.FunctionDef) and not one.decorator_list]
    name = _returned(factory)
    found = [one for one in inner if one.name == name]
    return found[0] if len(found) == 1 and name is not None and not _binds(factory, name) else None


def _is_identity(function: ast.FunctionDef) -> bool:
    """Whether a call with one argument gives that argument back, or raises."""
    positional = [*function.args.posonlyargs, *function.args.args]
    name = _returned(function)
    return bool(positional) and positional[0].arg == name and not _binds(function, name)


def _returned(function: ast.FunctionDef) -> str | None:
    """The one name that every way through a function returns; None where there is none."""
    names: set[str | None] = set()
    for node in _own(function):
        match node:
            case ast.Yield() | ast.YieldFrom():
                return None
            case ast.Return(value=ast.Name(id=name)):
                names.add(name)
            case ast.Return():
                names.add(None)
            case _:
                pass
    ends = isinstance(function.body[-1], ast.Return)
    return names.pop() if ends and len(names) == 1 else None


def _binds(function: ast.FunctionDef, name: str) -> bool:
    """Whether something in a function binds the name again, but the definition of a function of that name.

    So does what gives the function of that name other code or other defaults.
    """
    for node in ast.walk(function):
        match node:
            case ast.Name(id=bound, ctx=ast.Store() | ast.Del()) if bound == name:
                return True
            case ast.Attribute(value=ast.Name(id=owner), attr=attr, ctx=ast.Store()) if owner == name:
                if attr.startswith("__") and attr not in _DESCRIPTIVE:
                    return True
            case ast.Global(names=names) | ast.Nonlocal(names=names) if name in names:
                return True
            case ast.ExceptHandler(name=bound) | ast.MatchAs(name=bound) | ast.ClassDef(name=bound) if (
                bound == name
            ):
                return True
            case ast.alias(name=bound, asname=other) if (other or bound.partition(".")[0]) == name:
                return True
            case _:
                pass
    inner = [one for one in ast.walk(function) if isinstance(one, ast.FunctionDef) and one.name == name]
    parameters = {one.arg for one in ast.walk(function.args) if isinstance(one, ast.arg)}
    return len(inner) > (0 if name in parameters else 1)


def _own(function: ast.FunctionDef) -> list[ast.AST]:
    """The nodes of a function that are not those of a scope inside it."""
    found: list[ast.AST] = []
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        found.append(node)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))
    return found
