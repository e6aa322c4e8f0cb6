"""Every diagnostic Portalis can give: one module per family, and this registry over them.

A code is stable for ever: its meaning may be made clearer, never changed; a retired code is not used again.
"""

from __future__ import annotations

from types import MappingProxyType

from portalis.diagnostics import Rule
from portalis.rules import (
    boundary,
    build,
    calls,
    containment,
    equivalence,
    internal,
    language,
    library,
    ownership,
    rust_text,
    source,
    types,
    verification,
)


def _in_order(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: rule.code))


FAMILIES: tuple[tuple[str, str, tuple[Rule, ...]], ...] = (
    ("PT0", "Source files", source.RULES),
    ("PT1", "Types", types.RULES),
    ("PT2", "Language", language.RULES),
    ("PT3", "Library", library.RULES),
    ("PT4", "Ownership", ownership.RULES),
    ("PT5", "Calls and effects", calls.RULES),
    ("PT6", "The boundary with Python", boundary.RULES),
    ("PT7", "Verification", _in_order(verification.RULES + containment.RULES + equivalence.RULES)),
    ("PT8", "Build", _in_order((*build.RULES, *rust_text.RULES))),
    ("PT9", "Portalis itself", internal.RULES),
)

ALL: MappingProxyType[str, Rule] = MappingProxyType(
    {rule.code: rule for _, _, rules in FAMILIES for rule in rules}
)


def get(code: str) -> Rule:
    """The rule of a code.

    Args:
        code: such as `PT203`; case and surrounding blanks don't matter, a rule's name is taken too.

    Raises:
        KeyError: there is no such code.
    """
    wanted = code.strip()
    rule = ALL.get(wanted.upper())
    if rule is not None:
        return rule
    for candidate in ALL.values():
        if candidate.name == wanted.lower():
            return candidate
    raise KeyError(wanted)
