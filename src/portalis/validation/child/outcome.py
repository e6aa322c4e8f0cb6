"""Running one case on one side: what came back, what was printed, what became of the arguments, within
limits.
"""

from __future__ import annotations

import io
import signal
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import process_time

from .compare import containers, copy
from .cost import GUARD, OverEventsError, OverLinesError, Tracer

MAX_OUTPUT = 1 << 20
_PLACE_FRAMES = 5
_PATIENCE = 8.0


MAX_RESULT = 64 << 20
"""Bytes that an answer may take."""
_SIZED = (str, bytes, bytearray, list, tuple, dict, set, frozenset)


def oversize(value: object) -> bool:
    """Whether a value, with what it directly holds, takes more than `MAX_RESULT` bytes when it is written
    out: one text that stands in many places is one object to Python only.

    >>> oversize("x" * 1000), oversize(["x" * (40 << 20), "y" * (40 << 20)]), oversize(["x" * 9000] * 9000)
    (False, True, True)
    """
    size = sys.getsizeof(value)
    if isinstance(value, (list, tuple)):
        size += sum(sys.getsizeof(item) for item in value if isinstance(item, _SIZED))
    return size > MAX_RESULT


class OverTimeError(BaseException):
    """Raised inside a call that has run too long; no `except Exception` of the user's catches it."""


class OverOutputError(BaseException):
    """Raised inside a call that has printed too much."""


@dataclass(slots=True)
class Outcome:
    """What a call did: `error` or `result`, the arguments afterwards, the printed text,
    seconds of processor time.

    `expired` means that it passed a limit of time, lines, output, memory or recursion, and says nothing
    about behaviour; `rang` that the limit was one of time. `lines` is how many lines of Python it ran, where
    they were counted. `place` is where an exception was raised: the lines of the outermost frames. `traces`
    is what the call left of the world that only a further look shows.
    """

    args: tuple[object, ...]
    result: object = None
    error: BaseException | None = None
    output: str = ""
    seconds: float = 0.0
    expired: bool = False
    rang: bool = False
    lines: int = 0
    place: tuple[int, ...] = ()
    handed: tuple[list[object], ...] = ()
    """The containers that the call was handed, as they stood in each of its arguments before it."""
    traces: object = None
    unmade: bool = False
    """Whether the arguments could not be made, so that nothing was called."""


class Sink(io.StringIO):
    """Collects what is printed, up to a megabyte."""

    def write(self, text: str) -> int:
        if self.tell() > MAX_OUTPUT:
            raise OverOutputError
        return super().write(text)

    def drain(self) -> str:
        """What was written since the last drain."""
        if not self.tell():
            return ""
        text = self.getvalue()
        self.seek(0)
        self.truncate()
        return text


class Clock:
    """Interrupts a call of Python code once it has used `seconds` of processor time, and again as long as it
    goes on.

    Processor time does not pass faster where the machine is busy; the wall clock is a guard against sleep,
    with `_PATIENCE` times as much.

    Attributes:
        rang: whether the time was over since `arm`.
        counting: whether a signal that arrives ends the call.
    """

    def __init__(self) -> None:
        self.rang = False
        self.counting = False

    def install(self) -> None:
        """Take over SIGPROF and SIGALRM."""
        signal.signal(signal.SIGPROF, self._ring)
        signal.signal(signal.SIGALRM, self._ring)

    def _ring(self, _number: int, _frame: types.FrameType | None) -> None:
        if self.counting:  # a signal may arrive after the clock was stopped
            self.rang = True
            raise OverTimeError

    def arm(self, seconds: float) -> None:
        """Start counting."""
        self.rang = False
        self.counting = True
        signal.setitimer(signal.ITIMER_PROF, seconds, max(seconds, 0.05))
        signal.setitimer(signal.ITIMER_REAL, 1.0 + _PATIENCE * seconds, 0.5)

    def disarm(self) -> None:
        """Stop counting; a signal that arrives meanwhile is taken here."""
        while True:
            try:
                self.counting = False
                signal.setitimer(signal.ITIMER_PROF, 0)
                signal.setitimer(signal.ITIMER_REAL, 0)
            except OverTimeError:
                continue
            return


@contextmanager
def captured() -> Iterator[Sink]:
    """`sys.stdout` and `sys.stderr` collected in a Sink inside the block."""
    sink = Sink(newline="")
    before = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = sink
    try:
        yield sink
    finally:
        sys.stdout, sys.stderr = before


def caller(
    function: Callable[..., object], keywords: Sequence[str], names: Sequence[str]
) -> Callable[..., object]:
    """`function` called with every argument by position; the last ones are passed on as `keywords` says.

    `flag` is passed by that name, what goes to `*args` and `**kwargs` one by one.
    """
    if not keywords:
        return function
    positional = len(names) - len(keywords)

    def call(*args: object) -> object:
        passed, named = list(args[:positional]), dict[str, object]()
        for keyword, value in zip(keywords, args[positional:], strict=True):
            if keyword.startswith("**"):
                named |= handed(value, names)
            elif keyword.startswith("*"):
                assert isinstance(value, tuple)
                passed += value
            else:
                named[keyword] = value
        return function(*passed, **named)

    return call


def translated(
    function: Callable[..., object], keywords: Sequence[str], names: Sequence[str]
) -> Callable[..., object]:
    """The extension's function; like Python it gets a dict of its own for `**kwargs`."""
    if not any(keyword.startswith("**") for keyword in keywords):
        return function
    last = len(names) - 1
    return lambda *args: function(*args[:last], handed(args[last], names), *args[last + 1 :])


def handed(named: object, names: Sequence[str]) -> dict[str, object]:
    """What `**kwargs` can be given: nothing that goes to a parameter of that name."""
    assert isinstance(named, dict)
    return {name: value for name, value in named.items() if name not in names}


def _place(error: BaseException) -> tuple[int, ...]:
    lines: list[int] = []
    trace = error.__traceback__
    while trace is not None and len(lines) < _PLACE_FRAMES:
        lines.append(trace.tb_lineno)
        trace = trace.tb_next
    return tuple(lines[1:])


def _made(args: tuple[object, ...], clock: Clock) -> tuple[object, ...] | None:
    """A copy of the arguments; None where their instances take too long to make, or can't be made."""
    try:
        clock.arm(GUARD)
        try:
            own = copy(args)
        finally:
            clock.disarm()
    except OverTimeError:
        clock.disarm()
        return None
    except Exception:  # noqa: BLE001 - a constructor may raise anything; there is no call then
        return None
    assert isinstance(own, tuple)
    return None if clock.rang else own


def run(
    call: Callable[..., object],
    args: tuple[object, ...],
    sink: Sink,
    clock: Clock,
    seconds: float,
    trace: Tracer | None = None,
) -> Outcome:
    """Call with a copy of `args`, traced by `trace`; every exception but the interpreter's own end is an
    outcome.
    """
    own = _made(args, clock)
    if own is None:
        return Outcome((), expired=True, rang=clock.rang, unmade=True)
    sink.drain()  # what making instances printed is no part of the call
    outcome = Outcome(own, handed=tuple(containers(arg, []) for arg in own))
    began = process_time()
    try:
        try:
            clock.arm(seconds)
            if trace is not None:
                sys.settrace(trace)
            outcome.result = call(*own)
        except (MemoryError, RecursionError) as error:
            outcome.error, outcome.expired = error.with_traceback(None), True
        except (OverTimeError, OverOutputError, OverLinesError, OverEventsError):
            outcome.expired = True
        except BaseException as error:  # noqa: BLE001 - whatever the user's code raises is its answer
            outcome.place = _place(error)
            outcome.error = error.with_traceback(None)
        clock.counting = False
    except OverTimeError:
        clock.counting = False
    sys.settrace(None)  # before anything is called, which would be traced
    clock.disarm()
    outcome.seconds = process_time() - began
    outcome.rang = clock.rang
    outcome.expired = outcome.expired or clock.rang
    outcome.output = sink.drain()
    return outcome
