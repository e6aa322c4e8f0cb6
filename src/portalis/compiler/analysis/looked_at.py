"""Where a piece of Python looks at a list or dict without changing it, keeping it, or giving it away.

    sum(xs)   for x in xs   xs[i]   k in table   table.get(k)   "".join(xs)   →  it is only looked at
    ys = xs   f(xs)   return xs   xs.append(1)                                →  that may be more

That holds for containers of what never changes: then what is got out of one is no way into it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

_FIRST = frozenset(
    """all any bool dict enumerate frozenset isinstance len list repr reversed set sorted str sum
    tuple type""".split()
)
"""Builtins that make something new of a container that they are handed first."""
_EVERY = frozenset({"filter", "map", "zip"})
"""The same, whatever its place."""
_ALONE = frozenset({"max", "min"})
"""The same, where it is all that they are handed."""
_METHODS = frozenset({"count", "get", "index", "items", "keys", "values"})
_PARTLY = frozenset({"len", "isinstance", "bool", "get", "type"})
"""What needs only a small part of the container."""
_OF_LIBRARY = frozenset({"math", "statistics", "itertools", "collections"})


def looked_at(node: ast.AST) -> Iterator[tuple[ast.expr, bool]]:
    """The expressions at which a node only looks, each with whether it runs over all of it.

    One may be told more than once: what a loop looks at by its variable, it runs over.
    """
    match node:
        case ast.Subscript(value=value, ctx=ast.Load(), slice=index):
            yield value, isinstance(index, ast.Slice)
        case ast.If(test=value) | ast.While(test=value) | ast.IfExp(test=value):
            yield value, False
        case ast.UnaryOp(op=ast.Not(), operand=value):
            yield value, False
        case ast.FormattedValue(value=value):
            yield value, True
        case ast.BinOp(left=left, op=ast.Add() | ast.Mult(), right=right):
            yield from ((left, True), (right, True))
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            yield from ((one.value, True) for one in items if isinstance(one, ast.Starred))
        case ast.Compare():
            yield from _in_comparison(node)
        case ast.Call():
            yield from _in_call(node)
        case _:
            yield from _in_loop(node)


def _in_comparison(node: ast.Compare) -> Iterator[tuple[ast.expr, bool]]:
    for operator, value in zip(node.ops, node.comparators, strict=True):
        match operator:
            case ast.In() | ast.NotIn():
                yield value, False
            case ast.Eq() | ast.NotEq():
                yield from ((node.left, True), (value, True))
            case _ if isinstance(value, ast.Constant):
                yield node.left, False
            case _:
                continue


def _in_loop(node: ast.AST) -> Iterator[tuple[ast.expr, bool]]:
    match node:
        case ast.For(target=target, iter=value, body=body):
            yield value, True
            yield from _by_variable(target, body)
        case ast.comprehension(iter=value):
            yield value, True
        case ast.ListComp(elt=part) | ast.SetComp(elt=part) | ast.GeneratorExp(elt=part):
            for clause in node.generators:
                yield from _by_variable(clause.target, [part, *clause.ifs])
        case _:
            return


def _by_variable(target: ast.expr, body: list[ast.stmt] | list[ast.expr]) -> Iterator[tuple[ast.expr, bool]]:
    """`xs[i]` in a loop over the values of `i`."""
    names = {one.id for one in ast.walk(target) if isinstance(one, ast.Name)}
    for part in (node for line in body for node in ast.walk(line)):
        match part:
            case ast.Subscript(value=value, slice=index, ctx=ast.Load()):
                if any(isinstance(one, ast.Name) and one.id in names for one in ast.walk(index)):
                    yield value, True
            case _:
                continue


def _in_call(node: ast.Call) -> Iterator[tuple[ast.expr, bool]]:
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            yield argument.value, True
    match node.func:
        case ast.Attribute(value=ast.Name(id=module)) if module in _OF_LIBRARY:
            yield from ((one, True) for one in node.args)
        case ast.Attribute(value=value, attr=name):
            if name in _METHODS:
                yield value, name not in _PARTLY
            if name == "join":
                yield from ((one, True) for one in node.args)
        case ast.Name(id=name):
            if name in _EVERY:
                yield from ((one, True) for one in node.args)
            elif name in _FIRST or (name in _ALONE and len(node.args) == 1):
                yield from ((one, name not in _PARTLY) for one in node.args[:1])
        case _:
            return
