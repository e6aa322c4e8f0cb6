"""`src/main.rs`: the binary of a program, which runs what its main block became.

python wc.py a.txt   →   cargo run -- a.txt
"""

from __future__ import annotations

from collections.abc import Sequence

from portalis.compiler.unit import ExceptionClass, Program
from portalis.emit.error_enum import raised_name

ROOTS = ("program::run", "program::shown")
"""What a binary needs of the runtime."""


def binary_names(programs: Sequence[Program], package: str) -> dict[str, str]:
    """The name of each program's binary, by key."""
    if len(programs) == 1:
        return {programs[0].key: package}
    return {program.key: program.module.replace(".", "_") for program in programs}


def binaries(programs: Sequence[Program], lib: str, exceptions: Sequence[ExceptionClass]) -> dict[str, str]:
    """The files of the binaries below `src/`, by path: `main.rs` of a single program, else one for each."""
    if len(programs) == 1:
        return {"main.rs": _main(programs[0], lib, exceptions)}
    names = binary_names(programs, lib)
    return {f"bin/{names[program.key]}.rs": _main(program, lib, exceptions) for program in programs}


def _main(program: Program, lib: str, exceptions: Sequence[ExceptionClass]) -> str:
    body = f"{lib}::{program.path}" if program.raises else f"|| {{ {lib}::{program.path}(); Ok(()) }}"
    return f"""\
//! The program `{program.file}`.

use {lib}::Error;
use {lib}::runtime::program;
use std::process::ExitCode;

fn main() -> ExitCode {{
    program::run({body}, show)
}}

/// An error as the last line of a traceback shows it.
fn show(error: &Error) -> String {{
{_shown(program, exceptions)}
}}
"""


def _shown(program: Program, exceptions: Sequence[ExceptionClass]) -> str:
    """The line, with the modules of classes that are neither built in nor the program's own."""
    named = [(one.name, raised_name(one)) for one in exceptions]
    others = [
        (variant, name)
        for variant, (module, name) in named
        if module not in ("builtins", "__main__", program.module)
        for name in [f"{module}.{name}"]
    ]
    if not others:
        return "program::shown(error.class_name(), error.message())"
    arms = "".join(f'Error::{variant}(_) => "{name}",\n' for variant, name in others)
    return f"""let name = match error {{
{arms}_ => error.class_name(),
}};
program::shown(name, error.message())"""
