"""Functions that stay in Python: each asks for a class, or does what Rust has no twin for."""

from collections.abc import Iterable, Sequence
from typing import Any

RATES = {"a": 3, "b": 4}


class BadCode(ValueError):
    """No such code."""


def clean(text: str) -> str:
    kind = type(text)
    if not text:
        raise BadCode("empty")
    if text == "?":
        try:
            return kind(1 // len(text[1:]))
        except ZeroDivisionError as error:
            raise KeyError(text, 2) from error
    return kind(text).upper()


def rate(name: str, *, default: int = 1) -> int:
    kind = type(name)
    return RATES.get(kind(name), default)


def joined(sep: str, *parts: str, end: str = "!") -> str:
    kind = type(sep)
    return kind(sep).join(parts) + end


def weighed(weights: list[int], names: dict[str, int], more: list[float] | None = None) -> float:
    kind = type(0.5)
    total = kind(sum(weights)) + sum(names.values())
    if more:
        total += sum(more)
    return total


def power(n: int) -> int:
    kind = type(n)
    return kind(3) ** n


def odd(n: int) -> int:
    kind = type(n > 0)
    return kind(n) if n > 5 else n


def rows(n: int, twice: bool) -> list[list[int]]:
    kind = type(n)
    row = [kind(n)]
    return [row, row] if twice else [row, [n + 1]]


def anything(n: int) -> Any:
    return [None, True, n, 1.5, "text", [n]][n]


def deep(n: int) -> int:
    kind = type(n)
    return kind(0) if n == 0 else 1 + deep(n - 1)


def slow(n: int) -> int:
    kind = type(n)
    total = kind(0)
    for at in range(n):
        total += at & 1
    return total


def through_rust(n: int) -> int:
    from till.work import triangle

    kind = type(n)
    return kind(triangle(n))


def back(n: int) -> int:
    from till.work import forth

    kind = type(n)
    return kind(0) if n == 0 else forth(n - 1)


def spread(
    numbers: Sequence[int], names: Iterable[str] | None = None, table: list[list[int]] | None = None
) -> str:
    kind = type(numbers)
    found = f"{kind.__name__} {sum(numbers)} {[*numbers]}"
    if table is not None:
        found += str(table[0])
    return found + (",".join(names) if names is not None else "")
