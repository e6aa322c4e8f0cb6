"""`upcalls.rs`: one typed function for each function of the project that Rust calls in Python.

Whoever has the Python sets what stands behind it; the crate itself knows none.
"""

from __future__ import annotations

from collections.abc import Collection

from portalis.compiler.hir.type_parts import unions_in
from portalis.compiler.lowering.context import STRUCT_OPTIONS
from portalis.compiler.lowering.function import LoweredFunction
from portalis.compiler.lowering.project_context import ProjectContext
from portalis.compiler.rust.vocabulary import rust_name
from portalis.compiler.types import NONE
from portalis.compiler.unit import RustFile, Upcall
from portalis.mapping.python_to_rust import map_type
from portalis.mapping.union_enum import enum_name

FILE = "upcalls.rs"
_HEAD = """\
//! Functions of the project that stay in Python. Whoever runs this crate beside Python sets them; a call
//! of one that nobody has set declines.
"""


def used_upcalls(lowered: Collection[LoweredFunction]) -> tuple[Upcall, ...]:
    """The functions that the Rust calls in Python, in the order of their names."""
    found = {one for function in lowered for one in function.upcalls}
    return tuple(sorted(found, key=lambda one: one.name))


def upcalls_file(upcalls: Collection[Upcall], context: ProjectContext) -> RustFile:
    """The file, before rustfmt."""
    imports = {"crate::error::Error", "crate::runtime::upcall::Upcall"}
    texts: list[str] = []
    for one in upcalls:
        text, needed = _function(one, context)
        texts.append(text)
        imports |= needed
    uses = "".join(f"use {path};\n" for path in sorted(imports))
    return RustFile(FILE, "\n".join([_HEAD, uses, "\n\n".join(texts), ""]))


def _function(one: Upcall, context: ProjectContext) -> tuple[str, set[str]]:
    told = [param for param in one.params if param.type is not NONE]
    mapped = [map_type(param.type, "param", STRUCT_OPTIONS, context.table) for param in told]
    returns = map_type(one.returns, "return", STRUCT_OPTIONS, context.table)
    imports = {path for type_ in (*mapped, returns) for path in type_.imports}
    for type_ in (*(param.type for param in told), one.returns):
        imports |= {f"crate::unions::{enum_name(union)}" for union in unions_in(type_)}
    gives = "()" if one.returns is NONE else str(returns)
    names = [rust_name(param.name) for param in told]
    home, _, looked_up = one.place.partition(":")
    text = _TEXT
    for name, value in (
        ("STATIC", one.name.upper()), ("ALIAS", _camel(one.name)), ("FUNCTION", one.name), ("GIVES", gives),
        ("TYPES", ", ".join(map(str, mapped))),
        ("PARAMS", ", ".join(f"{name}: {type_}" for name, type_ in zip(names, mapped, strict=True))),
        ("ARGUMENTS", ", ".join(names)), ("WHAT", one.key.replace(":", ".")),
        ("WHERE", f"`{looked_up}` of `{home}`"),
    ):  # fmt: skip
        text = text.replace(f"@{name}", value)
    return text, imports


def _camel(name: str) -> str:
    """`util_clean` → `UtilClean`, which no type that the file names is called."""
    made = "".join(part[:1].upper() + part[1:] for part in name.split("_"))
    return f"{made}Function"


_TEXT = """\
/// Python's `@WHAT`: @WHERE.
pub static @STATIC: Upcall<@ALIAS> = Upcall::unset();

type @ALIAS = fn(@TYPES) -> Result<@GIVES, Error>;

/// Calls Python's `@WHAT`.
pub fn @FUNCTION(@PARAMS) -> Result<@GIVES, Error> {
    @STATIC.function()(@ARGUMENTS)
}"""
