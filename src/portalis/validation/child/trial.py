"""One case on both sides: run, compare, and say how they differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .channel import ORIGINAL, TRANSLATION, Beat
from .codec import Json
from .compare import Sameness, error_message, mutable_parts, same_error, same_when_unshared
from .cost import GUARD
from .outcome import Outcome, oversize
from .profile import Instrumented
from .pytest_text import pytest_text
from .reach import Reach
from .runner import Runner
from .source import call_text, error_text, shown, source
from .subject import Subject

TRANSLATION_SECONDS = 1.5
WARM_UP_SECONDS = 2.5


@dataclass(frozen=True, slots=True)
class Difference:
    """How two outcomes differ: `kind` as in the parent's Counterexample, and both sides in words."""

    kind: str
    expected: str
    actual: str


class Trial:
    """Runs a subject's two sides on given arguments, with the beat marked before each."""

    def __init__(self, subject: Subject, declined: object, runner: Runner, beat: Beat) -> None:
        self.subject = subject
        self._declined = declined
        self._runner = runner
        self._beat = beat
        module, _, qualname = subject.signature.key.partition(":")
        self._name = f"{module}.{qualname}"
        self._constructs = qualname.endswith((".__init__", ".__post_init__"))
        self.struck = ""

    def original(self, args: tuple[object, ...], text: str = "", reach: Reach | None = None) -> Outcome:
        """Run the Python side, within `MAX_LINES` lines; `text` names the case for the parent's post-mortem.

        With `reach`, which lines and arcs it goes along is watched meanwhile.
        """
        self._beat.mark(ORIGINAL, text or repr(args))
        self.subject.aim(args)
        outcome = self._runner.bounded(self.subject.original, args, reach)
        self._note(outcome)
        return outcome

    def weighed(self, args: tuple[object, ...], reach: Reach | None = None) -> Outcome:
        """Run the Python side with its lines counted."""
        self._beat.mark(ORIGINAL, repr(args))
        self.subject.aim(args)
        outcome = self._runner.counted(self.subject.original, args, reach)
        self._note(outcome)
        return outcome

    def inside(self, call: Callable[..., object], args: tuple[object, ...], reach: Reach) -> Outcome:
        """Run a function that leads to the Python side, watched by `reach`."""
        self._beat.mark(ORIGINAL, repr(args))
        return self._runner.bounded(call, args, reach)

    def made(self, args: tuple[object, ...]) -> Outcome:
        """What becomes of making the instances among the arguments, within the limits for that."""
        self._beat.mark(ORIGINAL, repr(args))
        return self._runner.made(args)

    def _note(self, outcome: Outcome) -> None:
        if oversize(outcome.result):
            # Python got by with the memory there is; beside its answer, another as large may not fit.
            outcome.result, outcome.expired = None, True
        if outcome.rang:
            self.struck = f"a call that used up to {GUARD:g} s of processor time was left out"

    def warm_up(self, args: tuple[object, ...]) -> None:
        """Run the Python side once without learning from it: a first call may load tables."""
        self._beat.mark(ORIGINAL, repr(args))
        self._runner.plain(self.subject.original, args, WARM_UP_SECONDS)

    def profiled(self, instrumented: Instrumented, args: tuple[object, ...]) -> bool:
        """Run the reporting copy of the Python side; whether it came to an end."""
        self._beat.mark(ORIGINAL, repr(args))
        instrumented.profile.clear()
        call = self.subject.positional(instrumented.call)
        return not self._runner.plain(call, args, GUARD).expired

    def profiled_making(self, instrumented: Instrumented, kind: type, args: tuple[object, ...]) -> bool:
        """Run the reporting copy of a class's `__init__` on a new instance; whether it came to an end."""
        self._beat.mark(ORIGINAL, repr(args))
        instrumented.profile.clear()
        constructor = instrumented.call
        return not self._runner.plain(
            lambda *own: constructor(object.__new__(kind), *own), args, GUARD
        ).expired

    def translation(self, args: tuple[object, ...], python_seconds: float) -> Outcome:
        """Run the Rust side, with some times what Python took."""
        self._beat.mark(TRANSLATION)
        self.subject.aim(args)
        allowed = max(TRANSLATION_SECONDS, 4 * python_seconds)
        return self._runner.plain(self.subject.translation, args, allowed)

    def has_declined(self, outcome: Outcome) -> bool:
        """Whether the Rust side declined."""
        return outcome.result is self._declined and outcome.error is None

    def both(self, args: tuple[object, ...]) -> Difference | None:
        """The difference on these arguments, or None where they agree, one declines, or Python passes a
        limit.
        """
        left = self.original(args)
        if left.expired:
            return None
        right = self.translation(args, left.seconds)
        return None if right.unmade else self.difference(args, left, right)

    def difference(self, args: tuple[object, ...], left: Outcome, right: Outcome) -> Difference | None:
        """How Python's outcome (left) and the translation's (right) differ; None where they don't.

        A decline must leave no trace; it is otherwise no difference.
        """
        if self.has_declined(right):
            if right.output:
                return Difference("output", "a decline without effect", f"printed {shown(right.output)}")
            if not Sameness().same(self._untouched(args), right.args):
                return Difference("arguments", "a decline without effect", f"changed {source(right.args)}")
            if right.traces != self._runner.untouched(args):
                return Difference("draws", "a decline without effect", "random numbers were drawn")
            return None
        if right.expired and right.error is None:
            return Difference("hang", f"returns in {left.seconds:.3f} s", f"runs over {right.seconds:.1f} s")
        if not _same_ending(left.error, right.error):
            return Difference("exception", _ending(left, right), _ending(right, left))
        sameness = Sameness(self._handed(left), self._handed(right))
        if not sameness.same(left.args, right.args):
            expected, actual = f"leaves {source(left.args)}", f"leaves {source(right.args)}"
            same = expected == actual
            return Difference("arguments", expected, f"{actual} of other objects" if same else actual)
        if self._constructs or self.subject.signature.new_result:
            # The result may hold what the call was handed. Only Rust calls such Rust, and its callers
            # are refused where that could be told; here each side converted arguments of its own.
            sameness = Sameness()
        if not sameness.same(left.result, right.result):
            expected, actual = source(left.result), source(right.result)
            if expected != actual:
                return Difference("value", expected, actual)
            # What stands twice in an argument may do so in a part of it; Rust was handed two values for it.
            if not self.subject.signature.new_result or same_when_unshared(args):
                expected, actual = f"{expected}{_identity(left)}", f"{actual}{_identity(right)}"
                return Difference("identity", expected, actual)
        if left.output != right.output:
            return Difference("output", f"prints {shown(left.output)}", f"prints {shown(right.output)}")
        if left.traces != right.traces:
            return Difference("draws", f"the next draw gives {left.traces}", f"it gives {right.traces}")
        return None

    def _handed(self, outcome: Outcome) -> list[object]:
        """The containers that must be the very ones afterwards: those inside an argument in which they may
        move are not, since no Python caller gets such a call from Rust.
        """
        moving = self.subject.signature.moving
        return [
            one for at, found in enumerate(outcome.handed) for one in (found[:1] if at in moving else found)
        ]

    def _untouched(self, args: tuple[object, ...]) -> tuple[object, ...]:
        """The arguments as a call finds them: instances may be made of what the world holds then."""
        return self._runner.plain(lambda *_: None, args, GUARD).args

    def shared_state(self, args: tuple[object, ...]) -> Difference | None:
        """A mutable result that Python hands out twice (a module's own table) must be handed out twice by
        Rust.
        """
        first, second = self.original(args), self.original(args)
        python = mutable_parts(first.result, set()) & mutable_parts(second.result, set())
        if not python:
            return None
        one, two = self.translation(args, first.seconds), self.translation(args, first.seconds)
        if mutable_parts(one.result, set()) & mutable_parts(two.result, set()):
            return None
        return Difference("identity", "the same object every time", "a new object every time")

    @property
    def controlled(self) -> bool:
        """Whether calls see another world than the real one, which a test or a stopwatch would not."""
        return self._runner.controlled

    def time_original(self, args: tuple[object, ...]) -> float:
        """Seconds that Python takes, the best of a few calls; only for arguments that ran before."""
        self._beat.mark(ORIGINAL, repr(args))
        self.subject.aim(args)
        return self._runner.best_time(self.subject.original, args)

    def time_translation(self, args: tuple[object, ...]) -> float:
        """Seconds that Rust takes, likewise."""
        self._beat.mark(TRANSLATION)
        self.subject.aim(args)
        return self._runner.best_time(self.subject.translation, args)

    def call_text(self, args: tuple[object, ...]) -> str:
        """The call as Python source."""
        signature = self.subject.signature
        return call_text(self._name, args, signature.keywords, signature.names)

    def answer(self, args: tuple[object, ...], kind: str) -> dict[str, Json]:
        """The call, Python's answer to it and the test, as texts."""
        left = self.original(args)
        expected = "" if left.expired else _ending(left, Outcome(args))
        return {"call": self.call_text(args), "expected": expected, "pytest": self.pytest_text(args, kind)}

    def pytest_text(self, args: tuple[object, ...], kind: str) -> str:
        """A test that passes on Python and fails where a translation differs; "" where there is none."""
        if self.controlled or self.subject.signature.lazy:
            return ""
        left = self.original(args)
        signature = self.subject.signature
        return (
            ""
            if left.expired
            else pytest_text(signature.key, signature.names, signature.keywords, args, left, kind)
        )


def _same_ending(left: BaseException | None, right: BaseException | None) -> bool:
    if left is None or right is None:
        return left is right
    # Rust from elsewhere may only say in part which exception it means; its error knows what it stands for.
    stands_for = getattr(right, "__portalis_stands_for__", None)
    return bool(stands_for(left)) if callable(stands_for) else same_error(left, right)


def _ending(outcome: Outcome, other: Outcome) -> str:
    """The value or exception of an outcome in words, told apart from `other` where the words alone would
    not.
    """
    if outcome.error is None:
        return source(outcome.result)
    said = getattr(outcome.error, "__portalis_text__", None)
    if callable(said):
        return str(said())
    text = error_text(outcome.error)
    if other.error is not None and error_text(other.error) == text:
        kind = type(outcome.error)
        return f"{text} of {kind.__module__}, saying {shown(error_message(outcome.error))}"
    return text


def _identity(outcome: Outcome) -> str:
    """Which arguments the result shares mutable parts with."""
    parts = mutable_parts(outcome.result, set())
    shared = [str(at) for at, arg in enumerate(outcome.args) if mutable_parts(arg, set()) & parts]
    return (
        f" sharing argument {', '.join(shared)}" if shared else f", a new {type(outcome.result).__qualname__}"
    )
