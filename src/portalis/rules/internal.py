"""PT9xx: Portalis' own failures."""

from __future__ import annotations

from portalis.rules.authoring import rule

RULES = (
    rule(
        code="PT901",
        name="internal-error",
        summary="Portalis failed on this item",
        explanation="""
            An internal error of Portalis, caught so that the rest goes on. The item stays Python. Please
            report it with the line of your code that the message names.
        """,
    ),
)
