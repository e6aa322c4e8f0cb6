"""The evidence of a verification: a line per function; below it what was never reached and what differs.

compiled  shop.prices.total   70 cases, 83% lines, 75% branches, confidence 0.719
  line 12 was never reached
     12 |         return None
  from line 8, control never went to the end of the function
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import click

from portalis.cli.diagnostic_text import harmless
from portalis.emit.report import Counterexample, Evidence, ItemReport, Report

_COLOURS = {"verified": "green", "compiled": "yellow", "python": "red"}
_MOST_PLACES = 12
_LEAVES = -1


def evidence_lines(
    report: Report, sources: Mapping[str, Sequence[str]] | None = None, *, verbose: bool = False
) -> Iterator[str]:
    """What was seen of each function that was run.

    Args:
        report: the report.
        sources: the lines of the source files, by their name in the report, as far as they are at hand.
        verbose: also say of verified functions what was never reached.
    """
    shown = [item for item in report.items if item.evidence is not None]
    width = min(max((len(_name(item)) for item in shown), default=0), 60)
    for item in shown:
        if item.evidence is None:
            continue
        yield _line(item, item.evidence, width)
        yield from _precondition(item.evidence)
        if verbose or item.status != "verified":
            yield from _missed(item.evidence, (sources or {}).get(item.file, ()))
        for example in item.evidence.counterexamples:
            yield from counterexample_lines(example)
    if shown:
        yield ""


def counterexample_lines(example: Counterexample) -> Iterator[str]:
    """A call, both answers, and the test."""
    yield f"  {click.style(harmless(example.call), bold=True)}"
    yield f"    python: {harmless(example.expected)}"
    yield f"    rust:   {harmless(example.actual)}"
    if example.pytest:
        yield "    as a test:"
        yield from (f"      {harmless(line)}".rstrip() for line in example.pytest.splitlines())


def _name(item: ItemReport) -> str:
    return f"{item.module}.{item.name}"


def _line(item: ItemReport, evidence: Evidence, width: int) -> str:
    status = click.style(f"{item.status:<9}", fg=_COLOURS.get(item.status))
    parts = [
        f"{evidence.cases} cases",
        f"{evidence.lines:.0%} lines",
        f"{evidence.branches:.0%} branches",
    ]
    if evidence.recorded:
        parts.insert(1, f"{evidence.recorded} recorded")
    if evidence.mismatches:
        word = "mismatch" if evidence.mismatches == 1 else "mismatches"
        parts.append(click.style(f"{evidence.mismatches} {word}", fg="red"))
    if item.confidence is not None:
        parts.append(f"confidence {item.confidence:.3f}")
    return f"{status} {_name(item):<{width}}  {', '.join(parts)}"


def _precondition(evidence: Evidence) -> Iterator[str]:
    """What the inputs were drawn like, where Python refuses most others."""
    if evidence.precondition:
        yield f"  {harmless(evidence.precondition)}"


def _missed(evidence: Evidence, lines: Sequence[str]) -> Iterator[str]:
    """The lines and branches that no agreeing case reached; a branch to a line that is listed goes without
    saying.
    """
    if not evidence.cases:
        return
    missed = [*evidence.missed_lines[:_MOST_PLACES]]
    for line in missed:
        yield f"  line {line} was never reached"
        if 0 < line <= len(lines):
            yield f"  {line:>5} | {harmless(lines[line - 1].rstrip())}"
    if more := len(evidence.missed_lines) - len(missed):
        yield f"  and {more} more lines"
    branches = [(line, to) for line, to in evidence.missed_branches if to not in evidence.missed_lines]
    for line, to in branches[:_MOST_PLACES]:
        where = "to the end of the function" if to == _LEAVES else f"to line {to}"
        yield f"  from line {line}, control never went {where}"
        if 0 < line <= len(lines):
            yield f"  {line:>5} | {harmless(lines[line - 1].rstrip())}"
    if len(branches) > _MOST_PLACES:
        yield f"  and {len(branches) - _MOST_PLACES} more branches"
