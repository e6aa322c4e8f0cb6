"""PT81x: what `portalis validate` says about a text of Rust, beside rustc's, clippy's and rustfmt's words."""

from __future__ import annotations

from portalis.rules.authoring import rule

RULES = (
    rule(
        code="PT811",
        name="rust-syntax",
        summary="the text is not Rust",
        explanation="""
            rustc's parser does not accept the text. The place is where it stopped understanding, which can be
            after the cause: a bracket that is not closed is noticed at the end of the file.
        """,
    ),
    rule(
        code="PT812",
        name="rustc-hangs",
        summary="the compiler did not come to an end",
        explanation="""
            rustc was ended because it ran too long. Macros that expand into themselves, constants that are
            computed for ever and deeply nested types do that.
        """,
    ),
    rule(
        code="PT813",
        name="unknown-crate",
        summary="the text uses a crate that is not known here",
        explanation="""
            Only crates with a row in Portalis' crates.yaml are compiled, since a crate's build script runs
            on your machine. Write the text without it, or take one of those.
        """,
    ),
    rule(
        code="PT814",
        name="not-formatted",
        summary="rustfmt would lay the text out otherwise",
        explanation="""
            The text is not as rustfmt prints it with default settings. `rustfmt FILE` mends it; the meaning
            of the text is the same.
        """,
    ),
    rule(
        code="PT815",
        name="no-counterpart",
        summary="a function or class of the Python has no counterpart in the Rust",
        explanation="""
            The Python defines a function, method or class for which the Rust has no item of that name.
            Functions are looked for in snake case, methods in the `impl` of their class, `__init__` as
            `new`, special methods as those of std's traits (`__str__` as `fmt`).
        """,
    ),
    rule(
        code="PT816",
        name="parameters-differ",
        summary="a function's parameters differ from the Python's",
        explanation="""
            The function takes another number of parameters than the Python, which is an error, or calls one
            otherwise, which is a warning: callers who pass it by name would be lost.
        """,
    ),
    rule(
        code="PT817",
        name="exception-lost",
        summary="an exception of the Python is not named in the Rust",
        explanation="""
            The Python raises an exception that the Rust never mentions, not as a variant, a type or in a
            text. A caller who catches it would not find it.
        """,
    ),
    rule(
        code="PT818",
        name="tool-missing",
        summary="a part of the Rust toolchain is not installed, so a check was left out",
        explanation="""
            clippy and rustfmt are components of the Rust toolchain. Without them the text is judged by rustc
            alone, and what only they would find is not reported.
        """,
    ),
)
