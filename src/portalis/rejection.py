"""From rustc's errors to the functions that caused them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from portalis.compiler.driver import Compilation
from portalis.compiler.struct_files import used_structs
from portalis.diagnostics import Diagnostic
from portalis.emit.binding import BindingCrate
from portalis.emit.cargo import CargoMessage
from portalis.emit.crate import function_at
from portalis.emit.markers import struct_marker

_DOOR = re.compile(r"\bdoor_(\d+),")
_MARKED = re.compile(r"\b(?:struct|for) (\w+)")


def rejected_functions(
    compilation: Compilation, directory: Path, errors: Sequence[CargoMessage]
) -> dict[str, Diagnostic]:
    """The functions that rustc rejects, each with the first error as its diagnostic."""
    by_path = {value.callee.path: key for key, value in compilation.lowered.items()}
    patterns = {
        f"{value.callee.path.rpartition('::')[0]}::{item.name}": key
        for key, value in compilation.lowered.items()
        for item in value.patterns
    }
    structs = _users_of_structs(compilation)
    found: dict[str, Diagnostic] = {}
    for error in errors:
        for file, line in error.spans or ((error.file, error.line),):
            path = function_at(directory, file, line) or ""
            key = by_path.get(path) or patterns.get(path)
            # What is wrong with a struct itself, or a method that we add, is wrong for all that need it.
            owner = path if path in structs else path.rpartition("::")[0]
            for one in (key,) if key is not None else structs.get(owner.removesuffix("Fields"), ()):
                if one not in found:
                    found[one] = _diagnostic(compilation, one, error)
    return found


def rejected_at_the_door(
    compilation: Compilation, bound: BindingCrate, messages: Sequence[CargoMessage]
) -> dict[str, Diagnostic]:
    """The functions whose way in or out rustc rejects, each with the first error as its diagnostic."""
    structs = _users_of_structs(compilation)
    markers = {
        struct_marker(info.fullname): "::".join(
            filter(None, (compilation.context.paths[info.module], info.qualname))
        )
        for info in compilation.symbols.structs.values()
    }
    found: dict[str, Diagnostic] = {}
    for error in (one for one in messages if one.level == "error"):
        for file, line in error.spans or ((error.file, error.line),):
            above = _lines_to(bound.directory / file, line)
            keys: Sequence[str] = ()
            if file.endswith("functions.rs") and (doors := _DOOR.findall(above)):
                keys = bound.keys[int(doors[-1]) :][:1]
            elif file.endswith("structs.rs") and (named := _MARKED.findall(above)):
                keys = structs.get(markers.get(named[-1], ""), ())
            for key in keys:
                found.setdefault(key, _diagnostic(compilation, key, error))
    return found


def _lines_to(file: Path, line: int) -> str:
    """The text of a file up to a line; "" where there is none."""
    if not file.is_file():
        return ""
    return "\n".join(file.read_text(encoding="utf-8").splitlines()[:line])


def _users_of_structs(compilation: Compilation) -> dict[str, tuple[str, ...]]:
    """The functions that need each struct, by its path in the crate."""
    users: dict[str, tuple[str, ...]] = {}
    for info in compilation.symbols.structs.values():
        path = "::".join(filter(None, (compilation.context.paths[info.module], info.qualname)))
        users[path] = tuple(
            key
            for key, value in compilation.lowered.items()
            if info in used_structs(compilation.symbols, (value,))
        )
    return users


def _diagnostic(compilation: Compilation, key: str, error: CargoMessage) -> Diagnostic:
    span = compilation.functions[key].span
    if error.code == "E0381":
        return Diagnostic(
            "PT213", f"a variable may not be bound: {error.text}", span, "error", "bind it before"
        )
    code = f" [{error.code}]" if error.code else ""
    return Diagnostic("PT801", f"rustc rejects the translation{code}: {error.text}", span)
