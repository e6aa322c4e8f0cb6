"""The core crate: the project's Rust as a Cargo library that knows nothing of Python.

Cargo.toml, src/lib.rs, src/error.rs, src/runtime/ (only what is used), src/<module>.rs, tests/equivalence.rs
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from portalis.compiler.rust.vocabulary import runtime_folder
from portalis.compiler.unit import CompiledProject, ExceptionClass, RustFile
from portalis.config.rust_syntax import KEYWORDS
from portalis.emit.crate_table import packages, used_crates
from portalis.emit.error_enum import complete, error_module
from portalis.emit.program_main import ROOTS, binaries
from portalis.emit.runtime_carry import Carried, carry, error_variants
from portalis.emit.rust_items import RustItem, item_at, mask, split

EDITION = "2024"
RUST_VERSION = "1.91"

# Names that Cargo or rustc refuse for a package, or that hide a crate every program has or may need.
_RESERVED_CRATES = frozenset(
    {"core", "std", "alloc", "test", "proc-macro", "build", "deps", "examples", *packages()}
)
_UNRAW = frozenset({"crate", "self", "super", "Self"})
_NEGATIVE_END = re.compile(r"\.\.=?-\d")
_NEGATIVE_ENDS = """\
// In a slice a negative bound counts from the end, as in Python.
#![allow(clippy::reversed_empty_ranges)]
"""
_RAISED = ("upcall::Raised",)
_OWN_FILES = frozenset({"error.rs", "runtime", "runtime.rs"})


class CrateError(Exception):
    """The compiled project cannot be laid out as a crate (two things want one file)."""


@dataclass(frozen=True, slots=True)
class CoreCrate:
    """A core crate on disk. `lib` is its name in Rust paths; `exceptions` are the variants of its `Error`.

    `format_problem` is what rustfmt said where it could not format (rustc will say it better).
    """

    directory: Path
    package: str
    lib: str
    crates: dict[str, str]
    exceptions: tuple[ExceptionClass, ...]
    runtime: frozenset[str]
    format_problem: str = ""


def package_name(project: str) -> str:
    """A name Cargo accepts, from a project's name.

    >>> package_name("My_Tool.kit"), package_name("core"), package_name("3d")
    ('my-tool-kit', 'core-rs', 'py-3d')
    """
    name = re.sub(r"[^a-z0-9]+", "-", project.lower()).strip("-") or "project"
    if name[0].isdigit():
        name = f"py-{name}"
    return f"{name}-rs" if name in _RESERVED_CRATES or name.replace("-", "_") in KEYWORDS else name


def raw_identifier(name: str) -> str:
    """The name as a Rust identifier: `r#do` for a keyword.

    Raises:
        CrateError: the name is one of the four that Rust can't write raw.
    """
    if name in _UNRAW:
        raise CrateError(f"a Rust module can't be called `{name}`")
    return f"r#{name}" if name in KEYWORDS else name


def write_core(
    compiled: CompiledProject,
    directory: Path,
    *,
    tests: str = "",
    roots: Iterable[str] = (),
    python_minor: int = sys.version_info.minor,
) -> CoreCrate:
    """Write the core crate into a folder (made if missing; files of an earlier writing are replaced).

    Args:
        compiled: the compiler's answer.
        directory: the crate's folder.
        tests: the text of `tests/equivalence.rs`, or "".
        roots: runtime items to carry though no generated code names them.
        python_minor: the minor version of Python whose behaviour the runtime keeps.

    Raises:
        CrateError: a module wants a file that the crate needs itself.
        OSError: the folder can't be written.
    """
    roots = (*roots, *(ROOTS if compiled.programs else ()), *(_RAISED if compiled.upcalls else ()))
    carried = carry((file.text for file in compiled.files), runtime_folder(), roots)
    variants = carried.variants.union(*(error_variants(file.text) for file in compiled.files))
    exceptions = complete(compiled.exceptions, variants)
    files = _source_files(compiled, carried, exceptions, python_minor)
    crates = _crates(compiled, carried)
    package = package_name(compiled.name)
    if package in crates:
        package = f"{package}-rs"
    lib = package.replace("-", "_")
    files |= binaries(compiled.programs, lib, exceptions) if compiled.programs else {}
    texts = {f"src/{path}": text for path, text in files.items()}
    texts["Cargo.toml"] = _manifest(package, compiled.name, crates)
    if tests:
        texts["tests/equivalence.rs"] = tests
    problem = write_formatted(directory, texts, owned=("src", "tests"))
    return CoreCrate(directory, package, lib, crates, exceptions, frozenset(carried.files), problem)


def function_at(directory: Path, file: str, line: int) -> str | None:
    """The path of the item at a line of the crate (`luhn::checksum`), for mapping rustc's errors back.

    In an `impl` it is the path of the method (`shapes::Point::shift`), or of the type between methods.

    Args:
        directory: the crate's folder.
        file: relative to it, as rustc says it (`src/luhn.rs`).
        line: 1-based.
    """
    parts = PurePosixPath(file).parts
    source = directory / file
    if parts[:1] != ("src",) or not source.is_file():
        return None
    item = item_at(split(source.read_text(encoding="utf-8")), line)
    name = None if item is None else item.names[0] if item.names else _in_impl(item, line)
    if name is None:
        return None
    stem = [*parts[1:-1], parts[-1].removesuffix(".rs")]
    if stem[-1] in ("mod", "lib"):
        stem.pop()
    return "::".join((*map(raw_identifier, stem), name))


_IMPL = re.compile(r"^\s*impl(?:<[^>]*>)?\s+(?:[\w:<>, ']+\s+for\s+)?(\w+)", re.MULTILINE)
_METHOD = re.compile(r"^    (?:pub )?fn (\w+)", re.MULTILINE)


def _in_impl(item: RustItem, line: int) -> str | None:
    """The method of an `impl` that holds a line, after its type; the type alone where none does."""
    owner = _IMPL.search(item.masked)
    if owner is None:
        return None
    above = "\n".join(item.masked.splitlines()[: line - item.line + 1])
    methods = _METHOD.findall(above)
    return f"{owner[1]}::{methods[-1]}" if methods else owner[1]


def write_tree(directory: Path, texts: Mapping[str, str], owned: Iterable[str] = ()) -> None:
    """Write files below a folder; an unchanged file keeps its time, so that cargo needn't rebuild.

    In the folders named by `owned`, `.rs` files that are not among the texts are removed.
    """
    wanted = {directory / path for path in texts}
    for folder in owned:
        for stale in (directory / folder).rglob("*.rs"):
            if stale not in wanted:
                stale.unlink()
    for path, text in texts.items():
        target = directory / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")


def write_formatted(directory: Path, texts: Mapping[str, str], owned: Iterable[str]) -> str:
    """Format the Rust among the files, then write them all; returns rustfmt's complaint, or ""."""
    with tempfile.TemporaryDirectory(prefix="portalis-") as scratch:
        staged = Path(scratch)
        write_tree(staged, texts)
        own = ("src/lib.rs", "src/main.rs", "tests/equivalence.rs")
        starts = [path for path in texts if path in own or path.startswith("src/bin/")]
        problem = rustfmt(staged / path for path in starts)
        write_tree(directory, {path: (staged / path).read_text(encoding="utf-8") for path in texts}, owned)
    return problem


def rustfmt(files: Iterable[Path]) -> str:
    """Format Rust files and the modules they declare, in one call; returns rustfmt's complaint, or ""."""
    command = ["rustfmt", "--edition", EDITION, "--quiet", *map(str, files)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return "rustfmt is not installed (rustup component add rustfmt)"
    return done.stderr.strip() if done.returncode else ""


def _crates(compiled: CompiledProject, carried: Carried) -> dict[str, str]:
    """Package to Cargo value: what the generated and carried code names, and what the compiler asked for."""
    found: dict[str, str] = {}
    for file in compiled.files:
        found.update(used_crates(mask(file.text)))
    found.update(carried.crates)
    for package, spec in compiled.crates.items():
        found.setdefault(package, spec if spec.startswith(("{", '"')) else f'"{spec}"')
    return dict(sorted(found.items()))


def _manifest(package: str, project: str, crates: Mapping[str, str]) -> str:
    lines = [
        "[package]",
        f'name = "{package}"',
        'version = "0.1.0"',
        f'edition = "{EDITION}"',
        f'rust-version = "{RUST_VERSION}"',
        f'description = "{_toml_text(project)}, translated from Python by Portalis"',
        "",
        "[dependencies]",
        *(f"{name} = {spec}" for name, spec in crates.items()),
        "",
        PROFILE,
    ]
    return "\n".join(lines)


PROFILE = """\
[profile.release]
opt-level = 3
lto = "thin"
codegen-units = 1
"""


def _toml_text(text: str) -> str:
    return "".join(c for c in text if c.isprintable() and c not in '"\\')


def _source_files(
    compiled: CompiledProject,
    carried: Carried,
    exceptions: tuple[ExceptionClass, ...],
    python_minor: int,
) -> dict[str, str]:
    """Every file of `src/`, by its path there, module declarations included."""
    files = {file.path: file.text for file in compiled.files}
    _refuse_clashes(compiled.files)
    children = _children(files)
    for folder, names in sorted(children.items()):
        own = "lib.rs" if folder == "" else f"{folder}/mod.rs"
        if f"{folder}.rs" in files and folder:
            own = f"{folder}.rs"
        parent = PurePosixPath(folder).name
        declarations = [_declaration(name, parent) for name in sorted(names)]
        if folder == "":
            if any(_NEGATIVE_END.search(text) for text in files.values()):
                declarations.insert(0, _NEGATIVE_ENDS)
            declarations.append("pub mod error;")
            declarations += ["pub mod runtime;"] if carried.files else []
            declarations.append("pub use error::Error;")
            files[own] = files.get(
                own, f"//! {_toml_text(compiled.name)}, translated from Python by Portalis.\n"
            )
        files[own] = _with_declarations(files.get(own, ""), declarations)
    files["error.rs"] = error_module(exceptions, from_python=bool(compiled.upcalls))
    if carried.files:
        declarations = [f"pub mod {raw_identifier(stem)};" for stem in carried.files]
        files["runtime/mod.rs"] = _RUNTIME_HEADER + "\n".join(declarations) + "\n"
    for stem, text in carried.files.items():
        if stem == "python":
            text = re.sub(r"(MINOR: u8 = )\d+", rf"\g<1>{python_minor}", text)
        files[f"runtime/{stem}.rs"] = text
    return files


_RUNTIME_HEADER = """\
//! What Python does and Rust's standard library doesn't: only the helpers this crate uses.

// Of a helper type that is used, not every field and method is.
#![allow(dead_code)]

"""


def _refuse_clashes(files: Iterable[RustFile]) -> None:
    seen: set[str] = set()
    for file in files:
        if PurePosixPath(file.path).parts[0] in _OWN_FILES:
            raise CrateError(f"the module file `{file.path}` is one that every crate has for itself")
        folded = file.path.lower()
        if folded in seen:
            raise CrateError(f"two modules want the file `{file.path}`")
        seen.add(folded)


def _children(files: Iterable[str]) -> dict[str, set[str]]:
    """The module names below each folder of the crate; "" is the crate's root and always there."""
    children: dict[str, set[str]] = {"": set()}
    for path in files:
        parts = list(PurePosixPath(path).with_suffix("").parts)
        if parts[-1] in ("mod", "lib") and (parts[-1] == "mod" or len(parts) == 1):
            parts.pop()
        for depth in range(len(parts)):
            children.setdefault("/".join(parts[:depth]), set()).add(parts[depth])
    return children


def _declaration(name: str, parent: str) -> str:
    inception = "#[allow(clippy::module_inception)]\n" if name == parent else ""
    return f"{inception}pub mod {raw_identifier(name)};"


def _with_declarations(text: str, declarations: list[str]) -> str:
    """The file's text with module declarations after its inner docs and attributes."""
    header = split(text).header
    rest = text[len(header) :] if text.startswith(header) else text
    return "\n\n".join(part for part in (header, "\n".join(declarations), rest.strip("\n")) if part) + "\n"
