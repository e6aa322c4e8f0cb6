"""PT6xx: values and functions that do not cross between Python and Rust."""

from __future__ import annotations

from portalis.rules.authoring import rule

RULES = (
    rule(
        code="PT601",
        name="cannot-cross",
        summary="a parameter or result can't cross between Python and Rust",
        explanation="""
            Inside Rust the function works, but a Python caller passes or expects something that has no
            exact form on the other side: a function, an iterator, a container whose elements are changed.
            Python callers keep the Python; Rust callers use the Rust.
        """,
        bad="""
            def apply(f: Callable[[int], int], xs: list[int]) -> list[int]:
                return [f(x) for x in xs]
        """,
        good="""
            def doubled(xs: list[int]) -> list[int]:
                return [2 * x for x in xs]
        """,
    ),
    rule(
        code="PT602",
        name="kept-internal",
        summary="kept inside Rust: crossing would cost more than the call",
        explanation="""
            The function looks at a small part of a container, as a binary search does. Converting the whole
            container at each call would be of a worse order of growth than the Python. Python callers keep
            the Python (`runs: internal`); Rust callers use the Rust.
        """,
        bad="""
            def middle(xs: list[int]) -> int:
                return xs[len(xs) // 2]
        """,
        good="""
            def middles(rows: list[list[int]]) -> list[int]:
                return [row[len(row) // 2] for row in rows]
        """,
    ),
)
