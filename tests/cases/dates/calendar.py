"""Dates."""

import datetime
from datetime import date, timedelta


def made(year: int, month: int, day: int) -> datetime.date:
    return datetime.date(year, month, day)


def fields(d: date) -> tuple[int, int, int, int, int]:
    return d.year, d.month, d.day, d.weekday(), d.isoweekday()


def shifted(d: date, days: int) -> date:
    return d + timedelta(days=days)


def between(a: date, b: date) -> int:
    return (a - b).days


def text(d: date) -> list[str]:
    return [d.isoformat(), str(d), d.strftime("%Y-%m-%d %j")]


def read(s: str) -> date:
    return datetime.datetime.strptime(s, "%Y%m%d").date()


def order(a: date, b: date) -> list[bool]:
    return [a < b, a == b, a >= b]


def leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def replaced(d: date, year: int) -> date:
    return d.replace(year=year)


CASES = [
    *(("made", p) for p in [(2024, 2, 29), (2023, 2, 29), (0, 1, 1), (2024, 13, 1), (10000, 1, 1)]),
    *(("fields", (d,)) for d in [datetime.date(2024, 2, 29), datetime.date(1, 1, 1)]),
    *(("shifted", p) for p in [(datetime.date(2024, 2, 28), 2), (datetime.date(2024, 1, 1), -1), (datetime.date(9999, 12, 31), 1)]),
    *(("between", p) for p in [(datetime.date(2024, 3, 1), datetime.date(2024, 2, 1)), (datetime.date(1, 1, 1), datetime.date(9999, 12, 31))]),
    *(("text", (d,)) for d in [datetime.date(2024, 2, 9)]),
    *(("read", (s,)) for s in ["20240229", "20230229", "2024", "x", "20240101x"]),
    *(("order", p) for p in [(datetime.date(2024, 1, 1), datetime.date(2024, 1, 2))]),
    *(("leap", (n,)) for n in [2000, 1900, 2024, 2023]),
    *(("replaced", p) for p in [(datetime.date(2024, 2, 29), 2020), (datetime.date(2024, 2, 29), 2023)]),
]
SHOWN = ["shifted"]
