"""`difflib`, `fnmatch`, `keyword`, `shlex`, queries, weeks, counters, functions over several iterables."""

import calendar
import difflib
import fnmatch
import keyword
import operator
import random
import shlex
from collections import Counter
from itertools import chain
from urllib.parse import parse_qsl


def likeness(a: str, b: str) -> float:
    return difflib.SequenceMatcher(None, a, b).ratio()


def likeness_of_long(a: str, b: str, k: int) -> float:
    return difflib.SequenceMatcher(a=a * abs(k) + b, b=b + "ab c" * k + a).ratio()


def closest(word: str, words: list[str]) -> list[str]:
    return difflib.get_close_matches(word, words)


def closest_few(word: str, words: list[str], n: int, cutoff: float) -> list[str]:
    return difflib.get_close_matches(word[:9], words, n, cutoff / 10)


def fits(name: str, pattern: str) -> bool:
    return fnmatch.fnmatch(name, pattern)


def fits_made(name: str, a: str, b: str, n: int) -> tuple[bool, bool, bool, bool, bool]:
    """Patterns of brackets, stars and question marks around parts of the texts."""
    part = name[1:3]
    return (
        fnmatch.fnmatchcase(name, name[: n % 5] + "*" + name[-1:]),
        fnmatch.fnmatch(name, "?" * (n % 3) + "*" + part + "*"),
        fnmatch.fnmatch(name[:1], "[" + a[:3] + "-" + b[:2] + "]"),
        fnmatch.fnmatch(name[:1], "[!" + b[:2] + "-" + a[-1:] + "]"),
        fnmatch.fnmatch(part, "[" + a[:5] + "]" + "[]!^" + b[:2] + "]*"),
    )


def sets(a: str, b: str, c: str) -> list[bool]:
    inside = a[:2] + "-" + b[:2] + "-" + c[:3]
    return [fnmatch.fnmatch(one, f"[{inside}]") for one in "az!-^]\\&|~"] + [
        fnmatch.fnmatch(one, f"[!{inside}-]") for one in "bZ9-"
    ]


def reserved(word: str) -> list[bool]:
    return [keyword.iskeyword(one) for one in (word, "None", "match", "yield", word.lower()[:2])]


def shell_words(text: str) -> list[str]:
    return shlex.split(text)


def shell_words_quoted(a: str, b: str, k: int) -> list[str]:
    return shlex.split(f"{a} '{b}' \"{a}\\\\{b}\"" + "\\'\" "[: k % 5] + shlex.quote(b))


def query(text: str) -> list[tuple[str, str]]:
    return parse_qsl(text)


def query_made(a: str, b: str, k: int) -> list[tuple[str, str]]:
    return parse_qsl(f"{a}={b}&{b}&=&{a}=&x=1+{k}%20{a}&&{b}==")


def weeks(year: int, month: int) -> list[list[int]]:
    return calendar.monthcalendar(year, month % 12 + 1)


def counts(words: list[str]) -> list[tuple[str, int]]:
    counter: Counter[str] = Counter()
    for word in words:
        counter[word] += len(word)
    return counter.most_common()


def counted(d: dict[str, int]) -> list[tuple[str, int]]:
    counter = Counter(d)
    counter["a"] += 1
    return list(counter.items()) + list(d.items())


def distinct(words: list[str]) -> list[str]:
    return list(dict.fromkeys(words))


def products(xs: list[int], ys: list[int]) -> list[int]:
    return list(map(operator.mul, xs, ys))


def dot(xs: list[float], ys: list[float]) -> float:
    return sum(map(lambda x, y: x * y, xs, ys))


def joined(xs: list[int], ys: list[str], zs: list[float]) -> str:
    return ", ".join(map(lambda x, y, z: f"{x}{y}{z:.2f}", xs, ys, zs))


def flat(xss: list[list[int]]) -> list[int]:
    return list(chain(*xss))


def cut(text: str, k: int) -> tuple[list[str], list[str]]:
    return text.split(maxsplit=k), text.rsplit(sep=None, maxsplit=k)


def of_ranges(seed: int, start: int, stop: int, n: int) -> tuple[list[int], int]:
    rng = random.Random(seed)
    return rng.sample(range(start, stop), n), rng.choice(range(start, stop, -3))


def of_shared(stop: int, k: int) -> int:
    return len(random.sample(range(stop), k)) + random.choice(range(5, 6))


def optional(words: list[str], word: str) -> list[int | None]:
    places: dict[str, int | None] = dict.fromkeys(words)
    places[word] = len(words)
    return list(places.values())


def between(n: int, k: int) -> list[str]:
    """Floats that lie half-way between the two shortest texts for them."""
    whole = 2.0**50 + (n % 10**12)
    return [repr(whole + 0.25), str(-whole - 0.75), f"{whole / 2 + 0.125 * (k % 8)}", repr(whole * 4 + 0.5)]
