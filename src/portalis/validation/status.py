"""From evidence to a status: `verified`, `compiled` or `python`, for a whole project at once.

The floor is the design's: at least 64 distinct agreeing cases (or the whole domain), a normal return among
them where one can be found, 90 % of the lines reached, and every callee verified too. A mismatch leaves the
item, and whatever calls it, in Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from portalis.compiler.unit import Item
from portalis.diagnostics import Diagnostic, Span
from portalis.validation.containment import CODES
from portalis.validation.evidence import MINIMUM_CASES, MINIMUM_LINES, RUNNABLE_EFFECTS, Evidence

Status = Literal["verified", "compiled", "python"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The status of one item, the confidence behind it (0 to 1), and why it is not more."""

    key: str
    status: Status
    confidence: float
    diagnostics: tuple[Diagnostic, ...] = ()


def decide(items: Iterable[Item], evidence: Mapping[str, Evidence]) -> dict[str, Verdict]:
    """The verdict for each function and method, by key.

    An item without Rust is `python` (its own diagnostics say why). One with Rust but without evidence is
    `compiled`.
    """
    functions = {item.key: item for item in items if item.kind in ("function", "method", "program")}
    verdicts = {key: _alone(item, evidence.get(key)) for key, item in functions.items()}
    changed = True
    while changed:
        changed = False
        for key, item in functions.items():
            demoted = _closed(item, verdicts)
            if demoted is not None:
                verdicts[key] = demoted
                changed = True
    return verdicts


def _alone(item: Item, seen: Evidence | None) -> Verdict:
    """The verdict as far as the item's own evidence goes."""
    if item.rust is None:
        return Verdict(item.key, "python", 0.0)
    if seen is None and (harm := sorted(item.effects - RUNNABLE_EFFECTS)):
        note = _note(item, "PT707", f"not run on generated inputs: {', '.join(harm)}")
        return Verdict(item.key, "compiled", 0.0, (note,))
    if seen is None:
        return Verdict(item.key, "compiled", 0.0, (_note(item, "PT702", "was not exercised"),))
    if seen.mismatches:
        return Verdict(item.key, "python", 0.0, (_mismatch(item, seen),))
    short = _shortfall(item, seen)
    if short is not None:
        return Verdict(item.key, "compiled", seen.confidence, (short,))
    return Verdict(item.key, "verified", seen.confidence)


def _shortfall(item: Item, seen: Evidence) -> Diagnostic | None:
    """What the evidence lacks for `verified`, the first that applies."""
    if (harm := sorted(item.effects - RUNNABLE_EFFECTS)) and not seen.cases and not seen.reason:
        return _note(item, "PT707", f"not run on generated inputs: {', '.join(harm)}")
    if seen.flaky:
        return _note(item, "PT740", seen.reason)
    if seen.reason:
        code = CODES.get(seen.cause, "PT702")
        return _note(item, code, f"could not be exercised: {seen.reason}")
    if seen.cases < MINIMUM_CASES and not seen.exhaustive:
        if seen.declined > seen.cases:
            return _note(item, "PT706", f"{seen.declined} calls declined, {seen.cases} agreed")
        return _note(item, "PT702", f"{seen.cases} distinct agreeing cases, {MINIMUM_CASES} are needed")
    if seen.lines < MINIMUM_LINES:
        missed = ", ".join(map(str, seen.missed_lines[:12]))
        return _note(item, "PT703", f"{seen.lines:.0%} of the lines reached, not lines {missed}")
    if not seen.normal_return and seen.lines < 1.0:
        return _note(item, "PT704", "only exceptions were seen, never a normal return")
    return None


def _closed(item: Item, verdicts: Mapping[str, Verdict]) -> Verdict | None:
    """The lower verdict that the item's callees force on it, or None."""
    own = verdicts[item.key]
    if own.status == "python" or item.rust is None:
        return None
    worst: tuple[Status, str] | None = None
    for callee in sorted(item.rust.callees):
        if callee == item.key or callee not in verdicts:
            continue
        status = verdicts[callee].status
        if status == "python":
            worst = ("python", callee)
            break
        if status == "compiled" and worst is None:
            worst = ("compiled", callee)
    if worst is None or (worst[0] == own.status):
        return None
    status, callee = worst
    why = "stays python" if status == "python" else "is not verified"
    found = _note(item, "PT705", f"calls `{callee.partition(':')[2]}`, which {why}")
    return Verdict(item.key, status, own.confidence, (*own.diagnostics, found))


def _mismatch(item: Item, seen: Evidence) -> Diagnostic:
    if not seen.counterexamples:
        return _note(item, "PT701", "the translation disagrees with python")
    first = seen.counterexamples[0]
    code = "PT708" if first.difference in ("crash", "hang") else "PT701"
    message = f"`{first.call}` gives {first.expected} in python, {first.actual} in the translation"
    return _note(item, code, message)


def _note(item: Item, code: str, message: str) -> Diagnostic:
    severity: Literal["error", "warning"] = "error" if code in ("PT701", "PT708") else "warning"
    return Diagnostic(code, message, Span(item.line, 1, item.line, 1), severity)
