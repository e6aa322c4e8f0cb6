"""Dotted names: whether `a.b.c` names something of a module."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from portalis.compiler.types import EnumOf, ModuleRef

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder


def dotted_global(b: FunctionBuilder, node: ast.expr) -> str | None:
    """The full name of `module.name`, or None when the head is a local or a value with attributes."""
    parts: list[str] = []
    head: ast.expr = node
    while isinstance(head, ast.Attribute):
        parts.append(head.attr)
        head = head.value
    if not isinstance(head, ast.Name) or b.scope.find(head.id) is not None:
        return None
    if head.id in b.scope.imports or b.scope.imported(head.id) is not None:
        return ".".join((b.scope.imported(head.id) or head.id, *reversed(parts)))
    if isinstance(node, ast.Attribute):
        value_type = b.type_of(node.value)
        if isinstance(value_type, EnumOf):
            return None
        if isinstance(value_type, ModuleRef) or b.answer.fullname(b.module, node) is not None:
            return (
                b.answer.fullname(b.module, node) or f"{value_type}".removeprefix("module ") + "." + node.attr
            )
    return None
