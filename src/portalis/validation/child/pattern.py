"""Strings that match a regular expression, drawn by walking CPython's own parse of it."""

from __future__ import annotations

import importlib
import random
import re
from collections.abc import Iterable
from typing import Any

_codes = importlib.import_module("re._constants")
_parser = importlib.import_module("re._parser")

_DIGITS = "0123456789"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_MAX_REPEAT = 12


def matching(pattern: str, flags: int, rng: random.Random) -> str | None:
    """A string that the pattern is likely to match, or None when it can't be parsed.

    Look-around and back-references to unset groups are passed over, so callers try the result, never trust
    it.
    """
    try:
        tree = _parser.parse(pattern, flags & ~re.DEBUG)
    except (re.error, RecursionError, OverflowError):
        return None
    walker = _Walker(rng)
    walker.sequence(tree)
    return "".join(walker.parts)


class _Walker:
    """Appends characters for each parsed node; `groups` holds what each group produced, for
    back-references.
    """

    def __init__(self, rng: random.Random) -> None:
        self.parts: list[str] = []
        self._rng = rng
        self._groups: dict[int, str] = {}

    def sequence(self, tree: Iterable[tuple[object, object]]) -> None:
        for operation, argument in tree:
            self._node(operation, argument)

    def _node(self, operation: object, argument: Any) -> None:  # the parser's trees are untyped
        rng, codes = self._rng, _codes
        match operation, argument:
            case codes.LITERAL, int(code):
                self.parts.append(chr(code))
            case codes.NOT_LITERAL, int(code):
                self.parts.append("x" if code != ord("x") else "y")
            case codes.ANY, _:
                self.parts.append(rng.choice(_DIGITS + _LETTERS))
            case codes.IN, list(choices):
                self.parts.append(self._one_of(choices))
            case codes.BRANCH, (_, list(branches)):
                self.sequence(rng.choice(branches))
            case codes.SUBPATTERN, (group, _, _, body):
                start = len(self.parts)
                self.sequence(body)
                if isinstance(group, int):
                    self._groups[group] = "".join(self.parts[start:])
            case codes.GROUPREF, int(group):
                self.parts.append(self._groups.get(group, ""))
            case ((codes.MAX_REPEAT | codes.MIN_REPEAT | codes.POSSESSIVE_REPEAT), (int(low), high, body)):
                top = min(int(high), low + _MAX_REPEAT)
                for _ in range(rng.choice((low, top, rng.randint(low, max(low, top))))):
                    self.sequence(body)
            case codes.GROUPREF_EXISTS, (group, yes, no):
                body = yes if group in self._groups else no
                if body is not None:
                    self.sequence(body)

    def _one_of(self, choices: list[tuple[object, object]]) -> str:
        rng, codes = self._rng, _codes
        negated = bool(choices) and choices[0][0] is codes.NEGATE
        if negated:
            refused = {chr(a) for kind, a in choices[1:] if kind is codes.LITERAL and isinstance(a, int)}
            allowed = [c for c in _LETTERS + _DIGITS + " -" if c not in refused]
            return rng.choice(allowed) if allowed else "\u00e9"
        kind, argument = rng.choice(choices)
        match kind, argument:
            case codes.LITERAL, int(code):
                return chr(code)
            case codes.RANGE, (int(low), int(high)):
                return chr(rng.randint(low, high))
            case codes.CATEGORY, codes.CATEGORY_DIGIT:
                return rng.choice(_DIGITS)
            case codes.CATEGORY, codes.CATEGORY_SPACE:
                return rng.choice(" \t")
            case codes.CATEGORY, codes.CATEGORY_NOT_DIGIT:
                return rng.choice(_LETTERS)
            case _:
                return rng.choice(_LETTERS + _DIGITS)
