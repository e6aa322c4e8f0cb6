"""Templates that only the run knows, columns of tables, sums of lists, values of dicts."""

from __future__ import annotations


def filled(template: str, n: int, text: str) -> str:
    return template.format(n, text)


def filled_in(kind: int, n: int, text: str, x: float) -> str:
    templates = [
        "{} {!r} {}",
        "{2:.3f}|{0:>6}|{1:^9}",
        "{{{0}}}",
        "{n:+,d} {name!s:>5}",
        "{0} {}",
        "{0:x}{3}",
    ]
    template = templates[kind % 6]
    return template.format(n, text, x, n=n, name=text)


def joined(xs: list[int], text: str) -> str:
    return "{} {}".format(*xs) + text.format(*xs)


def percent(kind: int, n: int, text: str, x: float) -> str:
    templates = [
        "%d %s %r",
        "%5d|%-8s|%.2f",
        "%%%x %s %e",
        "%+03d %10.3s %g",
        "%d",
        "%s %s %s %s",
        "%c %s %s",
    ]
    template = templates[kind % 7]
    return template % (n, text, x)


def percent_of_one(template: str, x: float) -> str:
    return template % x


def percent_rounded(x: float, digits: int) -> str:
    return ("%." + str(digits % 9) + "f") % x


def turned(rows: list[list[int]]) -> list[list[int]]:
    return [list(column) for column in zip(*rows[::-1])]


def sums(pairs: list[tuple[int, int]]) -> tuple[int, ...]:
    return tuple(sum(column) // 2 for column in zip(*pairs))


def largest(rows: list[list[int]]) -> list[int]:
    return list(map(max, zip(*rows)))


def apart(pairs: list[tuple[int, str]]) -> tuple[list[int], list[str]]:
    numbers, texts = zip(*pairs)
    return list(numbers), list(texts)


def apart_rows(rows: list[list[str]]) -> tuple[list[str], int]:
    first, second = zip(*rows)
    return list(first), len(second)


def flattened(rows: list[list[int]]) -> list[int]:
    return sum(rows, [])


def flattened_words(xs: list[str]) -> list[str]:
    return sum([x.split("-") for x in xs], [])


def has_value(d: dict[str, int], n: int) -> bool:
    return n % 5 in d.values()


def has_text(d: dict[int, str], text: str) -> bool:
    return text[:1] in d.values() or "a" not in d.values()
