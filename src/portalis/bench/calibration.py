"""Calibration: of the items that were given a confidence, how many stand a search ten times as long.

An item here is a function as it is, or one with a fault planted in it. While its search ran it had a
confidence after 1, 2, 4, … agreeing cases; each of these is a point. The item stands when no search, the
longer one included, ever found a difference.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

from portalis.config.errors import ConfigError
from portalis.validation.evidence import confidence

Kind = Literal["function", "fault"]
EDGES: tuple[float, ...] = (0.0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.97, 0.98, 0.985, 0.99, 1.0)
"""Ends of the bins of stated confidence; the last bin holds both of its ends."""


@dataclass(frozen=True, slots=True)
class Point:
    """An item at a moment of its search: the confidence it had (0 to 1), and whether it stood in the end."""

    kind: Kind
    stated: float
    stood: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The points of one kind with a confidence from `low` to `high`. `stood` is how many stood."""

    kind: Kind
    low: float
    high: float
    points: int
    stated: float
    stood: int

    @property
    def share(self) -> float:
        return self.stood / self.points

    def as_json(self) -> dict[str, object]:
        """The bin, with the mean stated confidence and the share that stood."""
        return {
            "kind": self.kind,
            "low": self.low,
            "high": self.high,
            "points": self.points,
            "stated": round(self.stated, 4),
            "stood": self.stood,
            "share": round(self.share, 4),
        }


def read_points(files: Iterable[Path]) -> list[Point]:
    """The points in results of `portalis bench verifier`.

    Raises:
        ConfigError: a file is no such result.
    """
    points: list[Point] = []
    for file in files:
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
            points += _of_functions(found["functions"])
            points += _of_faults(found["faults"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            hint = "give files that `portalis bench verifier -o` wrote"
            raise ConfigError(f"{file} is no result of `portalis bench verifier`: {error!r}", hint) from error
    return points


def _of_functions(entries: Sequence[dict[str, object]]) -> Iterator[Point]:
    """Functions of the sample; the others were not searched for longer."""
    for entry in entries:
        match entry:
            case {"longer": {"mismatches": int(mismatches)}, "progress": list(progress)}:
                yield from _points("function", progress, entry["confidence"], mismatches == 0)


def _of_faults(entries: Sequence[dict[str, object]]) -> Iterator[Point]:
    """Faults whose end is known: caught by a difference, no fault by their code, or searched for longer."""
    for entry in entries:
        match entry:
            case {"ending": "mismatch", "progress": list(progress)}:
                yield from _points("fault", progress, None, False)
            case {
                "ending": ("same-code" | "survived" | "judged") as ending,
                "longer": longer,
                "cases": int(cases),
                "branches": (int() | float()) as branches,
                "progress": list(progress),
            }:
                last = confidence(cases, branches)
                match longer:
                    case {"ending": str(later)}:
                        yield from _points("fault", progress, last, later != "mismatch")
                    case _ if ending == "same-code":
                        yield from _points("fault", progress, last, True)


def _points(kind: Kind, progress: Sequence[object], last: object, stood: bool) -> Iterator[Point]:
    for step in progress:
        match step:
            case [int(cases), (int() | float()) as branches]:
                yield Point(kind, confidence(cases, branches), stood)
    if isinstance(last, (int, float)):
        yield Point(kind, last, stood)


def bins(points: Sequence[Point]) -> list[Bin]:
    """The bins that hold points, by kind and confidence."""
    made: list[Bin] = []
    kinds: tuple[Kind, ...] = ("function", "fault")
    for kind in kinds:
        mine = [point for point in points if point.kind == kind]
        for low, high in pairwise(EDGES):
            own = [point for point in mine if low <= point.stated < high or point.stated == high == 1.0]
            if own:
                stated = sum(point.stated for point in own) / len(own)
                made.append(Bin(kind, low, high, len(own), stated, sum(point.stood for point in own)))
    return made


def as_json(found: Sequence[Bin]) -> dict[str, object]:
    """The numbers behind the plot (schema 1)."""
    return {"schema": 1, "bins": [one.as_json() for one in found]}
