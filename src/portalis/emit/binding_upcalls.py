"""How Rust calls the functions of a project that stay in Python: the binding crate's `upcalls.rs`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from portalis.compiler.types import NONE, ListOf, OptionalOf, Prim, Type, VarTuple, is_copy
from portalis.compiler.unit import CompiledProject, Param, Upcall
from portalis.emit.markers import marker

RAISED = """
pub use {lib}::runtime::upcall::{{Exception as EXCEPTION, Raised as RAISED}};

/// The exception object that an error is, where a Python function raised it.
#[allow(irrefutable_let_patterns)]
pub fn carried(error: &ERROR) -> Option<crate::convert::Owned> {{
    if let ERROR::FromPython(raised) = error {{ crate::upcall::object(raised) }} else {{ None }}
}}
"""
NOTHING_RAISED = """
/// The exception object that an error is: no Python function is called that could have raised it.
pub fn carried(_error: &ERROR) -> Option<crate::convert::Owned> {
    None
}
"""


def types_of(compiled: CompiledProject) -> Iterator[Type]:
    """The types that cross when Rust calls Python."""
    for one in compiled.upcalls:
        yield from (param.type for param in one.params)
        yield one.returns


def upcalls_module(upcalls: Sequence[Upcall], lib: str, needs: Iterable[str], *, unions: bool) -> str:
    """The text of `upcalls.rs`, before rustfmt."""
    uses = [f"use crate::convert_{family}::*;" for family in sorted(needs)]
    uses += ["use crate::unions::*;"] if unions else []
    head = [
        "//! The functions of the project that stay in Python and that Rust calls.",
        "",
        "#![allow(unused_imports)]",
        "",
        "use crate::convert::*;",
        *uses,
        "use crate::upcall::{Function, Name, text};",
    ]
    statics = [_static(at, one) for at, one in enumerate(upcalls)]
    lines = [_connection(at, one, lib) for at, one in enumerate(upcalls)]
    connect = "\n".join(["/// Lets the Rust call them.", "pub fn connect() {", *lines, "}"])
    return "\n\n".join(["\n".join(head), *statics, connect]) + "\n"


def _static(at: int, one: Upcall) -> str:
    home, _, dotted = one.place.partition(":")
    module, _, name = one.key.partition(":")
    names = dotted.split(".")
    path = ", ".join(f'Name::new("{part}")' for part in names)
    arguments = f'Name::new("{home}"), [{path}], "{module}", "{name}", {one.line}'
    return f"static FUNCTION_{at}: Function<{len(names)}> = Function::new({arguments});"


def _connection(at: int, one: Upcall, lib: str) -> str:
    params = list(enumerate(one.params))
    taken = ", ".join(f"x{place}" for place, param in params if param.type != NONE)
    by_place = [_given(param, place) for place, param in params if param.kind in _BY_PLACE]
    named = [
        f'(c"{param.name}", {_given(param, place)})'
        for place, param in params
        if param.kind == "keyword_only"
    ]
    rest = next((_given(param, place) for place, param in params if param.kind == "var_positional"), None)
    gives, count = marker(one.returns), len(by_place)
    if named or rest is not None:
        more = "None" if rest is None else f"Some({rest})"
        call = (
            f"call_with::<{gives}, {count}, {len(named)}>"
            f"([{', '.join(by_place)}], {more}, [{', '.join(named)}])"
        )
    else:
        call = f"call::<{gives}, {count}>([{', '.join(by_place)}])"
    return f"{lib}::upcalls::{one.name.upper()}.set(|{taken}| FUNCTION_{at}.{call});"


_BY_PLACE = ("positional_only", "positional_or_keyword")


def _given(param: Param, place: int) -> str:
    """A parameter of the closure as an object for Python."""
    name, type_ = f"x{place}", param.type
    match type_:
        case Prim.NONE:
            return "Unit::give(&())"
        case Prim.STR:
            return f"text({name})"
        case Prim.BYTES:
            value = f"&{name}.to_owned()"
        case VarTuple() | ListOf():
            value = f"&{name}.to_vec()"
        case OptionalOf(Prim.STR | Prim.BYTES | VarTuple() | ListOf()):
            value = f"&{name}.map(ToOwned::to_owned)"
        case OptionalOf() if not is_copy(type_):
            value = f"&{name}.cloned()"
        case _:
            value = f"&{name}" if is_copy(type_) else name
    return f"<{marker(type_)}>::give({value})"
