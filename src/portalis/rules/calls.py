"""PT5xx: calls that leave the translated code, and effects."""

from __future__ import annotations

from portalis.rules.authoring import rule

RULES = (
    rule(
        code="PT501",
        name="calls-python",
        summary="it calls an item that stays Python",
        explanation="""
            The callee was refused (its own diagnostic says why) and Rust does not call back into Python.
            Once the callee translates, so does this.
        """,
        bad="""
            def label(n: int) -> str:
                return describe(n)  # describe() takes **kwargs
        """,
        good="""
            def label(n: int) -> str:
                return f'item {n}'
        """,
    ),
    rule(
        code="PT502",
        name="calls-unknown",
        summary="it calls something that is not known",
        explanation="""
            The callee is a value whose definition can't be found: a parameter without a Callable type, an
            attribute, an item of a container. Call a function by its name.
        """,
        bad="""
            def run(handlers: dict[str, Any], x: int) -> int:
                return handlers['run'](x)
        """,
        good="""
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
        """,
        bad="""
            def size(path: str) -> int:
                return len(open(path).read().split())
        """,
        good="""
            def size(text: str) -> int:
                return len(text.split())
        """,
    ),
)
