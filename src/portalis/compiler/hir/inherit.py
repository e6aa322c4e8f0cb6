"""Inheritance: a class with what it takes from its base classes, so that its struct stands for itself.

    class Animal:                           impl Dog {
        def greet(self) -> str:                 pub fn greet(&self) -> String { … self.sound() … }
            return self.sound() + "!"   →       pub fn sound(&self) -> String { … }
    class Dog(Animal):                      }
        def sound(self) -> str: …

A method is looked up along the line of classes, from the class itself; what is found is built once more for
each class that inherits it. There `self` is of exactly that class, so a call on it goes where Python's goes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.hir.class_body import method_key

_END = frozenset({"abc.ABC", "builtins.object", "typing.Protocol"})
_ABSTRACT = frozenset({"abstractmethod", "abc.abstractmethod"})
Methods = Mapping[str, ast.FunctionDef]


class NotInherited(Exception):
    """Why a line of classes has no struct, in words."""


@dataclass(frozen=True, slots=True)
class Line:
    """A class and its base classes, nearest first, each with its own methods."""

    classes: tuple[ast.ClassDef, ...]

    def definer(self, name: str, after: str = "") -> ast.ClassDef | None:
        """The first class with a method of that name, of those behind the class `after`."""
        names = [one.name for one in self.classes]
        start = names.index(after) + 1 if after else 0
        return next((one for one in self.classes[start:] if _own(one, name) is not None), None)

    def overridden(self, name: str) -> bool:
        """Whether more than one of the classes defines the method."""
        return sum(_own(one, name) is not None for one in self.classes) > 1

    def initializers(self) -> tuple[ast.ClassDef, ...]:
        """The classes whose `__init__` runs, the one that is called first."""
        found: list[ast.ClassDef] = []
        current = self.definer("__init__")
        while current is not None:
            found.append(current)
            own = _own(current, "__init__")
            assert own is not None
            calls = any(name == "__init__" for name in super_calls(own))
            current = self.definer("__init__", current.name) if calls else None
        return tuple(found)

    def methods(self) -> tuple[dict[str, ast.FunctionDef], dict[str, str]]:
        """The methods of an instance by name, and the class that each was written in.

        `name@Base` is what a `super().name()` reaches in `Base`.

        Raises:
            NotInherited: a method is abstract still, or what `super()` means isn't known.
        """
        methods: dict[str, ast.FunctionDef] = {}
        origin: dict[str, str] = {}
        for one in reversed(self.classes):
            for method in (stmt for stmt in one.body if isinstance(stmt, ast.FunctionDef)):
                methods[method_key(method)], origin[method_key(method)] = method, one.name
        abstract = next((name for name, method in methods.items() if is_abstract(method)), None)
        if abstract is not None:
            raise NotInherited(f"its method `{abstract}` is abstract")
        waiting = [(origin[name], method) for name, method in methods.items()]
        while waiting:
            defined_in, method = waiting.pop()
            for name in super_calls(method):
                base = self.definer(name, defined_in)
                if name == "__init__" or base is None:
                    continue
                reached, key = _own(base, name), f"{name}@{base.name}"
                assert reached is not None
                if key not in methods:
                    methods[key], origin[key] = reached, base.name
                    waiting.append((base.name, reached))
        return methods, origin


def line_of(
    module: str, node: ast.ClassDef, classes: Mapping[str, ast.ClassDef], answer: OracleAnswer
) -> Line | None:
    """The line of a class that has base classes in its module; None where it has none at all.

    Raises:
        NotInherited: a base class is of another kind.
    """
    found = [node]
    while True:
        bases = [base for base in found[-1].bases if not _ends(module, base, answer)]
        if not bases:
            break
        base = bases[0]
        known = isinstance(base, ast.Name) and answer.fullname(module, base) == f"{module}.{base.id}"
        if len(bases) > 1 or not known or not isinstance(base, ast.Name) or base.id not in classes:
            raise NotInherited("it has a base class")
        if classes[base.id] in found:
            raise NotInherited("it has a base class")
        found.append(classes[base.id])
    if len(found) == 1:
        return Line((node,)) if node.bases else None
    for one in found:
        if one.decorator_list or one.keywords:
            raise NotInherited(f"its base class `{one.name}` is decorated, or has keywords")
        if private := _private(one):
            raise NotInherited(f"`{private}` is private to a class of its line")
    return Line(tuple(found))


def is_abstract(method: ast.FunctionDef) -> bool:
    """Whether subclasses have to define the method."""
    return any(ast.unparse(one) in _ABSTRACT for one in method.decorator_list)


def super_calls(method: ast.FunctionDef) -> Iterator[str]:
    """The names of the methods that are called on `super()`."""
    for node in ast.walk(method):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="super"), args=[]), attr=name)):
                yield name


def _own(node: ast.ClassDef, name: str) -> ast.FunctionDef | None:
    return next((s for s in node.body if isinstance(s, ast.FunctionDef) and s.name == name), None)


def _ends(module: str, base: ast.expr, answer: OracleAnswer) -> bool:
    """Whether a base class gives its subclasses nothing: `object`, `ABC`, `Protocol`."""
    return isinstance(base, (ast.Name, ast.Attribute)) and answer.fullname(module, base) in _END


def _private(node: ast.ClassDef) -> str:
    """A name that Python mangles with that of the class; "" where there is none."""
    for one in ast.walk(node):
        name = (
            one.attr
            if isinstance(one, ast.Attribute)
            else one.name
            if isinstance(one, ast.FunctionDef)
            else ""
        )
        if name.startswith("__") and not name.endswith("__"):
            return name
    return ""
