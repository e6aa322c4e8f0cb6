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
    rule(
        code="PT820",
        name="model-found-none",
        summary="the model proposed no Rust that agrees with the Python",
        explanation="""
            The compiler refused the function, and a language model was asked for its Rust. No answer stood:
            it was not one function of the required signature, did something that is not admitted, did not
            compile, or disagreed with the Python; the message says what became of the last one. More samples
            or repairs, or a larger model, may find one: see [tool.portalis.model].
        """,
    ),
)
