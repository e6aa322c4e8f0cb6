"""The types inside a type, and the classes that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portalis.compiler.types import (
    FLOAT,
    CallableOf,
    DictOf,
    EnumOf,
    Instance,
    ListOf,
    OptionalOf,
    SetOf,
    Shared,
    TupleOf,
    Type,
    UnionOf,
    VarTuple,
)


def parts(type_: Type) -> tuple[Type, ...]:
    """The types directly inside a type."""
    match type_:
        case ListOf(elem) | SetOf(elem) | VarTuple(elem) | OptionalOf(elem):
            return (elem,)
        case DictOf(key, value):
            return (key, value)
        case TupleOf(items) | UnionOf(items):
            return items
        case Instance(args=args):
            return args
        case _:
            return ()


def instances(type_: Type) -> Iterator[str]:
    """The full names of the classes in a type."""
    if isinstance(type_, (EnumOf, Instance, Shared)):
        yield type_.name
    for part in parts(type_):
        yield from instances(part)


def unions_in(type_: Type) -> list[UnionOf]:
    """The unions inside a type."""
    match type_:
        case UnionOf(members):
            return [type_, *(union for member in members for union in unions_in(member))]
        case TupleOf(parts):
            return [union for part in parts for union in unions_in(part)]
        case OptionalOf(inner) | VarTuple(inner) | ListOf(inner) | SetOf(inner):
            return unions_in(inner)
        case DictOf(key, item):
            return [*unions_in(key), *unions_in(item)]
        case CallableOf(params, returns):
            return [union for part in (*(params or ()), returns) for union in unions_in(part)]
        case _:
            return []


def key_classes(types: Iterable[Type]) -> frozenset[str]:
    """The full names of the classes whose instances are keys of dicts, or elements of sets."""
    found: set[str] = set()
    pending = list(types)
    while pending:
        match pending.pop():
            case DictOf(key, value):
                found.update(instances(key))
                pending.append(value)
            case Instance(args=(key, value)) as type_:
                found.update(instances(key) if type_.name == "collections.defaultdict" else ())
                pending += [key, value]
            case SetOf(elem):
                found.update(instances(elem))
            case other:
                pending += parts(other)
    return frozenset(found)


def holds_float(type_: Type) -> bool:
    """Whether there are floats inside: nan equals nothing, and yet containers find it by its identity."""
    return type_ is FLOAT or any(map(holds_float, parts(type_)))


def holds_callable(type_: Type) -> bool:
    """Whether there are functions inside, which show nothing of themselves."""
    return isinstance(type_, CallableOf) or any(map(holds_callable, parts(type_)))
