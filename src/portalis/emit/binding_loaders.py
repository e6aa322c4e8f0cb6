"""How Rust comes by what it reads through Python: clocks, and what a function of the project loads once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from portalis.compiler.types import STR
from portalis.compiler.unit import LoadedValue
from portalis.emit.markers import marker


def loader_module(loaded: Sequence[LoadedValue], needs: Iterable[str]) -> str:
    """The text of the binding crate's `loaders.rs`, before rustfmt."""
    uses = [f"use crate::convert_{family}::*;" for family in sorted(needs)]
    head = [
        "//! What Python loads for the Rust, with the project's own functions.",
        "",
        "#![allow(unused_imports)]",
        "",
        "use crate::convert::*;",
        *uses,
        "use crate::instance::load;",
        "use crate::raise::{Argument, Class};",
        "use crate::structs::*;",
    ]
    return "\n\n".join(["\n".join(head), *(_loader(at, one) for at, one in enumerate(loaded))]) + "\n"


def _loader(at: int, one: LoadedValue) -> str:
    gives = marker(one.gives)
    lent, owned = ("str", "name.to_owned()") if one.key is STR else ("i64", "*name")
    return (
        f'static FUNCTION_{at}: Class = Class::new(c"{one.module}", &[c"{one.name}"], Argument::Text);\n\n'
        f"pub fn load_{at}(name: &{lent}) -> Option<<{gives} as PyType>::Rust> {{\n"
        f"load::<{marker(one.key)}, {gives}>(&FUNCTION_{at}, &{owned})\n}}"
    )
