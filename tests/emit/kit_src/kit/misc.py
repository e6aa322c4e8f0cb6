"""Bytes, dates, printing, recursion."""

import datetime


def raw(b: bytes) -> bytes:
    """Reverse."""
    return b[::-1]


def next_day(d: datetime.date) -> datetime.date | None:
    """The day after."""
    return d + datetime.timedelta(1)


def stamp(d: datetime.datetime, t: datetime.timedelta) -> datetime.datetime:
    """Later."""
    return d + t


def shout(t: str) -> None:
    """Print loudly."""
    print(t + "!")  # noqa: T201
    if t == "bad":
        raise ValueError("bad")


def lookup(d: dict[int, str], k: int) -> str:
    """An entry."""
    return d[k]


def fact(n: int) -> int:
    """The factorial."""
    return 1 if n < 2 else n * fact(n - 1)


def opt(xs: list[int] | None = None) -> int | None:
    """The first, if any."""
    return xs[0] if xs else None


def add(a: int, b: int, /) -> int:
    """The sum."""
    return a + b
