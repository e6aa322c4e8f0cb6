"""A comparison of two runs of a test suite, as text."""

from __future__ import annotations

from collections.abc import Iterator

import click

from portalis.validation.suite import TestOutcome
from portalis.validation.suite_compare import Comparison, TestPair

_SHOWN = 200
_DECLINED = 5


def suite_lines(found: Comparison) -> Iterator[str]:
    """What differs, what wavers, what fails anyway, then the counts."""
    for pair in found.standing("different"):
        yield from _pair_lines(pair, "different", "red")
    for pair in found.standing("declined"):
        function = pair.hybrid.message.partition(":")[0] if pair.hybrid is not None else ""
        yield f"{click.style('declined', fg='yellow', bold=True)}  {pair.nodeid}  ({function})"
    for pair in found.standing("flaky"):
        yield from _pair_lines(pair, "flaky", "yellow")
    for pair in found.failing_alike:
        outcome = pair.python.outcome if pair.python is not None else ""
        yield f"{click.style('fails in the original too', fg='yellow')}  {pair.nodeid}  ({outcome})"
    wrong = click.style("error", fg="red", bold=True)
    for file in found.foreign:
        yield f"{wrong}: PT722: the tests imported {file}, not the hybrid package"
    for name in found.unused:
        yield f"{click.style('warning', fg='yellow')}: no test imported `{name}`"
    yield from _summary(found)


def _pair_lines(pair: TestPair, word: str, colour: str) -> Iterator[str]:
    yield f"{click.style(word, fg=colour, bold=True)}  {pair.nodeid}"
    if pair.standing == "flaky":
        yield f"    {pair.reason}"
        return
    yield f"    original  {_shown(pair.python)}"
    yield f"    hybrid    {_shown(pair.hybrid)}"
    if pair.reason == "other output" and pair.python is not None and pair.hybrid is not None:
        yield f"    original printed  {pair.python.output[-_SHOWN:]!r}"
        yield f"    hybrid printed    {pair.hybrid.output[-_SHOWN:]!r}"


def _shown(outcome: TestOutcome | None) -> str:
    if outcome is None:
        return "was not there"
    text = ": ".join(part for part in (outcome.exception, outcome.message.partition("\n")[0]) if part)
    if len(text) > _SHOWN:
        text = text[:_SHOWN] + "…"
    return f"{outcome.outcome}: {text}" if text else outcome.outcome


def _summary(found: Comparison) -> Iterator[str]:
    counts = (
        (len(found.standing("same")), "same", "green"),
        (len(found.standing("different")), "different", "red"),
        (len(found.standing("declined")), "declined by rust", "yellow"),
        (len(found.standing("flaky")), "flaky", "yellow"),
        (len(found.failing_alike), "failing in the original too", "yellow"),
    )
    parts = [click.style(f"{count} {word}", fg=colour) for count, word, colour in counts if count]
    total = len(found.tests)
    yield f"{total} {'test' if total == 1 else 'tests'}: {', '.join(parts)}"
    rust, fallback = (sum(row[at] for row in found.counts.values()) for at in (0, 1))
    seconds = f"original {found.python_seconds:.1f} s, hybrid {found.hybrid_seconds:.1f} s"
    if found.rust_only:
        yield f"calls: {rust} answered by rust, {fallback} declined (the fallback was off); {seconds}"
    else:
        yield f"calls: {rust} answered by rust, {fallback} by the python fallback; {seconds}"
    declined = sorted(((row[1], key) for key, row in found.counts.items() if row[1]), reverse=True)
    if declined:
        most = ", ".join(f"{key} ({count})" for count, key in declined[:_DECLINED])
        yield f"declined most often: {most}"
