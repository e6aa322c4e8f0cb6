"""PT2xx: parts of the language that are not translated, or not in this form."""

from __future__ import annotations

from portalis.rules.authoring import rule

RULES = (
    rule(
        code="PT201",
        name="class",
        summary="a class, or a use of one, that is not translated",
        explanation="""
            A class becomes a Rust struct when all its attributes are bound in `__init__` (or it is a
            dataclass or named tuple) with types that are known, and its body holds only methods, fields and
            constants; its base classes, if any, are such classes of the project. An
            `Enum` becomes a Rust enum. Instances that hold instances of their own class, as nodes do, are
            shared in Rust too. Other classes, their methods and the functions that use them stay Python; the
            message says why.
        """,
        bad="""
            class Stack(list[int]):
                def peek(self) -> int:
                    return self[-1]
        """,
        good="""
            class Stack:
                def __init__(self) -> None:
                    self.items: list[int] = []

                def peek(self) -> int:
                    return self.items[-1]
        """,
    ),
    rule(
        code="PT202",
        name="generator",
        summary="a form of generators that is not translated",
        explanation="""
            A function with `yield` becomes a Rust iterator. What has no form there is what a caller can do
            besides taking the next item: `send` and `throw`, so the value of a `yield` can't be used, and
            closing it early, so no `yield` can stand where that would run a handler or `finally`. Iterators
            that are stored, and lists of them, are not translated either.
        """,
        bad="""
            def totals(n: int) -> Generator[int, int, None]:
                total = n
                while total:
                    total += yield total
        """,
        good="""
            def totals(xs: list[int]) -> Iterator[int]:
                total = 0
                for x in xs:
                    total += x
                    yield total
        """,
    ),
    rule(
        code="PT203",
        name="decorator",
        summary="a decorator that is not translated",
        explanation="""
            A decorator may replace the function by anything. One that gives back the function that it is
            given (a registry, a mark) is none for Rust. One of the project that wraps is written out: it
            defines a function and returns it, and that calls the one it is given with its own arguments,
            or with `*args, **kwargs`; what is handed to the decorator is a literal (PT606).
            `functools.cache` and `lru_cache` are translated: on a function inside a function as a dict
            that the owner holds, on a function of the module as a cache that Rust callers share (PT605).
            Where that could be seen, the function has to be one that only computes. Behind any other
            decorator the function stays Python. Put the work in an undecorated function and let the
            decorated one call it.
        """,
        bad="""
            @retry(3)
            def checksum(text: str) -> int:
                return sum(map(ord, text)) % 97
        """,
        good="""
            def checksum(text: str) -> int:
                return sum(map(ord, text)) % 97
        """,
    ),
    rule(
        code="PT204",
        name="match-statement",
        summary="a match statement that is not translated",
        explanation="""
            `match` is translated for values whose types are known: literals, captures, sequences with and
            without a star, mappings, classes, alternatives and guards. Not translated: alternatives inside
            a pattern that bind names, a name that is bound by a case whose guard may fail and read
            elsewhere, and patterns that ask more of an `Any` than what it is.
        """,
        bad="""
            def other(p: tuple[int, tuple[int, int]]) -> int:
                match p:
                    case (1, (0, n) | (n, 0)):
                        return n
                return -1
        """,
        good="""
            def other(p: tuple[int, tuple[int, int]]) -> int:
                match p:
                    case (1, (0, n)):
                        return n
                    case (1, (n, 0)):
                        return n
                return -1
        """,
    ),
    rule(
        code="PT205",
        name="global-or-nonlocal",
        summary="a global statement, or a name bound again at module level",
        explanation="""
            The function rebinds a name that outlives the call, which other Python code can see. It stays
            Python. Return the value instead.
        """,
        bad="""
            _count = 0

            def bump() -> int:
                global _count
                _count += 1
                return _count
        """,
        good="""
            def bump(count: int) -> int:
                return count + 1
        """,
    ),
    rule(
        code="PT206",
        name="star-arguments",
        summary="`*` or `**` whose arguments are not known beforehand",
        explanation="""
            A function that takes `*args: T` gets a slice in Rust, and `**kwargs: T` a dict. A call may pass a
            sequence or a dict on to them. Not translated: `*xs` for parameters with names, since how many
            arguments there are would be known only when the call is made; `**d` for such, unless the dict
            is written in the call; nested functions that take `*` or `**`.
        """,
        bad="""
            def area(width: int, height: int) -> int:
                return width * height


            def first(sides: list[int]) -> int:
                return area(*sides)
        """,
        good="""
            def area(width: int, height: int) -> int:
                return width * height


            def first(sides: list[int]) -> int:
                width, height = sides
                return area(width, height)
        """,
    ),
    rule(
        code="PT207",
        name="with-statement",
        summary="a with statement that is not translated",
        explanation="""
            `with` is translated for classes of the project whose `__exit__` doesn't look at what was raised,
            for text files, and for `contextlib.suppress`, `closing` and `nullcontext`. Other context
            managers, mostly around locks and connections, stay Python: keep them there and pass values.
        """,
        bad="""
            import threading

            def add(lock: threading.Lock, counts: dict[str, int], word: str) -> None:
                with lock:
                    counts[word] = counts.get(word, 0) + 1
        """,
        good="""
            def add(counts: dict[str, int], word: str) -> None:
                counts[word] = counts.get(word, 0) + 1
        """,
    ),
    rule(
        code="PT208",
        name="async",
        summary="an async function",
        explanation="""
            Coroutines belong to Python's event loop. The function stays Python; what it computes between
            the awaits can be a plain function, which translates.
        """,
        bad="""
            async def parse(reader: Reader) -> int:
                return sum(await reader.read())
        """,
        good="""
            def parse(data: bytes) -> int:
                return sum(data)
        """,
    ),
    rule(
        code="PT209",
        name="unsupported-statement",
        summary="a statement that is not translated",
        explanation="""
            This statement has no translation yet, or none that is exact: `del` of an attribute, an import
            inside a function, a type alias statement, and the like.
        """,
        bad="""
            def f(xs: list[int], n: int) -> None:
                xs[0] = xs[1] = double(n)
        """,
        good="""
            def f(xs: list[int], n: int) -> None:
                value = double(n)
                xs[0] = value
                xs[1] = value
        """,
    ),
    rule(
        code="PT210",
        name="dynamic-feature",
        summary="a dynamic feature",
        explanation="""
            What happens is decided by text or by names at run time: `eval`, `exec`, `getattr` with a
            computed name, `__import__`, `globals()`. Nothing can be known beforehand, so the function stays
            Python. A dict of functions, or `if`/`elif`, says the same statically.
        """,
        bad="""
            def total(text: str) -> int:
                return int(eval(text))
        """,
        good="""
            def total(text: str) -> int:
                return sum(int(part) for part in text.split("+"))
        """,
    ),
    rule(
        code="PT211",
        name="captured-variable",
        summary="a nested function captures a variable in a way that is not translated",
        explanation="""
            A nested function that changes what it captures, calls itself, or captures what its owner binds
            again is handed those variables at each call. That takes a function that is only called, and
            stands before its first call; a `nonlocal` variable that is an int, a float or a bool; and
            captured variables whose types are known. Elsewhere, pass the value as a parameter.
        """,
        bad="""
            def f(n: int) -> str:
                text = "a"

                def g() -> None:
                    nonlocal text
                    text += "b"
                for _ in range(n):
                    g()
                return text
        """,
        good="""
            def f(n: int) -> str:
                text = "a"

                def g(text: str) -> str:
                    return text + "b"
                for _ in range(n):
                    text = g(text)
                return text
        """,
    ),
    rule(
        code="PT212",
        name="unsupported-try",
        summary="a form of try that is not translated",
        explanation="""
            `try/except/else/finally` is translated where each `except` names exception classes that
            Portalis knows. Not translated: `except*` and exception groups, classes computed at run time, and
            use of the exception object beyond its text.
        """,
        bad="""
            def f(s: str) -> int:
                n = 0
                try:
                    n = int(s)
                except* ValueError:
                    n = -1
                return n
        """,
        good="""
            def f(s: str) -> int:
                try:
                    return int(s)
                except ValueError:
                    return 0
        """,
    ),
    rule(
        code="PT213",
        name="possibly-unbound",
        summary="a variable that may not be bound",
        explanation="""
            On some path the variable is read before it is given a value, and Python would raise
            UnboundLocalError there. A variable starts as None in Rust then, and such a call is declined. One
            that may be None anyway, is an iterator or a function, or is seen by a nested function needs a
            value on every path.
        """,
        bad="""
            def ends(rows: list[int | None]) -> bool:
                for row in rows:
                    kept = row
                return kept is None
        """,
        good="""
            def ends(rows: list[int | None]) -> bool:
                kept: int | None = None
                for row in rows:
                    kept = row
                return kept is None
        """,
    ),
    rule(
        code="PT214",
        name="unsupported-expression",
        summary="an expression that is not translated",
        explanation="""
            This expression has no translation yet, or none that is exact for these types. The message names
            the operator and the types it met.
        """,
        bad="""
            def same(xs: list[int], ys: list[int]) -> bool:
                return xs is ys
        """,
        good="""
            def same(xs: list[int], ys: list[int]) -> bool:
                return xs == ys
        """,
    ),
    rule(
        code="PT215",
        name="function-as-value",
        summary="a function used as a value in a way that is not translated",
        explanation="""
            Functions, lambdas and bound methods can be handed on, stored and returned where their types
            say what they take and give. Open are: callables whose parameters are not known
            (`Callable[..., int]`), functions that change what they are given or capture, and `partial`
            with keywords. A captured variable must be bound once, outside of loops (PT211).
        """,
        bad="""
            from collections.abc import Callable

            def twice(f: Callable[..., int], x: int) -> int:
                return f(f(x))
        """,
        good="""
            from collections.abc import Callable

            def twice(f: Callable[[int], int], x: int) -> int:
                return f(f(x))
        """,
    ),
    rule(
        code="PT216",
        name="program",
        summary="what runs as a program can't be told from what runs when the module is loaded",
        explanation="""
            The block below `if __name__ == "__main__":` becomes the `main` of a binary. It stands last, and
            what it binds is its own: no function reads it, and no name of the module is bound again. Rust
            takes the values of a module as they are after it was loaded, so loading may do nothing else that
            counts: a program that prints, seeds a generator or configures a log when it is loaded would not
            do it in Rust.
        """,
        bad="""
            def describe() -> str:
                return f"{count} lines"


            if __name__ == "__main__":
                count = 3
                print(describe())
        """,
        good="""
            def describe(count: int) -> str:
                return f"{count} lines"


            if __name__ == "__main__":
                count = 3
                print(describe(count))
        """,
    ),
)
