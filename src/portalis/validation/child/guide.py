"""What the comparisons inside a function say about where to search next."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from .compose import Args
from .profile import Feature, Pair, Profile, instrument
from .solve import solutions
from .trial import Trial

_MOST_SOLUTIONS = 64
_PAIRS_PER_SITE = 3
_MAX_FEATURES = 4000
_ALL_AT_FIRST, _LATER_EVERY = 128, 4


class Guide:
    """Remembers which features of a function's operations agreeing inputs have shown."""

    def __init__(self, trial: Trial) -> None:
        self._trial = trial
        self._instrumented = instrument(trial.subject.function)
        self._seen: set[Feature] = set()
        self._asked = 0

    def is_new(self, args: Args) -> bool:
        """Whether the input shows a feature that none before it did; it counts as seen from then on.

        The first inputs are all looked at, then one in a few.
        """
        made = self._instrumented
        self._asked += 1
        if self._asked > _ALL_AT_FIRST and self._asked % _LATER_EVERY:
            return False
        if made is None or len(self._seen) > _MAX_FEATURES or not self._trial.profiled(made, args):
            return False
        if made.profile.features <= self._seen:
            return False
        self._seen |= made.profile.features
        return True

    def leads(self, args: Args) -> Iterator[Args]:
        """Inputs that should send a comparison of this one's the other way, or to its very edge."""
        made = self._instrumented
        if made is None or not self._trial.profiled(made, args):
            return iter(())
        return toward(made.profile, args)


def toward(profile: Profile, args: Args) -> Iterator[Args]:
    """Arguments near `args`, at which the comparisons that these met should go the other way."""
    met: dict[int, list[Pair]] = {}
    for pair in profile.pairs:
        known = met.setdefault(pair.site, [])
        if len(known) < _PAIRS_PER_SITE:
            known.append(pair)
    # One pair of every site, then another of every site: loops meet one site many times.
    turns = itertools.zip_longest(*met.values())
    pairs = [pair for turn in turns for pair in turn if pair is not None]
    return itertools.islice(solutions(args, pairs), _MOST_SOLUTIONS)
