"""What cargo must know of the binding crate: its manifest, its configuration, its modules."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType

from portalis.config.crates import crate_table
from portalis.emit.binding_world import WORLD_FILES
from portalis.emit.crate import EDITION, PROFILE, RUST_VERSION, CoreCrate

NATIVE_MODULE = "_portalis_native"
PYO3 = "0.30"

_CRATES = MappingProxyType(
    {
        "big": ("num-bigint",),
        "dict": ("indexmap", "rustc-hash"),
        "set": ("rustc-hash",),
        "date": ("chrono",),
        "fraction": ("num-rational",),
    }
)
LOOKING_UP = frozenset({"collections", "decimal", "deque", "fraction"})
"""The conversion files that look classes of the library up."""
_WHOLE = frozenset({"door", "instance", "library", "raise", "write_back", *WORLD_FILES})
# The build that verification runs: quick to make, with the same panics as the release. Overflow wraps in
# both, so that a plain `+` which should have been a `strict_add` shows as a wrong result, not as a decline.
VERIFY_PROFILE = """\
[profile.verify]
inherits = "dev"
opt-level = 1
debug = false
debug-assertions = false
overflow-checks = false
strip = "debuginfo"
incremental = false
"""
# The stable ABI needs no interpreter at build time; its symbols are found when the module is loaded.
CARGO_CONFIG = """\
[env]
PYO3_NO_PYTHON = "1"
PYO3_BUILD_EXTENSION_MODULE = "1"

[target.'cfg(target_os = "macos")']
rustflags = ["-C", "link-arg=-undefined", "-C", "link-arg=dynamic_lookup"]
"""


def manifest(core: CoreCrate, directory: Path, needs: Iterable[str]) -> str:
    """Its `Cargo.toml`; `needs` are the conversion files that it has."""
    package = f"{core.package}-python"
    crates = sorted({crate for family in needs for crate in _CRATES.get(family, ())})
    known = crate_table().root
    path = Path(os.path.relpath(core.directory.resolve(), directory.resolve())).as_posix()
    lines = [
        "[package]",
        f'name = "{package}"',
        'version = "0.1.0"',
        f'edition = "{EDITION}"',
        f'rust-version = "{RUST_VERSION}"',
        "publish = false",
        "",
        "[lib]",
        f'name = "{NATIVE_MODULE}"',
        'crate-type = ["cdylib"]',
        "",
        "[dependencies]",
        f'{core.package} = {{ path = "{path}" }}',
        f'pyo3-ffi = {{ version = "{PYO3}", features = ["abi3-py311"] }}',
        *(f"{crate} = {core.crates.get(crate) or known[crate].spec}" for crate in crates),
        "",
        "[workspace]",
        "",
        PROFILE,
        VERIFY_PROFILE,
    ]
    return "\n".join(lines)


def library(stems: Iterable[str]) -> str:
    """Its `lib.rs`, which declares the other files."""
    modules = "\n".join(_declaration(stem) for stem in sorted((*stems, "functions", "tables")))
    return f"""\
//! Python's way into the Rust of this project; made by Portalis.

{modules}

/// Makes the extension module.
///
/// # Safety
/// For the interpreter only.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInit_{NATIVE_MODULE}() -> convert::Object {{
    unsafe {{ module::make() }}
}}
"""


def _declaration(stem: str) -> str:
    # Which conversions a project needs differs; the resource files are whole.
    whole = stem in _WHOLE or stem.startswith("convert")
    unused = "#[allow(dead_code)]\n" if whole else ""
    return f"{unused}mod {stem};"
