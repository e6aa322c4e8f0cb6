"""The Luhn algorithm.

>>> validate("00")
'00'
"""

from __future__ import annotations

from kit.exceptions import InvalidChecksum, InvalidFormat, ValidationError


def checksum(number: str, alphabet: str = "0123456789") -> int:
    """Sum of digits.

    >>> checksum("12")
    3
    """
    total = 0
    for c in number:
        total += alphabet.index(c)
    return total % len(alphabet)


def validate(number: str) -> str:
    """Check and give back."""
    if not number:
        raise InvalidFormat()
    if checksum(number) != 0:
        raise InvalidChecksum("bad sum")
    return number


def is_valid(number: str) -> bool:
    """Whether it is valid."""
    try:
        return bool(validate(number))
    except (ValidationError, ValueError):
        return False
