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
            exact form on the other side: a function, an iterator, a list whose inner lists change places.
            Python callers keep the Python; Rust callers use the Rust. As a note: which inner list is which
            could not be told for Python callers; what the call leaves in them was verified all the same.
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
    rule(
        code="PT603",
        name="instance-internal",
        summary="kept inside Rust: instances of the class stay Python objects for Python callers",
        explanation="""
            Inside Rust an instance is a struct. For Python callers the class is still the Python class, and
            copying its attributes in and out at each call would cost more than the call. So methods, and
            functions that take or give instances, run as Python for Python callers (`runs: internal`), and
            as Rust for Rust callers: a function that makes instances, works on them and returns plain data
            gains.
        """,
        bad="""
            class Stack:
                def __init__(self) -> None:
                    self.items: list[int] = []

                def push(self, item: int) -> None:
                    self.items.append(item)
        """,
        good="""
            class Stack:
                def __init__(self) -> None:
                    self.items: list[int] = []

                def push(self, item: int) -> None:
                    self.items.append(item)

            def reversed_list(xs: list[int]) -> list[int]:
                stack = Stack()
                for x in xs:
                    stack.push(x)
                return stack.items[::-1]
        """,
    ),
    rule(
        code="PT604",
        name="iterator-internal",
        summary="kept inside Rust: Python callers get Python's own generator",
        explanation="""
            A generator that Python code holds can be asked for its frame, be sent values and be closed, and
            what it was given can change while it waits. So Python callers get the Python one
            (`runs: internal`), and Rust callers a Rust iterator: a function that makes a generator and uses
            it up gains. Verification compares the items of both, how they end, and what was printed.
        """,
        bad="""
            def evens(xs: list[int]) -> Iterator[int]:
                for x in xs:
                    if x % 2 == 0:
                        yield x
        """,
        good="""
            def evens(xs: list[int]) -> Iterator[int]:
                for x in xs:
                    if x % 2 == 0:
                        yield x

            def total(xs: list[int]) -> int:
                return sum(evens(xs))
        """,
    ),
    rule(
        code="PT605",
        name="cache-internal",
        summary="kept inside Rust: Python callers get Python's own cache",
        explanation="""
            A function under `functools.cache` or `lru_cache` has `cache_info` and `cache_clear`. So Python
            callers get the Python one (`runs: internal`), and Rust callers a Rust function with a cache of
            its own. It only computes, so nobody can tell from an answer which cache it came from; the
            counts of `cache_info` are those of Python callers.
        """,
        bad="""
            import functools

            @functools.cache
            def ways(n: int) -> int:
                return 1 if n < 2 else ways(n - 1) + ways(n - 2)
        """,
        good="""
            import functools

            @functools.cache
            def ways(n: int) -> int:
                return 1 if n < 2 else ways(n - 1) + ways(n - 2)

            def all_ways(limit: int) -> int:
                return sum(ways(n) for n in range(limit))
        """,
    ),
    rule(
        code="PT606",
        name="wrapped-internal",
        summary="decorated by wrappers of the project: Python callers get Python's own",
        explanation="""
            What a decorator of the project puts in the place of a function is a function that the decorator
            made, and has the arguments `*args` and `**kwargs` in Python. Python callers keep it
            (`runs: internal`); Rust callers get a Rust function with the parameters of the one that is
            wrapped, which does what the wrapper does and calls it.
        """,
        bad="""
            import functools

            def announced(function):
                @functools.wraps(function)
                def wrapper(*args, **kwargs):
                    print("calling", function.__name__)
                    return function(*args, **kwargs)
                return wrapper

            @announced
            def double(n: int) -> int:
                return 2 * n
        """,
        good="""
            def double(n: int) -> int:
                print("calling", "double")
                return 2 * n
        """,
    ),
    rule(
        code="PT607",
        name="detour-internal",
        summary="kept inside Rust: Python functions that it calls do the work",
        explanation="""
            The function calls functions that stay in Python, and does no more beside them than hand values
            on: no loop of its own comes round without such a call. For a Python caller the Rust would be a
            detour. Or it changes an argument, and other threads, which run while a Python function does,
            could change the same. Python callers keep the Python (`runs: internal`); Rust callers use the
            Rust.
        """,
        bad="""
            def code_of(text: str) -> str:
                kind = type(text)
                return kind(text).upper()


            def is_code(text: str) -> bool:
                return len(code_of(text)) == 4
        """,
        good="""
            def code_of(text: str) -> str:
                return text.upper()


            def is_code(text: str) -> bool:
                return len(code_of(text)) == 4
        """,
    ),
    rule(
        code="PT608",
        name="result-internal",
        summary="kept inside Rust: its result is a part of what Python callers hold",
        explanation="""
            The result is, or holds, a list, dict or set that an argument holds as well. Rust gives a copy,
            and Rust callers that could tell the two apart are refused (PT401). To Python callers an object
            is known by its identity, so they get the Python function (`runs: internal`). A list or dict that
            is an argument itself, unchanged, crosses as that very object.
        """,
        bad="""
            def longest(rows: list[list[int]]) -> list[int]:
                return max(rows, key=len)
        """,
        good="""
            def longest(rows: list[list[int]]) -> list[int]:
                return max(rows, key=len)

            def width(rows: list[list[int]]) -> int:
                return sum(longest(rows))
        """,
    ),
)
