"""Functions that have Rust, and call what stays in Python."""

import random
from typing import Any

from till import codes
from till.codes import (
    BadCode,
    anything,
    back,
    clean,
    deep,
    joined,
    odd,
    power,
    rate,
    rows,
    slow,
    through_rust,
)


def triangle(n: int) -> int:
    total = 0
    for at in range(n):
        total += at
    return total


def cleaned(names: list[str], out: list[str]) -> int:
    for name in names:
        out.append(clean(name))
    return len(out)


def kinds(names: list[str]) -> list[str]:
    found = []
    for name in names:
        try:
            found.append(clean(name))
        except BadCode as error:
            found.append(f"bad {error}")
        except LookupError as error:
            found.append(f"lookup {error}")
    return found


def again(name: str) -> str:
    try:
        return clean(name)
    except LookupError:
        raise


def after(name: str, log: list[str]) -> str:
    try:
        return clean(name)
    finally:
        log.append(name)


def other(name: str) -> str:
    try:
        return clean(name)
    except BadCode as error:
        raise ValueError(f"not {name}: {error}") from error


def priced(names: list[str]) -> int:
    print("pricing", len(names))
    total = 0
    for name in names:
        total += codes.rate(name, default=2) * rate(name)
    print("total", total)
    return total


def listed(parts: list[str]) -> str:
    return joined("-", *parts) + joined("+", "x", end="") + joined(",")


def scaled(weights: list[int], names: dict[str, int]) -> float:
    return 2 * codes.weighed(weights, names) + codes.weighed([1, 2], {"k": 1}, [0.5])


def described(numbers: list[int]) -> str:
    return codes.spread(numbers) + codes.spread(tuple(numbers), ["a", "b"]) + codes.spread((1, 2), names=None)


def large(n: int) -> int:
    return power(n) + 1


def doubled(n: int) -> int:
    return 2 * odd(n)


def grid(n: int, twice: bool) -> list[list[int]]:
    found = rows(n, twice)
    found[0].append(7)
    return found


def shown(n: int) -> str:
    value: Any = anything(n)
    return f"{value}"


def depth(n: int) -> int:
    return deep(n) + 1


def waited(n: int) -> int:
    try:
        return slow(n) + 1
    except Exception:
        return -1


def nested(n: int) -> int:
    drawn = random.randrange(1000)
    total = through_rust(n) + triangle(n) + random.randrange(1000) - drawn
    return total + power(n)


def forth(n: int) -> int:
    return back(n) if n else 0
