"""How values of several types cross: the binding crate's `unions.rs`."""

from __future__ import annotations

from collections.abc import Iterable

from portalis.compiler.types import Type, UnionOf
from portalis.emit.markers import marker, may_alias, parts
from portalis.mapping.union_enum import enum_name, variant_name


def unions_module(types: Iterable[Type], lib: str, needs: Iterable[str], *, structs: bool) -> str:
    """How each union crosses: the first member whose exact type the object has; "" where none is used."""
    found = {enum_name(part): part for type_ in types for part in parts(type_) if isinstance(part, UnionOf)}
    if not found:
        return ""
    uses = [f"use crate::convert_{family}::*;" for family in sorted(needs)]
    uses += ["use crate::structs::*;"] if structs else []
    head = "\n".join(["//! The unions of the Python signatures.", "", "use crate::convert::*;", *uses])
    return "\n\n".join([head, *(_union(name, union, lib) for name, union in sorted(found.items()))]) + "\n"


def _union(name: str, union: UnionOf, lib: str) -> str:
    takes, gives = [], []
    for member in union.members:
        variant = f"{lib}::unions::{name}::{variant_name(member)}"
        takes.append(
            f"if let Ok(value) = <{marker(member)}>::take(object) {{ return Ok({variant}(value)); }}"
        )
        gives.append(f"{variant}(value) => <{marker(member)}>::give(value),")
    return "\n".join(
        [
            f"pub struct {name};",
            f"impl PyType for {name} {{",
            f"type Rust = {lib}::unions::{name};",
            "fn take(object: Object) -> Taken<Self::Rust> {",
            *takes,
            "Err(Declined)",
            "}",
            *_met(union),
            "fn give(value: &Self::Rust) -> Taken<Owned> {",
            "match value {",
            *gives,
            "}",
            "}",
            "}",
        ]
    )


def _met(union: UnionOf) -> list[str]:
    """How the objects inside a value of a union that can change are met."""
    changing = [marker(member) for member in union.members if may_alias(member)]
    if not changing:
        return []
    return [
        "const CHANGES: bool = true;",
        "fn meet(object: Object, seen: &mut crate::write_back::Seen) -> Taken<()> {",
        *(f"if <{one}>::take(object).is_ok() {{ return <{one}>::meet(object, seen); }}" for one in changing),
        "Ok(())",
        "}",
    ]
