"""Forms of library functions beside their usual ones."""

from __future__ import annotations

import calendar
import math
import random
import re
from collections import Counter
from datetime import date, datetime, time, timedelta


def pair_of(text: str) -> dict[str, str]:
    m = re.match(r"(?P<key>\w+)-(?P<value>\w+)", text)
    return m.groupdict() if m else {}


def named_parts(text: str) -> dict[str, str | None]:
    m = re.search(r"(?P<a>a)|(?P<b>b)(?P<c>c)?", text)
    if m is None:
        return {}
    return m.groupdict()


def tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for m in re.finditer(r"(?P<NUM>\d+)|(?P<WORD>[A-Za-z]+)|(?P<OP>[-+*/%])|(?P<SKIP>\s+)", text):
        kind = m.lastgroup
        if kind is not None and kind != "SKIP":
            found.append((kind, m.group()))
    return found


def last_of(text: str) -> int | None:
    m = re.search(r"(a)(b)?|(c)", text)
    return m.lastindex if m else None


def longest(words: list[str]) -> tuple[str, str]:
    return max(words, key=len, default=""), min(words, key=lambda w: (len(w), w), default="none")


def strictest(texts: list[str]) -> str:
    return max(texts, key=lambda text: int(text, 36), default="?")


def signed_counts(a: list[int], b: list[int]) -> tuple[dict[int, int], dict[int, int]]:
    counts = Counter(a)
    counts.subtract(b)
    return dict(+counts), dict(-counts)


def divisors(items: list[int]) -> tuple[int, int]:
    return math.gcd(*items), math.lcm(*(x % 50 for x in items))


def distance(items: list[float]) -> float:
    return math.hypot(*items)


def weighted_by_ints(seed: int, items: list[int], k: int) -> list[int]:
    return random.Random(seed).choices(items, weights=[abs(x % 7) for x in items], k=k)


def weighted_far(seed: int, items: list[int], k: int) -> list[str]:
    return random.Random(seed).choices(["a", "b", "c"], weights=items, k=k)


def moment(days: int, n: int) -> datetime:
    return datetime(2024, 2, 29, 13, 5) + timedelta(
        days=days % 9000, seconds=n % 100000, microseconds=n % 7 * 1111
    )


def iso_texts(days: int, n: int) -> list[str]:
    at = moment(days, n)
    return [
        at.isoformat(" "),
        at.isoformat(sep="_", timespec="minutes"),
        at.isoformat(timespec="seconds"),
        at.isoformat("T", "milliseconds"),
        at.time().isoformat("hours"),
        at.time().isoformat(timespec="microseconds"),
        at.isoformat(timespec="auto"),
    ]


def week_of(days: int, n: int) -> tuple[int, int, int, str]:
    at = moment(days, n)
    iso = at.isocalendar()
    return at.date().isocalendar()[1], iso.year, iso[2], f"{iso.year}-W{iso.week:02}"


def calendar_texts(days: int, n: int) -> tuple[str, str, str]:
    at = moment(days, n)
    return (
        at.ctime(),
        at.date().ctime(),
        f"{calendar.day_name[at.weekday()]}, {calendar.month_abbr[at.month]}",
    )


def month_at(k: int) -> str:
    return calendar.month_name[k]


def months() -> list[str]:
    return [name[:3] for name in calendar.month_name if name] + list(calendar.day_abbr)


def of_year(days: int, n: int) -> tuple[int, int, int]:
    at = moment(days, n)
    return at.timetuple().tm_yday, at.date().timetuple().tm_wday, calendar.timegm(at.timetuple())


def earliest(days: list[int]) -> tuple[date, datetime]:
    first, last = date.max, datetime.min
    for day in days:
        first, last = min(first, moment(day, 0).date()), max(last, moment(day, day))
    return first, last


def time_of(h: int, m: int, kind: int) -> time:
    forms = [
        f"{h:02}",
        f"{h:02}:{m:02}",
        f"{h % 24:02}:{m % 60:02}:07",
        f"0{h % 10}:1{m % 10}:05.12{m % 9}",
        "abc",
        "",
    ]
    return time.fromisoformat(forms[kind % 6])
