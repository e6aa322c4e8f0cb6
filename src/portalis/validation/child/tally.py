"""What a search is given, keeps and counts."""

from __future__ import annotations

from dataclasses import dataclass, field

from .compose import Args
from .trial import Difference


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search: agreeing cases wanted, cases without news before giving up, all attempts, seconds
    of processor time for the guard, cases kept, kept inputs visited, lines of Python (`cost`) in all, and
    differences after which to stop. Only where that is more than one are they made small.
    """

    cases: int
    patience: int
    attempts: int
    seconds: float
    kept: int
    visits: int
    lines: int
    mismatches: int


@dataclass(slots=True)
class Seed:
    """An input worth mutating, and whether Python answered it normally."""

    args: Args
    normal: bool
    visited: bool = False


@dataclass(slots=True)
class Tally:
    """What the search has counted so far; `progress` is the share of branches after 1, 2, 4, … agreeing
    cases.
    """

    agreed: int = 0
    recorded: int = 0
    declined: int = 0
    discarded: int = 0
    attempts: int = 0
    normal: int = 0
    flaky: bool = False
    exhaustive: bool = False
    since_news: int = 0
    progress: list[tuple[int, float]] = field(default_factory=list)
    mismatches: dict[str, tuple[Args, Difference]] = field(default_factory=dict)
