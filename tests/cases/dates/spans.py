"""Arithmetic of time spans, and of dates with them."""

from datetime import datetime, timedelta


def apart(a: datetime, b: datetime) -> timedelta:
    return abs(a - b)


def laps(total: timedelta, lap: timedelta) -> tuple[int, timedelta, float]:
    return total // lap, total % lap, total / lap


def scaled(span: timedelta, n: int) -> tuple[timedelta, timedelta, timedelta]:
    return span * n, n * span, -span / 2


def label(span: timedelta, at: datetime) -> str:
    return f"{span} from {at:%H:%M on %d.%m.%Y}"


def next_month(at: datetime) -> datetime:
    if at.month == 12:
        return at.replace(year=at.year + 1, month=1, day=1)
    return at.replace(month=at.month + 1, day=1)


def seconds_of(value: float | str) -> float:
    return float(value) * 60


CASES = [
    ("apart", (datetime.datetime(2024, 1, 1), datetime.datetime(2024, 2, 1, 12))),
    ("laps", (datetime.timedelta(hours=1), datetime.timedelta(minutes=7))),
    ("laps", (datetime.timedelta(hours=-1), datetime.timedelta(0))),
    ("scaled", (datetime.timedelta(days=1, microseconds=1), -3)),
    ("scaled", (datetime.timedelta.max, 2)),
    ("label", (datetime.timedelta(days=-1, seconds=5), datetime.datetime(2024, 2, 29, 7, 5))),
    ("next_month", (datetime.datetime(2023, 12, 31, 23, 59, 59, 999999),)),
    ("next_month", (datetime.datetime(2024, 1, 31),)),
    ("next_month", (datetime.datetime(9999, 12, 31),)),
    ("seconds_of", (1.5,)),
    ("seconds_of", (" 1e3 ",)),
    ("seconds_of", ("one",)),
]
