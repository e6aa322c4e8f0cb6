"""`fractions.Fraction`, `complex` and `cmath`."""

from __future__ import annotations

import cmath
import math
from fractions import Fraction


def made(a: int, b: int) -> str:
    return str(Fraction(a, b))


def shown(a: int, b: int) -> str:
    return f"{Fraction(a, b)!r} {-Fraction(a, b)} {abs(Fraction(a, b))} {Fraction(a)}"


def computed(a: int, b: int, c: int, d: int) -> tuple[str, str, str, str]:
    x, y = Fraction(a, b), Fraction(c, d)
    return str(x + y), str(x - y * 2), str(x / y), str(1 - x % y)


def floors(a: int, b: int, c: int) -> tuple[int, int, int, int, int]:
    x = Fraction(a, b)
    return x // c, math.floor(x), math.ceil(x), int(x), round(x)


def powers(a: int, b: int, n: int) -> str:
    return str(Fraction(a, b) ** (n % 30 - 15))


def compared(a: int, b: int, c: int, d: int) -> tuple[bool, bool, bool, bool]:
    x, y = Fraction(a, b), Fraction(c, d)
    return x < y, x == y, x >= a, bool(x)


def from_text(text: str) -> str:
    return str(Fraction(text))


def from_number_text(a: int, b: int, kind: int) -> str:
    forms = [
        f"{a}/{b}",
        f" {a}.{abs(b)} ",
        f"{a}e{b % 30 - 15}",
        f"+{a}",
        f".{abs(b)}E-3",
        f"{a}//{b}",
        "1 /2",
    ]
    return str(Fraction(forms[kind % 7]))


def from_float(x: float) -> str:
    return str(Fraction(x))


def limited(x: float, most: int) -> str:
    return str(Fraction(x).limit_denominator(most))


def summed(xs: list[int]) -> str:
    return str(sum((Fraction(1, x) for x in xs if x), Fraction(0)))


def harmonic(n: int) -> float:
    total = Fraction(0)
    for k in range(1, n % 20 + 2):
        total += Fraction(1, k)
    return float(total) + total.numerator / total.denominator


def largest(pairs: list[tuple[int, int]]) -> str:
    return str(max(Fraction(a, b) for a, b in pairs))


def products(a: float, b: float, c: float, d: float) -> tuple[str, str, str]:
    z, w = complex(a, b), complex(c, d)
    return str(z + w), str(z * w - 2j), str(z / w)


def parts(a: int, b: float) -> tuple[float, float, float, str]:
    z = a + b * 1j
    return z.real, z.imag, abs(z), repr(z.conjugate())


def complex_powers(a: float, b: float, n: int) -> str:
    return str(complex(a, b) ** (n % 220 - 110))


def roots(a: int, b: int, c: int) -> tuple[str, str]:
    if a == 0:
        raise ValueError("no quadratic equation")
    delta = b * b - 4 * a * c
    first = (-b + cmath.sqrt(delta)) / (2 * a)
    second = (-b - cmath.sqrt(delta)) / (2 * a)
    return str(first), str(second)


def polar(a: float, b: float) -> tuple[float, float, float]:
    z = complex(a, b)
    size, angle = cmath.polar(z)
    return size, angle, cmath.phase(z)


def rectangular(length: float, phi: float) -> str:
    return str(cmath.rect(length, phi))


def exponential(a: float, b: float) -> str:
    return str(cmath.exp(complex(a, b)))


def square_root(a: float, b: float) -> str:
    return repr(cmath.sqrt(complex(a, b)))


def equal(a: float, b: float, c: float) -> tuple[bool, bool, bool]:
    z = complex(a, b)
    return z == complex(a, c), z != 1.5, bool(z)
