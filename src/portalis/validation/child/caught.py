"""Arguments that stand inside a running call: an input that is made by letting Python come to it.

A method that others call in the middle of a change meets instances that no sequence of whole calls leaves
behind: a tree that is out of balance, a node that is no longer linked. What is written down is therefore how
to come there, and each run of a case comes there anew.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass


class ArrivedError(BaseException):
    """Ends the call that was run for its middle; no `except Exception` of the user's catches it."""


@dataclass(frozen=True, slots=True, eq=False)
class Caught:
    """What `code` is called with, the `turn`-th time (from 0), while `call`, shown as `name`, runs with
    `args`.

    `wanted` are the parameters whose values are taken, in order.
    """

    name: str
    call: Callable[..., object]
    args: tuple[object, ...]
    code: types.CodeType
    wanted: tuple[str, ...]
    turn: int

    def arrive(self, args: tuple[object, ...]) -> tuple[object, ...]:
        """The values, from copies of the arguments.

        Raises LookupError where there is no such call.
        """
        before = sys.gettrace()
        left = self.turn
        found: tuple[object, ...] | None = None

        def watch(frame: types.FrameType, event: str, argument: object) -> object:
            nonlocal left, found
            if frame.f_code is self.code and event == "call" and found is None:
                left -= 1
                if left < 0:
                    found = tuple(frame.f_locals[name] for name in self.wanted)
                    raise ArrivedError
            return before(frame, "call", argument) if before is not None and event == "call" else None

        sys.settrace(watch)  # type: ignore[arg-type]  # typeshed wants a tracer that returns itself
        try:
            with suppress(Exception, ArrivedError):
                self.call(*args)
        finally:
            sys.settrace(before)
        if found is None:
            raise LookupError(f"{self.name} makes no such call")
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One of the values that were caught; those of one `Caught` come from one run."""

    caught: Caught
    at: int

    def __repr__(self) -> str:
        of = self.caught
        called = f"{of.name}({', '.join(map(repr, of.args))})"
        return f"<{of.wanted[self.at]} of call {of.turn + 1} of {of.code.co_qualname} in {called}>"
