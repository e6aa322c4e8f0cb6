"""PT7xx: what verification found, or why it could not find enough."""

from __future__ import annotations

from portalis.rules.authoring import rule

RULES = (
    rule(
        code="PT701",
        name="mismatch",
        summary="the Rust and the Python disagree",
        explanation="""
            On the input shown, the smallest that was found, the translation gave another result, another
            exception, other changes to its arguments or other output. This is a bug in Portalis, not in
            your code. The item stays Python, so nothing is wrong in what you run; please report the
            counter-example.
        """,
    ),
    rule(
        code="PT702",
        name="too-few-cases",
        summary="too few agreeing cases",
        explanation="""
            At least 64 distinct inputs must agree (or all there are). Fewer could be found within the
            budget, so the item is `compiled`, not `verified`, and stays Python. Doctests with typical
            arguments help most; `--effort thorough` searches longer.
        """,
        bad="""
            def parse(header: str) -> int:
                return int(header.split(':', 1)[1])
        """,
        good='''
            def parse(header: str) -> int:
                """The length in a header.

                >>> parse('Content-Length: 42')
                42
                """
                return int(header.split(':', 1)[1])
        ''',
    ),
    rule(
        code="PT703",
        name="lines-not-reached",
        summary="some lines were not reached",
        explanation="""
            At least 90 % of the item's lines must have been run by agreeing cases. The message names the
            lines that were not. A doctest that reaches them helps most; code that can't be reached can go.
        """,
    ),
    rule(
        code="PT704",
        name="only-exceptions",
        summary="every case raised",
        explanation="""
            No input was found on which the function returns normally, so its main work was never compared.
            A doctest with a valid argument helps.
        """,
        bad="""
            def check(code: str) -> str:
                if sha256(code.encode()).hexdigest() != EXPECTED:
                    raise ValueError
                return code
        """,
        good='''
            def check(code: str) -> str:
                """
                >>> check('open sesame')
                'open sesame'
                """
                if sha256(code.encode()).hexdigest() != EXPECTED:
                    raise ValueError
                return code
        ''',
    ),
    rule(
        code="PT705",
        name="callee-not-verified",
        summary="it calls an item that is not verified",
        explanation="""
            An item is verified only when everything it calls in the project is. The message names the
            callee; its own diagnostics say what is missing.
        """,
    ),
    rule(
        code="PT706",
        name="declined-too-often",
        summary="the Rust declines most inputs",
        explanation="""
            A decline hands the call back to Python: an integer beyond 64 bits, a value of another type than
            declared. When most inputs end so, Rust has no use here. Check that the annotations say what is
            really passed.
        """,
        bad="""
            def scale(x: float) -> float:  # always called with an int
                return x * 2
        """,
        good="""
            def scale(x: int) -> int:
                return x * 2
        """,
    ),
    rule(
        code="PT707",
        name="not-run",
        summary="not run, because it has effects",
        explanation="""
            Items that may touch files, processes, the network, the clock or the environment are never run
            on generated inputs. The Rust compiles; it is not used.
        """,
    ),
    rule(
        code="PT708",
        name="crashed-or-hung",
        summary="the Rust crashed or hung",
        explanation="""
            On the input shown the translation stopped its process or did not come back, while the original
            answered. This is a bug in Portalis. The item stays Python; please report the counter-example.
        """,
    ),
    rule(
        code="PT720",
        name="tests-not-run",
        summary="the project's own tests can't be run",
        explanation="""
            `portalis test` runs your suite with your own pytest, in a copy of the project, in the sandbox:
            without network, with your environment and home folder hidden. It could not start there, or found
            no test. The message has pytest's own last words; usually a plugin that your configuration names
            is not installed beside Portalis, or the tests need something outside the project's folder.
        """,
    ),
    rule(
        code="PT722",
        name="hybrid-not-imported",
        summary="the tests imported another copy of the package",
        explanation="""
            The tests ran in a copy of the project in which the hybrid package stands in the place of yours,
            and that copy is first on `sys.path`. They imported the package from elsewhere all the same, so
            they say nothing about the hybrid. An import hook of an editable install does that, or a conftest
            that puts an absolute path first. Install the project in the usual way, or not at all.
        """,
    ),
    rule(
        code="PT723",
        name="calls-not-recorded",
        summary="no calls were recorded from the project's own tests",
        explanation="""
            While your tests run in the sandbox, the arguments of their calls are taken down and used as
            inputs. This suite could not be run there, or only in part; verification goes on without. Name the
            tests to run with `tests` in `[tool.portalis]`; `tests = []` switches this off.
        """,
    ),
    rule(
        code="PT740",
        name="python-wavers",
        summary="the Python does not answer the same twice",
        explanation="""
            Asked again, the original answered otherwise: in the same process, or in another one, where texts
            have other hashes and objects other addresses. The order of a set, `id`, an address in a `repr`,
            a counter or the clock can be seen in its result, so that there is no answer to hold the Rust
            against. The item stays Python; the message shows both answers.
        """,
        bad="""
            def first_word(words: set[str]) -> str:
                for word in words:
                    return word
                return ''
        """,
        good="""
            def first_word(words: set[str]) -> str:
                return min(words, default='')
        """,
    ),
)
