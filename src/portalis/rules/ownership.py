"""PT4xx: who owns a value, and who could see it change."""

from __future__ import annotations

from portalis.rules.authoring import rule

RULES = (
    rule(
        code="PT401",
        name="alias-then-mutation",
        summary="a value with two names is changed through one of them",
        explanation="""
            In Python both names see the change, and so does a container that the value was put in. Rust would
            copy or move it, and they would not. Make the copy explicit, or change the value before it gets
            its second place.
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
        summary="the result holds an object that is held elsewhere, too",
        explanation="""
            The caller reaches one object in two ways and can tell; Rust would give a copy. Return a new
            value, or nothing. A list that is returned as it is (`return xs`) is no such case, and neither
            is a part of an argument (PT608).
        """,
        bad="""
            def doubled(row: list[int]) -> list[list[int]]:
                return [row, row]
        """,
        good="""
            def doubled(row: list[int]) -> list[list[int]]:
                return [row.copy(), row.copy()]
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


            def twice(x: int) -> int:
                return add(x) + add(x)
        """,
        good="""
            def add(x: int, to: list[int]) -> int:
                to.append(x)
                return len(to)


            def twice(x: int) -> int:
                to: list[int] = []
                return add(x, to) + add(x, to)
        """,
    ),
    rule(
        code="PT404",
        name="set-order",
        summary="the order of a set can be seen in the result",
        explanation="""
            The order in which a set yields its members is not part of Python's promise and changes between
            runs for strings. No translation can be the same as that. Sort the members, or use a dict or a
            list. Loops that come to the same in every order (sums of ints, a greatest value, a flag, a set
            that grows, a list that is sorted afterwards) are translated; so are `max(s, key=f)`, `s.pop()`
            and `next(iter(s))`, which decline where the order decides.
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
        name="mutated-place",
        summary="what is changed is not a variable or an element of one",
        explanation="""
            A change in place is translated where it is plain whose value it is: a variable, or an element
            reached from one by an index, a key, or `setdefault` with an empty container. The result of any
            other call, or an element of a tuple, is not. Bind the value to its place first.
        """,
        bad="""
            def add(groups: dict[str, list[int]], key: str, x: int) -> None:
                groups.setdefault(key, [0]).append(x)
        """,
        good="""
            def add(groups: dict[str, list[int]], key: str, x: int) -> None:
                if key not in groups:
                    groups[key] = [0]
                groups[key].append(x)
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
