"""`colorsys`, `os.path`, `shlex`, `struct` of floats, signed bytes, `datetime` beyond its fields, unions."""

import calendar
import colorsys
import os.path
import random
import shlex
import statistics
import struct
from datetime import date, datetime, time, timedelta


def to_yiq(red: float, green: float, blue: float) -> tuple[float, float, float]:
    return colorsys.rgb_to_yiq(red, green, blue)


def from_yiq(y: float, i: float, q: float) -> tuple[float, float, float]:
    return colorsys.yiq_to_rgb(y, i, q)


def to_hls(red: float, green: float, blue: float) -> tuple[float, float, float]:
    return colorsys.rgb_to_hls(red, green, blue)


def from_hls(h: float, l: float, s: float) -> tuple[float, float, float]:  # noqa: E741
    return colorsys.hls_to_rgb(h, l, s)


def to_hsv(red: float, green: float, blue: float) -> tuple[float, float, float]:
    return colorsys.rgb_to_hsv(red, green, blue)


def from_hsv(h: float, s: float, v: float) -> tuple[float, float, float]:
    return colorsys.hsv_to_rgb(h, s, v)


def joined(path: str, part: str) -> str:
    return os.path.join(path.replace("-", "/"), part)


def parted(path: str) -> tuple[str, str, str, bool]:
    path = path.replace("-", "/")
    return os.path.basename(path), os.path.dirname(path), str(os.path.split(path)), os.path.isabs(path)


def extension(path: str) -> tuple[str, str]:
    return os.path.splitext(path.replace("-", "."))


def hidden(path: str) -> tuple[str, str]:
    return os.path.splitext(path.replace("-", "/."))


def normal(path: str) -> str:
    return os.path.normpath(path.replace("-", "/").replace("a", "..").replace("\n", "/./"))


def quoted(text: str) -> str:
    return shlex.quote(text)


def packed(x: float, n: int) -> bytes:
    return struct.pack("<fd", x, x) + struct.pack(">d", n)


def unpacked(b: bytes) -> tuple[float, float]:
    return struct.unpack(">ff", b[:8])


def doubles(b: bytes) -> float:
    return struct.unpack("<d", b)[0]


def signed(n: int, size: int) -> bytes:
    return n.to_bytes(size % 12, "big", signed=True)


def signed_little(n: int, size: int) -> bytes:
    return n.to_bytes(size, byteorder="little", signed=True)


def from_signed(b: bytes) -> tuple[int, int]:
    return int.from_bytes(b, "big", signed=True), int.from_bytes(b, "little", signed=True)


def span(a: int, b: int) -> tuple[timedelta, timedelta, timedelta, str]:
    first, second = timedelta(days=a), timedelta(hours=b)
    return abs(first - second), first + second, 3 * second, str(first)


def shares(a: int, b: int, n: int) -> tuple[timedelta, timedelta, int, float]:
    first, second = timedelta(seconds=a), timedelta(milliseconds=b)
    return first / n, first // n, first // second, first / second


def rest(a: int, b: int) -> timedelta:
    return timedelta(seconds=a) % timedelta(milliseconds=b)


def replaced(y: int, m: int, k: int) -> datetime:
    return datetime(2024, 2, 29, 12, 30, 1, 5).replace(year=y, month=m, second=k)


def iso_week(y: int, w: int, d: int) -> date:
    return date.fromisocalendar(y % 3000, w, d % 9)


def leap_days(a: int, b: int) -> int:
    return calendar.leapdays(a, b)


def of_day(h: int, m: int) -> tuple[str, str]:
    it = time(h, m, 5)
    return it.isoformat(), it.strftime("%H.%M")


def geometric(xs: list[float]) -> float:
    return statistics.geometric_mean(abs(x) for x in xs)


def covariance(xs: list[float], y: float) -> float:
    return statistics.covariance(xs, [x * y for x in xs])


def correlation(xs: list[float], ys: list[float]) -> float:
    return statistics.correlation(xs[:4], ys[:4])


def quantiles(xs: list[float], n: int) -> list[float]:
    return statistics.quantiles(xs, n=n)


def distributions(seed: int, a: float, b: float) -> list[float]:
    rng = random.Random(seed)
    a, b = abs(a) % 50 if abs(a) < 1e9 else 1.0, abs(b) % 50 + 0.1 if abs(b) < 1e9 else 2.0
    return [
        rng.gammavariate(a + 0.01, b),
        rng.gammavariate(a + 1.5, b),
        rng.betavariate(b, a + 0.2),
        rng.lognormvariate(a / 50, b / 50),
        rng.paretovariate(b),
        rng.weibullvariate(a, b),
        rng.vonmisesvariate(a, b),
        rng.triangular(a, b),
        rng.triangular(0.0, b, b / 2),
        rng.triangular(),
    ]


def gamma_of(seed: int, a: float, b: float) -> float:
    return random.Random(seed).gammavariate(a if abs(a) < 1e9 and abs(b) < 1e9 else -1.0, b)


def weighted(seed: int, xs: list[str], ws: list[float], k: int) -> list[str]:
    return random.Random(seed).choices(xs, weights=ws[: len(xs)], k=k)


def weighted_well(seed: int, xs: list[int], k: int) -> list[int]:
    return random.Random(seed).choices(xs, [float(x % 5) for x in xs], k=k)


def as_float(x: float | str) -> float:
    return float(x)


def swapped(text: str) -> str:
    return text.translate(text.maketrans("abc", "xyz"))
