"""What a call reaches, and which of its arguments goes to which parameter."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portalis.compiler.types import Type

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
RETURN = "return"
"""What stands for the result among the names of parameters."""


@dataclass(frozen=True, slots=True)
class Target:
    """A function, or a variable that holds a lambda: `name` is the qualified name of either."""

    module: str
    name: str


@dataclass(slots=True)
class Evidence:
    """What one answer of the oracle shows: the types of expressions, and which calls reach which targets."""

    types: Mapping[str, Mapping[ast.expr, Type]]
    calls: Mapping[str, Mapping[ast.Call, Target]]


def receiver(qualname: str, node: FunctionNode | ast.Lambda) -> str | None:
    """The name of the parameter that a call does not give: `self` or `cls`; None for a function."""
    owner = qualname.rpartition(".")[0]
    positional = [*node.args.posonlyargs, *node.args.args]
    if isinstance(node, ast.Lambda) or not owner or owner.endswith("<locals>") or not positional:
        return None
    decorators = {one.id for one in node.decorator_list if isinstance(one, ast.Name)}
    return None if "staticmethod" in decorators else positional[0].arg


_BARE = frozenset("list dict set frozenset tuple List Dict Set FrozenSet Tuple Callable".split())


_SAYS_NOTHING = ("(..., Any)", "..., Any")
"""What a callable takes and gives that may be any."""


def bare(note: ast.expr) -> bool:
    """Whether a container in an annotation doesn't say what it holds: `list`, `dict[str, list]`."""
    match note:
        case ast.Name(id=name):
            return name in _BARE
        case ast.Attribute(value=ast.Name(id="typing"), attr=name):
            return name in _BARE
        case ast.Subscript(value=ast.Name(id="Callable") | ast.Attribute(attr="Callable"), slice=inner):
            return ast.unparse(inner) in _SAYS_NOTHING
        case ast.Subscript(slice=inner):
            return any(map(bare, inner.elts)) if isinstance(inner, ast.Tuple) else bare(inner)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return bare(left) or bare(right)
        case _:
            return False


@dataclass(frozen=True, slots=True)
class Taken:
    """The parameters that a call gives arguments for."""

    args: ast.arguments
    receiver: str | None

    @property
    def positional(self) -> list[str]:
        names = [arg.arg for arg in (*self.args.posonlyargs, *self.args.args)]
        return names[1:] if self.receiver is not None else names

    @property
    def wanted(self) -> frozenset[str]:
        """The parameters that can be given an annotation, for they have none, or one with bare containers.

        `*args` and `**kwargs` are left alone.
        """
        everything = (*self.args.posonlyargs, *self.args.args, *self.args.kwonlyargs)
        open_ = (arg.arg for arg in everything if arg.annotation is None or bare(arg.annotation))
        return frozenset(open_) - {self.receiver or ""}

    def bound(self, call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
        """Which argument of a call goes to which parameter; nothing where the call unpacks."""
        if any(isinstance(arg, ast.Starred) for arg in call.args) or any(
            k.arg is None for k in call.keywords
        ):
            return
        yield from zip(self.positional, call.args, strict=False)
        yield from ((keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg is not None)
