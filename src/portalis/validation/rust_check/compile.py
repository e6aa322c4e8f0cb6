"""rustc's verdict on a text, and clippy's: types, borrows, ignored results, ways to panic, style.

A text that needs only std is given to the compiler by itself; one that names crates gets a Cargo package.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from portalis.rust_grammar import parse, source_of, walk
from portalis.validation.rust_check.issue import Issue, read_rustc
from portalis.validation.rust_check.syntax import EDITION
from portalis.validation.rust_check.tools import ToolError, find_tool, need_tool, run_tool

SMELLS = (
    "unsafe_code",
    "clippy::unwrap_used",
    "clippy::expect_used",
    "clippy::panic",
    "clippy::todo",
    "clippy::unimplemented",
    "clippy::unreachable",
    "clippy::let_underscore_must_use",
    "clippy::redundant_clone",
    "clippy::clone_on_ref_ptr",
    "clippy::clone_on_copy",
    "clippy::needless_pass_by_value",
    "clippy::ptr_arg",
    "clippy::rc_buffer",
    "clippy::box_collection",
    "clippy::mem_forget",
    "clippy::exit",
)
"""What a reviewer looks for in a translation: unsafe code, ways to panic, ignored results, copies."""
STYLE = ("clippy::all", "clippy::cognitive_complexity", "missing_docs")
"""What a full check adds: clippy's default groups, complexity, documentation."""
_QUIET = ("dead_code", "unknown_lints")
_STD = frozenset({"std", "core", "alloc", "crate", "self", "super", "Self"})


def compile_issues(
    text: str, folder: Path, warn: Sequence[str], *, clippy: bool, forbid: Sequence[str] = ()
) -> list[Issue]:
    """What rustc (with clippy's lints if asked) says about a text that parses and needs only std.

    Args:
        text: Rust source; it is compiled as a library.
        folder: an empty folder to work in.
        warn: lints to switch on.
        clippy: whether clippy's lints are among them.
        forbid: lints that count as errors, whatever the text allows.

    Raises:
        ToolError: rustc or clippy is not installed.
    """
    driver = need_tool("clippy-driver", "clippy") if clippy else need_tool("rustc", "rustc")
    (folder / "snippet.rs").write_text(text, encoding="utf-8", newline="")
    base = ("clippy::all",) if clippy and "clippy::all" not in warn else ()
    flags = [f"-A{lint}" for lint in (*base, *_QUIET)] + [f"-W{lint}" for lint in warn]
    flags += [f"-F{lint}" for lint in forbid]
    command = [driver, "--edition", EDITION, "--crate-type", "lib", "--crate-name", "snippet"]
    command += ["--emit", "metadata", "-o", str(folder / "snippet.rmeta"), "--error-format", "json", *flags]
    run = run_tool([*command, "snippet.rs"], None, folder)
    if run.ended:
        return [Issue(f"the compiler gave no verdict: {run.ended}", "error", "PT812", judge="rustc")]
    issues = _kept(read_rustc(entry) for entry in _entries(run.stderr))
    if run.status != 0 and not any(issue.severity == "error" for issue in issues):
        raise ToolError(f"the compiler failed: {run.stderr.strip()[-500:]}", "please report this")
    return issues


def cargo_issues(
    text: str,
    folder: Path,
    target: Path,
    crates: Mapping[str, str],
    warn: Sequence[str],
    *,
    forbid: Sequence[str] = (),
) -> list[Issue]:
    """The same for a text that needs crates (package to Cargo value, `{"regex": '"1"'}`), through cargo.

    Raises:
        ToolError: cargo or clippy is not installed, or the crates can't be had.
    """
    cargo = need_tool("cargo", "cargo")
    base = () if "clippy::all" in warn else ("clippy::all",)
    (folder / "src").mkdir()
    (folder / "src" / "lib.rs").write_text(text, encoding="utf-8", newline="")
    dependencies = "\n".join(f"{package} = {spec}" for package, spec in sorted(crates.items()))
    (folder / "Cargo.toml").write_text(
        f'[package]\nname = "snippet"\nversion = "0.0.0"\nedition = "{EDITION}"\n\n[workspace]\n\n'
        f"[dependencies]\n{dependencies}\n",
        encoding="utf-8",
    )
    command = [cargo, "clippy", "--quiet", "--message-format", "json", "--target-dir", str(target), "--"]
    command += [f"-A{lint}" for lint in (*base, *_QUIET)] + [f"-W{lint}" for lint in warn]
    command += [f"-F{lint}" for lint in forbid]
    run = run_tool(command, None, folder, seconds=600.0)
    if run.ended:
        return [Issue(f"the compiler gave no verdict: {run.ended}", "error", "PT812", judge="rustc")]
    messages = [
        entry.get("message") for entry in _entries(run.stdout) if "snippet" in str(entry.get("target"))
    ]
    issues = _kept(read_rustc(message) for message in messages if isinstance(message, dict))
    if run.status != 0 and not any(issue.severity == "error" for issue in issues):
        raise ToolError(f"cargo failed: {run.stderr.strip()[-500:]}", "is the network there?")
    return issues


def has_clippy() -> bool:
    """Whether clippy is installed."""
    return find_tool("clippy-driver") is not None


def foreign_crates(text: str) -> frozenset[str]:
    """The crates that a text's paths begin with, by their name in Rust; std and the text's own are left out.

    >>> sorted(foreign_crates("use regex::Regex; mod a {} use a::b; fn f() { serde_json::to_string(&1); }"))
    ['regex', 'serde_json']
    """
    own: set[str] = set()
    heads: set[str] = set()
    for node in walk(parse(text)):
        match node.type:
            case "mod_item" | "enum_item" | "struct_item" | "trait_item" | "type_item" | "type_parameter":
                own.add(source_of(node.child_by_field_name("name")))
            case "extern_crate_declaration":
                heads.add(source_of(node.child_by_field_name("name")))
            case "scoped_identifier" | "scoped_type_identifier" | "use_as_clause" | "scoped_use_list":
                head = re.match(r"(?:::)?([a-z][a-z0-9_]*)\s*::", source_of(node))
                if head is not None:
                    heads.add(head[1])
            case "use_declaration":
                named = re.match(
                    r"(?:::)?([a-z][a-z0-9_]*)\s*(?:::|$)", source_of(node.child_by_field_name("argument"))
                )
                if named is not None:
                    heads.add(named[1])
            case _:
                continue
    return frozenset(heads - own - _STD - _PRIMITIVES - _used_names(text))


_PRIMITIVES = frozenset("i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 bool char str".split())


def _used_names(text: str) -> set[str]:
    """The modules that `use std::…` brings in, so that `fmt::Display` is not a crate `fmt`."""
    found: set[str] = set()
    for tail in re.findall(r"use\s+(?:std|core|alloc|crate|self|super)\s*::([^;]+);", text):
        found.update(re.findall(r"\b([a-z][a-z0-9_]*)\b", tail))
    return found


def _entries(output: str) -> list[dict[str, object]]:
    """The JSON objects among the lines of a tool's output."""
    found: list[dict[str, object]] = []
    for line in output.splitlines():
        if line.startswith("{"):
            entry = json.loads(line)
            if isinstance(entry, dict):
                found.append(entry)
    return found


def _kept(issues: Iterable[Issue | None]) -> list[Issue]:
    """What concerns the text: not the crate's missing documentation, which a snippet can't have."""
    return [
        issue
        for issue in issues
        if issue is not None and not (issue.code == "missing_docs" and issue.message.endswith("the crate"))
    ]
