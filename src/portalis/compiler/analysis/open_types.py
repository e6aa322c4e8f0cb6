"""Types of which a value of any type may be an instance, or which hold such values.

>>> from portalis.compiler.types import DictOf, ListOf, UnionOf, INT, OBJECT, STR
>>> str(opened(UnionOf((INT, ListOf(OBJECT))))), str(opened(DictOf(STR, UnionOf((INT, ListOf(OBJECT))))))
('object', 'dict[str, object]')
"""

from __future__ import annotations

from portalis.compiler.types import (
    ANY,
    BOOL,
    BYTES,
    INT,
    NONE,
    OBJECT,
    STR,
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
)

_ANYTHING = (ANY, OBJECT)
_SCALARS = frozenset({INT, BOOL, STR, BYTES, NONE})


def is_scalar(type_: Type) -> bool:
    """Whether it is an exact type that can't change: narrowed to one, a value of any type is taken as such.

    A `float` is none: to mypy an int is one.
    """
    return type_ in _SCALARS


def container(type_: Type) -> bool:
    """Whether values of the type are containers, or None, or may be."""
    match type_:
        case ListOf() | DictOf() | SetOf() | TupleOf() | VarTuple() | IterOf():
            return True
        case Instance(name=name):
            return name.startswith("typing.")
        case OptionalOf(inner):
            return container(inner)
        case UnionOf(members):
            return any(map(container, members))
        case _:
            return False


def holds_any(type_: Type) -> bool:
    """Whether values of the type are lists, dicts or sets that hold values of any type, at any depth."""
    match type_:
        case ListOf(elem) | SetOf(elem):
            return elem in _ANYTHING or holds_any(elem)
        case DictOf(key, item):
            return key in _ANYTHING or item in _ANYTHING or holds_any(item)
        case OptionalOf(inner):
            return holds_any(inner)
        case UnionOf(members):
            return any(map(holds_any, members))
        case _:
            return False


def opened(type_: Type) -> Type:
    """The type with `object` for unions of which a member is a container."""
    match type_:
        case UnionOf(members) if any(map(container, members)):
            return OBJECT
        case OptionalOf(UnionOf() as union):
            return OBJECT if opened(union) is OBJECT else type_
        case ListOf(elem):
            return ListOf(opened(elem))
        case VarTuple(elem):
            return VarTuple(opened(elem))
        case SetOf(elem, frozen):
            return SetOf(opened(elem), frozen)
        case DictOf(key, item):
            return DictOf(key, opened(item))
        case _:
            return type_
