"""Numbers of which the annotations tell less than Rust needs: where `float` means an int or a float.

    def power(base: float, exponent: int) -> float:     # base, result: object
        result = 1                                      # an int, until it is multiplied by a float
        for _ in range(exponent):
            result *= base
        return result

To mypy every int is a float, to Python it stays an int: it is shown as one, divides as one, has no bound. So
a function in which both meet is given values of any type where it says `float`, and where it mixes.
"""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.rewrite import rewrite
from portalis.compiler.hir.walk import walk
from portalis.compiler.types import BOOL, FLOAT, INT, OBJECT, Type, replaced

_NUMBERS = (INT, FLOAT, BOOL)


def widened(function: h.Function) -> h.Function:
    """The function with `object` for what may be an int or a float; the same one where it has neither."""
    names = _mixed_names(function)
    made = rewrite(function, lambda node: _changed(node, names))
    if made.returns in (INT, BOOL) and any(_may_be_float(node) for node in walk(made.body)):
        made = replace(made, returns=OBJECT)
    return made


def _wide(type_: Type) -> Type:
    return replaced(type_, FLOAT)


def _mixed_names(function: h.Function) -> frozenset[str]:
    """The variables that mypy holds for ints and that are given something else."""
    found: set[str] = set()
    for node in walk(function.body):
        match node:
            case h.AugAssign(target=h.Local(name=name, declared=declared), op=op, value=value):
                if declared in (INT, BOOL) and (op == "/" or value.type in (FLOAT, OBJECT)):
                    found.add(name)
            case h.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(target, h.Local) and _differs(target.declared, value.type):
                        found.add(target.name)
    return frozenset(found)


def _differs(declared: Type, given: Type) -> bool:
    return declared in (INT, BOOL) and given in (*_NUMBERS, OBJECT) and given is not declared


def _may_be_float(node: h.Node) -> bool:
    """Whether it returns a value that is not surely an int."""
    return isinstance(node, h.Return) and node.value is not None and node.value.type in (FLOAT, OBJECT)


def _changed(node: h.Node, names: frozenset[str]) -> h.Node:
    match node:
        case h.Function(params=params, locals=locals_):
            return replace(
                node,
                params=tuple(replace(one, type=_of(one.name, one.type, names)) for one in params),
                locals={name: _of(name, type_, names) for name, type_ in locals_.items()},
                returns=_wide(node.returns),
            )
        case h.Local(name=name):
            return replace(node, declared=_of(name, node.declared, names), type=_of(name, node.type, names))
        case h.Literal():
            return node
        case h.Binary(left=left, right=right):
            return _computed(node, left, right)
        case h.Unary(operand=operand):
            return _computed(node, operand)
        case h.Conditional(body=body, orelse=orelse):
            return _computed(node, body, orelse)
        case h.Logical(operands=operands):
            return _computed(node, *operands)
        case h.CallExternal(args=args):
            return _computed(node, *args)
        case h.Expr():
            return _retyped(node, _wide(node.type))
        case _:
            return node


def _of(name: str, type_: Type, names: frozenset[str]) -> Type:
    return OBJECT if name in names and type_ in _NUMBERS else _wide(type_)


def _computed(node: h.Expr, *parts: h.Expr) -> h.Expr:
    """What is computed of such a value is one itself, where it is a number."""
    mixed = any(OBJECT in (part.type, getattr(part.type, "elem", None)) for part in parts)
    return _retyped(node, OBJECT if mixed and node.type in (INT, FLOAT) else _wide(node.type))


def _retyped(node: h.Expr, type_: Type) -> h.Expr:
    return node if type_ == node.type else replace(node, type=type_)
