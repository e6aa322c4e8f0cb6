"""PT8xx: the Rust compiler's verdict."""

from __future__ import annotations

from portalis.rules.authoring import rule

RULES = (
    rule(
        code="PT801",
        name="rustc-rejected",
        summary="rustc rejected the translation",
        explanation="""
            The generated Rust does not compile. This is a bug in Portalis, not in your code: the item and
            what calls it stay Python. The message holds the compiler's error; please report it.
        """,
    ),
)
