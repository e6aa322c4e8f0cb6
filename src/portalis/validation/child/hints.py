"""What a function's own code says about good inputs: literals, thresholds, alphabets, table keys, patterns.

Read from code objects, so that what the function reaches through its callees in the project is seen as well.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from dataclasses import dataclass, field

_MAX_DEPTH = 3
_MAX_EACH = 300
_TABLE_SAMPLE = 60
_LOOKS_LIKE_PATTERN = re.compile(r"\\[dwsb]|\[[^\]]+\]|\(\?|[\^$*+]|\{\d")


@dataclass(slots=True)
class Hints:
    """Values worth trying. `lengths` are small non-negative integers; `alphabets` strings drawn from by
    character.
    """

    ints: list[int] = field(default_factory=list)
    floats: list[float] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    own_strings: list[str] = field(default_factory=list)
    bytestrings: list[bytes] = field(default_factory=list)
    patterns: list[tuple[str, int]] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    alphabets: list[str] = field(default_factory=list)


def nested_codes(code: types.CodeType) -> Iterator[types.CodeType]:
    """The code object and all those inside it (comprehensions, lambdas, nested functions)."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from nested_codes(constant)


def gather(function: types.FunctionType, project: frozenset[str]) -> Hints:
    """Hints from a function and what it calls in modules named in `project`."""
    found = _Gatherer(project)
    found.function(function, 0)
    hints = found.finish()
    own = (constant for code in nested_codes(function.__code__) for constant in code.co_consts)
    documentation = function.__doc__
    hints.own_strings = [c for c in own if isinstance(c, str) and len(c) <= 40 and c != documentation]
    return hints


class _Gatherer:
    """Collects each kind of value once, in order of discovery."""

    def __init__(self, project: frozenset[str]) -> None:
        self._project = project
        self._seen_codes: set[int] = set()
        self._values: dict[tuple[type, object], object] = {}
        self._alphabets: dict[str, None] = {}
        self._patterns: dict[tuple[str, int], None] = {}

    def function(self, function: types.FunctionType, depth: int) -> None:
        code = function.__code__
        if id(code) in self._seen_codes or depth > _MAX_DEPTH:
            return
        self._seen_codes.add(id(code))
        for inner in nested_codes(code):
            uses_re = "re" in inner.co_names
            for constant in inner.co_consts:
                self._constant(constant, 0)
                if uses_re and isinstance(constant, str) and _LOOKS_LIKE_PATTERN.search(constant):
                    self._patterns.setdefault((constant, 0))
            for name in inner.co_names:
                if name in function.__globals__:
                    self._global(function.__globals__[name], inner, depth)

    def _global(self, value: object, code: types.CodeType, depth: int) -> None:
        wrapped = getattr(value, "__wrapped__", value)
        if isinstance(wrapped, types.FunctionType) and wrapped.__module__ in self._project:
            self.function(wrapped, depth + 1)
        elif isinstance(value, types.ModuleType) and value.__name__ in self._project:
            for name in code.co_names:
                member = getattr(value, name, None)
                member = getattr(member, "__wrapped__", member)
                if isinstance(member, types.FunctionType):
                    self.function(member, depth + 1)
        elif isinstance(value, re.Pattern) and isinstance(value.pattern, str):
            self._patterns.setdefault((value.pattern, value.flags))
        else:
            self._constant(value, 0)

    def _constant(self, value: object, depth: int) -> None:
        if isinstance(value, bool) or value is None:
            return
        if isinstance(value, (int, float, str, bytes)):
            if len(self._values) < 4 * _MAX_EACH and not (isinstance(value, str) and len(value) > 400):
                self._values.setdefault((type(value), value), value)
            if isinstance(value, str) and 2 <= len(value) <= 200:
                self._alphabets.setdefault(value)
        elif isinstance(value, (tuple, list, set, frozenset)) and depth < 3:
            # Sets are sorted so that what is found does not depend on hashing.
            items = sorted(value, key=repr) if isinstance(value, (set, frozenset)) else value
            for item in items[:_TABLE_SAMPLE]:
                self._constant(item, depth + 1)
        elif isinstance(value, dict) and depth < 3:
            for key, item in list(value.items())[:_TABLE_SAMPLE]:
                self._constant(key, depth + 1)
                self._constant(item, depth + 1)

    def finish(self) -> Hints:
        hints = Hints(patterns=list(self._patterns)[:_MAX_EACH], alphabets=list(self._alphabets)[:_MAX_EACH])
        lengths: dict[int, None] = {}
        for value in self._values.values():
            if isinstance(value, int):
                hints.ints.append(value)
                if 0 < value <= 64:
                    lengths.update({value: None})
            elif isinstance(value, float):
                hints.floats.append(value)
            elif isinstance(value, str):
                hints.strings.append(value)
            elif isinstance(value, bytes):
                hints.bytestrings.append(value)
        hints.lengths = list(lengths)
        return hints
