"""Attributes of a class itself: `Stack.LIMIT`, `self.LIMIT`, `cls.TABLE`, `type(self).__name__`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.families import CLASS_NAME
from portalis.compiler.hir.own_class import is_receiver, own_class
from portalis.compiler.hir.tables import module_value
from portalis.compiler.types import STR, ClassObject, Instance, Shared

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder
    from portalis.compiler.hir.structs import StructInfo


def class_value(b: FunctionBuilder, node: ast.expr) -> h.Expr | None:
    """An attribute that the class has once, as a constant or as a table that was taken at import."""
    if not isinstance(node, ast.Attribute):
        return None
    if (own := own_class(b, node.value)) is not None:
        return _of_class(b, node, own)
    owner = node.value
    while isinstance(owner, ast.Attribute):
        owner = owner.value
    kind = b.type_of(node.value)
    if not isinstance(owner, ast.Name) or not isinstance(kind, (ClassObject, Instance, Shared)):
        return None
    info = b.symbols.structs.get(kind.name)
    if isinstance(node.value, ast.Name) and is_receiver(b, node.value.id):
        info = b.owner  # an inherited method: the class that is built, not the one that wrote it
    return None if info is None else _of_class(b, node, info)


def _of_class(b: FunctionBuilder, node: ast.Attribute, info: StructInfo) -> h.Expr | None:
    if node.attr in info.tables:
        name = f"{info.tables[node.attr]}.{node.attr}"
        return module_value(b, info.module, name, b.span(node), b.type_of(node))
    if node.attr in info.constants:
        return h.ClassConstant(info.fullname, node.attr, info.constants[node.attr], **b.at(node))
    return None


def class_name(b: FunctionBuilder, node: ast.Attribute) -> h.Expr | None:
    """`type(x).__name__` and `x.__class__.__name__` of an instance; None for everything else."""
    match node:
        case ast.Attribute(
            value=ast.Attribute(value=owner, attr="__class__")
            | ast.Call(func=ast.Name(id="type"), args=[owner], keywords=[]),
            attr="__name__",
        ):
            pass
        case _:
            return None
    value = b.expr(owner)
    info = b.symbols.structs.get(value.type.name) if isinstance(value.type, Instance | Shared) else None
    if info is None or info.record or not isinstance(value, h.Local):
        return None
    if info.members:
        return h.CallFunction(info.key(CLASS_NAME), (value,), span=b.span(node), type=STR)
    return h.Literal(info.node.name, span=b.span(node), type=STR)
