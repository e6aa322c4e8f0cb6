"""PT74x: a Python function and Rust from elsewhere, held against each other by `SemanticChecker`."""

from __future__ import annotations

from portalis.rules.authoring import rule

RULES = (
    rule(
        code="PT741",
        name="no-such-function",
        summary="the Python function to compare with was not found",
        explanation="""
            The source must define the function at its top level. Where it defines several, the check must be
            told which one is meant.
        """,
    ),
    rule(
        code="PT742",
        name="rust-function-missing",
        summary="the Rust does not define the function",
        explanation="""
            The Rust text must define a function of the Python function's name, or of its snake-case form, at
            its top level. It may define whatever else it needs. Methods and functions inside modules are not
            looked at.
        """,
    ),
    rule(
        code="PT743",
        name="not-admitted",
        summary="the Rust does something that a candidate may not do",
        explanation="""
            Rust from elsewhere is compiled outside the sandbox and runs beside the code that judges it. So it
            may compute and print, and nothing else: no unsafe code, no files, network, environment or
            processes, no macros that read while compiling, no attributes that reach the linker, no crates
            beyond those that are listed. Pass what it would read as an argument.
        """,
    ),
    rule(
        code="PT744",
        name="signature-differs",
        summary="the Rust function can't be called as the Python one is",
        explanation="""
            A parameter, the result or the error is of a type that can't stand for the Python type. The
            message names it and says what could. `SemanticChecker.signature` prints the plainest signature
            that fits.
        """,
    ),
    rule(
        code="PT745",
        name="cannot-be-tested",
        summary="the function's form or types can't be tested",
        explanation="""
            Values of the type can't be handed over between Python and Rust, or the function is async, takes a
            const parameter, or changes an argument that can't be written back. This says nothing about
            whether the Rust is right.
        """,
    ),
    rule(
        code="PT746",
        name="candidate-rejected",
        summary="rustc rejects the Rust",
        explanation="""
            The message is rustc's, its place is a place in the text that was given, and the hint is rustc's
            whole report. Compiling is bounded in time and memory; a text that needs more is rejected too.
        """,
    ),
)
