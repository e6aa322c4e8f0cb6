"""How instances of the project's classes cross: field by field, of exactly their class."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from portalis.compiler.unit import StructAttribute, StructClass
from portalis.emit.markers import marker, struct_marker


def struct_module(structs: Sequence[StructClass], lib: str, needs: Iterable[str], *, unions: bool) -> str:
    """The text of the binding crate's `structs.rs`, before rustfmt."""
    uses = [f"use crate::convert_{family}::*;" for family in sorted(needs)]
    uses += ["use crate::unions::*;"] if unions else []
    head = [
        "//! The classes of the project, as structs.",
        "",
        "#![allow(unused_imports)]",
        "",
        "use crate::convert::*;",
        *uses,
        "use crate::instance::{blank, changed, exactly, read, rebind, unchanged, write};",
        "use crate::raise::Class;",
    ]
    return "\n\n".join(["\n".join(head), *(_struct(one, lib) for one in structs)]) + "\n"


def _struct(one: StructClass, lib: str) -> str:
    name = struct_marker(one.fullname)
    static = f"{name.upper()}_CLASS"
    path = ", ".join(f'c"{part}"' for part in one.qualname.split("."))
    takes = [f"{a.rust}: read::<{marker(a.type)}>(object, {_c(a)})?," for a in one.fields]
    gives = [f"write::<{marker(a.type)}>(&made, {_c(a)}, &value.{a.rust})?;" for a in one.fields]
    changes = [f"changed::<{marker(a.type)}>(&fresh, object, {_c(a)}, &value.{a.rust})?;" for a in one.fields]
    return "\n".join(
        [
            f'static {static}: Class = Class::new(c"{one.module}", &[{path}], false);',
            "",
            f"pub struct {name};",
            f"impl PyType for {name} {{",
            f"type Rust = {lib}::{one.path};",
            "fn take(object: Object) -> Taken<Self::Rust> {",
            f"exactly(object, &{static})?;",
            f"Ok({lib}::{one.path} {{",
            *takes,
            "})",
            "}",
            "fn give(value: &Self::Rust) -> Taken<Owned> {",
            f"let made = blank(&{static})?;",
            *gives,
            "Ok(made)",
            "}",
            "}",
            "",
            f"impl Mutable for {name} {{",
            "fn prepare(value: &Self::Rust, object: Object) -> Taken<Owned> {",
            "let fresh = unchanged()?;",
            *changes,
            "Ok(fresh)",
            "}",
            "fn commit(object: Object, fresh: Object) -> bool {",
            "rebind(object, fresh)",
            "}",
            "}",
        ]
    )


def _c(attribute: StructAttribute) -> str:
    return f'c"{attribute.name}"'
