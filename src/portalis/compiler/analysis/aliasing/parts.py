"""The objects inside a value that a program could change in place, by their types."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from portalis.compiler.types import (
    ANY,
    BYTEARRAY,
    CallableOf,
    DictOf,
    Instance,
    IterOf,
    ListOf,
    OptionalOf,
    SetOf,
    TupleOf,
    Type,
    UnionOf,
    VarTuple,
    alike,
    is_mutable,
)  # fmt: skip

Types = frozenset[Type]
NOTHING: Types = frozenset()
EVERYTHING: Types = frozenset({ANY})
"""Stands for all types, where it isn't known which. What lowering leaves at `Any` holds nothing mutable."""
Fields = Callable[[Type], tuple[Type, ...]]
"""The types of the fields of an instance; of anything else none."""

_READ_ONLY = frozenset({"typing.Sequence", "typing.Collection", "typing.Iterable", "typing.Reversible"})


class Parts:
    """The types inside types; one for each project, since instances hold their fields."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._known: dict[Type, Types] = {}

    def of(self, type_: Type) -> Types:
        """The type and the types inside it, those whose values can be changed in place."""
        if type_ not in self._known:
            self._known[type_] = NOTHING  # a class that leads back to itself adds nothing new
            self._known[type_] = self._own(type_) | self.inside(type_)
        return self._known[type_]

    def inside(self, type_: Type) -> Types:
        """What `of` gives without the value itself: what a shallow copy has in common with it."""
        match type_:
            case ListOf(elem) | VarTuple(elem) | SetOf(elem) | IterOf(elem):
                return self.of(elem)
            case DictOf(key, item):
                return self.of(key) | self.of(item)
            case TupleOf(items) | UnionOf(items):
                return self._all(items)
            case OptionalOf(inner):
                return self.of(inner)
            case Instance(args=args):
                return self._all((*args, *self._fields(type_)))
            case _:
                return NOTHING

    def stay(self, type_: Type, moves: Types) -> bool:
        """Whether the objects inside a value stay where they are: what holds them is of none of the types."""
        return not meet(frozenset(one for one in self.of(type_) if self.inside(one)), moves)

    def _all(self, types: Iterable[Type]) -> Types:
        return NOTHING.union(*map(self.of, types))

    @staticmethod
    def _own(type_: Type) -> Types:
        match type_:
            case ListOf() | DictOf() | SetOf(frozen=False):
                return frozenset({type_})
            case Instance(name=name, args=args):
                if name in _READ_ONLY:  # what is handed in may be a list that its owner changes
                    return frozenset({ListOf(args[0])}) if args else NOTHING
                return frozenset({type_}) if is_mutable(type_) else NOTHING
            case _:
                return NOTHING


def lazy(type_: Type) -> bool:
    """Whether a value of the type looks into another one when it is used, as an iterator or a view does."""
    match type_:
        case IterOf() | CallableOf():
            return True
        case Instance(name=name) if type_ != BYTEARRAY:
            return name.startswith(("typing.", "itertools.", "_collections_abc.", "builtins."))
        case _:
            return False


def meet(some: Types, others: Types) -> Types:
    """The types among `some` whose values may also be of one of the `others`; `Any` stands for all."""
    if not some or not others:
        return NOTHING
    if ANY in others:
        return some
    if ANY in some:
        return others
    return frozenset(one for one in some if one in others or any(alike(one, other) for other in others))
