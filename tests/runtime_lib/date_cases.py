"""Calls of `date`, `delta` and `date_text`, with CPython's answers."""

from __future__ import annotations

import calendar
import datetime
import random
import struct
from collections.abc import Iterator

from tests.runtime_lib.driver import Case, case

DIRECTIVES = "aAbBcdefFGHIjmMpSTXuUVwWxDyY%"
PARSED = "aAbBdfHIjmMpSyY"
YEARS = (
    -1,
    0,
    1,
    2,
    4,
    99,
    999,
    1000,
    1582,
    1899,
    1900,
    1970,
    1999,
    2000,
    2020,
    2024,
    2100,
    9998,
    9999,
    10000,
)
COUNTS = (
    0,
    1,
    -1,
    2,
    -2,
    3,
    7,
    -7,
    23,
    59,
    60,
    1000,
    86399,
    86400,
    -86400,
    999999,
    10**6,
    999999999,
    10**9,
    -(10**9),
)


def bits(value: float) -> int:
    return int(struct.unpack(">Q", struct.pack(">d", value))[0])


def show_date(d: datetime.date) -> list[object]:
    calendar_day = list(d.isocalendar())
    fields = [d.toordinal(), d.year, d.month, d.day, d.weekday(), d.isoweekday(), calendar_day]
    return [*fields, str(d), repr(datetime.date(d.year, d.month, d.day))]


def show_datetime(d: datetime.datetime) -> list[object]:
    clock = [d.hour, d.minute, d.second, d.microsecond]
    texts = [str(d), d.isoformat(), repr(d), str(d.time()), repr(d.time())]
    return [show_date(d.date()), *clock, *texts]


def show_delta(d: datetime.timedelta) -> list[object]:
    return [d.days, d.seconds, d.microseconds, str(d), repr(d), not d]


def fields(d: datetime.datetime) -> list[int]:
    return [d.year, d.month, d.day, d.hour, d.minute, d.second, d.microsecond]


def parts(d: datetime.timedelta) -> list[int]:
    return [d.days, d.seconds, d.microseconds]


def random_datetime(rng: random.Random) -> datetime.datetime:
    day = datetime.date.fromordinal(rng.choice((1, 2, 3652059, 3652058, *(rng.randint(1, 3652059),) * 8)))
    micros = rng.choice((0, 0, 1, 500000, rng.randrange(10**6)))
    clock = datetime.time(rng.choice((0, 11, 12, 13, 23)), rng.randrange(60), rng.choice((0, 5, 59)), micros)
    return datetime.datetime.combine(day, clock)


def random_delta(rng: random.Random) -> datetime.timedelta:
    days = rng.choice((0, 0, 1, -1, 365, -365, rng.randint(-(10**6), 10**6), 999999999, -999999999))
    seconds, micros = rng.choice((0, rng.randrange(86400))), rng.choice((0, rng.randrange(10**6)))
    return datetime.timedelta(days, seconds, micros)


def constructors(rng: random.Random) -> Iterator[Case]:
    for year in YEARS:
        for month in (0, 1, 2, 4, 12, 13, -1):
            for day in (0, 1, 28, 29, 30, 31, 32, -1):
                args = (year, month, day)
                yield case("date.date", args, lambda a=args: show_date(datetime.date(*a)))
    for _ in range(600):
        args = tuple(rng.choice((*COUNTS, rng.randint(-100, 100))) for _ in range(7))
        if all(abs(a) < 2**31 for a in args):
            yield case("delta.of", args, lambda a=args: show_delta(datetime.timedelta(*a)))
        three = args[:3]
        yield case("delta.new", three, lambda a=three: show_delta(datetime.timedelta(*a)))
        sane = (rng.choice(YEARS), rng.randint(1, 12), rng.randint(1, 31), rng.randint(-1, 24))
        clock = (rng.randint(-1, 60), rng.randint(-1, 60), rng.choice((-1, 0, 999999, 10**6, 17)))
        yield case("date.datetime", sane + clock, lambda a=sane + clock: show_datetime(datetime.datetime(*a)))
        four = (sane[3], *clock)
        yield case("date.time", four, lambda a=four: repr(datetime.time(*a)))
    for ordinal in (-5, 0, 1, 2, 365, 366, 730120, 3652058, 3652059, 3652060, 4000000):
        yield case("date.from_ordinal", (ordinal,), lambda o=ordinal: show_date(datetime.date.fromordinal(o)))
    for _ in range(400):
        args = (rng.choice(YEARS), rng.choice((0, 1, 52, 53, 54, 10)), rng.randint(0, 8))
        yield case(
            "date.from_iso_calendar", args, lambda a=args: show_date(datetime.date.fromisocalendar(*a))
        )
    for year in (*YEARS, *range(1890, 1910)):
        yield case("date.is_leap", (year,), lambda y=year: calendar.isleap(y))
        yield case("date.leap_days", (1, year), lambda y=year: calendar.leapdays(1, y))
        for month in range(1, 13):
            yield case(
                "date.month_range", (year, month), lambda y=year, m=month: list(calendar.monthrange(y, m))
            )
            args = (year, month, 30)
            yield case("date.calendar_weekday", args, lambda a=args: calendar.weekday(*a))


def arithmetic(rng: random.Random) -> Iterator[Case]:
    for _ in range(1500):
        a, b = random_datetime(rng), random_datetime(rng)
        d, e = random_delta(rng), random_delta(rng)
        n = rng.choice((0, 1, -1, 2, 3, -7, 10, rng.randint(-1000, 1000)))
        x, y = a.date(), b.date()
        xo, yo, af, bf, dp, ep = x.toordinal(), y.toordinal(), fields(a), fields(b), parts(d), parts(e)
        yield case("date.date_add", (xo, dp), lambda x=x, d=d: show_date(x + d))
        yield case("date.date_sub", (xo, dp), lambda x=x, d=d: show_date(x - d))
        yield case("date.date_diff", (xo, yo), lambda x=x, y=y: show_delta(x - y))
        yield case("date.datetime_add", (af, dp), lambda a=a, d=d: show_datetime(a + d))
        yield case("date.datetime_sub", (af, dp), lambda a=a, d=d: show_datetime(a - d))
        yield case("date.datetime_diff", (af, bf), lambda a=a, b=b: show_delta(a - b))
        yield case("delta.add", (dp, ep), lambda d=d, e=e: show_delta(d + e))
        yield case("delta.sub", (dp, ep), lambda d=d, e=e: show_delta(d - e))
        yield case("delta.neg", (dp,), lambda d=d: show_delta(-d))
        yield case("delta.abs", (dp,), lambda d=d: show_delta(abs(d)))
        yield case("delta.mul", (dp, n), lambda d=d, n=n: show_delta(d * n))
        yield case("delta.floor_div_int", (dp, n), lambda d=d, n=n: show_delta(d // n))
        yield case("delta.div_int", (dp, n), lambda d=d, n=n: show_delta(d / n))
        yield case("delta.floor_div", (dp, ep), lambda d=d, e=e: d // e)
        yield case("delta.div", (dp, ep), lambda d=d, e=e: bits(d / e))
        yield case("delta.rem", (dp, ep), lambda d=d, e=e: show_delta(d % e))
        yield case("delta.total_seconds", (dp,), lambda d=d: bits(d.total_seconds()))
        changes = [rng.choice((None, None, None, rng.randint(0, 60))) for _ in range(7)]
        given = dict(zip(("year", "month", "day"), changes, strict=False))
        given = {name: value for name, value in given.items() if value is not None}
        yield case("date.replace_date", (xo, *changes[:3]), lambda x=x, g=given: show_date(x.replace(**g)))
        names = ("year", "month", "day", "hour", "minute", "second", "microsecond")
        all_given = {name: value for name, value in zip(names, changes, strict=True) if value is not None}
        args = (af, *changes)
        yield case("date.replace_datetime", args, lambda a=a, g=all_given: show_datetime(a.replace(**g)))


def mutate(rng: random.Random, text: str) -> str:
    if text and rng.random() < 0.4:
        place = rng.randrange(len(text))
        text = (
            text[:place] + rng.choice(("", " ", "0", "9", "x", "-", "W", text[place] * 2)) + text[place + 1 :]
        )
    return text


def texts(rng: random.Random) -> Iterator[Case]:
    for _ in range(4000):
        a = random_datetime(rng)
        pieces = [
            f"%{rng.choice(DIRECTIVES)}" + rng.choice(("", "-", " ", "x", "/"))
            for _ in range(rng.randint(0, 5))
        ]
        pattern = "".join(pieces)
        day, clock = a.date(), a.time()
        args = (a.toordinal(), pattern)
        yield case("date_text.date_format", args, lambda d=day, p=pattern: d.strftime(p))
        args2 = (fields(a), pattern)
        yield case("date_text.datetime_format", args2, lambda a=a, p=pattern: a.strftime(p))
        yield case("date_text.time_format", args2, lambda c=clock, p=pattern: c.strftime(p))
        yield from parse_cases(rng, a)
        text = mutate(rng, rng.choice((day.isoformat(), day.isoformat().replace("-", ""))))
        yield case("date.date_from_iso", (text,), lambda t=text: show_date(datetime.date.fromisoformat(t)))
        spec = rng.choice(("auto", "minutes", "seconds", "milliseconds", "microseconds"))
        text = mutate(rng, a.isoformat(rng.choice("T x"), spec))
        yield case(
            "date.datetime_from_iso",
            (text,),
            lambda t=text: show_datetime(datetime.datetime.fromisoformat(t)),
        )


def parse_cases(rng: random.Random, a: datetime.datetime) -> Iterator[Case]:
    chosen = rng.sample(PARSED, rng.randint(1, 6))
    if "d" in chosen and not set("yY") & set(chosen):
        chosen.append(rng.choice("yY"))
    joint = rng.choice(("", "", "-", " ", "  ", ".", ":", "a", "%%"))
    pattern = joint.join(f"%{directive}" for directive in chosen)
    text = a.strftime(pattern.replace("%Y", f"{a.year:04}"))
    if rng.random() < 0.5:
        text = "".join(str(rng.randint(0, 9)) if c.isdigit() and rng.random() < 0.2 else c for c in text)
    if rng.random() < 0.3:
        text = rng.choice(
            (text.upper(), text.lower(), text.replace("0", ""), text.replace(" ", "\t "), text + "1")
        )
    text = mutate(rng, text)
    yield case(
        "date_text.parse",
        (text, pattern),
        lambda t=text, p=pattern: show_datetime(datetime.datetime.strptime(t, p)),
    )


def all_cases(seed: int) -> dict[str, list[Case]]:
    """The cases by topic."""
    rng = random.Random(seed)
    return {
        "constructors": list(constructors(rng)),
        "arithmetic": list(arithmetic(rng)),
        "texts": list(texts(rng)),
    }
