"""Which derivable traits the Rust form of a Python type has, from the rows of the type table.

>>> from portalis.compiler.types import FLOAT, INT, ListOf, TupleOf
>>> from portalis.config.type_mappings import default_type_table
>>> "Hash" in traits_of(ListOf(INT), TraitRows(default_type_table()))
True
>>> sorted(traits_of(TupleOf((INT, FLOAT)), TraitRows(default_type_table())))
['Clone', 'Copy', 'Debug', 'Default', 'PartialEq', 'PartialOrd']
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce

from portalis.compiler import types as py
from portalis.config.type_mappings import TypeRow, TypeTable

ALL: frozenset[str] = frozenset(
    {"Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"}
)
_TUPLE_LIMIT = 12
"""The longest tuple for which the standard library implements more than Clone and Copy."""
_ARRAY = frozenset({"Clone", "Debug", "Default", "Eq", "Hash", "PartialEq"})
_UNION = frozenset({"Clone", "Debug", "Eq", "Hash", "PartialEq"})


@dataclass(frozen=True, slots=True)
class TraitRows:
    """Where traits are looked up: the table, and the type parameters with their bounds."""

    table: TypeTable
    variables: Mapping[str, frozenset[str]] = field(default_factory=dict)
    std: bool = False
    """Whether a row's form without Portalis's runtime is asked for, where it has one."""


def traits_of(type_: py.Type, rows: TraitRows) -> frozenset[str]:
    """The traits of a type that has a Rust form."""
    match type_:
        case py.Prim():
            return _of_row(rows.table.primitives.get(type_.value), (), rows)
        case py.ListOf(elem):
            return _of_row(rows.table.containers.get("list"), (elem,), rows)
        case py.VarTuple(elem):
            return _of_row(rows.table.containers.get("vartuple"), (elem,), rows)
        case py.SetOf(elem, frozen):
            return _of_row(rows.table.containers.get("frozenset" if frozen else "set"), (elem,), rows)
        case py.DictOf(key, value):
            return _of_row(rows.table.containers.get("dict"), (key, value), rows)
        case py.TupleOf(items):
            common = _common(items, rows)
            return common if len(items) <= _TUPLE_LIMIT else common & {"Clone", "Copy"}
        case py.OptionalOf(inner):
            return traits_of(inner, rows) | {"Default"}
        case py.UnionOf(members):
            return _common(members, rows) & _UNION
        case py.Instance("numpy.ndarray", args):
            dtype = args[1] if len(args) == 2 else py.FLOAT
            return _ARRAY & traits_of(dtype, rows)
        case py.Instance(name, ()) if name in rows.variables:
            return rows.variables[name]
        case py.EnumOf(name) | py.Shared(name):
            return _of_row(rows.table.named.get(name), (), rows)
        case py.Instance(name, args):
            return _of_row(rows.table.named.get(name), args, rows)
        case _:
            return frozenset()


def derives(traits: Iterable[str]) -> str:
    """The `#[derive]` of an item, its traits in the usual order.

    >>> derives({"PartialEq", "Clone", "Debug"})
    '#[derive(Debug, Clone, PartialEq)]\\n'
    """
    order = ("Debug", "Default", "Clone", "Copy", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash")
    chosen = [one for one in order if one in set(traits)]
    return f"#[derive({', '.join(chosen)})]\n" if chosen else ""


def _of_row(row: TypeRow | None, args: tuple[py.Type, ...], rows: TraitRows) -> frozenset[str]:
    if row is None:
        return frozenset()
    row = row.std if rows.std and row.std is not None else row
    if not row.args:
        return frozenset(row.traits)
    return (row.traits & _common(args, rows)) | (row.traits & {"Default"})


def _common(parts: Iterable[py.Type], rows: TraitRows) -> frozenset[str]:
    return reduce(frozenset.intersection, (traits_of(part, rows) for part in parts), ALL)
