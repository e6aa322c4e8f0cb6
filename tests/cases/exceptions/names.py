"""Exception classes of one name in two modules, of the name of one of Python's, and below `KeyError`."""
from __future__ import annotations

from cases.exceptions import other_names


class Failure(ValueError):
    """One of two of this name."""


class TimeoutError(Exception):
    """Not Python's."""


class Absent(KeyError):
    """Shows the `repr` of its argument."""


def own(n: int) -> int:
    if n < 0:
        raise Failure("own")
    return other_names.check(n)


def told_apart(n: int) -> str:
    try:
        return str(own(n))
    except Failure as error:
        return f"own {error}"
    except other_names.Failure as error:
        return f"other {error}"


def by_base(n: int) -> str:
    try:
        return str(own(n))
    except ValueError:
        return "value"


def late(n: int) -> int:
    if n > 3:
        raise TimeoutError("late")
    return n


def not_pythons(n: int) -> str:
    try:
        return str(late(n) // n)
    except (OSError, ZeroDivisionError):
        return "os"


def find(key: str) -> str:
    if key == "":
        raise Absent
    raise Absent(key)


def shown(key: str) -> str:
    try:
        return find(key)
    except KeyError as error:
        return str(error)


CASES = [
    ("own", (-1,)), ("own", (0,)), ("own", (11,)),
    ("told_apart", (-1,)), ("told_apart", (0,)), ("told_apart", (11,)),
    ("by_base", (-1,)), ("by_base", (0,)), ("by_base", (11,)),
    ("late", (4,)), ("late", (3,)), ("not_pythons", (4,)), ("not_pythons", (1,)), ("not_pythons", (0,)),
    ("find", ("a'b",)), ("find", ("",)), ("shown", ("x\n",)), ("shown", ("",)),
]
