"""The report of a run: every item with its status, what a caller gets, evidence and diagnostics."""

from __future__ import annotations

import platform
from collections.abc import Mapping

from portalis import __version__
from portalis.compiler.frontend.project import Project
from portalis.compiler.stdlib.effects import beyond, calls_python
from portalis.compiler.types import OBJECT
from portalis.compiler.unit import CompiledProject, Item, RustFunction
from portalis.diagnostics import Diagnostic, Span
from portalis.emit import binding
from portalis.emit.markers import kept_in_python, parts
from portalis.emit.report import Counterexample as ReportCounterexample
from portalis.emit.report import Evidence as ReportEvidence
from portalis.emit.report import Report, Runs, Status, diagnostic_entry, item_entry, make_report
from portalis.suppression import suppressed
from portalis.validation.containment import CODES
from portalis.validation.evidence import Evidence
from portalis.validation.freeze import FrozenModules
from portalis.validation.record import Recording
from portalis.validation.status import Verdict


def finished_report(
    source: Project,
    compiled: CompiledProject,
    verdicts: Mapping[str, Verdict],
    evidence: Mapping[str, Evidence],
    frozen: FrozenModules | None,
    seconds: Mapping[str, float],
    *,
    checked_only: bool,
    rustc: str,
    unrecorded: str = "",
    doctests: Recording | None = None,
) -> Report:
    """The report; with `checked_only`, functions are `translatable` or `python`.

    `unrecorded` says why the project's own tests were not recorded, if so; `doctests` what became of those.
    """
    filtered, unused = suppressed(source, compiled.items)
    entries = []
    crossing = binding.refusals(compiled)
    for item in filtered:
        verdict = verdicts.get(item.key)
        seen = evidence.get(item.key)
        status, runs, extra = _outcome(item, verdict, checked_only, crossing.get(item.key))
        confidence = verdict.confidence if verdict is not None and seen is not None else None
        entries.append(
            item_entry(item, status, runs, evidence=_shown(seen), confidence=confidence, extra=extra)
        )
    notes = [diagnostic_entry(one.diagnostic, one.relative) for one in source.diagnostics]
    notes += [diagnostic_entry(diagnostic, file) for file, diagnostic in unused]
    notes += [diagnostic_entry(diagnostic, file) for file, diagnostic in _import_problems(source, frozen)]
    notes += [diagnostic_entry(one, file) for file, one in _doctest_problems(source, frozen, doctests)]
    if unrecorded and source.modules:
        first = next(iter(source.modules.values())).relative
        note = Diagnostic(
            "PT723", f"the project's tests were not recorded: {unrecorded}", Span(1, 1, 1, 1), "note"
        )
        notes.append(diagnostic_entry(note, first))
    return make_report(
        entries,
        portalis=__version__,
        python=platform.python_version(),
        rustc=rustc,
        seconds=seconds,
        diagnostics=notes,
    )


def _shown(seen: Evidence | None) -> ReportEvidence | None:
    """The evidence as the report has it."""
    if seen is None:
        return None
    return ReportEvidence(
        cases=seen.cases,
        recorded=seen.recorded,
        lines=seen.lines,
        branches=seen.branches,
        mismatches=seen.mismatches,
        declined=seen.declined,
        discarded=seen.discarded,
        exhaustive=seen.exhaustive,
        speedup=None if seen.speedup is None else round(seen.speedup, 2),
        missed_lines=seen.missed_lines,
        missed_branches=seen.missed_branches,
        counterexamples=tuple(
            ReportCounterexample(one.call, one.expected, one.actual, one.difference, one.pytest)
            for one in seen.counterexamples
        ),
        cached=seen.cached,
        precondition=seen.precondition,
    )


_INTERNAL = {
    "lazy": ("PT604", "gives an iterator"),
    "cached": ("PT605", "keeps its results"),
    "wrapped": ("PT606", "is wrapped by its decorators"),
    "identity": ("PT603", "takes or gives instances of python classes"),
    "shares_result": ("PT608", "its result is a part of an argument"),
    "sublinear": ("PT602", "does less than linear work on a container"),
}
"""What keeps the Rust of a function for Rust callers: an attribute of it, the code and what it says."""


def _outcome(
    item: Item, verdict: Verdict | None, checked_only: bool, crossing: str | None
) -> tuple[Status, Runs, tuple[Diagnostic, ...]]:
    """Status, what a Python caller gets, and diagnostics found after the compiler."""
    if item.rust is None:
        return "python", "python", ()
    if checked_only:
        return "translatable", "python", ()
    if verdict is None:
        return "compiled", "python", ()
    if verdict.status == "python":
        return "python", "python", verdict.diagnostics
    by_program = item.kind == "program" or bool(beyond(item.rust.sources))
    if crossing is not None and not by_program:
        span = Span(item.line, 1, item.line, 1)
        return "compiled", "internal", (Diagnostic("PT601", crossing, span, "warning"),)
    if verdict.status != "verified":
        return "compiled", "python", verdict.diagnostics
    if by_program:
        return "verified", "python", verdict.diagnostics
    if kept := kept_in_python(item.rust):
        note = Diagnostic("PT601", kept, Span(item.line, 1, item.line, 1), "note")
        return "verified", "internal", (*verdict.diagnostics, note)
    if (inside := _kept_inside(item.rust)) is not None:
        code, why = inside
        span = Span(item.line, 1, item.line, 1)
        note = Diagnostic(code, f"{why}: rust for rust callers only", span, "note")
        return "verified", "internal", (*verdict.diagnostics, note)
    return "verified", "rust", verdict.diagnostics


def _kept_inside(rust: RustFunction) -> tuple[str, str] | None:
    """Why Python callers keep the Python of a function, with the code of the note; None where they don't."""
    if detour := _detour(rust):
        return "PT607", detour
    return next((said for attribute, said in _INTERNAL.items() if getattr(rust, attribute)), None)


def _detour(rust: RustFunction) -> str:
    """Why Python callers keep the Python of a function that calls Python; "" where they don't.

    While a Python function runs, other threads do too: what they change in an argument that the Rust changes
    as well would be lost, since its changes are made when it returns.
    """
    if rust.hands_on:
        return "python functions that it calls do its work"
    changed = any(param.mutated or OBJECT in parts(param.type) for param in rust.params)
    if changed and calls_python(rust.sources):
        return "python functions run while it changes an argument"
    return ""


def _import_problems(source: Project, frozen: FrozenModules | None) -> list[tuple[str, Diagnostic]]:
    if frozen is None:
        return []
    return [
        (
            source.modules[name].relative,
            Diagnostic(
                CODES.get(frozen.causes.get(name, ""), "PT005"),
                f"the module can't be imported: {why}",
                Span(1, 1, 1, 1),
                "warning",
            ),
        )
        for name, why in frozen.problems.items()
        if name in source.modules
    ]


def _doctest_problems(
    source: Project, frozen: FrozenModules | None, doctests: Recording | None
) -> list[tuple[str, Diagnostic]]:
    """What the sandbox had to stop while doctests ran, of modules that can be imported."""
    if doctests is None:
        return []
    told = frozen.problems.keys() if frozen is not None else ()
    return [
        (
            source.modules[name].relative,
            Diagnostic(CODES[cause], doctests.problems.get(name, ""), Span(1, 1, 1, 1), "warning"),
        )
        for name, cause in doctests.causes.items()
        if name in source.modules and name not in told and cause in CODES
    ]
