"""Inputs made by running Python: check digits repaired by trying, and results of sibling functions put in.

Where a function accepts few inputs (a checksum must fit), blind mutation tests only its error path. Two
general means find accepted ones: vary one or two characters of a rejected input through an alphabet until it
is accepted, and use what the module's other functions return, alone or appended to what they were given.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .outcome import Outcome
from .shape import Shape

Args = tuple[object, ...]
_MAX_PROBES = 110
_MAX_PIECES = 40
_MAX_PLACES = 24


@dataclass(frozen=True, slots=True)
class Sibling:
    """A pure function of one required argument in reach of the subject: the argument's shape, and how to run
    it.
    """

    shape: Shape
    run: Callable[[object], Outcome]


def text_positions(args: Args) -> list[int]:
    """Which arguments are non-empty strings."""
    return [at for at, arg in enumerate(args) if isinstance(arg, str) and arg]


def accepts(outcome: Outcome) -> bool:
    """Whether a validator would call this a yes: no exception, not None, not False."""
    return (
        outcome.error is None
        and not outcome.expired
        and outcome.result is not False
        and outcome.result is not None
    )


def overlays(args: Args, literals: list[str]) -> Iterator[Args]:
    """The arguments with each literal, and each character of the literals, laid over each place of each
    string.
    """
    pieces = dict.fromkeys(literal for literal in literals if literal)
    pieces.update(dict.fromkeys(character for literal in literals for character in literal))
    pieces.update(dict.fromkeys(string.digits))
    for at in text_positions(args):
        text = args[at]
        assert isinstance(text, str)
        for piece in list(pieces)[:_MAX_PIECES]:
            for place in range(min(len(text), _MAX_PLACES)):
                laid = text[:place] + piece + text[place + len(piece) :]
                if laid != text:
                    yield (*args[:at], laid, *args[at + 1 :])


def repair(
    args: Args,
    probe: Callable[[Args], Outcome],
    is_new: Callable[[Outcome], bool],
    rng: random.Random,
) -> Args | None:
    """Arguments that Python accepts, found by varying one or two characters of a string argument.

    Where none is accepted: the first that Python ends in a new way; else None.
    """
    news: Args | None = None
    positions = text_positions(args)
    if not positions:
        return None
    at = rng.choice(positions)
    text = args[at]
    assert isinstance(text, str)
    for candidate in _variations(text, rng):
        changed = (*args[:at], candidate, *args[at + 1 :])
        outcome = probe(changed)
        if accepts(outcome):
            return changed
        if news is None and not outcome.expired and is_new(outcome):
            news = changed
    return news


def _variations(text: str, rng: random.Random) -> list[str]:
    """The text with one character, or its last two digits, taken through an alphabet."""
    last = len(text) - 1
    if last >= 2 and text[-2:].isdigit() and rng.random() < 0.25:
        start = rng.randrange(100)
        return [text[:-2] + f"{(start + step) % 100:02d}" for step in range(100)]
    where = rng.choice((last, last, last, max(last - 1, 0), 0, rng.randint(0, last)))
    old = text[where]
    alphabet = (
        string.digits
        if old.isdigit()
        else string.ascii_uppercase
        if old.isupper()
        else string.ascii_lowercase
    )
    if rng.random() < 0.3:
        alphabet = string.digits + string.ascii_uppercase
    shift = rng.randrange(len(alphabet))
    return [text[:where] + c + text[where + 1 :] for c in alphabet[shift:] + alphabet[:shift]][:_MAX_PROBES]


def from_sibling(
    args: Args, shapes: tuple[Shape, ...], siblings: list[Sibling], rng: random.Random
) -> Args | None:
    """The arguments with one replaced by, or completed with, what a sibling returns for (part of) it, or
    None.
    """
    if not siblings or not args:
        return None
    sibling = rng.choice(siblings)
    fitting = [at for at, shape in enumerate(shapes) if shape == sibling.shape]
    if not fitting:
        return None
    at = rng.choice(fitting)
    value = args[at]
    if isinstance(value, str):
        made = _completed(value, sibling, rng)
    else:
        made = _answer(sibling, value)
    if made is None or type(made) is not type(value):
        return None
    return (*args[:at], made, *args[at + 1 :])


def _completed(text: str, sibling: Sibling, rng: random.Random) -> object:
    """The sibling's answer alone, or put in place of the one to three characters at an end that were kept
    from it.
    """
    choice = rng.randrange(6)
    if choice == 0 or not text:
        return _answer(sibling, text)
    count = rng.choice((1, 1, 1, 2, 2, 3))
    if choice == 1:
        answer = _answer(sibling, text)
        return None if answer is None else text + str(answer)
    if choice == 2:
        answer = _answer(sibling, text[count:])
        return None if answer is None else str(answer) + text[count:]
    answer = _answer(sibling, text[:-count])
    return None if answer is None else text[:-count] + str(answer)


def _answer(sibling: Sibling, value: object) -> object:
    outcome = sibling.run(value)
    if (
        outcome.error is not None
        or outcome.expired
        or not isinstance(outcome.result, (str, int, float, bytes, list, tuple))
    ):
        return None
    return outcome.result
