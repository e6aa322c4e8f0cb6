"""The oracle's answer with the classes marked whose instances are shared, and without their type arguments.

mypy knows one type for the instances of a class. Whether Rust owns an instance in one place or shares it
(`hir.structs`) is ours to say, and every part of the compiler must see the same: so the types say it.
A generic class of the project is one struct, whose fields of the type variables hold any value.
A number that may be an int or a float is a value of any type: it computes as Python's, and an enum would not.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType

from portalis.compiler.types import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    OBJECT,
    CallableOf,
    DictOf,
    Instance,
    IterOf,
    ListOf,
    OptionalOf,
    SetOf,
    Shared,
    TupleOf,
    Type,
    UnionOf,
    VarTuple,
    make_union,
)


class Marker:
    """Marks the types; remembers what it has marked, since most types occur many times.

    `classes` are shared, `own` the types of other classes, `generic` those with type parameters.
    """

    def __init__(
        self,
        classes: Collection[str],
        own: Mapping[str, Type] = MappingProxyType({}),
        generic: Collection[str] = (),
    ) -> None:
        self._classes = frozenset(classes)
        self._own = own
        self._generic = frozenset(generic)
        self._known: dict[Type, Type] = {}

    def __call__(self, type_: Type) -> Type:
        """The type with instances of shared classes as `Shared`, and of others as what their class says."""
        found = self._known.get(type_)
        if found is None:
            found = self._known[type_] = self._marked(type_)
        return found

    def _marked(self, type_: Type) -> Type:  # noqa: C901  one case a type
        match type_:
            case Instance(name) if name in self._classes:
                return Shared(name)
            case Instance(name) if name in self._own:
                return self._own[name]
            case Instance(name) if name in self._generic:
                return Instance(name)
            case Instance(args=args):
                return replace(type_, args=tuple(map(self, args)))
            case ListOf(elem):
                return ListOf(self(elem))
            case SetOf(elem, frozen):
                return SetOf(self(elem), frozen)
            case VarTuple(elem):
                return VarTuple(self(elem))
            case IterOf(elem, name):
                return IterOf(self(elem), name)
            case OptionalOf(inner):
                return make_union([self(inner), NONE])
            case DictOf():
                return replace(type_, key=self(type_.key), value=self(type_.value))
            case TupleOf(items):
                return TupleOf(tuple(map(self, items)))
            case UnionOf(members) if {INT, FLOAT} <= {*members} <= {INT, FLOAT, BOOL}:
                return OBJECT
            case UnionOf(members):
                return make_union(list(map(self, members)))
            case CallableOf(params, returns):
                marked = None if params is None else tuple(map(self, params))
                return CallableOf(marked, self(returns))
            case _:
                return type_
