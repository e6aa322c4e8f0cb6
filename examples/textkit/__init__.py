"""Small tools for text and numbers: the package that the demonstration of Portalis translates."""

from textkit.checks import InvalidNumber, is_valid, luhn_digit, validate
from textkit.distance import closest, edit_distance
from textkit.numbers import longest_collatz, matrix_product, primes_below
from textkit.words import frequencies, pack, slug, unpack

__all__ = [
    "InvalidNumber",
    "closest",
    "edit_distance",
    "frequencies",
    "is_valid",
    "longest_collatz",
    "luhn_digit",
    "matrix_product",
    "pack",
    "primes_below",
    "slug",
    "unpack",
    "validate",
]
