"""Reading what a model answers: one function of the signature that was asked for, or a reason why not.

Nothing is compiled or executed here, and nothing that is not admitted gets any further.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ParsedAnswer:
    """Rust that was read from an answer.

    Attributes:
        code: the function, with the `use` lines that stood beside it moved to the head of its body, so that it
            stands alone wherever its signature's names are known; without an expected signature the whole text.
        name: the function's name; "" for a text of several items.
        uses: the paths of those `use` lines.
    """

    code: str
    name: str
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unusable:
    """Why an answer can't be used, in words that can go back to the model."""

    reason: str


def parse_answer(
    text: str, expected: str | None = None, offered: frozenset[str] = frozenset()
) -> ParsedAnswer | Unusable:
    """The Rust in an answer.

    Args:
        text: what the model wrote.
        expected: the head that the function must have (`pub fn total(xs: &[i64]) -> Result<i64, Error>`); types
            are compared as types, parameters' names and lifetimes don't count. None admits any items.
        offered: paths of the crate that the Rust may use (`crate::runtime::int::floor_div`); of
            `crate::error::Error` that is always so where a signature is expected.
    """
    raise NotImplementedError
