"""Which Python types can be keys in Rust: those that both languages hash, and hash alike."""

from __future__ import annotations

from portalis.compiler import types as py
from portalis.config.type_mappings import TypeTable

_NUMBERS = frozenset({"builtins.complex", "decimal.Decimal", "fractions.Fraction"})


def unhashable_part(type_: py.Type, table: TypeTable) -> py.Type | None:
    """The part of a type that keeps it from being a key; None where nothing does.

    A float has no total equality in Rust, a mutable container has no hash in Python, a set has none in Rust.
    Numbers of two types in one union are equal in Python when their values are (`True == 1`), which an enum
    isn't.
    """
    match type_:
        case py.FLOAT | py.ListOf() | py.DictOf() | py.SetOf():
            return type_
        case py.Instance(name) if (row := table.named.get(name)) is not None and row.mutable:
            return type_
        case py.UnionOf(items) if sum(map(_is_number, items)) > 1:
            return type_
        case py.TupleOf(items) | py.UnionOf(items):
            found = (unhashable_part(item, table) for item in items)
            return next((part for part in found if part is not None), None)
        case py.VarTuple(elem) | py.OptionalOf(elem):
            return unhashable_part(elem, table)
        case _:
            return None


def _is_number(type_: py.Type) -> bool:
    match type_:
        case py.INT | py.BOOL | py.FLOAT:
            return True
        case py.Instance(name):
            return name in _NUMBERS or name.startswith("numpy.")
        case _:
            return False
