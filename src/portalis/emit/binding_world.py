"""How the Rust of a binding reads what Python reads of the world: its clocks, its shared generator."""

from __future__ import annotations

from collections.abc import Sequence

from portalis.compiler.stdlib.effects import beyond
from portalis.compiler.unit import CompiledProject, LoadedValue

_DATES = frozenset({"clock::TODAY", "clock::NOW"})
_RANDOM = "shared_random::GENERATOR"
_DECIMAL = "decimal_context::CONTEXT"
WORLD_FILES = frozenset({"clock", "clock_date", "decimal_context", "shared_random"})
"""The resource files through which it does, by their stems."""


def sources_of(compiled: CompiledProject) -> list[str]:
    """What the Rust reads of the world, by its path in the runtime."""
    found = {path for item in compiled.items if item.rust is not None for path in item.rust.sources}
    return sorted(
        path for path in found if not path.startswith(("loaded::", "upcalls::")) and not beyond((path,))
    )


def reads_dates(sources: Sequence[str]) -> bool:
    """Whether dates are among what is read."""
    return not _DATES.isdisjoint(sources)


def world_files(sources: Sequence[str]) -> tuple[str, ...]:
    """The resource files that are needed."""
    found = {path.partition("::")[0] for path in sources}
    return tuple(sorted(found | {"clock_date"} if reads_dates(sources) else found))


def connections(sources: Sequence[str], loaded: Sequence[LoadedValue], lib: str, *, upcalls: bool) -> str:
    """What connects the sources of the runtime and what Python loads, and what is done around each call."""
    lines = "".join(f"{lib}::runtime::{path}.set({_host(path)});\n" for path in sources)
    lines += "".join(f"{lib}::{one.path}.set(crate::loaders::load_{at});\n" for at, one in enumerate(loaded))
    lines += "crate::upcalls::connect();\n" if upcalls else ""
    draws = _RANDOM in sources
    around = "Some((crate::shared_random::begin, crate::shared_random::end))" if draws else "None"
    begins = "Some(crate::decimal_context::begin)" if _DECIMAL in sources else "None"
    host = f"\npub use {lib}::runtime::shared_random::Host as HOST;\n" if draws else ""
    return f"""\
{host}
/// How a call that may draw random numbers is begun and, told whether it answered, ended.
pub const DRAWS: Option<Around> = {around};

/// What else is done before a call.
pub const BEGINS: Option<fn()> = {begins};

/// What is done before a call, and after it; false with an exception set where that fails.
pub type Around = (fn(), fn(bool) -> bool);

/// Lets the Rust read what Python reads of the world.
pub fn connect() {{
{lines}}}
"""


def _host(path: str) -> str:
    """What the binding has for a source of the runtime."""
    file, _, name = path.partition("::")
    if path == _RANDOM:
        return "crate::shared_random::generator()"
    return f"crate::{'clock_date' if path in _DATES else file}::{name.lower()}"
