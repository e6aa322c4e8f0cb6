"""The report as text for the terminal: shares first, then what to do next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from portalis.emit.report import FUNCTION_KINDS, ItemReport, Report, Status

_MEANING: dict[Status, str] = {
    "verified": "Rust, agreed with Python on every case",
    "compiled": "Rust, not exercised enough to be trusted; Python answers",
    "python": "stays Python",
    "translatable": "would become Rust",
}
_COLORS: dict[Status, str] = {"verified": "32", "compiled": "33", "python": "31", "translatable": "32"}


@dataclass(frozen=True, slots=True)
class Frequency:
    """A diagnostic code, how many functions it concerns, and the message seen most often with it."""

    code: str
    count: int
    message: str


def frequent_diagnostics(report: Report, limit: int | None = 5) -> list[Frequency]:
    """The codes that most functions have, most frequent first; a code counts once per function."""
    counts: Counter[str] = Counter()
    messages: dict[str, Counter[str]] = {}
    for item in report.items:
        if item.kind not in FUNCTION_KINDS:
            continue
        for code in {one.code for one in item.diagnostics if one.severity != "note"}:
            counts[code] += 1
        for one in item.diagnostics:
            messages.setdefault(one.code, Counter())[one.message] += 1
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
    return [Frequency(code, count, messages[code].most_common(1)[0][0]) for code, count in ranked]


def render_text(report: Report, *, color: bool = False, evidence: bool = False) -> str:
    """The report for a terminal, ending with a newline.

    Args:
        report: what to show.
        color: whether to use ANSI colours.
        evidence: whether to list each function with what verification saw.
    """
    lines = _summary(report, color)
    if evidence:
        lines += ["", *_evidence(report, color)]
    frequent = frequent_diagnostics(report)
    if frequent:
        lines += ["", "most frequent diagnostics (functions)"]
        width = max(len(str(one.count)) for one in frequent)
        lines += [f"  {one.code}  {one.count:>{width}}  {one.message}" for one in frequent]
    if report.summary.seconds:
        stages = ", ".join(f"{stage} {spent:.1f}" for stage, spent in report.summary.seconds.items())
        lines += ["", f"seconds: {stages}"]
    return "\n".join(lines) + "\n"


def _summary(report: Report, color: bool) -> list[str]:
    summary = report.summary
    total = summary.functions
    lines = [f"{total} {_plural('function', total)} in {len({item.module for item in report.items})} modules"]
    counted: list[tuple[Status, int]] = [
        ("translatable", summary.translatable),
        ("verified", summary.verified),
        ("compiled", summary.compiled),
        ("python", summary.python),
    ]
    checked = summary.translatable > 0 and summary.verified + summary.compiled == 0
    for status, count in counted:
        if (status == "translatable") != checked and status != "python":
            continue
        share = 100 * count / total if total else 0.0
        name = _paint(f"{status:<12}", _COLORS[status], color)
        lines.append(f"  {name} {count:>5}  {share:5.1f} %   {_MEANING[status]}")
    inside = sum(item.runs == "internal" for item in report.items if item.kind in FUNCTION_KINDS)
    if inside:
        lines.append(
            f"  ({inside} of them answer only Rust callers: crossing over would cost more than it gains)"
        )
    return lines


def _evidence(report: Report, color: bool) -> list[str]:
    return [_evidence_line(item, color) for item in report.items if item.kind in FUNCTION_KINDS]


def _evidence_line(item: ItemReport, color: bool) -> str:
    status = _paint(f"{item.status:<12}", _COLORS[item.status], color)
    place = f"{item.file}:{item.line}"
    if item.evidence is None:
        why = next((f"{one.code} {one.message}" for one in item.diagnostics), "")
        return f"  {status} {item.module}.{item.name}  ({place})  {why}".rstrip()
    seen = item.evidence
    parts = [f"{seen.cases} cases"]
    if seen.recorded:
        parts.append(f"{seen.recorded} recorded")
    parts += [f"lines {seen.lines:.0%}", f"branches {seen.branches:.0%}"]
    if seen.mismatches:
        parts.append(f"{seen.mismatches} {_plural('mismatch', seen.mismatches)}")
    if item.confidence is not None:
        parts.append(f"confidence {item.confidence:.3f}")
    return f"  {status} {item.module}.{item.name}  ({place})  {', '.join(parts)}"


def _plural(word: str, count: int) -> str:
    ending = "es" if word.endswith("ch") else "s"
    return word if count == 1 else word + ending


def _paint(text: str, code: str, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color else text
