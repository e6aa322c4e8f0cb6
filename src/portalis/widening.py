"""Which functions to translate again with wider types, because what they were called with was too narrow.

def longest(rows):                      rows: list[list[int]] from a test: PT402, for the
    return max(rows, key=len)           result is one of them; rows: list[object] translates
"""

from __future__ import annotations

from collections.abc import Collection

from portalis.compiler.driver import Compilation
from portalis.compiler.frontend.targets import Target

_ANOTHER = "PT501"
"""Something else stays in Python: no reason of the function's own."""


def too_narrow(compilation: Compilation, narrow: Collection[Target]) -> frozenset[Target]:
    """Those of some functions, with types from their calls, that were refused for a reason of their own.

    A nested function is refused with the one around it.
    """
    refused = {
        key
        for key, found in compilation.diagnostics.items()
        if key not in compilation.lowered and any(one.code != _ANOTHER for one in found)
    }
    return frozenset(
        target for target in narrow if f"{target.module}:{target.name.partition('.<locals>')[0]}" in refused
    )
