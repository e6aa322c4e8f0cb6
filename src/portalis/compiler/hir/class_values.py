"""Attributes of a class itself: `Stack.LIMIT`, `self.LIMIT`, `cls.TABLE`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from portalis.compiler.hir import nodes as h
from portalis.compiler.types import ClassObject, Instance, Shared

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder


def class_value(b: FunctionBuilder, node: ast.expr) -> h.Expr | None:
    """An attribute that the class has once, as a constant or as a table that was taken at import."""
    if not isinstance(node, ast.Attribute):
        return None
    owner = node.value
    while isinstance(owner, ast.Attribute):
        owner = owner.value
    kind = b.type_of(node.value)
    if not isinstance(owner, ast.Name) or not isinstance(kind, (ClassObject, Instance, Shared)):
        return None
    info = b.symbols.structs.get(kind.name)
    if isinstance(node.value, ast.Name) and _is_receiver(b, node.value.id):
        info = b.owner  # an inherited method: the class that is built, not the one that wrote it
    if info is None:
        return None
    if node.attr in info.tables:
        return h.GlobalName(info.module, f"{info.tables[node.attr]}.{node.attr}", **b.at(node))
    if node.attr in info.constants:
        return h.ClassConstant(info.fullname, node.attr, info.constants[node.attr], **b.at(node))
    return None


def _is_receiver(b: FunctionBuilder, name: str) -> bool:
    """Whether the variable is the instance or the class that the method is called on."""
    if b.owner is None or b.definition is None or not b.definition.args.args:
        return False
    kind = b.owner.kinds.get(b.definition.name, "method")
    return kind != "static" and name == b.definition.args.args[0].arg
