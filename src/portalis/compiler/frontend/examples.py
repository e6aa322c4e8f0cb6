"""What doctest examples tell of types: the calls in them, and the attributes that they bind.

>>> root, other = Node(1), Node(2)      root: Node, other: Node
>>> root.left = other                   Node.left: Node
>>> depth([root, other])                depth is called with a list[Node]
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.frontend.spelling import has_hole, type_of_literal
from portalis.compiler.types import Instance, ListOf, TupleOf, Type, make_union
from portalis.utils import ast_utils


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the function or method `name` of a module, with what is known of its arguments' types."""

    name: str
    node: ast.Call
    types: dict[ast.expr, Type]


@dataclass(frozen=True, slots=True)
class Bound:
    """A value of the type that is bound to an attribute of a class, by the class's full name."""

    owner: str
    attribute: str
    type: Type


def examples(name: str, module: SourceModule) -> Iterator[Call | Bound]:
    """The calls of the module's own functions, classes and methods in its examples, and what they bind."""
    if ">>>" not in module.text:
        return
    reader = _Reader(
        name, {item.qualname for item in ast_utils.definitions(module.tree) if item.kind == "class"}
    )
    for example in ast_utils.doctest_examples(module.text):
        try:
            tree = ast_utils.parse_source(example.source)
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            yield from reader.read(node)


class _Reader:
    """Remembers the types of the names that the examples bind."""

    def __init__(self, module: str, classes: set[str]) -> None:
        self._module = module
        self._classes = classes
        self._names: dict[str, Type] = {}

    def read(self, node: ast.AST) -> Iterator[Call | Bound]:
        """What one node of an example tells."""
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from self._bind(target, value)
            case ast.Call(func=ast.Name(id=cls)) if cls in self._classes:
                yield self._call(f"{cls}.__init__", node)
            case ast.Call(func=ast.Name(id=function)):
                yield self._call(function, node)
            case ast.Call(func=ast.Attribute(value=receiver, attr=method)):
                own = self.type_of(receiver)
                if isinstance(own, Instance):
                    yield self._call(f"{own.name.removeprefix(f'{self._module}.')}.{method}", node)
            case _:
                pass

    def _bind(self, target: ast.expr, value: ast.expr) -> Iterator[Bound]:
        match target, value:
            case ast.Name(id=name), _:
                found = self.type_of(value)
                if found is None:
                    self._names.pop(name, None)
                else:
                    self._names[name] = found
            case ast.Tuple(elts=targets), ast.Tuple(elts=values) if len(targets) == len(values):
                for one, part in zip(targets, values, strict=True):
                    yield from self._bind(one, part)
            case ast.Attribute(value=receiver, attr=attribute), _:
                own, found = self.type_of(receiver), self.type_of(value)
                if isinstance(own, Instance) and found is not None:
                    yield Bound(own.name, attribute, found)
            case _:
                pass

    def _call(self, name: str, node: ast.Call) -> Call:
        given = (*node.args, *(keyword.value for keyword in node.keywords))
        known = ((value, self.type_of(value)) for value in given)
        return Call(name, node, {value: type_ for value, type_ in known if type_ is not None})

    def type_of(self, node: ast.expr) -> Type | None:
        """The type of an expression of literals, names and new instances; None where it is not known."""
        literal = type_of_literal(node)
        if literal is not None:
            return literal
        match node:
            case ast.Name(id=name):
                return self._names.get(name)
            case ast.Call(func=ast.Name(id=cls)) if cls in self._classes:
                return Instance(f"{self._module}.{cls}")
            case ast.List(elts=parts) if parts:
                found = self._all(parts)
                return None if found is None else ListOf(make_union(found))
            case ast.Tuple(elts=parts) if parts:
                found = self._all(parts)
                return None if found is None else TupleOf(tuple(found))
            case _:
                return None

    def _all(self, parts: list[ast.expr]) -> list[Type] | None:
        found = [type_ for part in parts if (type_ := self.type_of(part)) is not None and not has_hole(type_)]
        return found if len(found) == len(parts) else None
