"""Rust items for classes that are registered by their shape: a struct for fields, an enum for named values.

>>> enumeration("Color", ["RED", "DARK_BLUE"]).texts[0].splitlines()[1:4]
['pub enum Color {', '    Red,', '    DarkBlue,']
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portalis.config.rust_syntax import KEYWORDS, is_identifier
from portalis.mapping.naming import camel
from portalis.mapping.python_to_rust import Definition
from portalis.mapping.rust_type import MappedType
from portalis.mapping.traits import derives

ENUMERATION_TRAITS = frozenset({"Clone", "Copy", "Debug", "Eq", "Hash", "PartialEq"})


def enumeration(name: str, members: Sequence[str]) -> Definition:
    """An enum without data, one variant per member of a Python `Enum`.

    Args:
        name: the Rust name.
        members: the members' names, in Python's spelling.

    Raises:
        ValueError: there are no members, or two would get one name, or one is no Rust identifier.
    """
    variants = [camel(member) for member in members]
    if not variants or len(set(variants)) < len(variants) or not all(map(is_identifier, variants)):
        raise ValueError(f"the members of {name} don't give distinct Rust names: {', '.join(members)}")
    rows = "".join(f"    {variant},\n" for variant in variants)
    return Definition((f"{derives(ENUMERATION_TRAITS)}pub enum {name} {{\n{rows}}}",))


def structure(name: str, fields: Mapping[str, MappedType], traits: frozenset[str]) -> Definition:
    """A struct with public fields.

    Args:
        name: the Rust name.
        fields: the owned type of each field, in order.
        traits: what to derive.

    Raises:
        ValueError: a field's name is no Rust identifier.
    """
    for field in fields:
        if not is_identifier(field) and field not in KEYWORDS - {"self", "Self", "super", "crate"}:
            raise ValueError(f"{field!r} can't be a field in Rust")
    rows = "".join(
        f"    pub {f'r#{field}' if field in KEYWORDS else field}: {one},\n" for field, one in fields.items()
    )
    body = f" {{\n{rows}}}" if fields else ";"
    below = tuple(text for one in fields.values() for text in one.definitions)
    text = f"{derives(traits)}pub struct {name}{body}"
    imports = frozenset(path for one in fields.values() for path in one.imports)
    crates = {crate: spec for one in fields.values() for crate, spec in one.crates.items()}
    return Definition((*dict.fromkeys(below), text), imports, crates)
