"""Amounts of money as decimals."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

CENT = Decimal("0.01")
RATES = {"food": Decimal("0.07"), "books": Decimal("0.07"), "other": Decimal("0.19")}


def with_tax(net: Decimal, kind: str) -> Decimal:
    return (net * (1 + RATES[kind])).quantize(CENT, rounding=ROUND_HALF_UP)


def parsed(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def total(prices: list[Decimal]) -> str:
    return f"{sum(prices, Decimal(0)):,.2f}"


def shares(amount: Decimal, people: int) -> list[Decimal]:
    share = (amount / people).quantize(CENT)
    rest = amount - share * (people - 1)
    return [share] * (people - 1) + [rest]


def grows(start: Decimal, rate: Decimal, years: int) -> Decimal:
    if years < 0 or rate < 0:
        raise ValueError(f"no growth over {years} years at {rate}")
    return round(start * (1 + rate) ** years, 2)


def dearest(items: list[tuple[str, Decimal]]) -> list[str]:
    return [name for name, price in sorted(items, key=lambda item: item[1], reverse=True) if price > 0]


class Account:
    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.balance = Decimal("0.00")

    def deposit(self, amount: Decimal) -> None:
        if amount <= 0:
            raise ValueError("an amount must be positive")
        self.balance += amount


def saved(amounts: list[Decimal]) -> Decimal:
    account = Account("a")
    for amount in amounts:
        account.deposit(amount)
    return account.balance


CASES = [
    ("with_tax", (Decimal("9.50"), "food")),
    ("with_tax", (Decimal("0.025"), "other")),
    ("with_tax", (Decimal("1"), "none")),
    *(("parsed", (text,)) for text in ["3,50", " 1e3 ", "", "1.2.3", "-0"]),
    ("total", ([],)),
    ("total", ([Decimal("1234.565"), Decimal("0.01")],)),
    *(("shares", (Decimal("100"), n)) for n in [3, 1, 0, -1]),
    ("shares", (Decimal("1E+27"), 2)),
    *(("grows", (Decimal("1000"), Decimal("0.035"), n)) for n in [0, 10, 300, -1]),
    ("dearest", ([("a", Decimal("1")), ("b", Decimal("1.0")), ("c", Decimal("2")), ("d", Decimal(0))],)),
    ("saved", ([Decimal("0.1")] * 3,)),
    ("saved", ([Decimal("0")],)),
]
DECLINES = [
    ("parsed", ("NaN",)),
    ("with_tax", (Decimal("Infinity"), "food")),
]
SHOWN = ["with_tax", "shares"]
