"""Parameters that are handed None, and look for it, though their annotations have none.

    def depth(node: Node) -> int:          node: Node | None
        if not node:
            return 0
        return 1 + depth(node.left)        where `left` may be None

What the annotation says of such a parameter is not what the program does. The text that the oracle reads
says both. A parameter without annotation that is asked for its truth, and handed nothing but instances that
are always true, may be None as well: there is nothing else to ask for.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from portalis.compiler.frontend.attributes import Edit
from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.frontend.targets import Evidence, Taken, Target, receiver
from portalis.compiler.types import NONE, Instance, OptionalOf, Type
from portalis.utils import ast_utils

_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(slots=True)
class Absent:
    """The parameters that look for None by their functions, and those among them that are handed it."""

    looking: Mapping[Target, tuple[_Function, frozenset[str]]]
    asking: Mapping[Target, frozenset[str]] = field(default_factory=dict)
    """The parameters without annotations that are tested."""
    always_true: frozenset[str] = frozenset()
    """The classes of the project, by full name, of which every instance is true."""
    found: dict[Target, set[str]] = field(default_factory=dict)

    def widen(self, inferred: Mapping[Target, dict[str, Type]]) -> None:
        """Add None to what was found of parameters that hold instances and are tested."""
        for target, params in self.asking.items():
            types = inferred.get(target, {})
            for name in params & types.keys():
                type_ = types[name]
                if isinstance(type_, Instance) and type_.name in self.always_true:
                    types[name] = OptionalOf(type_)

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
    asking: dict[Target, frozenset[str]] = {}
    always_true: set[str] = set()
    for name, module in modules.items():
        for item in ast_utils.definitions(module.tree):
            if isinstance(item.node, ast.ClassDef):
                if not item.node.bases and not _says_its_truth(item.node):
                    always_true.add(f"{name}.{item.qualname}")
                continue
            tested = set(_tested(item.node.body))
            asked = tested | set(_asked_for_class(item.node.body))
            named = asked & {a.arg for a in _arguments(item.node) if isinstance(a.annotation, ast.Name)}
            if named:
                looking[Target(name, item.qualname)] = (item.node, frozenset(named))
            bare = tested & {arg.arg for arg in _arguments(item.node) if arg.annotation is None}
            if bare:
                asking[Target(name, item.qualname)] = frozenset(bare)
    return Absent(looking, asking, frozenset(always_true))


def _says_its_truth(node: ast.ClassDef) -> bool:
    names = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
    return not names.isdisjoint({"__bool__", "__len__"})


def _arguments(node: _Function) -> Iterable[ast.arg]:
    return (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)


def _tested(body: list[ast.stmt]) -> Iterator[str]:
    """The names that are asked for None or for their truth."""
    for stmt in body:
        for node in ast.walk(stmt):
            match node:
                case (
                    ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=name))
                    | ast.If(test=ast.Name(id=name))
                    | ast.While(test=ast.Name(id=name))
                    | ast.IfExp(test=ast.Name(id=name))
                ):
                    yield name
                case ast.Compare(left=ast.Name(id=name), comparators=[ast.Constant(value=None)]):
                    yield name
                case ast.BoolOp(values=values):
                    yield from (one.id for one in values if isinstance(one, ast.Name))
                case _:
                    pass


def _asked_for_class(body: list[ast.stmt]) -> Iterator[str]:
    for stmt in body:
        for node in ast.walk(stmt):
            match node:
                case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name(id=name), _]):
                    yield name
                case _:
                    pass
