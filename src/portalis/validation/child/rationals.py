"""Fractions to try: whole ones, small ones, their neighbours, terms that leave 64 bits."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

BOUNDARIES = (
    *(Fraction(number) for number in (0, 1, -1, 2, 10, 2**63 - 1, -(2**63), 2**64)),
    *(Fraction(1, number) for number in (2, -2, 3, 7, 10, 2**63 - 1)),
    *(Fraction(*terms) for terms in ((2, 3), (3, 2), (5, 2), (-5, 2), (7, 3), (415, 93), (-22, 7))),
)


def draw(rng: random.Random) -> Fraction:
    """A fraction, of small terms more often than not."""
    roll = rng.random()
    if roll < 0.15:
        return rng.choice(BOUNDARIES)
    most = 12 if roll < 0.7 else 1000 if roll < 0.93 else 2**40
    return Fraction(rng.randint(-most, most), rng.randint(1, most))


def mutate(value: Fraction, rng: random.Random) -> Fraction:
    """A fraction near this one: a next term, another sign, the reciprocal."""
    match rng.randrange(4):
        case 0:
            return Fraction(value.numerator + rng.choice((-1, 1)), value.denominator)
        case 1:
            return Fraction(value.numerator, value.denominator + 1)
        case 2:
            return -value
        case _:
            return 1 / value if value else Fraction(1)


def simpler(value: Fraction) -> Iterator[Fraction]:
    """Simpler fractions, the boldest first."""
    for plain in (Fraction(0), Fraction(1), Fraction(1, 2)):
        if value == plain:
            return
        yield plain
    yield from (one for one in (abs(value), Fraction(round(value))) if one != value)
