"""Types as annotations: our types written so that a type checker reads them back.

Names are reached through imports under private names appended to the text, so that nothing in
the module can shadow them (`list[int]` is `_portalis_builtins.list[_portalis_builtins.int]`).
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from portalis.compiler.frontend.joining import held
from portalis.compiler.types import (
    ANY,
    BOOL,
    BYTES,
    FLOAT,
    INT,
    NEVER,
    NONE,
    OBJECT,
    STR,
    CallableOf,
    ClassObject,
    DictOf,
    Instance,
    IterOf,
    ListOf,
    OptionalOf,
    Prim,
    SetOf,
    TupleOf,
    Type,
    UnionOf,
    VarTuple,
)

_PREFIX = "_portalis_"


@dataclass(slots=True)
class Speller:
    """Spells types for one text and remembers the imports that the spellings need."""

    modules: frozenset[str]
    _needed: set[str] = field(default_factory=set)

    def spell(self, type_: Type) -> str | None:
        """The annotation for a type; None where it cannot be written or is not wholly known."""
        if has_hole(type_):
            return None
        match type_:
            case Prim():
                return "None" if type_ is NONE else self._name("builtins", type_.value)
            case ListOf(elem):
                return self._generic("builtins", "list", elem)
            case DictOf(key, value):
                return self._generic("builtins", "dict", key, value)
            case SetOf(elem, frozen):
                return self._generic("builtins", "frozenset" if frozen else "set", elem)
            case VarTuple(elem):
                inner = self.spell(elem)
                return None if inner is None else f"{self._name('builtins', 'tuple')}[{inner}, ...]"
            case TupleOf(items):
                return (
                    self._generic("builtins", "tuple", *items)
                    if items
                    else f"{self._name('builtins', 'tuple')}[()]"
                )
            case OptionalOf(inner_type):
                return self._generic("typing", "Optional", inner_type)
            case UnionOf(members):
                return self._generic("typing", "Union", *members)
            case _:
                return self._rarer(type_)

    def _rarer(self, type_: Type) -> str | None:
        match type_:
            case CallableOf(params, returns) if params is not None:
                parts = [self.spell(param) for param in params]
                result = self.spell(returns)
                known = [part for part in parts if part is not None]
                if result is None or len(known) != len(parts):
                    return None
                return self.function(known, result)
            case IterOf(elem, "range"):
                return self._name("builtins", "range")
            case IterOf(elem, "Iterable" | "Iterator" | "Generator" | "Collection"):
                return self._generic("typing", "Iterator" if type_.name == "Generator" else type_.name, elem)
            case Instance(name, args):
                module = self._module_of(name)
                return self._generic(module, name.removeprefix(f"{module}."), *args) if module else None
            case _:
                return None

    def builtin(self, name: str) -> str:
        """A builtin name, whatever the module calls so."""
        return self._name("builtins", name)

    def anything(self) -> str:
        """`Any`, for a result that is not known yet."""
        return self._name("typing", "Any")

    def function(self, params: list[str], result: str) -> str:
        """The annotation of a callable, from annotations of its parameters and result."""
        return f"{self._name('typing', 'Callable')}[[{', '.join(params)}], {result}]"

    def imports(self) -> str:
        """The import statements that the annotations spelled so far need."""
        return "".join(f"import {name} as {_alias(name)}\n" for name in sorted(self._needed))

    def _name(self, module: str, name: str) -> str:
        self._needed.add(module)
        return f"{_alias(module)}.{name}"

    def _generic(self, module: str, name: str, *args: Type) -> str | None:
        parts = [self.spell(arg) for arg in args]
        known = [part for part in parts if part is not None]
        if len(known) != len(parts):
            return None
        return self._name(module, name) + (f"[{', '.join(known)}]" if known else "")

    def _module_of(self, fullname: str) -> str | None:
        """The module in which a class is defined, by its full name."""
        parts = fullname.split(".")
        for count in range(len(parts) - 1, 0, -1):
            if ".".join(parts[:count]) in self.modules:
                return ".".join(parts[:count])
        return fullname.rpartition(".")[0] or None


def _alias(module: str) -> str:
    return _PREFIX + module.replace(".", "_")


def has_hole(type_: Type) -> bool:
    """Whether a type, or a part of it, is unknown."""
    match type_:
        case ListOf(elem) | VarTuple(elem) | SetOf(elem) | OptionalOf(elem) | IterOf(elem):
            return has_hole(elem)
        case DictOf(key, value):
            return has_hole(key) or has_hole(value)
        case TupleOf(items) | UnionOf(items) | Instance(args=items):
            return any(map(has_hole, items))
        case CallableOf(params, returns):
            return has_hole(returns) or any(map(has_hole, params or ()))
        case ClassObject():
            return False
        case _:
            return type_ is ANY or type_ is NEVER


def type_of_literal(node: ast.expr) -> Type | None:
    """The type of a literal as Python would build it; None for what is no literal or has no full type."""
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
    found = _type_of_value(value)
    return None if has_hole(found) else found


def _type_of_value(value: object) -> Type:
    simple: dict[type, Type] = {bool: BOOL, int: INT, float: FLOAT, str: STR, bytes: BYTES, type(None): NONE}
    if type(value) in simple:
        return simple[type(value)]
    match value:
        case tuple():
            return TupleOf(tuple(map(_type_of_value, value)))
        case list():
            return ListOf(held([_type_of_value(item) for item in value]))
        case set():
            return SetOf(held([_type_of_value(item) for item in value]))
        case dict():
            keys = held([_type_of_value(item) for item in value])
            return DictOf(keys, held([_type_of_value(item) for item in value.values()]))
        case _:
            return OBJECT if value is object else ANY
