"""What a run of the harness found, as data and as JSON (schema 1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from portalis.bench.fault import Fault
from portalis.bench.operators import OPERATORS
from portalis.validation.evidence import Evidence

Ending = Literal["mismatch", "unverified", "same-code", "judged", "survived"]
"""How a planted fault ended: caught as a mismatch; caught because the function would not have been marked
verified; no fault after all, by its optimised code or by a person's reading; not caught.
"""
CAUGHT: tuple[Ending, ...] = ("mismatch", "unverified")
EQUIVALENT: tuple[Ending, ...] = ("same-code", "judged")


@dataclass(frozen=True, slots=True)
class Trial:
    """A fault that was hunted. `seen` is the evidence at the stated effort; `longer` that of a survivor's
    search ten times as long, `ending_longer` how it ended then; `reason` is why a person found it no fault.
    """

    fault: Fault
    ending: Ending
    seen: Evidence
    longer: Evidence | None = None
    ending_longer: Ending | None = None
    reason: str = ""

    def as_json(self) -> dict[str, object]:
        """One fault, for a reader."""
        example = self.seen.counterexamples[0] if self.seen.counterexamples else None
        later = self.longer.counterexamples[0] if self.longer and self.longer.counterexamples else None
        return {
            "id": self.fault.id,
            "function": self.fault.key,
            "operator": self.fault.operator,
            "line": self.fault.line,
            "before": self.fault.before,
            "after": self.fault.after,
            "ending": self.ending,
            "difference": example.difference if example else None,
            "call": example.call if example else None,
            "cases": self.seen.cases,
            "declined": self.seen.declined,
            "branches": round(self.seen.branches, 4),
            "progress": [list(step) for step in self.seen.progress],
            "seconds": round(self.seen.seconds, 3),
            "reason": self.reason,
            "longer": None
            if self.longer is None
            else {
                "ending": self.ending_longer,
                "call": later.call if later else None,
                "cases": self.longer.cases,
                "declined": self.longer.declined,
                "seconds": round(self.longer.seconds, 3),
            },
        }


@dataclass(frozen=True, slots=True)
class Function:
    """A function as it is: its evidence at the stated effort, and after a search ten times as long where it
    was in the sample.
    """

    key: str
    verified: bool
    seen: Evidence
    longer: Evidence | None = None

    def as_json(self) -> dict[str, object]:
        """One function, for a reader."""
        return {
            "function": self.key,
            "verified": self.verified,
            "cases": self.seen.cases,
            "branches": round(self.seen.branches, 4),
            "confidence": round(self.seen.confidence, 5),
            "progress": [list(step) for step in self.seen.progress],
            "seconds": round(self.seen.seconds, 3),
            "longer": None
            if self.longer is None
            else {"mismatches": self.longer.mismatches, "cases": self.longer.cases},
        }


@dataclass(frozen=True, slots=True)
class Result:
    """A whole run: `stillborn` are the faults that rustc rejected and that were never planted."""

    sources: tuple[str, ...]
    effort: str
    seed: int
    functions: tuple[Function, ...]
    trials: tuple[Trial, ...]
    stillborn: tuple[Fault, ...]

    def counted(self, operator: str | None = None) -> Counts:
        """The counts of one operator, or of all."""
        own = [one for one in self.trials if operator in (None, one.fault.operator)]
        return count(own, sum(operator in (None, one.operator) for one in self.stillborn))

    def as_json(self) -> dict[str, object]:
        """The report."""
        operators = {name: self.counted(name).as_json() for name in OPERATORS}
        return {
            "schema": 1,
            "sources": list(self.sources),
            "effort": self.effort,
            "seed": self.seed,
            "summary": self.counted().as_json()
            | {"functions": len(self.functions), "verified": sum(one.verified for one in self.functions)},
            "operators": {name: row for name, row in operators.items() if row["planted"] or row["stillborn"]},
            "faults": [one.as_json() for one in self.trials],
            "functions": [one.as_json() for one in self.functions],
        }


@dataclass(frozen=True, slots=True)
class Counts:
    """How faults ended. `caught` is the share of those that are faults, 1 where there are none."""

    stillborn: int
    planted: int
    endings: dict[Ending, int]
    caught_longer: int

    @property
    def real(self) -> int:
        """The planted faults that change what the function does, as far as is known."""
        return self.planted - sum(self.endings[ending] for ending in EQUIVALENT)

    @property
    def caught(self) -> float:
        return sum(self.endings[ending] for ending in CAUGHT) / self.real if self.real else 1.0

    def as_json(self) -> dict[str, object]:
        """The counts and the share that was caught."""
        return {
            "stillborn": self.stillborn,
            "planted": self.planted,
            **{str(ending): number for ending, number in self.endings.items()},
            "caught_longer": self.caught_longer,
            "caught": round(self.caught, 5),
        }


def count(trials: Sequence[Trial], stillborn: int) -> Counts:
    """The counts of some trials."""
    endings: dict[Ending, int] = dict.fromkeys((*CAUGHT, *EQUIVALENT, "survived"), 0)
    for one in trials:
        endings[one.ending] += 1
    later = sum(one.ending == "survived" and one.ending_longer in CAUGHT for one in trials)
    return Counts(stillborn, len(trials), endings, later)
