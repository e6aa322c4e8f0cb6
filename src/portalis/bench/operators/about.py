"""What an operator knows of the crate around a node."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class About:
    """The exceptions that the crate raises with a text (`plain`) and with an optional one (`optional`), and
    the questions that handlers ask (`is_value_error`). `lent` are the function's own parameters that it
    changes for its caller.
    """

    plain: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    lent: frozenset[str] = frozenset()
