"""Inputs as they are met inside: what other functions of the module call the subject with.

The callers are run in Python alone, on inputs of their own, and the subject's lines are watched meanwhile.
An input of a caller that leads to new ones is kept and changed, like any input of a search; only the calls
of the subject inside it become cases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from .callers import Caller
from .caught import Caught, Part
from .codec import NotEncodableError, encode
from .compare import Sameness, copy, same_when_unshared
from .compose import Args
from .draw import Drawer
from .inputs import Inputs
from .outcome import Outcome
from .reach import Arc, Reach
from .tally import Seed
from .trial import Trial

_DRAWN = 400
_WITHOUT_NEWS = 150
_TURNS = 24
_REFUSED = 12
_MAX_NODES = 2000
_CHANGED = 0.6

Watched = Callable[[Caller, Args, Reach], Outcome]


class Within:
    """Finds calls of the subject inside its `callers`; `run` runs one of them, and pays for it."""

    def __init__(self, trial: Trial, callers: Sequence[Caller], drawer: Drawer, run: Watched) -> None:
        self._trial = trial
        self._callers = callers
        self._drawer = drawer
        self._run = run

    def cases(self, reach: Reach) -> Iterator[Args]:
        """Arguments of calls that may go along arcs which `reach` has not seen."""
        signature = self._trial.subject.signature
        if signature.keywords or signature.lazy:
            return
        known = set(reach.hit)
        for caller in self._callers:
            for args, arcs in self._telling(caller, reach, known):
                for case in self._turns(caller, args):
                    yield case
                    if arcs <= reach.hit:
                        break

    def _telling(self, caller: Caller, reach: Reach, known: set[Arc]) -> Iterator[tuple[Args, set[Arc]]]:
        """Inputs of a caller on which the subject goes along arcs that are not yet `known`."""
        inputs = Inputs(caller.signature.shapes, self._drawer, [], [])
        rng = self._drawer.rng
        own = Reach(self._trial.subject.function.__code__)
        waited, refused = 0, Counter[Arc]()
        for _ in range(_DRAWN if caller.signature.shapes else 1):
            waited += 1
            if waited > _WITHOUT_NEWS:
                return
            try:
                changed = bool(inputs.corpus) and rng.random() < _CHANGED
                args = inputs.related(inputs.mutated(inputs.pick().args)) if changed else inputs.fresh()
            except ValueError:
                return  # no instance of a class could be made
            if not self._drawer.caps.allow(args) or self._run(caller, args, own).expired:
                continue
            arcs = own.watched()
            if not arcs <= known:
                waited = 0
                inputs.corpus.append(Seed(args, True))
                yield args, arcs
                # Rust may have declined these; other inputs that go the same way may do.
                refused.update(arcs - reach.hit)
                known |= reach.hit | {arc for arc, times in refused.items() if times >= _REFUSED}

    def _turns(self, caller: Caller, given: Args) -> Iterator[Args]:
        """The subject's calls inside one run of a caller, in order, where another run makes the same."""
        signature = self._trial.subject.signature
        code = self._trial.subject.function.__code__
        name = caller.signature.key.replace(":", ".")
        for turn in range(_TURNS):
            caught = Caught(name, caller.call, given, code, signature.names, turn)
            args = tuple(Part(caught, at) for at in range(len(signature.names)))
            one, other = self._trial.made(args), self._trial.made(args)
            if one.error is not None or other.error is not None or one.expired or other.expired:
                return
            if Sameness().same(one.result, other.result):
                yield _plain(one.result) or args


def _plain(values: object) -> Args | None:
    """The values themselves, where they hold no instances and share nothing."""
    assert isinstance(values, tuple)
    try:
        encode(values, _MAX_NODES)
    except NotEncodableError:
        return None
    taken = copy(values)
    return taken if isinstance(taken, tuple) and same_when_unshared(taken) else None
