"""Functions that take a `key` which may be None.

sorted(xs, key=key)     →   sorted(xs, key=key) if key is not None else sorted(xs)
"""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.types import BOOL, NONE, CallableOf, OptionalOf

_WITH_KEY = frozenset({"builtins.sorted", "builtins.min", "builtins.max", "itertools.groupby"})


def with_optional_key(node: h.CallExternal) -> h.Expr:
    """The call for each of the two; the same call where it has no key, or one that is surely there."""
    key = node.keywords.get("key")
    if node.fullname not in _WITH_KEY or key is None:
        return node
    rest = {name: value for name, value in node.keywords.items() if name != "key"}
    match key:
        case h.Literal(value=None):
            return replace(node, keywords=rest)
        case h.Local(type=OptionalOf(CallableOf() as function)):
            there = replace(node, keywords={**node.keywords, "key": replace(key, type=function)})
            absent = h.Literal(None, span=key.span, type=NONE)
            test = h.Compare(key, ("is not",), (absent,), span=key.span, type=BOOL)
            return h.Conditional(test, there, replace(node, keywords=rest), span=node.span, type=node.type)
        case _:
            return node
