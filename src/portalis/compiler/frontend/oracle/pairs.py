"""What pairing our tree with mypy's yields: twins of expressions and functions, and bindings of names."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from mypy import nodes

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


class ShapeError(Exception):
    """The two trees differ here."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the walk is: the qualified name of the function or class, and what surrounds it."""

    scope: str | None = None
    kind: str = "module"
    in_finally: bool = False
    class_name: str | None = None

    def qualify(self, name: str) -> str:
        if self.scope is None:
            return name
        return f"{self.scope}.<locals>.{name}" if self.kind == "function" else f"{self.scope}.{name}"


@dataclass(frozen=True, slots=True)
class ExprPair:
    """An expression of ours and mypy's twin of it; `rebinds` marks the target of `+=`."""

    node: ast.expr
    twin: nodes.Expression
    in_finally: bool
    rebinds: bool = False


@dataclass(frozen=True, slots=True)
class FunctionPair:
    """A function of ours and mypy's twin; `class_name` is the qualified name of a method's class."""

    qualname: str
    node: FunctionNode
    twin: nodes.FuncDef
    class_name: str | None
    decorators: tuple[ast.expr, ...]


@dataclass(frozen=True, slots=True)
class Binding:
    """A place that binds a name: a target, a parameter, a handler. `weak` marks comprehension targets."""

    scope: str | None
    name: str
    var: nodes.Node | None
    kind: int | None
    weak: bool = False


@dataclass(slots=True)
class Pairs:
    """All pairs of one module, and the assignments and `from` imports met on the way."""

    exprs: list[ExprPair] = field(default_factory=list)
    functions: list[FunctionPair] = field(default_factory=list)
    bindings: list[Binding] = field(default_factory=list)
    assignments: list[ast.Assign | ast.AnnAssign] = field(default_factory=list)
    imports: list[ast.ImportFrom] = field(default_factory=list)
    unpaired_lines: list[int] = field(default_factory=list)
