"""The evidence of a verification, one line per function."""

from __future__ import annotations

from collections.abc import Iterator

import click

from portalis.emit.report import ItemReport, Report

_COLOURS = {"verified": "green", "compiled": "yellow", "python": "red"}


def evidence_lines(report: Report) -> Iterator[str]:
    """What was seen of each function that was run."""
    shown = [item for item in report.items if item.evidence is not None]
    width = min(max((len(_name(item)) for item in shown), default=0), 60)
    for item in shown:
        yield _line(item, width)
    if shown:
        yield ""


def _name(item: ItemReport) -> str:
    return f"{item.module}.{item.name}"


def _line(item: ItemReport, width: int) -> str:
    evidence = item.evidence
    if evidence is None:
        return ""
    status = click.style(f"{item.status:<9}", fg=_COLOURS.get(item.status))
    parts = [
        f"{evidence.cases} cases",
        f"{evidence.lines:.0%} lines",
        f"{evidence.branches:.0%} branches",
    ]
    if evidence.recorded:
        parts.insert(1, f"{evidence.recorded} recorded")
    if evidence.mismatches:
        parts.append(click.style(f"{evidence.mismatches} mismatches", fg="red"))
    if item.confidence is not None:
        parts.append(f"confidence {item.confidence:.3f}")
    return f"{status} {_name(item):<{width}}  {', '.join(parts)}"
