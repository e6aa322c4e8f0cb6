"""`decimal.Decimal` under the default context."""

from __future__ import annotations

import decimal
import math
from decimal import ROUND_05UP, ROUND_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation

RATE = Decimal("0.19")
PRICES = {"tea": Decimal("2.50"), "cake": Decimal("3")}


def sums(a: Decimal, b: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    return a + b, a - b, a * b


def with_ints(a: Decimal, n: int) -> tuple[Decimal, Decimal, Decimal, bool, bool]:
    return a + n, n - a, 3 * a, a < n, n == a


def quotient(a: Decimal, b: Decimal) -> Decimal:
    return a / b


def whole_quotient(a: Decimal, b: Decimal) -> Decimal:
    return a // b


def rest(a: Decimal, b: Decimal) -> Decimal:
    return a % b


def of_ints(a: int, b: int) -> str:
    return str(Decimal(a) / Decimal(b))


def signs(a: Decimal) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal, bool]:
    return -a, +a, abs(a), a.copy_abs(), a.copy_negate(), bool(a)


def powers(a: Decimal, n: int) -> Decimal:
    return a ** (n % 60 - 20)


def root(a: Decimal) -> Decimal:
    return a.sqrt()


def normal(a: Decimal) -> tuple[Decimal, int, bool, bool]:
    return a.normalize(), a.adjusted(), a.is_zero(), a.is_signed()


def cents(a: Decimal) -> Decimal:
    return a.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def like(a: Decimal, b: Decimal) -> Decimal:
    return a.quantize(b)


def modes(a: Decimal) -> list[Decimal]:
    unit = Decimal("0.1")
    return [
        a.quantize(unit, decimal.ROUND_CEILING),
        a.quantize(unit, ROUND_DOWN),
        a.quantize(unit, decimal.ROUND_FLOOR),
        a.quantize(unit, decimal.ROUND_HALF_DOWN),
        a.quantize(unit, decimal.ROUND_HALF_EVEN),
        a.quantize(unit, "ROUND_HALF_UP"),
        a.quantize(unit, decimal.ROUND_UP),
        a.quantize(unit, ROUND_05UP),
    ]


def integral(a: Decimal) -> tuple[Decimal, Decimal]:
    return a.to_integral_value(), a.to_integral_value(ROUND_HALF_UP)


def rounded(a: Decimal, n: int) -> Decimal:
    return round(a, n % 12 - 4)


def whole(a: Decimal) -> tuple[int, int, int, int, int]:
    return int(a), round(a), math.floor(a), math.ceil(a), math.trunc(a)


def as_float(a: Decimal) -> float:
    return float(a)


def of_float(x: float) -> Decimal:
    return Decimal(x)


def of_text(text: str) -> Decimal:
    return Decimal(text)


def of_number_text(a: int, b: int, kind: int) -> Decimal:
    forms = [
        f"{a}.{abs(b)}",
        f" {a}e{b % 40 - 20}\n",
        f".{abs(b)}",
        f"+{a}.",
        f"{a}_{abs(b)}",
        f"{a}E",
        "1.2.3",
        "--1",
    ]
    return Decimal(forms[kind % 8])


def read(text: str) -> str:
    try:
        return str(Decimal(text))
    except InvalidOperation as error:
        return f"not a number: {error}"


def divided_safely(a: Decimal, b: Decimal) -> str:
    try:
        return str(a / b)
    except ZeroDivisionError as error:
        return f"zero: {error}"
    except ArithmeticError as error:
        return f"other: {error}"


def compared(a: Decimal, b: Decimal) -> tuple[bool, bool, bool, Decimal, Decimal, Decimal]:
    return a < b, a == b, a >= b, a.compare(b), a.max(b), a.min(b)


def shown(a: Decimal) -> list[str]:
    return [
        str(a),
        repr(a),
        f"{a}",
        f"{a:f}",
        f"{a:e}",
        f"{a:.2f}",
        f"{a:,.3f}",
        f"{a:.3e}",
        f"{a:.4g}",
        f"{a:G}",
    ]


def padded(a: Decimal) -> list[str]:
    return [
        f"{a:>14.2f}",
        f"{a:<9}|",
        f"{a:^12.1f}",
        f"{a:012.2f}",
        f"{a:+.1f}",
        f"{a:.1%}",
        f"{a:%}",
        f"{a:*>20,}",
    ]


def by_spec(a: Decimal, places: int, width: int) -> str:
    return f"{a:{abs(width)}.{places % 30}f}"


def total(xs: list[Decimal]) -> Decimal:
    return sum(xs, Decimal(0))


def scaled(xs: list[Decimal]) -> Decimal:
    return sum((x * 2 for x in xs), start=Decimal("1.0"))


def ranked(xs: list[Decimal]) -> tuple[list[Decimal], list[Decimal]]:
    return sorted(xs), sorted(xs, reverse=True)


def ranked_pairs(xs: list[tuple[Decimal, int]]) -> list[tuple[Decimal, int]]:
    return sorted(xs, reverse=True)


def extremes(xs: list[Decimal]) -> tuple[Decimal, Decimal]:
    return max(xs), min(xs)


def counted(xs: list[Decimal]) -> dict[Decimal, int]:
    counts: dict[Decimal, int] = {}
    for x in xs:
        counts[x % 3] = counts.get(x % 3, 0) + 1
    return counts


def bill(names: list[str], count: int) -> str:
    amount = sum((PRICES["tea" if name < "b" else "cake"] * count for name in names), Decimal(0))
    return f"{amount * (1 + RATE):.2f}"
