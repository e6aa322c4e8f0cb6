"""Decorators that keep what a function means: the caches of `functools`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from portalis.compiler.hir.decorators import counting
from portalis.compiler.hir.dotted import dotted_global
from portalis.compiler.refusal import Refusal

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder

_CACHE, _LRU_CACHE = "functools.cache", "functools.lru_cache"
_DEFAULT_SIZE = 128


def cache_of(b: FunctionBuilder, node: ast.FunctionDef) -> str:
    """Which cache a function is under: `unbounded`, `bounded`, or "" where it isn't decorated.

    Raises:
        Refusal: it has another decorator, or a cache that tells the types of arguments apart.
    """
    decorators = counting(b, node)
    if not decorators:
        return ""
    if len(decorators) == 1 and len(node.decorator_list) == 1:
        match decorators[0]:
            case ast.Call(func=func, args=args, keywords=keywords) if _name(b, func) == _LRU_CACHE:
                return _size(args, keywords) or _refuse(b, node)
            case decorator if _name(b, decorator) == _CACHE:
                return "unbounded"
            case decorator if _name(b, decorator) == _LRU_CACHE:
                return "bounded"
    return _refuse(b, node)


def _size(args: list[ast.expr], keywords: list[ast.keyword]) -> str:
    """What `lru_cache(…)` is told of the size; "" where it is told more than that."""
    sizes = [*args, *(keyword.value for keyword in keywords if keyword.arg == "maxsize")]
    match sizes:
        case [] if not keywords:
            return "bounded"
        case [ast.Constant(value=size)] if len(args) + len(keywords) == 1:
            return "unbounded" if size is None else "bounded"
        case _:
            return ""


def kept_results(node: ast.FunctionDef) -> int | None:
    """How many results the cache of a function keeps, by its decorator; None for all."""
    match node.decorator_list[0]:
        case ast.Call(args=[ast.Constant(value=int(size))]):
            return size
        case ast.Call(keywords=[ast.keyword(value=ast.Constant(value=int(size)))]):
            return size
        case ast.Call(args=[], keywords=[]) | ast.Name(id="lru_cache") | ast.Attribute(attr="lru_cache"):
            return _DEFAULT_SIZE
        case _:
            return None


def _refuse(b: FunctionBuilder, node: ast.FunctionDef) -> str:
    raise Refusal("PT203", b.span(node), f"`{node.name}` is decorated", "call it from the decorated function")


def _name(b: FunctionBuilder, node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return b.scope.imported(node.id) or b.answer.fullname(b.module, node)
    return dotted_global(b, node) if isinstance(node, ast.Attribute) else None
