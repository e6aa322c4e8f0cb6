"""Base classes and unions of classes as types: dispatch, narrowing, identity, what all instances share."""
from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Protocol, Union


class Account(ABC):
    """Money that somebody has."""

    def __init__(self, owner: str, balance: int = 0) -> None:
        self.owner = owner
        self.balance = balance
        self.log: list[str] = []

    @abstractmethod
    def fee(self, amount: int) -> int:
        """What taking money out costs."""

    @property
    def label(self) -> str:
        return f"{self.owner}:{self.balance}"

    def withdraw(self, amount: int, *, note: str = "") -> int:
        cost = amount + self.fee(amount)
        if cost > self.balance:
            raise ValueError(f"{self.owner} lacks {cost - self.balance}")
        self.balance -= cost
        self.log.append(note or str(amount))
        return self.balance


class Giro(Account):
    def fee(self, amount: int) -> int:
        return 1


class Savings(Account):
    def __init__(self, owner: str, rate: int) -> None:
        super().__init__(owner, 100)
        self.rate = rate

    def fee(self, amount: int) -> int:
        return amount * self.rate // 100

    @property
    def label(self) -> str:
        return f"*{self.owner}:{self.rate}"


class Locked(Savings):
    def withdraw(self, amount: int, *, note: str = "") -> int:
        raise KeyError(self.owner)


class Bank:
    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self.best: Account | None = None

    def open(self, account: Account) -> Account:
        self.accounts[account.owner] = account
        if self.best is None or account.balance > self.best.balance:
            self.best = account
        return account

    def rates(self) -> list[int]:
        found = []
        for account in self.accounts.values():
            if isinstance(account, Savings) and account.rate > 0:
                found.append(account.rate)
            elif isinstance(account, Giro):
                found.append(-len(account.log))
        return found


def opened(n: int) -> Bank:
    bank = Bank()
    for i in range(n):
        if i % 3 == 0:
            bank.open(Giro(f"g{i}", 10 * i))
        elif i % 3 == 1:
            bank.open(Savings(f"s{i}", i))
        else:
            bank.open(Locked(f"l{i}", 2))
    return bank


def banking(n: int, amount: int) -> tuple[list[str], list[int], str]:
    bank = opened(n)
    said = []
    for account in bank.accounts.values():
        try:
            said.append(str(account.withdraw(amount)))
        except (ValueError, KeyError) as error:
            said.append(str(error))
    best = bank.best
    if best is None:
        return said, bank.rates(), ""
    best.balance = 7
    same = [account is best for account in bank.accounts.values()]
    kind = "saved" if isinstance(best, Savings) else "giro"
    return said, bank.rates(), f"{best.label} {same.index(True)} {kind}"


def total(accounts: list[Account]) -> int:
    """What all of them have."""
    return sum(account.balance for account in accounts)


def richest(accounts: list[Account]) -> Account:
    return max(accounts, key=lambda account: account.balance)


def savings_only(account: Account) -> str:
    if not isinstance(account, Savings):
        return "other"
    account.rate += 1
    return f"{account.owner} at {account.rate}"


def summed(n: int) -> tuple[int, str, str]:
    accounts: list[Account] = [Giro("a", n), Savings("b", n), Locked("c", 0)]
    accounts[0].balance += 5
    return total(accounts), richest(accounts).owner, ",".join(map(savings_only, accounts))


@dataclass
class Num:
    value: int


@dataclass
class Neg:
    inner: Expr


@dataclass
class Add:
    left: Expr
    right: Expr


Expr = Union[Num, Neg, Add]


def evaluate(expr: Expr) -> int:
    if isinstance(expr, Num):
        return expr.value
    if isinstance(expr, Neg):
        return -evaluate(expr.inner)
    return evaluate(expr.left) + evaluate(expr.right)


def depth(expr: Expr) -> int:
    match expr:
        case Num():
            return 0
        case Neg(inner):
            return 1 + depth(inner)
        case Add(left, right):
            return 1 + max(depth(left), depth(right))


def built(values: list[int]) -> tuple[int, int, bool]:
    expr: Expr = Num(1)
    for i, value in enumerate(values):
        expr = Neg(expr) if value < 0 else Add(expr, Num(value * i))
    other: Expr = Neg(Num(1))
    return evaluate(expr), depth(expr), expr == other


class Shown:
    def __str__(self) -> str:
        return "shown"


class Counted(Shown):
    def __init__(self, n: int) -> None:
        self.n = n

    def __str__(self) -> str:
        return f"{super().__str__()} {self.n}"

    def __len__(self) -> int:
        return self.n


def texts(n: int) -> str:
    items: list[Shown] = [Shown(), Counted(n)]
    return " ".join(str(item) for item in items) + f" {items[1]}"


def any_shown(n: int) -> int:
    items: list[Shown] = [Shown(), Counted(n)]
    return len([item for item in items if item])


class HasArea(Protocol):
    """What covers a floor."""

    measure: str

    @property
    def area(self) -> float: ...

    def grow(self, by: float) -> float: ...


class Tile:
    SIDES = 4

    def __init__(self, side: float) -> None:
        self.side = side
        self.measure = "cm"

    @property
    def area(self) -> float:
        return self.side * self.side

    def grow(self, by: float) -> float:
        self.side += by
        return self.side


class Disc:
    SIDES = 0

    def __init__(self, area: float) -> None:
        self.area = area
        self.measure = "m"

    def grow(self, by: float) -> float:
        self.area += by
        return self.area


def cover(things: list[HasArea]) -> tuple[float, str]:
    for thing in things:
        thing.measure += "2"
    return sum(thing.area for thing in things), "".join(thing.measure for thing in things)


def floor(side: float) -> tuple[float, str, float, list[str]]:
    tile = Tile(side)
    things: list[HasArea] = [tile, Disc(side), tile]
    grown = sum(thing.grow(0.5) for thing in things)
    area, units = cover(things)
    return area, units, grown, [type(thing).__name__ for thing in things]


class Vehicle:
    WHEELS = 4

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"<{self.__class__.__name__} {self.name}>"


class Bike(Vehicle):
    WHEELS = 2


def parked(names: list[str]) -> tuple[int, str, int]:
    park: list[Vehicle] = [Bike(name) if len(name) > 3 else Vehicle(name) for name in names]
    exact = sum(type(one) is Vehicle for one in park)
    return sum(one.WHEELS for one in park), "".join(repr(one) for one in park), exact


CASES = [
    ("banking", (0, 1)), ("banking", (1, 0)), ("banking", (5, 10)), ("banking", (9, 60)),
    ("summed", (0,)), ("summed", (300,)),
    ("built", ([],)), ("built", ([-1],)), ("built", ([3, -1, 4, 1, -5],)),
    ("texts", (0,)), ("texts", (3,)), ("any_shown", (0,)), ("any_shown", (2,)),
    ("floor", (2.0,)), ("floor", (0.25,)), ("parked", ([],)), ("parked", (["a", "long one", "é"],)),
]
DECLINES = [("summed", (2**62,))]
REFUSED = {
    "Account.fee": "PT201", "Account.label": "PT201", "Account.withdraw": "PT201", "Account.__init__": "PT201",
    "any_shown": "PT201", "HasArea.area": "PT201", "HasArea.grow": "PT201",
}
SHOWN = ["depth", "total"]
