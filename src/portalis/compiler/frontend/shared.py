"""The oracle's answer with the classes marked whose instances are shared, and without their type arguments.

mypy knows one type for the instances of a class. Whether Rust owns an instance in one place or shares it
(`hir.structs`) is ours to say, and every part of the compiler must see the same: so the types say it.
A generic class of the project is one struct, whose fields of the type variables hold any value.
A number that may be an int or a float is a value of any type: it computes as Python's, and an enum would not.
What a function takes as some mapping or mutable sequence is a dict or a list; others decline at the door.
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
    `unions` are the types of unions of classes, by the names of the classes.
    `records` are tuples that an alias names: at places mypy answers with what the alias stands for.
    """

    def __init__(
        self,
        classes: Collection[str],
        own: Mapping[str, Type] = MappingProxyType({}),
        generic: Collection[str] = (),
        records: Mapping[Type, Type] = MappingProxyType({}),
        unions: Mapping[frozenset[str], Type] = MappingProxyType({}),
    ) -> None:
        self._unions = unions
        self._records = records
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
            case Instance("typing.MutableSequence", (elem,)):
                return ListOf(self(elem))
            case Instance("typing.Mapping" | "typing.MutableMapping", (key, value)):
                return DictOf(self(key), self(value))
            case Instance(args=args) if args:
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
            case TupleOf() if type_ in self._records:
                return self._records[type_]
            case TupleOf(items):
                return TupleOf(tuple(map(self, items)))
            case UnionOf(members) if (own := self._of_classes(members)) is not None:
                return own
            case UnionOf(members) if {INT, FLOAT} <= {*members} <= {INT, FLOAT, BOOL}:
                return OBJECT
            case UnionOf(members):
                return self._united([self(member) for member in members])
            case CallableOf(params, returns):
                marked = None if params is None else tuple(map(self, params))
                return CallableOf(marked, self(returns))
            case _:
                return type_

    def _of_classes(self, members: tuple[Type, ...]) -> Type | None:
        """The type of a union of classes: what is declared so, else the narrowest that has them all."""
        names = frozenset(one.name for one in members if isinstance(one, Instance))
        if len(names) < len(members):
            return None
        fitting = [one for one in self._unions if names <= one]
        return self._unions[min(fitting, key=lambda one: (len(one), sorted(one)))] if fitting else None

    def _united(self, members: list[Type]) -> Type:
        """The union; lists, sets and dicts of several types are one of items that may be of each.

        `list[int] | list[str]` is `list[int | str]`: which one it is, its items tell.
        """
        lists = [member for member in members if isinstance(member, ListOf)]
        dicts = [member for member in members if isinstance(member, DictOf)]
        others = [member for member in members if member not in lists and member not in dicts]
        if len(lists) > 1:
            lists = [ListOf(self(make_union([one.elem for one in lists])))]
        if len(dicts) > 1:
            keys, values = [one.key for one in dicts], [one.value for one in dicts]
            dicts = [DictOf(self(make_union(keys)), self(make_union(values)))]
        return make_union([*lists, *dicts, *others])
