"""`TranslationValidator`: is a text of Rust sound, and does it define what the Python does?

Three levels, each with all that the one before it says:

| level | judges | finds |
|---|---|---|
| `SYNTAX_ONLY` | rustc's parser (by rustfmt; tree-sitter where it is not installed) | what is no Rust |
| `SEMANTIC` | rustc, some of clippy | types, borrows, unsafe code, panics, ignored results, needless copies |
| `FULL` | clippy's default lints, rustfmt | style, names, missing documentation, layout, complexity |

The text is compiled, never run: whether it behaves like the Python is the matter of
`portalis.validation.semantic_checker`.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from portalis.config.crates import crate_table
from portalis.validation.rust_check.compile import (
    SMELLS,
    STYLE,
    cargo_issues,
    compile_issues,
    foreign_crates,
    has_clippy,
)
from portalis.validation.rust_check.counterparts import counterpart_issues
from portalis.validation.rust_check.issue import Issue
from portalis.validation.rust_check.layout import layout_issues
from portalis.validation.rust_check.metrics import Metrics, measure
from portalis.validation.rust_check.syntax import syntax_issues
from portalis.validation.rust_check.tools import ToolError, find_tool

__all__ = ["Issue", "ToolError", "TranslationValidator", "ValidationLevel", "ValidationResult"]


class ValidationLevel(IntEnum):
    """How much is asked of a text; each level holds the ones before it."""

    SYNTAX_ONLY = 1
    SEMANTIC = 2
    FULL = 3


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """What was found.

    Attributes:
        issues: everything, in the order of the judges, by place within each.
        metrics: figures about the text: `lines`, `code_lines`, `comment_lines`; counts of `functions`,
            `structs`, `enums`, `traits`, `impls`, `unsafe_blocks`, `clones`, `unwraps`, `expects`, `panics`;
            `complexity_max` and `complexity_mean` (cyclomatic), `nesting_max` (levels), `longest_function`
            (lines); and `seconds`, the wall time of the validation.
        level: the level whose judges ran: `SYNTAX_ONLY` where the text does not parse, else what was asked.
    """

    issues: tuple[Issue, ...]
    metrics: Metrics
    level: ValidationLevel

    def is_valid(self) -> bool:
        """Whether there are no errors; warnings don't count."""
        return not self.get_errors()

    def get_errors(self) -> list[Issue]:
        """The issues for which the text can't be used."""
        return [issue for issue in self.issues if issue.severity == "error"]

    def get_warnings(self) -> list[Issue]:
        """The other issues."""
        return [issue for issue in self.issues if issue.severity != "error"]


class TranslationValidator:
    """Judges texts of Rust; holds no state between texts, so one may serve many threads.

    Args:
        level: how much is asked.
        forbid: lints of rustc or clippy that count as errors, whatever the text itself allows
            (`["unsafe_code"]` for what a model proposes).
        target_dir: where crates that a text names are compiled, shared between runs; a temporary folder,
            and a slow first use, where it is None.
    """

    def __init__(
        self,
        level: ValidationLevel = ValidationLevel.FULL,
        *,
        forbid: Sequence[str] = (),
        target_dir: Path | None = None,
    ) -> None:
        self.level = ValidationLevel(level)
        self._forbid = tuple(forbid)
        self._target = target_dir

    def validate(self, rust_code: str, python_code: str | None = None) -> ValidationResult:
        """Judge a text of Rust.

        Args:
            rust_code: items of a library: one file, or a part of one.
            python_code: what it is a translation of; each function, parameter and exception of it should
                have a counterpart. None: nothing is compared.

        Raises:
            ToolError: the Rust toolchain is missing, or can't fetch the crates that the text names.
        """
        began = time.perf_counter()
        level = self.level
        with tempfile.TemporaryDirectory(prefix="portalis-") as scratch:
            issues = syntax_issues(rust_code, Path(scratch))
            if issues:
                level = ValidationLevel.SYNTAX_ONLY
            if level >= ValidationLevel.SEMANTIC:
                issues += self._compiled(rust_code, Path(tempfile.mkdtemp(dir=scratch)))
                issues += _counterparts(rust_code, python_code)
            if level >= ValidationLevel.FULL:
                issues += _laid_out(rust_code, Path(scratch))
        metrics = {**measure(rust_code), "seconds": round(time.perf_counter() - began, 4)}
        return ValidationResult(tuple(_ordered(issues)), metrics, level)

    def _compiled(self, rust: str, folder: Path) -> list[Issue]:
        """rustc's and clippy's verdict, with the lints of the level."""
        clippy = has_clippy()
        lints: tuple[str, ...] = (*SMELLS, *STYLE) if self.level is ValidationLevel.FULL else SMELLS
        if not clippy:
            lints = tuple(lint for lint in lints if not lint.startswith("clippy::"))
        missing = (
            [] if clippy else [_absent("clippy", "ways to panic and needless copies were not looked for")]
        )
        crates, unknown = _crates(rust)
        if unknown:
            return [*missing, *unknown]
        forbid = tuple(lint for lint in self._forbid if clippy or not lint.startswith("clippy::"))
        if crates:
            target = self._target if self._target is not None else folder / "target"
            return [*missing, *cargo_issues(rust, folder, target, crates, lints, forbid=forbid)]
        return [*missing, *compile_issues(rust, folder, lints, clippy=clippy, forbid=forbid)]


def _crates(rust: str) -> tuple[Mapping[str, str], list[Issue]]:
    """The crates that a text names, package to Cargo value, and an error for each that is not known."""
    known: dict[str, str] = {}
    unknown: list[Issue] = []
    table = crate_table()
    packages = {table.ident(package): package for package in table.root}
    for ident in sorted(foreign_crates(rust)):
        package = packages.get(ident)
        if package is None:
            help_ = "only crates with a row in crates.yaml are compiled"
            unknown.append(Issue(f"the crate `{ident}` is not known", "error", "PT813", help=help_))
        else:
            known[package] = table.root[package].spec
    return known, unknown


def _counterparts(rust: str, python: str | None) -> list[Issue]:
    if python is None:
        return []
    try:
        return counterpart_issues(rust, python)
    except SyntaxError as error:
        return [Issue(f"the Python does not parse: {error}", "error", "PT001")]


def _laid_out(rust: str, folder: Path) -> list[Issue]:
    if find_tool("rustfmt") is None:
        return [_absent("rustfmt", "the layout was not looked at")]
    return layout_issues(rust, folder)


def _absent(tool: str, consequence: str) -> Issue:
    return Issue(
        f"{tool} is not installed: {consequence}", "warning", "PT818", help=f"rustup component add {tool}"
    )


def _ordered(issues: Sequence[Issue]) -> list[Issue]:
    """Errors first, each kind by place."""

    def place(issue: Issue) -> tuple[bool, int, int]:
        span = issue.span
        return issue.severity != "error", span.line if span else 0, span.column if span else 0

    return sorted(dict.fromkeys(issues), key=place)
