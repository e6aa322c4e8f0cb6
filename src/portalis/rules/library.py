"""PT3xx: uses of libraries that have no exact twin."""

from __future__ import annotations

from portalis.rules.authoring import rule

RULES = (
    rule(
        code="PT301",
        name="unknown-function",
        summary="a function or method that is not in the support table",
        explanation="""
            Portalis translates library calls from a table of exact twins, listed in docs/support.md. This
            one is not in it, so the item stays Python. Adding a row is the easiest contribution: see
            docs/contributing.md.
        """,
        bad="""
            def named(c: str) -> str:
                return unicodedata.name(c)
        """,
        good="""
            def named(c: str) -> str:
                return f"U+{ord(c):04X}"
        """,
    ),
    rule(
        code="PT302",
        name="regular-expression",
        summary="a regular expression whose behaviour is not the same in Rust",
        explanation="""
            Patterns are translated where the Rust engine gives the same matches on every text. Not so:
            look-behind of varying width, conditional groups, locale flags, and patterns that are built at
            run time.
        """,
        bad=r"""
            def has(pattern: str, text: str) -> bool:
                return re.search(pattern, text) is not None
        """,
        good=r"""
            _PORT = re.compile(r'port\b')


            def has(text: str) -> bool:
                return _PORT.search(text) is not None
        """,
    ),
    rule(
        code="PT303",
        name="format-string",
        summary="a format string that is not translated",
        explanation="""
            Format specifications are translated for int, float and str. `%` with a dict, fields that look
            into their argument (`{0[0]}`), and specifications of other types are not.
        """,
        bad="""
            def show(n: int) -> str:
                return '%(n)8d' % {'n': n}
        """,
        good="""
            def show(n: int) -> str:
                return f'{n:>8}'
        """,
    ),
    rule(
        code="PT304",
        name="third-party-module",
        summary="a third-party module",
        explanation="""
            Code outside the project and the standard library has no translation. The function stays Python;
            keep the library call in Python and pass the values on.
        """,
        bad="""
            def norm(xs: list[float]) -> float:
                return float(numpy.linalg.norm(xs))
        """,
        good="""
            def norm(xs: list[float]) -> float:
                return math.sqrt(sum(x * x for x in xs))
        """,
    ),
    rule(
        code="PT305",
        name="argument-form",
        summary="a form of arguments that is not supported",
        explanation="""
            The function is in the support table, but not with these arguments: their number, types or
            keywords, or a starred argument whose length is not known.
        """,
        bad="""
            def farthest(a: int, b: int) -> int:
                return max(a, b, key=abs)
        """,
        good="""
            def farthest(a: int, b: int) -> int:
                return max([a, b], key=abs)
        """,
    ),
)
