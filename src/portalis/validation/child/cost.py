"""What running Python costs, counted in lines run, so that a search ends at the same place on every machine.

A call is first run for a moment of processor time. One that ends in it has certainly run fewer lines than
`MAX_LINES`; one that does not is run again with its lines counted, and is over its limit when the count says
so, not when a clock does. Clocks remain as guards, for code that spends its time outside Python lines; a
guard that strikes is written down.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import dataclass
from time import process_time

MAX_LINES = 1_000_000
"""Lines of Python that one call may run; more than any interpreter runs in `MOMENT`."""
MAKING_LINES = 50_000
"""Lines that making the instances of a case may run, since every run of it makes them anew; more than any
interpreter runs in a quarter of `MOMENT`."""
MOMENT = 0.005
"""Seconds of processor time in which a call is expected to end."""
GUARD = 2.5
"""Seconds of processor time after which a call whose lines are counted is ended all the same."""
CASE_LINES = 4000
"""What running and comparing a case costs beside the lines of the original, in lines."""
PROBE_LINES = 800
"""What running the original alone costs, in lines."""
OVER_LINES = 2_000_000
"""What a call that runs over `MAX_LINES` costs: counting is slow."""
WEIGHED_EVERY = 8
"""One case in this many is run with its lines counted, to know what the others cost."""

Tracer = Callable[[types.FrameType, str, object], "Tracer | None"]


class OverLinesError(BaseException):
    """Raised inside a call that has run too many lines; no `except Exception` of the user's catches it."""


class OverEventsError(BaseException):
    """Raised inside a call whose operations report more than is worth noting."""


class LineCounter:
    """Counts the lines that a call runs, in all its Python frames, and ends it at `limit`."""

    def __init__(self, limit: int = MAX_LINES) -> None:
        self.limit = limit
        self.lines = 0

    def enter(self, _frame: types.FrameType, _event: str, _argument: object) -> Tracer:
        """The tracer to set where nothing but lines is asked for."""
        return self.local

    def local(self, _frame: types.FrameType, event: str, _argument: object) -> Tracer:
        """The tracer of a frame that is only counted. Raises OverLinesError."""
        if event == "line":
            self.lines += 1
            if self.lines > self.limit:
                raise OverLinesError
        return self.local


@dataclass(slots=True)
class Meter:
    """What a search has spent of its budget, in lines, and the guard that watches it in seconds.

    `struck` says which guard ended something, "" where none did.
    """

    budget: int
    guard_seconds: float
    spent: int = 0
    struck: str = ""
    _lines: int = 0
    _weighed: int = 0
    _cpu_end: float = 0.0

    def start(self) -> None:
        """Let the guard's time begin."""
        self._cpu_end = process_time() + self.guard_seconds

    def weigh(self, lines: int) -> None:
        """Learn from a case what a call of the original costs."""
        self._lines += lines
        self._weighed += 1

    def charge(self, base: int) -> None:
        """Pay for a call that ended: `base`, and what calls cost on average."""
        self.spent += base + (self._lines // self._weighed if self._weighed else 0)

    def charge_over(self) -> None:
        """Pay for a call that did not end within its limit."""
        self.spent += OVER_LINES

    def over(self, times: int = 1) -> bool:
        """Whether the budget, `times` over, is spent, or the guard's time."""
        if process_time() > self._cpu_end:
            self.strike(f"the search was ended after {self.guard_seconds:g} s of processor time")
            return True
        return self.spent > times * self.budget

    def strike(self, what: str) -> None:
        """Note that a guard has struck, the first one's words."""
        self.struck = self.struck or what
