"""PT5xx: calls that leave the translated code, and effects."""

from __future__ import annotations

from portalis.rules.authoring import rule

RULES = (
    rule(
        code="PT501",
        name="calls-python",
        summary="it calls an item that stays Python",
        explanation="""
            The callee was refused (its own diagnostic says why). A crate has no Python to call. In a package
            Rust calls such a function where that is safe (PT506): a function of a module that only computes,
            of values that never change; what the callee lacks for that is in the message. Once the callee
            translates, so does this.
        """,
        bad="""
            import os

            def describe(n: int) -> str:
                return os.environ["NAMES"].split()[n]


            def label(n: int) -> str:
                return describe(n).upper()
        """,
        good="""
            def label(names: list[str], n: int) -> str:
                return names[n].upper()
        """,
    ),
    rule(
        code="PT502",
        name="calls-unknown",
        summary="it calls something that is not known, or not as its definition asks",
        explanation="""
            The callee's definition can't be found (it is a value: a parameter, an attribute, an item of a
            container), or the arguments don't fit it and Python would raise a TypeError. Call a function by
            its name, with the arguments it takes.
        """,
        bad="""
            def double(x: int) -> int:
                return 2 * x


            def run(x: int) -> int:
                return double(x, 1)
        """,
        good="""
            def double(x: int) -> int:
                return 2 * x


            def run(x: int) -> int:
                return double(x)
        """,
    ),
    rule(
        code="PT503",
        name="effect",
        summary="it may touch files, processes, the network, the clock or the environment",
        explanation="""
            Such effects happen outside the values that can be compared, and a call that is declined
            half-way could not be undone. The item stays Python. Split the computation from the effect.
            Reading the clock is translated: `date.today()`, `datetime.now()` without a zone, `time.time()`.
            So are the functions of `random`, but for `random.seed`. Text files and the standard streams are
            translated for programs: a crate has the Rust, Python callers keep the Python.
        """,
        bad="""
            import subprocess

            def commit(folder: str) -> str:
                return subprocess.check_output(["git", "-C", folder, "rev-parse", "HEAD"], text=True)
        """,
        good="""
            def short(commit: str) -> str:
                return commit[:12]
        """,
    ),
    rule(
        code="PT504",
        name="unknown-exception",
        summary="an exception class that nobody knows",
        explanation="""
            `ErrorMapper` was given a class that is neither one of Python's exceptions nor registered. Where
            it stands in the hierarchy decides what catches it, so it is not guessed: register it with
            register_custom_exception and its base.
        """,
    ),
    rule(
        code="PT505",
        name="untranslatable-raise",
        summary="a raise that Rust can't say as it stands",
        explanation="""
            `ErrorMapper` writes the message that Python would show. It was given one that is computed, that
            Rust would print differently (a float, a repr), or fields that are not those of the class. Bind
            the text to a name before, as a str, and raise with that.
        """,
    ),
    rule(
        code="PT506",
        name="calls-in-python",
        summary="its Rust calls functions that stay in Python",
        explanation="""
            In a package (`build`, `verify`, `test`) Rust calls functions of the project that stay in
            Python: one is looked up at each call, arguments and result are converted, and an exception goes
            through Rust as the object that it is. The callee may only compute, since a call that Rust
            declines runs again in Python. Such a call costs more than one between two Python functions. In a
            crate (`translate`) the function is refused (PT501).
        """,
        bad="""
            def code_of(text: str) -> str:
                kind = type(text)
                return kind(text).upper()


            def checksum(text: str) -> int:
                total = 0
                for at, char in enumerate(code_of(text)):
                    total += (at + 1) * ord(char)
                return total % 97
        """,
        good="""
            def code_of(text: str) -> str:
                return text.upper()


            def checksum(text: str) -> int:
                total = 0
                for at, char in enumerate(code_of(text)):
                    total += (at + 1) * ord(char)
                return total % 97
        """,
    ),
)
