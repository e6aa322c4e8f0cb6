"""Names of one function: what is local, what a nested function captures, what is imported inside."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from portalis.compiler.types import Type


@dataclass(slots=True)
class Scope:
    """The name table of the function being built; nested functions chain to their owner."""

    qualname: str
    names: set[str]
    imports: dict[str, str] = field(default_factory=dict)
    types: dict[str, Type] = field(default_factory=dict)
    parent: Scope | None = None
    rebinds: frozenset[str] = frozenset()
    """Names declared `nonlocal`."""
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    """The functions defined so far inside this one."""
    passed: str = ""
    """The name for the items of its `yield from`."""

    def find(self, name: str) -> Scope | None:
        """The scope that owns a local of this name, from the inside out."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope
            scope = scope.parent
        return None

    def imported(self, name: str) -> str | None:
        """The full name behind an import made inside this function or an owner."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.imports:
                return scope.imports[name]
            scope = scope.parent
        return None


class _Bound(ast.NodeVisitor):
    """Collects the names bound in a function body, without entering nested scopes."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.imports: dict[str, str] = {}
        self.nonlocals: set[str] = set()

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        self.nonlocals.update(node.names)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, (ast.Store, ast.Del)):
            self.names.add(node.id)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.names.add(node.name)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        pass

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.names.add(node.name)

    def visit_ListComp(self, node: ast.AST) -> None:
        for child in ast.walk(node):
            if isinstance(child, ast.NamedExpr):
                self.visit(child.target)

    visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_ListComp  # noqa: N815  the visitor's own names

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self.names.add(node.name)
        self.generic_visit(node)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        if node.name:
            self.names.add(node.name)
        self.generic_visit(node)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        if node.name:
            self.names.add(node.name)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        if node.rest:
            self.names.add(node.rest)
        self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self.imports[alias.asname or alias.name.split(".")[0]] = (
                alias.name if alias.asname else alias.name.split(".")[0]
            )

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            self.imports[alias.asname or alias.name] = f"{'.' * node.level}{node.module or ''}.{alias.name}"


def function_scope(node: ast.FunctionDef | ast.Lambda, qualname: str, parent: Scope | None) -> Scope:
    """The scope of a function: its parameters and every name its body binds."""
    bound = _Bound()
    args = node.args
    for arg in (*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg):
        if arg is not None:
            bound.names.add(arg.arg)
    for stmt in node.body if isinstance(node.body, list) else [node.body]:
        bound.visit(stmt)
    names = bound.names - set(bound.imports) - bound.nonlocals
    return Scope(qualname, names, bound.imports, {}, parent, frozenset(bound.nonlocals))
