"""The types that the other modules leave out."""

import datetime
from collections.abc import Iterable, Mapping, Sequence


def first(xs: Sequence[int]) -> int | None:
    """The first, if any."""
    return xs[0] if len(xs) else None


def glue(xs: Iterable[str]) -> str:
    """One after the other."""
    return "".join(xs)


def noon(t: datetime.time) -> datetime.time:
    """The same minutes at noon."""
    return t.replace(hour=12)


def size(b: bytes | None = None) -> int:
    """Length, or -1."""
    return -1 if b is None else len(b)


def small(xs: frozenset[str]) -> frozenset[str]:
    """Those of one character."""
    return frozenset(x for x in xs if len(x) == 1)


def table(xs: list[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    """Group by number."""
    groups: dict[int, tuple[str, ...]] = {}
    for number, text in xs:
        groups[number] = (*groups.get(number, ()), text)
    return groups


def second(t: tuple[int, str] | None) -> str:
    """The text, if any."""
    return "none" if t is None else t[1]


def reverse(xs: list[float]) -> None:
    """In place."""
    xs.reverse()


def push(xs: list[tuple[int, str | None]], x: int) -> None:
    """Append a pair."""
    xs.append((x, None))


def invert(d: Mapping[str, int]) -> dict[int, str]:
    """Values to keys."""
    return {value: key for key, value in d.items()}


def nothing() -> None:
    """Do nothing."""


def both(a: list[int], b: list[int]) -> None:
    """Swap the ends of two lists."""
    a.append(b.pop())


def drop(d: dict[str, int], key: str) -> int:
    """Take an entry out."""
    return d.pop(key)
