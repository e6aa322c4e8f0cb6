"""PT4xx: who owns a value, and who could see it change."""

from __future__ import annotations

from portalis.rules.authoring import rule

RULES = (
    rule(
        code="PT401",
        name="alias-then-mutation",
        summary="a value with two names is changed through one of them",
        explanation="""
            In Python both names see the change. Rust would copy or move, and they would not. Make the copy
            explicit, or use one name.
        """,
        bad="""
            def f(xs: list[int]) -> int:
                ys = xs
                ys.append(1)
                return len(xs)
        """,
        good="""
            def f(xs: list[int]) -> int:
                ys = list(xs)
                ys.append(1)
                return len(xs)
        """,
    ),
    rule(
        code="PT402",
        name="returns-argument",
        summary="the function returns a mutable argument itself",
        explanation="""
            The caller gets the same object back and can tell (`f(xs) is xs`); Rust would give a copy.
            Return a new value, or nothing.
        """,
        bad="""
            def add(xs: list[int], x: int) -> list[int]:
                xs.append(x)
                return xs
        """,
        good="""
            def add(xs: list[int], x: int) -> list[int]:
                return [*xs, x]
        """,
    ),
    rule(
        code="PT403",
        name="mutable-default",
        summary="a mutable default that the function changes or returns",
        explanation="""
            The default is made once and shared by all calls, so each call sees what the last one left. Use
            None and make the value inside.
        """,
        bad="""
            def add(x: int, to: list[int] = []) -> int:
                to.append(x)
                return len(to)
        """,
        good="""
            def add(x: int, to: list[int] | None = None) -> int:
                if to is None:
                    to = []
                to.append(x)
                return len(to)
        """,
    ),
    rule(
        code="PT404",
        name="set-order",
        summary="the order of a set can be seen in the result",
        explanation="""
            The order in which a set yields its members is not part of Python's promise and changes between
            runs for strings. No translation can be the same as that. Sort the members, or use a dict or a
            list.
        """,
        bad="""
            def names(xs: set[str]) -> str:
                return ','.join(xs)
        """,
        good="""
            def names(xs: set[str]) -> str:
                return ','.join(sorted(xs))
        """,
    ),
    rule(
        code="PT405",
        name="mutates-while-iterating",
        summary="a container is changed while it is iterated",
        explanation="""
            Python defines this for lists (items are skipped or met twice) and raises for dicts and sets.
            Rust forbids it. Iterate over a copy, or build a new container.
        """,
        bad="""
            def drop(xs: list[int]) -> None:
                for x in xs:
                    if x < 0:
                        xs.remove(x)
        """,
        good="""
            def drop(xs: list[int]) -> None:
                xs[:] = [x for x in xs if x >= 0]
        """,
    ),
    rule(
        code="PT406",
        name="stored-and-mutated",
        summary="a value is put in a container and changed afterwards",
        explanation="""
            The container holds the same object, so the change shows in it. Rust moves or copies the value
            on the way in. Finish the value first, or put a copy in.
        """,
        bad="""
            def rows(n: int) -> list[list[int]]:
                row: list[int] = []
                out = [row]
                row.append(n)
                return out
        """,
        good="""
            def rows(n: int) -> list[list[int]]:
                row: list[int] = []
                row.append(n)
                return [row]
        """,
    ),
    rule(
        code="PT407",
        name="mutates-module-state",
        summary="a module-level value is changed",
        explanation="""
            Module-level containers are frozen into the Rust as they are after import. A function that
            changes one, or reads one that is changed elsewhere, stays Python. Pass the container in.
        """,
        bad="""
            _seen: set[str] = set()


            def first_time(s: str) -> bool:
                new = s not in _seen
                _seen.add(s)
                return new
        """,
        good="""
            def first_time(s: str, seen: set[str]) -> bool:
                new = s not in seen
                seen.add(s)
                return new
        """,
    ),
)
