"""Parameters that are handed None, and look for it, though their annotations have none.

    def depth(node: Node) -> int:          node: Node | None
        if not node:
            return 0
        return 1 + depth(node.left)        where `left` may be None

What the annotation says of such a parameter is not what the program does. The text that the oracle reads
says both.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from portalis.compiler.frontend.attributes import Edit
from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.frontend.targets import Evidence, Taken, Target, receiver
from portalis.compiler.types import NONE, OptionalOf
from portalis.utils import ast_utils

_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(slots=True)
class Absent:
    """The parameters that look for None by their functions, and those among them that are handed it."""

    looking: Mapping[Target, tuple[_Function, frozenset[str]]]
    found: dict[Target, set[str]] = field(default_factory=dict)

    def infer(self, evidence: Evidence) -> None:
        """Look at the calls of one answer of the oracle."""
        for name, calls in evidence.calls.items():
            types = evidence.types.get(name, {})
            for call, target in calls.items():
                if target not in self.looking:
                    continue
                node, params = self.looking[target]
                for param, value in Taken(node.args, receiver(target.name, node)).bound(call):
                    type_ = types.get(value)
                    if param in params and (type_ is NONE or isinstance(type_, OptionalOf)):
                        self.found.setdefault(target, set()).add(param)

    def edits(self, module: str) -> Iterator[Edit]:
        """What to write behind annotations of a module."""
        for target, params in self.found.items():
            if target.module != module:
                continue
            for arg in _arguments(self.looking[target][0]):
                note = arg.annotation
                if arg.arg in params and note is not None:
                    yield note.end_lineno or note.lineno, note.end_col_offset or 0, " | None", 0


def looking_for_none(modules: Mapping[str, SourceModule]) -> Absent:
    """The functions of a project whose parameters of a class are tested for None or truth."""
    looking: dict[Target, tuple[_Function, frozenset[str]]] = {}
    for name, module in modules.items():
        for item in ast_utils.definitions(module.tree):
            if isinstance(item.node, ast.ClassDef):
                continue
            named = {arg.arg for arg in _arguments(item.node) if isinstance(arg.annotation, ast.Name)}
            tested = named & set(_tested(item.node.body))
            if tested:
                looking[Target(name, item.qualname)] = (item.node, frozenset(tested))
    return Absent(looking)


def _arguments(node: _Function) -> Iterable[ast.arg]:
    return (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)


def _tested(body: list[ast.stmt]) -> Iterator[str]:
    """The names that are asked for None, for their class or for their truth."""
    for stmt in body:
        for node in ast.walk(stmt):
            match node:
                case (
                    ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=name))
                    | ast.If(test=ast.Name(id=name))
                    | ast.While(test=ast.Name(id=name))
                    | ast.IfExp(test=ast.Name(id=name))
                    | ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name(id=name), _])
                ):
                    yield name
                case ast.Compare(left=ast.Name(id=name), comparators=[ast.Constant(value=None)]):
                    yield name
                case ast.BoolOp(values=values):
                    yield from (one.id for one in values if isinstance(one, ast.Name))
                case _:
                    pass
