"""Calls that a docstring writes down without `>>>`, as documentation often does.

valid_date('03-11-2000') => True       gives the arguments ('03-11-2000',)
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

_LONGEST = 2000
_MOST = 40


def written_calls(name: str, params: Sequence[str], text: str) -> list[tuple[object, ...]]:
    """The arguments of the calls of `name` in a text, in the order of `params`; only literal ones, all given.

    >>> written_calls("f", ["a", "b"], "f(1, b='x') is 2, f(n, 2) is not known and f(1) is short")
    [(1, 'x')]
    """
    found: list[tuple[object, ...]] = []
    for place in re.finditer(rf"(?<![\w.]){re.escape(name)}\(", text):
        call = next(_closed(text[place.start() : place.start() + _LONGEST]), None)
        given = None if call is None else _arguments(call, params)
        if given is not None:
            found.append(given)
    return found[:_MOST]


def _closed(text: str) -> Iterator[ast.Call]:
    """The beginnings of a text that are a whole call."""
    for end, letter in enumerate(text):
        if letter == ")":
            try:
                tree = ast.parse(text[: end + 1], mode="eval").body
            except (SyntaxError, ValueError, MemoryError, RecursionError):
                continue
            if isinstance(tree, ast.Call):
                yield tree


def _arguments(call: ast.Call, params: Sequence[str]) -> tuple[object, ...] | None:
    values: dict[str | None, object] = {}
    try:
        for name, value in zip(params, call.args, strict=False):
            values[name] = ast.literal_eval(value)
        for keyword in call.keywords:
            values[keyword.arg] = ast.literal_eval(keyword.value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
    complete = len(call.args) + len(call.keywords) == len(params) and {*values} == {*params}
    return tuple(values[name] for name in params) if complete else None
