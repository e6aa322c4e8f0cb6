"""Enumerations of the project as Rust enums: what of the class is translated, and what keeps it in Python.

class Color(Enum):          pub enum Color {
    RED = 1                     Red,
    GREEN = 2         →         Green,
                            }
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from portalis.compiler.enums import EnumClass
from portalis.compiler.types import BOOL, BYTES, FLOAT, INT, STR, TupleOf, Type

_LEFT_TO_PYTHON = frozenset(
    """__new__ __init__ __eq__ __ne__ __hash__ __bool__ __len__ __getattr__ __getattribute__ __setattr__
    __format__ _missing_ name value _name_ _value_ __init_subclass__ __class_getitem__ __call__""".split()
)
"""Methods that change what a member is, or what is found behind its name."""
_COMPARISONS = frozenset({"__lt__", "__le__", "__gt__", "__ge__"})
_I64 = range(-(2**63), 2**63)


def unsupported(found: EnumClass, methods: Mapping[str, ast.FunctionDef]) -> str:
    """Why an enumeration stays in Python; "" where it doesn't."""
    if found.odd:
        return found.odd
    names = list(variants(found).values())
    if len({*names}) < len(names):
        return "two of its members would have one name in Rust"
    if found.mixed and _COMPARISONS & methods.keys():
        return "its members are compared in a way of their own"
    for name in methods:
        if name in _LEFT_TO_PYTHON:
            return f"it defines `{name}`"
        if name in variants(found) or name in {one.name for one in found.members}:
            return f"`{name}` is a member and a method"
    return ""


def variants(found: EnumClass) -> dict[str, str]:
    """The Rust variant of each member.

    >>> from portalis.compiler.enums import EnumMember
    >>> one = EnumMember("DARK_RED", 1, True, ("", "", ""))
    >>> variants(EnumClass("m", "Color", "", (one,)))
    {'DARK_RED': 'DarkRed'}
    """
    return {member.name: camel(member.name) for member in found.members}


def camel(name: str) -> str:
    """A member's name as Rust writes variants: `_DARK_RED` is `DarkRed`, `pendingOrder` is `PendingOrder`."""
    words = [word for word in name.split("_") if word]
    if not words:
        return "Underscore"
    plain = name.isupper()
    made = ""
    for word in words:
        part = word[0].upper() + (word[1:].lower() if plain else word[1:])
        made += f"_{part}" if made[-1:].isdigit() and part[0].isdigit() else part
    if made == "Self":
        return "Self_"
    return made if made[0].isalpha() else f"N{made}"


def value_type(found: EnumClass) -> Type | None:
    """The type of `.value`; None where the values have several types, or one without a static form."""
    kinds = [_type_of(member.value) if member.plain else None for member in found.members]
    return kinds[0] if len(set(kinds)) == 1 else None


def _type_of(value: object) -> Type | None:
    match value:
        case bool():
            return BOOL
        case int():
            return INT if value in _I64 else None
        case float():
            return FLOAT if value == value else None
        case str():
            return STR if not any(0xD800 <= ord(c) <= 0xDFFF for c in value) else None
        case bytes():
            return BYTES
        case tuple() if 0 < len(value) <= 8:
            parts = [_type_of(part) for part in value]
            known = tuple(part for part in parts if part is not None)
            return TupleOf(known) if len(known) == len(value) else None
        case _:
            return None
