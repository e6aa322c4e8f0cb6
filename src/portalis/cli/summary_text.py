"""The end of every report: how many functions are what, what stands most in the way, and the time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import click

from portalis import rules
from portalis.emit.report import Report

_FREQUENT = 5


def summary_lines(report: Report) -> Iterator[str]:
    """The summary, line by line."""
    summary = report.summary
    if not summary.functions:
        yield "no functions were found"
    else:
        counts = {
            "translatable": (summary.translatable, "green"),
            "verified": (summary.verified, "green"),
            "compiled": (summary.compiled, "yellow"),
            "python": (summary.python, "red"),
        }
        parts = [
            f"{click.style(f'{count} {word}', fg=colour)} ({count / summary.functions:.0%})"
            for word, (count, colour) in counts.items()
            if count
        ]
        word = "function" if summary.functions == 1 else "functions"
        yield f"{summary.functions} {word}: {', '.join(parts)}"
    yield from _frequent(report)
    if summary.seconds:
        listed = ", ".join(
            f"{stage} {spent:.1f}" for stage, spent in summary.seconds.items() if spent >= 0.05
        )
        yield f"{sum(summary.seconds.values()):.1f} s" + (f" ({listed})" if listed else "")


def _frequent(report: Report) -> Iterator[str]:
    """The codes met most often, counted once per item."""
    counts: Counter[str] = Counter(one.code for one in report.diagnostics)
    for item in report.items:
        counts.update({one.code for one in item.diagnostics if one.severity == "error"})
    if not counts:
        return
    yield "what stands in the way most often (portalis explain CODE says more):"
    for code, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:_FREQUENT]:
        summary = rules.ALL[code].summary if code in rules.ALL else ""
        yield f"  {count:>5}  {code}  {summary}"
