"""Results of `portalis bench` as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portalis.bench.calibration import Bin
from portalis.bench.operators import OPERATORS
from portalis.bench.result import Counts, Result

_HEAD = ("operator", "stillborn", "planted", "mismatch", "unverified", "same code", "judged", "survived")


def verifier_lines(result: Result) -> Iterator[str]:
    """A table by operator, and the survivors."""
    rows = [(name, result.counted(name)) for name in OPERATORS]
    rows = [(name, counts) for name, counts in rows if counts.planted or counts.stillborn]
    yield " ".join([f"{_HEAD[0]:<16}", *(f"{name:>10}" for name in _HEAD[1:]), f"{'caught':>8}"])
    for name, counts in (*rows, ("all", result.counted())):
        yield _row(name, counts)
    for one in result.trials:
        if one.ending == "survived":
            after = f", {one.ending_longer} after a search ten times as long" if one.ending_longer else ""
            yield ""
            yield f"{one.fault.id} {one.fault.key} ({one.fault.operator}){after}"
            yield from (f"  - {line}" for line in one.fault.before.splitlines())
            yield from (f"  + {line}" for line in one.fault.after.splitlines())


def _row(name: str, counts: Counts) -> str:
    endings = counts.endings
    numbers = (
        counts.stillborn, counts.planted, endings["mismatch"], endings["unverified"], endings["same-code"],
        endings["judged"], endings["survived"],
    )  # fmt: skip
    return " ".join([f"{name:<16}", *(f"{number:>10}" for number in numbers), f"{counts.caught:>8.1%}"])


def calibration_lines(found: Sequence[Bin]) -> Iterator[str]:
    """The bins as a table."""
    yield f"{'items':<10}{'confidence':>16}{'points':>8}{'mean':>8}{'stood':>8}"
    for one in found:
        span = f"{one.low:g} to {one.high:g}"
        yield f"{one.kind:<10}{span:>16}{one.points:>8}{one.stated:>8.3f}{one.share:>8.1%}"
