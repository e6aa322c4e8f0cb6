"""Many candidates in one crate: what rustc rejects costs only the candidate that it is in.

core/src/<candidate>.rs is the text as it was given, with the adapter after its last line; so a place that
rustc names is a place in the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path, PurePath

from portalis.compiler.unit import CompiledProject, ExceptionClass, Item, RustFunction
from portalis.diagnostics import Diagnostic, Span
from portalis.emit import binding, cargo
from portalis.emit.crate import EDITION, RUST_VERSION, CoreCrate, write_tree
from portalis.emit.crate_table import used_crates
from portalis.emit.error_enum import UnknownExceptionError, complete, error_module, python_exception
from portalis.emit.rust_items import mask
from portalis.validation.foreign.adapter import MODULE, SIGNATURE, Adapter

PACKAGE = "candidates"
REJECTED = "PT746"
BOUNDS = cargo.Bounds(seconds=90.0, memory_mib=3072)

_CRATES = {"indexmap": '"2"', "rustc-hash": '"2"'}
_ERROR_VARIANT = re.compile(r"\bError\s*::\s*([A-Z]\w*)")
_MAX_ROUNDS = 24


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate that may be compiled.

    `module` is the name of its Rust module and of the Python module with its original, `name` that of the
    function; `exceptions` are the classes of its source that an `Error` may name.
    """

    module: str
    name: str
    text: str
    adapter: Adapter
    prints: bool
    exceptions: frozenset[str]

    @property
    def key(self) -> str:
        return f"{PACKAGE}.{self.module}:{self.name}"


@dataclass(frozen=True, slots=True)
class Built:
    """The extension with the candidates that compile, and why the others don't, by module."""

    native: Path | None
    rejected: dict[str, tuple[Diagnostic, ...]]


def build(
    candidates: Sequence[Candidate], folder: Path, target: Path, *, overflow_checks: bool = False
) -> Built:
    """Compile candidates into one extension module; those that rustc rejects are left out.

    Args:
        candidates: each with a module name of its own.
        folder: where the crates are written; reusing one makes the next build shorter.
        target: cargo's target folder.
        overflow_checks: whether plain arithmetic that overflows panics instead of wrapping.

    Raises:
        cargo.CargoError: cargo could not do its work.
    """
    rejected: dict[str, tuple[Diagnostic, ...]] = {}
    left = list(candidates)
    for _ in range(_MAX_ROUNDS):
        if not left:
            return Built(None, rejected)
        try:
            return Built(_build(left, folder, target, overflow_checks), rejected)
        except cargo.RustRejected as error:
            found = _attributed(left, error.messages)
            if not found:
                return _one_by_one(left, folder, target, overflow_checks, rejected, error.messages)
            rejected |= found
        except cargo.CargoOverBounds as error:
            if len(left) > 1:
                return _halved(left, folder, target, overflow_checks, rejected)
            rejected[left[0].module] = (_whole(left[0], str(error)),)
        left = [one for one in left if one.module not in rejected]
    raise cargo.CargoError("rustc still rejects the candidates after many rounds", "please report this")


def _build(candidates: Sequence[Candidate], folder: Path, target: Path, overflow_checks: bool) -> Path:
    core = _write_core(candidates, folder / "core")
    bound = binding.write_binding(_compiled(candidates), core, folder / "binding")
    if overflow_checks:
        settings = bound.directory / ".cargo" / "config.toml"
        text = settings.read_text(encoding="utf-8")
        checks = f"\n[profile.verify.package.{PACKAGE}]\noverflow-checks = true\n"
        settings.write_text(text + checks, encoding="utf-8")
    return cargo.build(bound.directory, target, "verify", BOUNDS)


def _write_core(candidates: Sequence[Candidate], directory: Path) -> CoreCrate:
    """The core crate: the candidates' texts as they are."""
    support = {stem: _resource(f"{stem}.rs") for stem in ("adapt", "error", "out")}
    declared = [f"pub mod {stem};" for stem in ("adapt", "error")]
    texts = {
        "src/adapt.rs": support["adapt"],
        "src/error.rs": support["error"],
        "src/runtime/out.rs": support["out"],
    }
    texts["src/runtime/mod.rs"] = "pub mod out;\n"
    declared.append("pub mod runtime;")
    crates = dict(_CRATES)
    for one in candidates:
        imported = ""
        if one.adapter.portalis_error:
            declared.append(f"pub mod {one.module}_error;")
            texts[f"src/{one.module}_error.rs"] = _portalis_error(one)
            imported = f"\nuse super::{one.module}_error::Error;"
        declared.append(f"pub mod {one.module};")
        texts[f"src/{one.module}.rs"] = f"{one.text}\n{imported}{one.adapter.text}"
        crates |= used_crates(mask(one.text))
    texts["src/lib.rs"] = "#![allow(warnings)]\n" + "\n".join(declared) + "\n"
    texts["Cargo.toml"] = _manifest(crates)
    write_tree(directory, texts, owned=("src",))
    error = ExceptionClass("RustError", f"{PACKAGE}.__portalis__", "RustError", ("Exception",))
    return CoreCrate(directory, PACKAGE, PACKAGE, crates, (error,), frozenset({"out"}))


def _manifest(crates: Mapping[str, str]) -> str:
    listed = "\n".join(f"{name} = {spec}" for name, spec in sorted(crates.items()))
    head = f'name = "{PACKAGE}"\nversion = "0.1.0"\nedition = "{EDITION}"\nrust-version = "{RUST_VERSION}"'
    return f"[package]\n{head}\n\n[dependencies]\n{listed}\n"


def _portalis_error(candidate: Candidate) -> str:
    """The `Error` enum that Portalis would make, with the variants that the candidate names."""
    named = sorted(set(_ERROR_VARIANT.findall(candidate.text)) & candidate.exceptions)
    own: list[ExceptionClass] = []
    for name in named:
        try:
            own.append(python_exception(name))
        except UnknownExceptionError:
            continue
    known = {one.name for one in own}
    own += [
        ExceptionClass(name, f"{PACKAGE}.{candidate.module}", name, ("Exception",))
        for name in named
        if name not in known
    ]
    return error_module(complete(own, ()))


def _compiled(candidates: Sequence[Candidate]) -> CompiledProject:
    """The candidates as the binding sees a project."""
    items = tuple(
        Item(
            f"{PACKAGE}.{one.module}", one.name, "function", f"{one.module}.py", 1, 1,
            RustFunction(
                f"{one.module}::{MODULE}::call", one.adapter.params, one.adapter.returns, raises=True,
                prints=one.prints, callees=frozenset(), gives_back=one.adapter.gives_back,
            ),
        )
        for one in candidates
    )  # fmt: skip
    return CompiledProject(PACKAGE, items, (), ())


def _attributed(
    candidates: Sequence[Candidate], messages: Sequence[cargo.CargoMessage]
) -> dict[str, tuple[Diagnostic, ...]]:
    """The errors by the candidate whose file they are in."""
    by_file = {f"{one.module}.rs": one for one in candidates}
    by_file |= {f"{one.module}_error.rs": one for one in candidates}
    found: dict[str, list[Diagnostic]] = {}
    for message in messages:
        if message.level != "error":
            continue
        for file, line in message.spans or ((message.file, message.line),):
            one = by_file.get(PurePath(file).name)
            if one is not None:
                found.setdefault(one.module, []).append(_diagnostic(one, message, line))
                break
    return {module: tuple(dict.fromkeys(diagnostics)) for module, diagnostics in found.items()}


def _diagnostic(candidate: Candidate, message: cargo.CargoMessage, line: int) -> Diagnostic:
    code = f" [{message.code}]" if message.code else ""
    last = candidate.text.count("\n") + 1
    if line > last:
        # In the adapter: the parts fit by name, and rustc says that they don't by meaning.
        text = f"`{candidate.name}` can't be called as the python is: {message.text}{code}"
        return Diagnostic(SIGNATURE, text, Span(1, 1, last, 1), "error", message.rendered)
    column = message.column if line == message.line else 1
    span = Span(line, column, line, column + 1)
    return Diagnostic(REJECTED, f"rustc{code}: {message.text}", span, "error", message.rendered)


def _whole(candidate: Candidate, text: str) -> Diagnostic:
    return Diagnostic(REJECTED, text, Span(1, 1, candidate.text.count("\n") + 1, 1))


def _halved(
    candidates: Sequence[Candidate], folder: Path, target: Path, overflow_checks: bool,
    rejected: dict[str, tuple[Diagnostic, ...]],
) -> Built:  # fmt: skip
    """Some candidate takes rustc for ever: look for it in each half, then build without it."""
    middle = len(candidates) // 2
    gone = dict(rejected)
    for half in (candidates[:middle], candidates[middle:]):
        gone |= build(half, folder, target, overflow_checks=overflow_checks).rejected
    left = [one for one in candidates if one.module not in gone]
    if len(left) == len(candidates):
        raise cargo.CargoError("the candidates together take too long to compile", "check fewer at a time")
    final = build(left, folder, target, overflow_checks=overflow_checks)
    return Built(final.native, gone | final.rejected)


def _one_by_one(
    candidates: Sequence[Candidate], folder: Path, target: Path, overflow_checks: bool,
    rejected: dict[str, tuple[Diagnostic, ...]], messages: Sequence[cargo.CargoMessage],
) -> Built:  # fmt: skip
    """An error that names no candidate's file: find out by compiling each alone."""
    if len(candidates) == 1:
        first = next(one for one in messages if one.level == "error")
        return Built(
            None, {**rejected, candidates[0].module: (_whole(candidates[0], f"rustc: {first.text}"),)}
        )
    return _halved(candidates, folder, target, overflow_checks, rejected)


def _resource(name: str) -> str:
    return (resources.files("portalis.validation.foreign.resources") / name).read_text(encoding="utf-8")
