"""The class of the instance that a method is called on, which translated code knows.

    def doubled(self) -> Money:                 pub fn doubled(&self) -> Money {
        cls = type(self)                →           Money::new(2 * self.cents)
        return cls(2 * self.cents)              }

An instance is of exactly its class in Rust, and an inherited method is built for each class that has it. So
`type(self)`, `self.__class__` and the `cls` of a class method are that class, by whichever name.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from portalis.compiler.hir import nodes as h
from portalis.compiler.types import STR, ClassObject

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder
    from portalis.compiler.hir.structs import StructInfo


def own_class(b: FunctionBuilder, node: ast.expr) -> StructInfo | None:
    """The class that an expression in a method stands for; None for every other expression."""
    if b.owner is None or b.owner.enum is not None:
        return None
    if isinstance(node, ast.Name):
        scope = b.scope.find(node.id)
        if scope is None or not isinstance(b.local_type(scope, node.id), ClassObject):
            return None
        return b.owner if is_receiver(b, node.id) or _bound_to_class(b, node.id) else None
    return b.owner if _of_instance(b, node) else None


def is_receiver(b: FunctionBuilder, name: str) -> bool:
    """Whether the variable is the instance or the class that the method is called on."""
    if b.owner is None or b.definition is None or not b.definition.args.args:
        return False
    kind = b.owner.kinds.get(b.definition.name, "method")
    return kind != "static" and name == b.definition.args.args[0].arg


def binds_class(b: FunctionBuilder, node: ast.Assign) -> bool:
    """Whether a statement only gives the class another name, which it keeps."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if b.owner is not None:
            return b.owner.enum is None and _of_instance(b, value) and _bound_to_class(b, name)
        case _:
            return False


def class_name(b: FunctionBuilder, node: ast.Attribute) -> h.Literal | None:
    """`type(self).__name__` and `cls.__qualname__`."""
    info = own_class(b, node.value) if node.attr in ("__name__", "__qualname__") else None
    if info is None:
        return None
    name = info.qualname if node.attr == "__qualname__" else info.qualname.rpartition(".")[2]
    return h.Literal(name, span=b.span(node), type=STR)


def _of_instance(b: FunctionBuilder, node: ast.expr) -> bool:
    """Whether an expression is `type(self)` or `self.__class__`, where nothing binds `self` again."""
    match node:
        case ast.Call(func=ast.Name(id="type") as called, args=[ast.Name(id=name)], keywords=[]) if (
            b.scope.find(called.id) is None and b.answer.fullname(b.module, called) == "builtins.type"
        ):
            pass
        case ast.Attribute(value=ast.Name(id=name), attr="__class__"):
            pass
        case _:
            return False
    return is_receiver(b, name) and b.definition is not None and not _stores(b.definition, name)


def _bound_to_class(b: FunctionBuilder, name: str) -> bool:
    """Whether all that binds a variable of the method is one `name = type(self)` among its own statements."""
    if b.definition is None or len(_stores(b.definition, name)) != 1:
        return False
    return any(
        isinstance(one, ast.Assign)
        and len(one.targets) == 1
        and isinstance(one.targets[0], ast.Name)
        and one.targets[0].id == name
        and _of_instance(b, one.value)
        for one in b.definition.body
    )


def _stores(definition: ast.FunctionDef, name: str) -> list[ast.AST]:
    """The nodes that bind or delete the name, in nested functions too; its parameters are none."""
    found: list[ast.AST] = []
    for node in ast.walk(definition):
        match node:
            case ast.Name(id=bound, ctx=ast.Store() | ast.Del()) if bound == name:
                found.append(node)
            case ast.FunctionDef(name=bound) | ast.ClassDef(name=bound) | ast.ExceptHandler(name=bound) if (
                bound == name and node is not definition
            ):
                found.append(node)
            case ast.alias(name=bound, asname=other) if (other or bound.partition(".")[0]) == name:
                found.append(node)
            case ast.MatchAs(name=bound) | ast.MatchStar(name=bound) if bound == name:
                found.append(node)
            case ast.arg(arg=bound) if bound == name and node not in definition.args.args:
                found.append(node)
            case _:
                pass
    return found
