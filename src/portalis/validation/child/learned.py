"""Preconditions: where Python refuses nearly every input drawn by type, draw like the calls it accepted.

What is learnt is simple facts: each parameter's (`facts`), and two about pairs of parameters, that they are
equally long, and that one is an index into the other. A fact need not be right: what is drawn is tried.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from .compose import Args, accepts
from .facts import Fact, infer
from .outcome import Outcome

DRAWN_BLIND = 100
"""How many inputs are drawn by type to see how many of them Python accepts."""
ACCEPTED_SHARE = 0.05
"""Where Python accepts less than this share of them, the rest is learnt from accepted calls."""
_MOST_CALLS = 60


@dataclass(slots=True)
class Learned:
    """What accepted calls have in common; `drawn` counts the inputs made of it, `accepted_blind` is how many
    of `blind` inputs drawn by type Python accepted.
    """

    facts: tuple[Fact, ...]
    calls: int
    blind: int
    accepted_blind: int
    equally_long: tuple[tuple[int, int], ...] = ()
    indices: tuple[tuple[int, int], ...] = ()
    drawn: int = 0
    names: tuple[str, ...] = field(default=())

    def draw(self, rng: random.Random) -> Args:
        """Arguments like those of the accepted calls."""
        self.drawn += 1
        args = [fact.draw(rng) for fact in self.facts]
        for one, other in self.equally_long:
            args[other] = self._as_long(args[other], args[one], self.facts[other], rng)
        for index, sized in self.indices:
            args[index] = rng.randint(0, max(_size(args[sized]) - 1, 0))
        return tuple(args)

    def _as_long(self, value: object, model: object, fact: Fact, rng: random.Random) -> object:
        """A value as long as the model: cut, or lengthened with more of its kind."""
        for _ in range(20):
            if _size(value) >= _size(model):
                break
            match value, fact.draw(rng):
                case str(), str(more):
                    value += more
                case list(), list(items):
                    value = [*value, *items]
                case tuple(), tuple(row):
                    value = (*value, *row)
        return value[: _size(model)] if isinstance(value, (str, list, tuple)) else value

    def text(self) -> str:
        """What was learnt, for the evidence."""
        share = f"{100 * self.accepted_blind / self.blind:.1f}".removesuffix(".0")
        facts = [f"{name}: {fact.text()}" for name, fact in zip(self.names, self.facts, strict=True)]
        facts += [f"{self.names[a]} as long as {self.names[b]}" for a, b in self.equally_long]
        facts += [f"{self.names[a]} an index into {self.names[b]}" for a, b in self.indices]
        calls = "accepted call" if self.calls == 1 else "accepted calls"
        return (
            f"python accepts {share} % of {self.blind} generated inputs; {self.drawn} were drawn like "
            f"{self.calls} {calls}: {'; '.join(facts)}"
        )[:2000]


def learn(
    names: tuple[str, ...],
    recorded: Sequence[Args],
    probe: Callable[[Args], Outcome],
    blind: Iterable[Args],
) -> Learned | None:
    """What to draw like, or None where Python accepts enough of what is drawn by type, or nothing is known.

    Args:
        names: the parameters.
        recorded: real calls, arguments in the order of the parameters.
        probe: runs Python.
        blind: inputs drawn by type; `DRAWN_BLIND` of them are used.
    """
    accepted = [args for args in recorded[:_MOST_CALLS] if accepts(probe(args))]
    if not accepted or not names:
        return None
    known = set(map(repr, recorded))  # the drawer repeats texts that it saw in recorded calls
    sample = [args for args in itertools.islice(blind, DRAWN_BLIND) if repr(args) not in known]
    count = sum(accepts(probe(args)) for args in sample)
    if not sample or count >= ACCEPTED_SHARE * len(sample):
        return None
    facts = tuple(infer(column) for column in zip(*accepted, strict=True))
    return Learned(
        facts,
        len(accepted),
        len(sample),
        count,
        tuple(pair for pair in _pairs(accepted, _equally_long) if pair[0] < pair[1]),
        tuple(_pairs(accepted, _is_index)),
        names=names,
    )


def _pairs(accepted: list[Args], holds: Callable[[object, object], bool]) -> Iterable[tuple[int, int]]:
    """The pairs of parameters of which something holds in all calls, where those are more than chance."""
    if len(accepted) < 3:
        return
    for one, other in itertools.permutations(range(len(accepted[0])), 2):
        sizes = {_size(args[other]) for args in accepted}
        if len(sizes) > 1 and all(holds(args[one], args[other]) for args in accepted):
            yield one, other


def _equally_long(one: object, other: object) -> bool:
    return _size(one) == _size(other) >= 0


def _is_index(one: object, other: object) -> bool:
    return isinstance(one, int) and type(one) is int and 0 <= one < _size(other)


def _size(value: object) -> int:
    """The length of a container or a text, -1 for anything else."""
    return len(value) if isinstance(value, (str, bytes, bytearray, list, tuple, dict, set, frozenset)) else -1
