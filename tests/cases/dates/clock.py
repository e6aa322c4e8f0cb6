"""The clock: what day it is, what time it is, and how long something took."""

import datetime
import time
from datetime import date


def is_past(day: date) -> bool:
    return day < date.today()


def century(year: int) -> int:
    """The century of a year written with two digits, of which no year lies ahead."""
    this = datetime.date.today().year
    full = this // 100 * 100 + year
    return full // 100 if full <= this else full // 100 - 1


def age(birth: date, on: date | None = None) -> int:
    if on is None:
        on = datetime.datetime.now().date()
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def took(n: int) -> tuple[int, float, int]:
    """How long a sum takes by three counters."""
    began = time.perf_counter()
    first = time.monotonic_ns()
    total = 0
    for i in range(n):
        total += i
    return total, time.perf_counter() - began, time.monotonic_ns() - first


def stamped(text: str) -> str:
    return f"{datetime.datetime.now(tz=None)} {time.time():.1f} {datetime.datetime.today():%H:%M} {text}"


def years_since(moment: datetime.datetime) -> int:
    return (datetime.datetime.now() - moment).days // 366


def shifted(zone: datetime.timezone) -> bool:
    return datetime.datetime.now(zone).hour < 24


def slept(n: float) -> None:
    time.sleep(n)


CASES = [
    ("is_past", (datetime.date(1, 1, 1),)),
    ("is_past", (datetime.date(9999, 12, 31),)),
    ("century", (0,)),
    ("century", (99,)),
    ("age", (datetime.date(2000, 2, 29), datetime.date(2023, 2, 28))),
    ("age", (datetime.date(2000, 2, 29), datetime.date(2024, 2, 29))),
    ("age", (datetime.date(2000, 2, 29),)),
    ("took", (1000,)),
    ("stamped", ("begin",)),
    ("stamped", ("end",)),
    ("years_since", (datetime.datetime(1970, 1, 1),)),
    ("shifted", (datetime.timezone.utc,)),
    ("slept", (0.0,)),
]
REFUSED = {"shifted": "PT305", "slept": "PT503"}
