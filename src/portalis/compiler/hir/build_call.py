"""Builds calls: who is called, and the arguments in the callee's parameter order with defaults filled in."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.dotted import dotted_global
from portalis.compiler.hir.symbols import builtin_exception_bases
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import Instance

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder


def build_call(b: FunctionBuilder, node: ast.Call) -> h.Expr:
    """A call expression, by what the callee is bound to."""
    func = node.func
    if isinstance(func, ast.Name) and b.scope.find(func.id) is not None:
        return h.CallValue(b.expr(func), _positional(b, node), **b.at(node))
    if isinstance(func, ast.Attribute):
        fullname = dotted_global(b, func)
        value_is_global_value = (
            fullname is not None
            and fullname.rpartition(".")[0] in b.symbols.constants
            and fullname not in b.symbols.functions
        )
        if fullname is None or value_is_global_value or _is_method_of_value(b, fullname):
            return h.CallMethod(b.expr(func.value), func.attr, *_arguments(b, node), **b.at(node))
        return _call_global(b, node, fullname)
    if isinstance(func, ast.Name):
        fullname = b.scope.imported(func.id) or b.answer.fullname(b.module, func)
        return _call_global(b, node, fullname or f"{b.module}.{func.id}")
    return h.CallValue(b.expr(func), _positional(b, node), **b.at(node))


def _is_method_of_value(b: FunctionBuilder, fullname: str) -> bool:
    """Whether `x.method` is a method of a global value rather than a function of a module."""
    if fullname in b.symbols.functions or fullname in b.symbols.classes:
        return False
    head = fullname.rpartition(".")[0]
    return head in b.symbols.constants


def _call_global(b: FunctionBuilder, node: ast.Call, fullname: str) -> h.Expr:
    symbols = b.symbols
    fullname = _unaliased(b, fullname)
    if fullname in symbols.functions:
        key, definition = symbols.functions[fullname]
        return h.CallFunction(key, _bind(b, node, key, definition), **b.at(node))
    if fullname in symbols.exceptions or _is_builtin_exception(fullname):
        args = _positional(b, node)
        return h.NewException(fullname, args, span=b.span(node), type=Instance(fullname))
    if fullname in symbols.classes:
        raise Refusal("PT201", b.span(node), f"instances of the class `{fullname}` are not translated yet")
    if fullname in symbols.constants:
        module, name = symbols.constants[fullname]
        callee = h.GlobalName(module, name, **b.at(node.func))
        return h.CallValue(callee, _positional(b, node), **b.at(node))
    args, keywords = _arguments(b, node)
    return h.CallExternal(fullname, args, keywords, **b.at(node))


def _unaliased(b: FunctionBuilder, fullname: str) -> str:
    """The function behind a module-level alias of it."""
    alias = b.symbols.aliases.get(fullname)
    if alias is None or fullname in b.symbols.rebound or fullname.rpartition(".")[2] in b.symbols.changed:
        return fullname
    module, value = alias
    assert isinstance(value, (ast.Name, ast.Attribute))
    target = b.answer.fullname(module, value)
    return target if target is not None and target in b.symbols.functions else fullname


def _is_builtin_exception(fullname: str) -> bool:
    module, _, name = fullname.rpartition(".")
    return module == "builtins" and builtin_exception_bases(name) is not None


def _positional(b: FunctionBuilder, node: ast.Call) -> tuple[h.Expr, ...]:
    args, keywords = _arguments(b, node)
    if keywords:
        raise Refusal("PT305", b.span(node), "keyword arguments are not translated in this call")
    return args


def _arguments(b: FunctionBuilder, node: ast.Call) -> tuple[tuple[h.Expr, ...], dict[str, h.Expr]]:
    keywords: dict[str, h.Expr] = {}
    args = tuple(map(b.expr, node.args))
    for keyword in node.keywords:
        if keyword.arg is None:
            raise Refusal("PT206", b.span(node), "`**` in a call is not translated")
        keywords[keyword.arg] = b.expr(keyword.value)
    return args, keywords


def _bind(b: FunctionBuilder, node: ast.Call, key: str, definition: ast.FunctionDef) -> tuple[h.Expr, ...]:
    """The arguments in parameter order; a missing one is the default, built in the callee's module.

    Python evaluates arguments in the order they are written; keywords written out of parameter
    order are only accepted when that cannot be seen.
    """
    spec = definition.args
    if spec.vararg or spec.kwarg:
        raise Refusal("PT206", b.span(node), f"`{definition.name}` takes `*args` or `**kwargs`")
    if any(isinstance(a, ast.Starred) for a in node.args):
        raise Refusal("PT206", b.span(node), "`*` in a call is not translated")
    positional = [a.arg for a in (*spec.posonlyargs, *spec.args)]
    names = positional + [a.arg for a in spec.kwonlyargs]
    given: dict[str, ast.expr] = dict(zip(positional, node.args, strict=False))
    order = list(given)
    for keyword in node.keywords:
        if keyword.arg is None:
            raise Refusal("PT206", b.span(node), "`**` in a call is not translated")
        if keyword.arg in given or keyword.arg not in names:
            raise Refusal("PT502", b.span(node), f"the arguments do not fit `{definition.name}`")
        given[keyword.arg] = keyword.value
        order.append(keyword.arg)
    if order != [name for name in names if name in given] and not all(map(_is_simple, given.values())):
        raise Refusal(
            "PT305", b.span(node), "keyword arguments are evaluated out of parameter order",
            "bind them to variables first",
        )  # fmt: skip
    if len(node.args) > len(positional):
        raise Refusal("PT502", b.span(node), f"too many arguments for `{definition.name}`")
    defaults = _defaults(definition)
    result: list[h.Expr] = []
    for name in names:
        if name in given:
            result.append(b.expr(given[name]))
        elif name in defaults:
            result.append(b.default_of(key, defaults[name]))
        else:
            raise Refusal("PT502", b.span(node), f"`{definition.name}` misses the argument `{name}`")
    return tuple(result)


def _is_simple(node: ast.expr) -> bool:
    """Whether evaluating the expression can neither raise nor be seen."""
    return isinstance(node, (ast.Constant, ast.Name))


def _defaults(definition: ast.FunctionDef) -> dict[str, ast.expr]:
    spec = definition.args
    positional = [*spec.posonlyargs, *spec.args]
    defaults = {
        arg.arg: default
        for arg, default in zip(
            positional[len(positional) - len(spec.defaults) :], spec.defaults, strict=True
        )
    }
    for arg, default in zip(spec.kwonlyargs, spec.kw_defaults, strict=True):
        if default is not None:
            defaults[arg.arg] = default
    return defaults
