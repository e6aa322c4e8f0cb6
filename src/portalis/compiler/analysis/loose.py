"""Containers of variables that must hold values of any type, though mypy found one type in them.

    def kth(k: int, root: Node) -> int:
        found: list[int] = []        # list[object]
        inorder(found, root)         # def inorder(found: list, …): appends what it finds
        return found[k - 1]          # declines unless it is an int

Where a list is handed over to be changed as a list of anything, or is given a bool among its ints, the list
that Rust makes must be able to hold that. Its elements are then values of any type, here and wherever
they are taken out; where an int is needed, one that isn't declines.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.rewrite import rewrite
from portalis.compiler.hir.walk import walk
from portalis.compiler.types import (
    BOOL,
    FLOAT,
    INT,
    OBJECT,
    STR,
    DictOf,
    ListOf,
    Type,
)

_SCALARS = (BOOL, FLOAT, INT, STR)
_NUMBERS = (BOOL, FLOAT, INT)
_ADDS = {"append": 0, "insert": 1}

Params = Callable[[str], tuple[Type, ...]]
"""The types that a function of the project takes, by its key; none where that is not known."""


def loosened(function: h.Function, params: Params) -> h.Function:
    """The function with values of any type in such containers; the same one where it has none."""
    given = {param.name for param in function.params}
    names = {name for name in _names(function, params) if name not in given}
    if not names:
        return function
    made = rewrite(function, lambda node: _changed(node, names))
    return replace(
        made, locals={name: _loose(one) if name in names else one for name, one in made.locals.items()}
    )


def _names(function: h.Function, params: Params) -> set[str]:
    found: set[str] = set()
    for node in walk(function.body):
        match node:
            case h.CallFunction(key=key, args=args):
                for arg, wanted in zip(args, params(key), strict=False):
                    if isinstance(arg, h.Local) and _is_loose(wanted, arg.declared):
                        found.add(arg.name)
            case h.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(target, h.Subscript):
                        found |= _foreign(target.value, value.type)
            case h.CallMethod(receiver=receiver, method=method, args=args) if (
                len(args) == _ADDS.get(method, len(args)) + 1 and method in _ADDS
            ):
                found |= _foreign(receiver, args[-1].type)
            case _:
                pass
    return found


def _is_loose(wanted: Type, given: Type) -> bool:
    """Whether one container holds values of any type where the other holds those of one."""
    return wanted != given and isinstance(given, (ListOf, DictOf)) and _loose(given) == wanted


def _foreign(container: h.Expr, stored: Type) -> set[str]:
    """The variable at the head of a place that holds numbers of another kind than what is stored there."""
    match container.type:
        case ListOf(elem) | DictOf(value=elem) if elem in _NUMBERS and stored in (*_NUMBERS, OBJECT):
            differs = elem is not stored
        case _:
            return set()
    while isinstance(container, h.Subscript):
        container = container.value
    return {container.name} if differs and isinstance(container, h.Local) else set()


def _loose(type_: Type) -> Type:
    """The container with any values at its leaves; a dict's keys stay."""
    match type_:
        case ListOf(elem):
            return ListOf(_leaf(elem))
        case DictOf(key, value):
            return DictOf(key, _leaf(value))
        case _:
            return type_


def _leaf(type_: Type) -> Type:
    return OBJECT if type_ in _SCALARS else _loose(type_)


def _changed(node: h.Node, names: set[str]) -> h.Node:
    match node:
        case h.Local(name=name) if name in names:
            return replace(node, declared=_loose(node.declared), type=_loose(node.type))
        case h.Subscript(value=value):
            return _retyped(node, _element(value.type, node.type))
        case h.Slice(value=value):
            return _retyped(node, value.type if isinstance(value.type, ListOf) else node.type)
        case h.Binary(left=left, right=right):
            return _computed(node, left, right)
        case h.Unary(operand=operand) if node.type is not BOOL:
            return _computed(node, operand)
        case h.Conditional(body=body, orelse=orelse):
            return _computed(node, body, orelse)
        case h.Logical(operands=operands):
            return _computed(node, *operands)
        case _:
            return node


def _element(container: Type, known: Type) -> Type:
    match container:
        case ListOf(elem) | DictOf(value=elem) if elem is OBJECT or isinstance(elem, (ListOf, DictOf)):
            return elem
        case _:
            return known


def _computed(node: h.Expr, *parts: h.Expr) -> h.Expr:
    """What is computed of a value of any type is one itself, where it is a number or a text."""
    loose = any(part.type is OBJECT for part in parts)
    return _retyped(node, OBJECT) if loose and node.type in _SCALARS else node


def _retyped(node: h.Expr, type_: Type) -> h.Expr:
    return node if type_ == node.type else replace(node, type=type_)
