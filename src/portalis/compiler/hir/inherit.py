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
from collections.abc import Collection, Iterator, Mapping
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
    modules: tuple[str, ...]
    """The module of each."""

    def module_of(self, name: str) -> str:
        """The module of the class of that name."""
        return next(m for m, one in zip(self.modules, self.classes, strict=True) if one.name == name)

    def definer(self, name: str, after: str = "") -> ast.ClassDef | None:
        """The first class with a method of that name, of those behind the class `after`."""
        names = [one.name for one in self.classes]
        start = names.index(after) + 1 if after else 0
        return next((one for one in self.classes[start:] if _own(one, name) is not None), None)

    def overridden(self, name: str) -> bool:
        """Whether more than one of the classes defines the method."""
        return sum(_own(one, name) is not None for one in self.classes) > 1

    def dataclasses(self) -> tuple[ast.ClassDef, ...]:
        """The classes that are dataclasses, nearest first."""
        return tuple(one for one in self.classes if any(map(_is_dataclass, one.decorator_list)))

    def generated(self) -> ast.ClassDef | None:
        """The dataclass whose generated `__init__` makes an instance; None where one is written out."""
        made = self.dataclasses()
        own = self.definer("__init__")
        if not made or (own is not None and self.classes.index(own) <= self.classes.index(made[0])):
            return None
        return made[0]

    def hidden(self, generated: Collection[str]) -> set[str]:
        """The methods that a base class defines, in whose place the nearest dataclass has a generated one."""
        at = self.classes.index(self.dataclasses()[0])
        found = ((name, self.definer(name)) for name in generated)
        return {name for name, one in found if one is not None and self.classes.index(one) > at}

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
    module: str, node: ast.ClassDef, classes: Mapping[str, tuple[str, ast.ClassDef]], answer: OracleAnswer
) -> Line | None:
    """The line of a class that has base classes in the project; None where it has none at all.

    Args:
        module: where the class stands.
        node: the class.
        classes: the classes of the project's modules by full name, each with its module.
        answer: what the names of base classes mean.

    Raises:
        NotInherited: a base class is of another kind.
    """
    found = _linear((module, node), classes, answer, ())
    if len({one.name for _, one in found}) < len(found):
        raise NotInherited("two of its base classes have one name")
    line = Line(tuple(one for _, one in found), tuple(home for home, _ in found))
    if len(found) == 1:
        return line if node.bases else None
    for home, one in found:
        if not all(map(_is_dataclass, one.decorator_list)) or has_keywords(home, one, answer):
            raise NotInherited(f"its base class `{one.name}` is decorated, or has keywords")
        if private := _private(one):
            raise NotInherited(f"`{private}` is private to a class of its line")
    return line


_Placed = tuple[str, ast.ClassDef]
"""A class and its module."""


def _linear(
    one: _Placed, classes: Mapping[str, _Placed], answer: OracleAnswer, below: tuple[ast.ClassDef, ...]
) -> list[_Placed]:
    """The class and its base classes in the order in which Python looks names up: C3, as `type.mro` does.

    https://docs.python.org/3/howto/mro.html
    """
    home, node = one
    bases: list[_Placed] = []
    for base in node.bases:
        if _ends(home, base, answer):
            continue
        fullname = answer.fullname(home, base) if isinstance(base, (ast.Name, ast.Attribute)) else None
        if fullname is None or fullname not in classes or classes[fullname][1] in (*below, node):
            raise NotInherited("it has a base class")
        bases.append(classes[fullname])
    lines = [_linear(base, classes, answer, (*below, node)) for base in bases]
    merged, waiting = [one], [line for line in (*lines, bases) if line]
    while waiting:
        behind = [later for line in waiting for later in line[1:]]
        head = next((line[0] for line in waiting if line[0] not in behind), None)
        if head is None:
            raise NotInherited("its base classes have no order")
        merged.append(head)
        waiting = [rest for line in waiting if (rest := [later for later in line if later != head])]
    return merged


def has_keywords(module: str, node: ast.ClassDef, answer: OracleAnswer) -> bool:
    """Whether a class has keywords that change it: `metaclass=ABCMeta` means what the base `ABC` does."""
    return any(
        keyword.arg != "metaclass"
        or not isinstance(keyword.value, (ast.Name, ast.Attribute))
        or answer.fullname(module, keyword.value) != "abc.ABCMeta"
        for keyword in node.keywords
    )


def is_abstract(method: ast.FunctionDef) -> bool:
    """Whether subclasses have to define the method."""
    return any(ast.unparse(one) in _ABSTRACT for one in method.decorator_list)


def _is_dataclass(decorator: ast.expr) -> bool:
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(call) in ("dataclass", "dataclasses.dataclass")


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
    named = isinstance(base, (ast.Name, ast.Attribute)) and answer.fullname(module, base) in _END
    return named or names_protocol(base)


def names_protocol(base: ast.expr) -> bool:
    """Whether a base class says that the class is a protocol; the oracle tells no name for it."""
    return ast.unparse(base) in ("Protocol", "typing.Protocol")


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
