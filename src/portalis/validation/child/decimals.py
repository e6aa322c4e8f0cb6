"""Decimals to try: amounts, halves that rounding decides on, many digits, far exponents."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

BOUNDARIES = tuple(
    map(
        Decimal,
        (
            "0", "-0", "0.00", "1", "-1", "1.0", "0.1", "0.5", "1.5", "2.5", "-2.5", "0.005", "2.675",
            "10", "99.99",
            "100", "1E+3", "1E-7", "0.000001", "0.0000001", "12345.6789", "1234567890123456789012345678",
            "12345678901234567890123456789", "0.3333333333333333333333333333",
            "9999999999999999999999999999.5",
            "1E+30", "-1E-30", "NaN", "Infinity", "-Infinity",
        ),
    )
)  # fmt: skip


def draw(rng: random.Random) -> Decimal:
    """A decimal: an amount more often than not."""
    roll = rng.random()
    if roll < 0.12:
        return rng.choice(BOUNDARIES)
    digits = rng.choice((1, 2, 3, 4, 6, 9, 16, 28, 30)) if roll < 0.5 else rng.randint(1, 5)
    places = (
        rng.choice((0, 0, 1, 2, 2, 2, 3, 4, digits, digits + 3, -2)) if roll < 0.95 else rng.randint(-40, 40)
    )
    number = rng.randrange(10**digits)
    if roll > 0.85:
        number = number // 10 * 10 + 5
    return Decimal(f"{rng.choice(('', '', '-'))}{number}E{-places}")


def mutate(value: Decimal, rng: random.Random) -> Decimal:
    """A decimal near this one: the next number, another sign, another exponent."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        return draw(rng)
    number = int("".join(map(str, digits)))
    match rng.randrange(4):
        case 0:
            number = max(number + rng.choice((-1, 1, 5)), 0)
        case 1:
            sign = 1 - sign
        case 2:
            exponent += rng.choice((-2, -1, 1, 2))
        case _:
            number, exponent = number * 10, exponent - 1
    return Decimal(f"{'-' if sign else ''}{number}E{exponent}")


def simpler(value: Decimal) -> Iterator[Decimal]:
    """Simpler decimals, the boldest first."""
    for plain in (Decimal(0), Decimal(1), Decimal("0.1")):
        if str(value) == str(plain):
            return
        yield plain
    if value.is_finite():
        yield from (one for one in (value.copy_abs(), value.to_integral_value()) if str(one) != str(value))
