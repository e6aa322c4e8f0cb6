"""From a report to an exit code."""

from __future__ import annotations

from typing import Literal

from portalis.emit.report import ItemReport, Report

_FUNCTIONS = frozenset({"function", "method"})


def share(report: Report, status: Literal["verified", "translatable"]) -> float:
    """The share of functions with a status, in per cent; 100 where there are no functions."""
    total = report.summary.functions
    if not total:
        return 100.0
    count = report.summary.verified if status == "verified" else report.summary.translatable
    return 100.0 * count / total


def answer_code(report: Report, status: Literal["verified", "translatable"], fail_under: float | None) -> int:
    """0 when all functions have the status, else 1; with `fail_under`, 0 when enough of them have it.

    A function that the user keeps in Python with an ignore comment, and so without a diagnostic,
    does not count against the project; a file that can't be read does.
    """
    if any(diagnostic.severity == "error" for diagnostic in report.diagnostics):
        return 1
    if fail_under is not None:
        return int(share(report, status) < fail_under)
    return int(any(_short_of(item, status) for item in report.items))


def output_code(report: Report, fail_under: float | None) -> int:
    """0 when the output stands, 1 when fewer functions are verified than `fail_under` asks."""
    return int(fail_under is not None and share(report, "verified") < fail_under)


def _short_of(item: ItemReport, status: str) -> bool:
    if item.kind not in _FUNCTIONS or item.status == status:
        return False
    kept = item.status == "python" and not any(one.severity != "note" for one in item.diagnostics)
    return not kept
