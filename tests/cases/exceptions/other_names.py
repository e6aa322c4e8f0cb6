"""The other class of a name."""
from __future__ import annotations


class Failure(Exception):
    """Two of this name."""


def check(n: int) -> int:
    if n > 10:
        raise Failure("other")
    return n


CASES = [("check", (11,)), ("check", (1,))]
