"""The enum that stands for a Python union, named after its members.

>>> from portalis.compiler.types import INT, STR, UnionOf
>>> enum_name(UnionOf((INT, STR)))
'IntOrStr'
"""

from __future__ import annotations

import re

from portalis.compiler.types import Type, UnionOf
from portalis.mapping.traits import derives


def variant_name(member: Type) -> str:
    """The variant of a member: `list[int]` gives `ListInt`, `datetime.date` gives `Date`."""
    words = re.findall(r"[A-Za-z0-9]+", re.sub(r"[A-Za-z0-9_]+\.", "", str(member)))
    return "".join(word[:1].upper() + word[1:] for word in words)


def enum_name(union: UnionOf) -> str:
    """The name of the enum: its variants, joined by `Or`."""
    return "Or".join(map(variant_name, union.members))


def enum_definition(union: UnionOf, rust_members: tuple[str, ...], traits: frozenset[str]) -> str:
    """The Rust item that defines the enum.

    Args:
        union: the Python union.
        rust_members: the printed Rust type of each member, in the union's order.
        traits: the traits to derive: those that every member has.
    """
    rows = "".join(
        f"    {variant_name(member)}({rust}),\n"
        for member, rust in zip(union.members, rust_members, strict=True)
    )
    return f"{derives(traits)}pub enum {enum_name(union)} {{\n{rows}}}"
