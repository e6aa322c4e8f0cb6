"""From rustc's errors to the functions that caused them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from portalis.compiler.driver import Compilation
from portalis.diagnostics import Diagnostic
from portalis.emit.cargo import CargoMessage
from portalis.emit.crate import function_at


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
    found: dict[str, Diagnostic] = {}
    for error in errors:
        for file, line in error.spans or ((error.file, error.line),):
            path = function_at(directory, file, line)
            key = by_path.get(path or "") or patterns.get(path or "")
            if key is not None and key not in found:
                found[key] = _diagnostic(compilation, key, error)
    return found


def _diagnostic(compilation: Compilation, key: str, error: CargoMessage) -> Diagnostic:
    span = compilation.functions[key].span
    if error.code == "E0381":
        return Diagnostic(
            "PT213", f"a variable may not be bound: {error.text}", span, "error", "bind it before"
        )
    code = f" [{error.code}]" if error.code else ""
    return Diagnostic("PT801", f"rustc rejects the translation{code}: {error.text}", span)
