"""One type for the arguments of several calls.

f([1, 2]); f([])             list[int]
f((1, 2)); f((1, 2, 3))      tuple[int, ...]
f({"a": 1}); f({2: 1})       dict[object, int]
f([1, [2, [3]]])             list[object]: nested as deep as you like
"""

from __future__ import annotations

from collections.abc import Sequence

from portalis.compiler.types import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    OBJECT,
    DictOf,
    ListOf,
    OptionalOf,
    SetOf,
    TupleOf,
    Type,
    UnionOf,
    VarTuple,
    make_union,
)


def joined(types: Sequence[Type]) -> Type:
    """The type of a parameter that is given values of these types: containers of one kind become one."""
    members: list[Type] = []
    for type_ in _flat(types):
        for at, member in enumerate(members):
            both = _both(member, type_)
            if both is not None:
                members[at] = both
                break
        else:
            members.append(type_)
    return make_union(members)


def held(types: Sequence[Type]) -> Type:
    """What a container of values of these types holds: objects, where more than numbers are mixed."""
    found = joined(types)
    match found:
        case UnionOf(members) | OptionalOf(UnionOf(members)):
            return found if all(member in (INT, FLOAT, BOOL) for member in members) else OBJECT
        case _:
            return found


def _flat(types: Sequence[Type]) -> list[Type]:
    found: list[Type] = []
    for type_ in types:
        match type_:
            case UnionOf(members):
                found.extend(members)
            case OptionalOf(inner):
                found.extend((*_flat([inner]), NONE))
            case _:
                found.append(type_)
    return found


def _both(a: Type, b: Type) -> Type | None:
    """One type for two containers of one kind; None for two of several kinds."""
    match a, b:
        case ListOf(x), ListOf(y):
            return ListOf(held([x, y]))
        case SetOf(x, frozen), SetOf(y, also) if frozen == also:
            return SetOf(held([x, y]), frozen)
        case DictOf(k, v), DictOf(other, w):
            return DictOf(held([k, other]), held([v, w]))
        case TupleOf(xs), TupleOf(ys) if len(xs) == len(ys):
            parts = tuple(held([x, y]) for x, y in zip(xs, ys, strict=True))
            return _of_any_length(a, b) if OBJECT in parts else TupleOf(parts)
        case (TupleOf() | VarTuple(), TupleOf() | VarTuple()):
            return _of_any_length(a, b)
        case _:
            return a if a == b else None


def _of_any_length(a: TupleOf | VarTuple, b: TupleOf | VarTuple) -> Type:
    """Tuples of several lengths."""
    items = [item for one in (a, b) for item in (one.items if isinstance(one, TupleOf) else (one.elem,))]
    return VarTuple(held(items))
