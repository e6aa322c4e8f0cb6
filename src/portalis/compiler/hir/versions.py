"""Tests of the Python version, which is known: what is built runs on that version alone.

    if sys.version_info >= (3, 8):      →   from_bytes(data)
        return from_bytes(data)
    return older(data)

Only the first two numbers are known. The third differs among the machines on which a package runs.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from portalis.compiler.hir.dotted import dotted_global

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder

_Compared = tuple[int, ...] | int
_OPERATORS: Mapping[type[ast.cmpop], Callable[[_Compared, _Compared], bool]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge,
}  # fmt: skip
_BEYOND = 1 << 62
"""Stands for what follows the two known numbers: more than any number that a test says."""


def decided(b: FunctionBuilder, test: ast.expr) -> bool | None:
    """What a test of the version gives; None for every other test."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            found = decided(b, inner)
            return None if found is None else not found
        case ast.Compare(left=left, ops=ops, comparators=rights):
            sides = [_value(b, one) for one in (left, *rights)]
            if not any(_mentions(b, one) for one in (left, *rights)):
                return None
            results = [
                _compare(op, first, second) for op, first, second in zip(ops, sides, sides[1:], strict=False)
            ]
            return None if None in results else all(results)
        case _:
            return None


def _compare(op: ast.cmpop, left: _Compared | None, right: _Compared | None) -> bool | None:
    if left is None or right is None or type(op) not in _OPERATORS or type(left) is not type(right):
        return None
    return _OPERATORS[type(op)](left, right)


def _mentions(b: FunctionBuilder, node: ast.expr) -> bool:
    return any(_is_version(b, one) for one in ast.walk(node) if isinstance(one, ast.expr))


def _is_version(b: FunctionBuilder, node: ast.expr) -> bool:
    match node:
        case ast.Attribute():
            return dotted_global(b, node) == "sys.version_info"
        case ast.Name(id=name):
            imported = b.scope.imported(name) or b.answer.fullname(b.module, node)
            return b.scope.find(name) is None and imported == "sys.version_info"
        case _:
            return False


def _value(b: FunctionBuilder, node: ast.expr) -> _Compared | None:
    """A number, or a tuple of numbers of which the first two count."""
    known = b.symbols.python
    match node:
        case ast.Tuple(elts=[ast.Constant(value=int(major))]):
            return (major,)
        case ast.Tuple(elts=[ast.Constant(value=int(major)), ast.Constant(value=int(minor))]):
            return (major, minor)
        case ast.Tuple(elts=[ast.Constant(value=int(major)), ast.Constant(value=int(minor)), *_]):
            return (major, minor) if (major, minor) != known else None
        case ast.Constant(value=int(number)):
            return number
        case ast.Subscript(value=owner, slice=ast.Constant(value=int(at))) if _is_version(b, owner):
            return known[at] if at in (0, 1) else None
        case ast.Subscript(
            value=owner, slice=ast.Slice(lower=None, upper=ast.Constant(value=int(end)), step=None)
        ) if _is_version(b, owner):
            return known[:end] if end in (1, 2) else None
        case ast.Attribute(value=owner, attr="major" | "minor" as part) if _is_version(b, owner):
            return known[0] if part == "major" else known[1]
        case _ if _is_version(b, node):
            return (*known, _BEYOND)
        case _:
            return None
