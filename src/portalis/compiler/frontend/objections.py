"""Where the oracle objects: errors that a guess or a filled annotation may have brought about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

UNFIT = frozenset({"attr-defined", "operator", "index", "arg-type", "call-overload", "misc", "has-type"})
"""Codes of errors that say that a value can't be used so."""


class Said(Protocol):
    """An error of the oracle."""

    @property
    def module(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def code(self) -> str: ...


def places(messages: Iterable[Said], codes: Collection[str]) -> frozenset[tuple[str, int]]:
    """The module and line of each error of these codes."""
    return frozenset((one.module, one.line) for one in messages if one.code in codes)
