"""Runs calls so that each begins in the same world and leaves none of its traces to the next."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from .compare import copy
from .cost import GUARD, MAKING_LINES, MAX_LINES, MOMENT, LineCounter, Tracer
from .outcome import Clock, Outcome, Sink, run
from .reach import Reach
from .state import State
from .world import World


@dataclass(slots=True)
class Runner:
    """Where output goes, what ends a call that runs too long, and what is put back between calls."""

    sink: Sink
    clock: Clock
    state: State | None = None
    world: World | None = None
    guard: float = GUARD

    def plain(
        self,
        call: Callable[..., object],
        args: tuple[object, ...],
        seconds: float,
        trace: Tracer | None = None,
    ) -> Outcome:
        """Call within `seconds` of processor time."""
        if self.world is not None:
            self.world.begin(args)
        outcome = run(call, args, self.sink, self.clock, seconds, trace)
        if self.world is not None:
            outcome.traces = self.world.traces()
        if self.state is not None:
            self.state.finish(outcome)
        return outcome

    def bounded(
        self, call: Callable[..., object], args: tuple[object, ...], reach: Reach | None = None
    ) -> Outcome:
        """Call Python code within `MAX_LINES` lines, watched by `reach`: quickly, and where that was not
        enough to tell, again with its lines counted.
        """
        trace = reach.watch() if reach is not None else None
        outcome = self.plain(call, args, MOMENT, trace)
        return self.counted(call, args, reach) if outcome.rang and not outcome.unmade else outcome

    def made(self, args: tuple[object, ...]) -> Outcome:
        """Make the instances among the arguments, within `MAKING_LINES` lines."""

        def make() -> object:
            return copy(args)

        outcome = self.plain(make, (), MOMENT / 4)
        return self.counted(make, (), limit=MAKING_LINES) if outcome.rang else outcome

    def counted(
        self,
        call: Callable[..., object],
        args: tuple[object, ...],
        reach: Reach | None = None,
        limit: int = MAX_LINES,
    ) -> Outcome:
        """Call Python code within a number of lines, counting them."""
        counter = LineCounter(limit)
        trace = reach.watch(counter) if reach is not None else counter.enter
        outcome = self.plain(call, args, self.guard, trace)
        outcome.lines = counter.lines
        if outcome.rang:
            # Where endless calls are common, the time of the search is for the others.
            self.guard = max(self.guard / 2, GUARD / 8)
        return outcome

    def untouched(self, args: tuple[object, ...]) -> object:
        """The traces of a call with these arguments that does nothing; making them may leave some."""
        if self.world is None or not self.world.traced:
            return None
        return self.plain(lambda *_: None, args, MOMENT).traces

    @property
    def controlled(self) -> bool:
        """Whether calls see another world than the real one; then their times say nothing."""
        return self.world is not None and self.world.active

    def best_time(self, call: Callable[..., object], args: tuple[object, ...]) -> float:
        """Seconds that a call takes, the best of a few, of an item that sees the real world."""
        best = float("inf")
        for _ in range(3):
            own = copy(args)
            assert isinstance(own, tuple)
            began = perf_counter()
            with contextlib.suppress(Exception):
                call(*own)
            best = min(best, perf_counter() - began)
            if self.state is not None:
                self.state.finish(Outcome(own))
            self.sink.drain()
        return best
