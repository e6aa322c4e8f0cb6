"""The report: what became of every item, as frozen data, as JSON (schema 1) and read back.

The same values feed `portalis-report.json`, the text on the terminal and the exit code.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from portalis.compiler.unit import Item, ItemKind, Origin
from portalis.diagnostics import Diagnostic, Severity

SCHEMA = 1
REPORT_NAME = "portalis-report.json"

Status = Literal["verified", "compiled", "python", "translatable"]
Runs = Literal["rust", "internal", "python"]
Engine = Literal["compiler", "model"]

FUNCTION_KINDS = frozenset({"function", "method"})
_STATUSES = frozenset({"verified", "compiled", "python", "translatable"})


class ReportError(Exception):
    """A report file is missing, is not JSON, or is of another schema."""


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A call on which the translation differs: Python source, both answers, the kind of difference (`value`,
    `exception`, `arguments`, `output`, `identity`, `draws`, `crash`, `hang`), and a test that can be
    pasted, or "".
    """

    call: str
    expected: str
    actual: str
    difference: str
    pytest: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What verification saw.

    Attributes:
        cases: distinct calls on which both sides agreed.
        recorded: those of them that doctests and tests make.
        lines: share of the original's lines reached by agreeing cases, 0 to 1.
        branches: share of its branches, likewise.
        mismatches: calls on which the sides differed; more than 0 leaves the item in Python.
        declined: calls that the Rust left to Python.
        discarded: calls on which Python itself passed a limit.
        exhaustive: whether the whole domain was run.
        speedup: Python's time over Rust's on the calls kept, conversions included; null where not measured.
        missed_lines: lines never reached.
        missed_branches: pairs of a line reached and where control never went from it: a line, or -1 for the
            end of the function.
        counterexamples: at most three of the mismatches, shrunk.
        cached: whether an earlier run saw all this, of the very same code.
        precondition: where Python refuses nearly all inputs drawn by type: what its accepted calls have in
            common, and how many inputs were drawn so instead; else "".
    """

    cases: int
    recorded: int
    lines: float
    branches: float
    mismatches: int
    declined: int = 0
    discarded: int = 0
    exhaustive: bool = False
    speedup: float | None = None
    missed_lines: tuple[int, ...] = ()
    missed_branches: tuple[tuple[int, int], ...] = ()
    counterexamples: tuple[Counterexample, ...] = ()
    cached: bool = False
    precondition: str = ""


@dataclass(frozen=True, slots=True)
class ReportDiagnostic:
    """A diagnostic as the report writes it; `file` is set only where it belongs to no item."""

    code: str
    severity: Severity
    message: str
    line: int
    column: int
    end_line: int = 0
    end_column: int = 0
    hint: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class ItemReport:
    """One item: where it is, what became of it and what a Python caller gets.

    `rust` is its path in the crate (`luhn::checksum`), or "" where there is no Rust. `model` says which model
    wrote the Rust, where `engine` is `model`: its name, the SHA-256 of the prompt, answers and repairs tried.
    """

    module: str
    name: str
    kind: ItemKind
    file: str
    line: int
    end_line: int
    status: Status
    runs: Runs
    engine: Engine = "compiler"
    confidence: float | None = None
    evidence: Evidence | None = None
    diagnostics: tuple[ReportDiagnostic, ...] = ()
    rust: str = ""
    model: Origin | None = None

    @property
    def key(self) -> str:
        """`module:qualname`, as everywhere else."""
        return f"{self.module}:{self.name}"


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts; the statuses partition `functions` (functions and methods). `seconds` is per stage."""

    items: int
    functions: int
    verified: int
    compiled: int
    python: int
    translatable: int = 0
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """The whole answer. `diagnostics` are those of files that have no items (a syntax error, say)."""

    portalis: str
    python: str
    rustc: str
    summary: Summary
    items: tuple[ItemReport, ...]
    diagnostics: tuple[ReportDiagnostic, ...] = ()
    schema: int = SCHEMA


def diagnostic_entry(diagnostic: Diagnostic, file: str = "") -> ReportDiagnostic:
    """The report's form of a diagnostic; give `file` where no item carries it."""
    span = diagnostic.span
    return ReportDiagnostic(
        code=diagnostic.code,
        severity=diagnostic.severity,
        message=diagnostic.message,
        line=span.line,
        column=span.column,
        end_line=span.end_line,
        end_column=span.end_column,
        hint=diagnostic.hint,
        file=file,
    )


def item_entry(
    item: Item,
    status: Status,
    runs: Runs,
    *,
    evidence: Evidence | None = None,
    confidence: float | None = None,
    extra: Sequence[Diagnostic] = (),
) -> ItemReport:
    """The report's form of a compiled item; `extra` are diagnostics found after the compiler."""
    origin = item.rust.origin if item.rust is not None else None
    return ItemReport(
        module=item.module,
        name=item.qualname,
        kind=item.kind,
        file=item.file,
        line=item.line,
        end_line=item.end_line,
        status=status,
        runs=runs,
        engine="compiler" if origin is None else "model",
        confidence=confidence,
        evidence=evidence,
        diagnostics=tuple(diagnostic_entry(d) for d in (*item.diagnostics, *extra)),
        rust="" if item.rust is None else item.rust.path,
        model=origin,
    )


def make_report(
    items: Iterable[ItemReport],
    *,
    portalis: str,
    python: str,
    rustc: str,
    seconds: Mapping[str, float] | None = None,
    diagnostics: Sequence[ReportDiagnostic] = (),
) -> Report:
    """A report with its summary counted from the items."""
    listed = tuple(items)
    functions = [item for item in listed if item.kind in FUNCTION_KINDS]

    def count(status: Status) -> int:
        return sum(item.status == status for item in functions)

    summary = Summary(
        items=len(listed),
        functions=len(functions),
        verified=count("verified"),
        compiled=count("compiled"),
        python=count("python"),
        translatable=count("translatable"),
        seconds={stage: round(spent, 3) for stage, spent in (seconds or {}).items()},
    )
    return Report(portalis, python, rustc, summary, listed, tuple(diagnostics))


def to_json(report: Report) -> str:
    """The report as indented JSON, keys in the order of the schema, with a newline at its end."""
    data = asdict(report)
    ordered = {"schema": data.pop("schema"), **data}
    return json.dumps(ordered, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def from_json(text: str) -> Report:
    """The report that `to_json` wrote.

    Raises:
        ReportError: the text is not such a report, or of a schema this version doesn't know.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise ReportError(f"the report is not JSON: {error}") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise ReportError(f"not a Portalis report of schema {SCHEMA}")
    try:
        return Report(
            portalis=data["portalis"],
            python=data["python"],
            rustc=data["rustc"],
            summary=Summary(**data["summary"]),
            items=tuple(_item(entry) for entry in data["items"]),
            diagnostics=tuple(ReportDiagnostic(**entry) for entry in data.get("diagnostics", ())),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ReportError(f"the report lacks a part or has one too many: {error}") from error


def _item(entry: dict[str, object]) -> ItemReport:
    fields = dict(entry)
    if fields.get("status") not in _STATUSES:
        raise ReportError(f"unknown status {fields.get('status')!r}")
    evidence = fields.pop("evidence", None)
    diagnostics = fields.pop("diagnostics", ())
    model = fields.pop("model", None)
    if not isinstance(diagnostics, list | tuple):
        raise ReportError("diagnostics of an item must be a list")
    return ItemReport(
        **fields,  # type: ignore[arg-type]
        evidence=_evidence(evidence) if isinstance(evidence, dict) else None,
        diagnostics=tuple(ReportDiagnostic(**one) for one in diagnostics),
        model=Origin(**model) if isinstance(model, dict) else None,
    )


def _evidence(entry: Mapping[str, object]) -> Evidence:
    fields = dict(entry)
    lines, branches, examples = (
        fields.pop(name, ()) for name in ("missed_lines", "missed_branches", "counterexamples")
    )
    if not all(isinstance(one, list) for one in (lines, branches, examples) if one != ()):
        raise ReportError("a list was expected in the evidence of an item")
    return Evidence(
        **fields,  # type: ignore[arg-type]
        missed_lines=tuple(lines),  # type: ignore[arg-type]
        missed_branches=tuple((line, to_line) for line, to_line in branches),  # type: ignore[attr-defined]
        counterexamples=tuple(Counterexample(**one) for one in examples),  # type: ignore[attr-defined]
    )


def write(report: Report, path: Path) -> None:
    """Write the report as JSON, UTF-8."""
    path.write_text(to_json(report), encoding="utf-8")


def read(path: Path) -> Report:
    """Read a report file, or the one inside a folder that `portalis build` made.

    Raises:
        ReportError: there is none, or it is not one.
    """
    file = path / REPORT_NAME if path.is_dir() else path
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(f"cannot read {file}: {error}") from error
    return from_json(text)
