"""Numbers that are exact: decimals and fractions, each kind of shape drawn and changed in its own way."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from . import decimals, rationals

KINDS = frozenset({"decimal", "fraction"})
Number = Decimal | Fraction


def draw(kind: str, rng: random.Random) -> Number:
    """A number of the kind."""
    return decimals.draw(rng) if kind == "decimal" else rationals.draw(rng)


def boundaries(kind: str) -> list[object]:
    """Those of the kind that every search tries."""
    return [*decimals.BOUNDARIES] if kind == "decimal" else [*rationals.BOUNDARIES]


def mutate(value: Number, rng: random.Random) -> Number:
    """A number near this one."""
    return decimals.mutate(value, rng) if isinstance(value, Decimal) else rationals.mutate(value, rng)


def simpler(value: Number) -> Iterator[Number]:
    """Simpler numbers, the boldest first."""
    yield from decimals.simpler(value) if isinstance(value, Decimal) else rationals.simpler(value)
