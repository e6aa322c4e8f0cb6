"""What verification is asked and what it saw: targets, cases, counterexamples, evidence.

Frozen data only. `search.verify` turns targets into evidence, `status.decide` turns evidence into a status.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from portalis.compiler.stdlib.effects import SOURCES
from portalis.compiler.types import Type
from portalis.compiler.unit import Param
from portalis.validation.child.codec import Value
from portalis.validation.child.world import CONTROLLED
from portalis.validation.classes import ClassShapes
from portalis.validation.containment import Cause

Effort = Literal["quick", "normal", "thorough"]
Difference = Literal["value", "exception", "arguments", "output", "identity", "draws", "crash", "hang"]

MINIMUM_CASES = 64
"""Distinct agreeing cases that `verified` needs, unless the whole domain was run."""
RUNNABLE_EFFECTS = CONTROLLED | {"print", SOURCES["loaded"], SOURCES["decimal_context"], SOURCES["upcalls"]}
"""Effects of items that are run on generated inputs: they are the same for both sides."""
MINIMUM_LINES = 0.9
"""Share of an item's lines that `verified` needs to have been reached."""


@dataclass(frozen=True, slots=True)
class Target:
    """One function to verify: its key (`module:qualname`), parameters, result, and real calls seen.

    `recorded` are argument tuples in parameter order. A target with `effects` beyond `print` is not run.
    `dead_lines` can't be reached by arguments of these types, and don't count as lines to reach.
    `native` is the extension's function that stands for the translation, where it isn't the one named `key`.
    """

    key: str
    params: tuple[Param, ...]
    returns: Type
    recorded: tuple[tuple[Value, ...], ...] = ()
    effects: frozenset[str] = frozenset()
    dead_lines: frozenset[int] = frozenset()
    classes: ClassShapes = field(default_factory=dict)
    native: str = ""
    moving: frozenset[int] = frozenset()
    """The arguments inside which objects may move: those are made anew, and compared by what they are."""
    new_result: bool = False
    """Whether Rust gives a copy of what Python gives: only Rust callers call it, and can't tell."""

    @property
    def module(self) -> str:
        return self.key.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A call on which the two sides differ, shrunk.

    Attributes:
        call: the call, as Python source.
        difference: what differs: `value`, `exception`, `arguments` (as they are left), `output`, `identity`,
            `draws` (of random numbers), `crash` or `hang`.
        expected: what Python gives, as source or in words.
        actual: what the other side gives.
        pytest: a test that passes on Python and fails on such a translation, or "".
    """

    call: str
    difference: Difference
    expected: str
    actual: str
    pytest: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """An agreeing case worth keeping: the arguments before and after, and what both sides gave.

    `raised` is `module:qualname` of the exception's class, with `message` its `str`; else `result` is the
    value returned.
    """

    args: tuple[Value, ...]
    after: tuple[Value, ...]
    result: Value
    raised: str | None
    message: str
    output: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What verification saw of one item.

    Attributes:
        key: the item, `module:qualname`.
        cases: how many distinct cases agreed.
        recorded: how many of those came from real calls.
        declined: how many calls the Rust declined.
        discarded: how many passed a limit in the original.
        lines: the share (0 to 1) of the original's lines that agreeing cases reached.
        branches: the same of its branches.
        missed_lines: the lines that were not reached.
        missed_branches: pairs of a line that was reached and where control never went from it: a line, or -1
            for the end of the function.
        mismatches: how many cases differed.
        counterexamples: the differing cases, shrunk.
        normal_return: whether a case ended without an exception.
        exhaustive: whether the whole domain was run.
        flaky: whether the Python does not answer the same twice.
        kept: agreeing cases worth keeping as tests.
        speedup: Python's time over the extension's, over kept cases.
        seconds: wall time of the search.
        reason: why the item could not be exercised, where it could not.
        cause: which limit or wall of the sandbox it ran into, "" for none.
        progress: the share of branches reached after 1, 2, 4, … agreeing cases.
        precondition: what accepted calls have in common, where Python refuses nearly all inputs that are
            drawn by type, and how many were drawn so instead.
        guard: which limit of time ended something that is otherwise limited by counting, "" where none did:
            then the same search sees the same.
        repeatable: false where another search may see otherwise (the clock ended it, Python wavered, a
            process died).
        cached: whether an earlier run saw this.
    """

    key: str
    cases: int = 0
    recorded: int = 0
    declined: int = 0
    discarded: int = 0
    lines: float = 0.0
    branches: float = 0.0
    missed_lines: tuple[int, ...] = ()
    missed_branches: tuple[tuple[int, int], ...] = ()
    mismatches: int = 0
    counterexamples: tuple[Counterexample, ...] = ()
    normal_return: bool = False
    exhaustive: bool = False
    flaky: bool = False
    kept: tuple[Case, ...] = ()
    speedup: float | None = None
    seconds: float = 0.0
    reason: str = ""
    cause: Cause = ""
    progress: tuple[tuple[int, float], ...] = ()
    precondition: str = ""
    guard: str = ""
    repeatable: bool = True
    cached: bool = False

    @property
    def confidence(self) -> float:
        """95 % lower bound on the share of agreeing inputs (`0.05 ** (1 / n)`; 1 for a whole domain) times
        branches.
        """
        if self.exhaustive and self.cases:
            return self.branches
        return confidence(self.cases, self.branches)


def confidence(cases: int, branches: float) -> float:
    """The confidence that `cases` agreeing cases give (0 to 1), with that share of the branches reached.

    >>> round(confidence(64, 1.0), 3), confidence(0, 1.0)
    (0.954, 0.0)
    """
    return 0.05 ** (1.0 / cases) * branches if cases else 0.0
