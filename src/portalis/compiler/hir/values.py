"""What instances of a class can do without a method of their own: be compared, be keys, be copied unseen.

    @dataclass(frozen=True)     #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    class Version:          →   pub struct Version {
        major: int                  pub major: i64,

A frozen dataclass, and a named tuple, that holds nothing that changes is a value: a copy of it is the same to
every program, so it may stand in any number of places, and crosses to and from Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from portalis.compiler.types import (
    BYTES,
    COPY_INSTANCES,
    FLOAT,
    NONE,
    DictOf,
    EnumOf,
    Instance,
    ListOf,
    OptionalOf,
    Prim,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
)

if TYPE_CHECKING:
    from portalis.compiler.hir.structs import StructInfo

Traits = frozenset[str]
NO_TRAITS: Traits = frozenset()
_MOST_COPIED = 4
"""Fields up to which an instance is `Copy`, where all of them are."""
_ORDER = frozenset({"__lt__", "__le__", "__gt__", "__ge__"})


def value_traits(known: Mapping[str, StructInfo]) -> dict[str, Traits]:
    """The traits of each class: `eq`, `ord`, `total` (an order without floats), `hash`, `value`, `copy`."""
    traits = {name: _wanted(info) for name, info in known.items()}
    while True:
        smaller = {
            name: frozenset(
                trait for trait in found if all(_has(one.type, trait, traits) for one in known[name].fields)
            )
            for name, found in traits.items()
        }
        smaller = {name: _consistent(found) for name, found in smaller.items()}
        if smaller == traits:
            return traits
        traits = smaller


def _wanted(info: StructInfo) -> Traits:
    """What the class asks for, if its fields allow it."""
    if not info.is_dataclass or info.shared or not info.options.get("eq", True) or "__eq__" in info.methods:
        return NO_TRAITS
    if "__ne__" in info.methods or not all(one.compared for one in info.fields):
        return NO_TRAITS
    found = {"eq"}
    if info.options.get("order") and not _ORDER & info.methods.keys():
        found |= {"ord", "total"}
    if info.frozen:
        found |= {"value"} | ({"copy"} if len(info.fields) <= _MOST_COPIED else set())
        if "__hash__" not in info.methods:
            found.add("hash")
    return frozenset(found)


def _consistent(found: Traits) -> Traits:
    """Without the traits that need one which is not there."""
    if "eq" not in found:
        return NO_TRAITS
    if "value" not in found:
        return found - {"copy", "hash"}
    return found


def _has(type_: Type, trait: str, traits: Mapping[str, Traits]) -> bool:
    """Whether values of a type have the trait."""
    match type_:
        case Prim():
            return type_ in _PRIMS and _of_prim(type_, trait)
        case OptionalOf(inner):
            return trait not in ("ord", "total") and _has(inner, trait, traits)
        case TupleOf(items):
            return all(_has(item, trait, traits) for item in items)
        case VarTuple(elem):
            return trait != "copy" and _has(elem, trait, traits)
        case ListOf(elem):
            return trait in ("eq", "ord", "total") and _has(elem, trait, traits)
        case DictOf(_, value):
            return trait == "eq" and _has(value, trait, traits)
        case SetOf(elem, frozen):
            return trait == "eq" or (trait == "value" and frozen and _has(elem, trait, traits))
        case EnumOf(mixed=mixed):
            return trait not in ("ord", "total") or mixed == "int"
        case Instance(name, ()) if name in COPY_INSTANCES:
            return True
        case Instance(name, ()):
            return trait in traits.get(name, NO_TRAITS)
        case _:
            return False


_PRIMS = frozenset(one for one in Prim if one not in (Prim.ANY, Prim.OBJECT, Prim.NEVER, Prim.NONE))


def _of_prim(type_: Prim, trait: str) -> bool:
    if type_ is FLOAT:
        return trait not in ("total", "hash")
    return trait != "copy" or type_ not in (Prim.STR, BYTES, NONE)


def derives(traits: Traits) -> tuple[str, ...]:
    """The Rust traits of a struct, in the usual order."""
    eq = {"Eq"} if "hash" in traits or "total" in traits else set()
    have = {"Debug", "Clone"}
    have |= {"Copy"} if "copy" in traits else set()
    have |= {"PartialEq"} | eq if "eq" in traits else set()
    have |= {"PartialOrd"} if "ord" in traits else set()
    have |= {"Ord"} if "total" in traits else set()
    have |= {"Hash"} if "hash" in traits else set()
    order = ("Debug", "Clone", "Copy", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash")
    return tuple(one for one in order if one in have)
