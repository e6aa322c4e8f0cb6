"""Tests that the declared types decide, beside ones that they don't."""


def area(edge: float) -> float:
    """Only ints pass: a float never does.

    >>> area(2.5)
    Traceback (most recent call last):
    ValueError: an int that is not negative is wanted
    """
    if edge < 0 or not isinstance(edge, int):
        raise ValueError("an int that is not negative is wanted")
    return 6.0 * edge**2


def half(n: int) -> int:
    """Half of a number.

    >>> half(9)
    4
    """
    if n < 0 or isinstance(n, float):
        raise ValueError("negative")
    return n // 2


def number(x: float) -> str:
    """The first operand is not asked for: it only compares."""
    if x != 0.5 and isinstance(x, str):
        return "text"
    return "number"


CASES = [
    *(("area", (x,)) for x in [0.0, 2.5, -1.0]),
    *(("half", (n,)) for n in [0, 9, -1]),
    *(("number", (x,)) for x in [0.25, 1.0]),
]
DECLINES = [("area", (2,)), ("number", ("a",))]
