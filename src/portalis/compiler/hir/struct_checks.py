"""What keeps a class in Python though its struct could be written: what it holds, and what holds it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from portalis.compiler.hir.families import Family
from portalis.compiler.hir.method_names import method_name
from portalis.compiler.hir.type_parts import instances, parts
from portalis.compiler.types import (
    FLOAT,
    DictOf,
    Instance,
    ListOf,
    OptionalOf,
    SetOf,
    Shared,
    TupleOf,
    Type,
    UnionOf,
    VarTuple,
    is_mutable,
)
from portalis.config.type_mappings import default_type_table

if TYPE_CHECKING:
    from portalis.compiler.hir.structs import StructInfo


def unfit(info: StructInfo, project: Collection[str], known: Mapping[str, StructInfo]) -> str:
    """Why a class that has a struct so far can't have one; "" where it can.

    Args:
        info: the class.
        project: the full names of all classes of the project.
        known: the classes that have a struct so far.
    """
    changed = next((f for f in info.fields if info.shared and not _lendable(f.type)), None)
    if changed is not None:
        return f"its instances are shared, and its field `{changed.name}` is a `{changed.type}`"
    for attribute, part in _foreign(info, project):
        return f"its field `{attribute}` is a `{part}`"
    for one in info.fields:
        if (key := _bad_key(one.type, known)) is not None:
            return f"its field `{one.name}` has keys or elements of type `{key}`"
    clash = _clash(info)
    return f"two of its methods would be `{clash}` in Rust" if clash is not None else ""


def _bad_key(type_: Type, known: Mapping[str, StructInfo]) -> Type | None:
    """A type inside of which values are keys, though Rust can't hash them as Python does."""
    match type_:
        case DictOf(key) | SetOf(key) if not _hashes(key, known):
            return key
        case Instance("collections.defaultdict" | "collections.Counter", (key, *_)) if not _hashes(
            key, known
        ):
            return key
        case _:
            found = (_bad_key(part, known) for part in parts(type_))
            return next((one for one in found if one is not None), None)


def _hashes(type_: Type, known: Mapping[str, StructInfo]) -> bool:
    """Whether values of the type can be keys."""
    match type_:
        case TupleOf(items) | UnionOf(items):
            return all(_hashes(item, known) for item in items)
        case VarTuple(elem) | OptionalOf(elem):
            return _hashes(elem, known)
        case ListOf() | DictOf() | SetOf():
            return False
        case Instance(name) | Shared(name) if name in known:
            return known[name].keys or "hash" in known[name].traits
        case _:
            return type_ is not FLOAT


def lose(
    known: Mapping[str, StructInfo], refused: dict[str, str], families: Collection[Family]
) -> frozenset[str]:
    """Refuse what holds a value of a class without a struct.

    Returns:
        the full names of the families and base classes of which no instance is left.
    """
    while True:
        without = [one for one in families if all(member in refused for member in one.members)]
        gone = refused | {one.fullname: "none of its classes has a struct" for one in without}
        lost = _losing(known, gone)
        if not lost:
            return frozenset(name for one in without for name in (one.base, one.fullname))
        refused |= {name: f"it holds a `{part}`, which stays in Python" for name, part in lost.items()}


def _foreign(info: StructInfo, project: Collection[str]) -> Iterator[tuple[str, str]]:
    """The fields whose type holds a class that is neither the project's nor has a Rust twin."""
    named = default_type_table().named
    for one in info.fields:
        for part in instances(one.type):
            if part not in named and part not in project:
                yield one.name, part


def _lendable(type_: Type) -> bool:
    """Whether a field of a shared class may have the type: one that can't be changed, or a container."""
    match type_:
        case (
            ListOf()
            | DictOf()
            | SetOf()
            | Instance()
            | OptionalOf(ListOf() | DictOf() | SetOf() | Instance())
        ):
            return True
        case _:
            return not is_mutable(type_)


def _losing(known: Mapping[str, StructInfo], refused: Mapping[str, str]) -> dict[str, str]:
    """The structs with a field of a class that has none, and that class."""
    return {
        name: part
        for name, info in known.items()
        if name not in refused
        for one in info.fields
        for part in instances(one.type)
        if part in refused
    }


def _clash(info: StructInfo) -> str | None:
    """A name that two of the methods would have in Rust, those that read and store shared fields included."""
    names = [method_name(name) for name in info.methods if name not in info.aliases]
    if info.enum is not None:
        names += ["name", "value", "from_name", "from_value"]
    if info.shared:
        names += [f"{stem}{one.name}" for one in info.fields for stem in ("",)]
        names += [info.setter(one.name) for one in info.fields]
        names += [f"{one.name}_mut" for one in info.fields if is_mutable(one.type)]
        names += ["is", "address", "clone", "drop", "from"]
    return next((name for name in names if names.count(name) > 1), None)
