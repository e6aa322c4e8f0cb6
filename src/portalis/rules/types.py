"""PT1xx: types that are unknown, mixed, or have no twin in Rust."""

from __future__ import annotations

from portalis.rules.authoring import rule

RULES = (
    rule(
        code="PT101",
        name="unknown-type",
        summary="the type of a value is not known",
        explanation="""
            mypy, which Portalis asks, answers `Any` or `object` here: a parameter without annotation whose
            uses don't tell, a container without type arguments, or a value from a library without types.
            Such a value can be computed with, compared, tested, shown, indexed and iterated, and has the
            methods of lists, dicts, sets and texts; other methods and attributes need its type, and instances
            never stand for it. Annotate it with the type it always has.
        """,
        bad="""
            def newest(queue):
                return queue.newest()
        """,
        good="""
            def newest(queue: list[str]) -> str:
                return queue[-1]
        """,
    ),
    rule(
        code="PT102",
        name="int-as-float",
        summary="an int stands where a float is declared",
        explanation="""
            Python keeps the int: an attribute declared float that is given `0` holds an int, prints as `0`
            and divides without rounding. A Rust field has one type, so translating this would change what is
            printed or returned. Write the float. Inside one function, variables, parameters and results that
            mix both become values of any type.
        """,
        bad="""
            class Account:
                def __init__(self) -> None:
                    self.balance: float = 0
        """,
        good="""
            class Account:
                def __init__(self) -> None:
                    self.balance = 0.0
        """,
    ),
    rule(
        code="PT103",
        name="unsupported-type",
        summary="values of this type are not translated",
        explanation="""
            There is no exact Rust twin for the type in Portalis' type table: an instance of a class, a type
            object, a module, a view of memory. The item stays Python. Passing the plain values it needs (an
            int, a str, a list) usually lets the rest translate.
        """,
        bad="""
            def twice(view: memoryview) -> list[memoryview]:
                return [view, view]
        """,
        good="""
            def twice(data: bytes) -> list[bytes]:
                return [data, data]
        """,
    ),
    rule(
        code="PT104",
        name="unsupported-union",
        summary="a union of several types",
        explanation="""
            A union that a signature or annotation names becomes an enum, and branches that give numbers or
            texts a value of any type. Here one of two branches gives something that can be changed in place
            and the other does not: annotate their union, or give both one type.
        """,
        bad="""
            def size(n: int, wide: bool) -> bool:
                return bool([n] if wide else str(n))
        """,
        good="""
            def size(n: int, wide: bool) -> bool:
                return True if wide else bool(str(n))
        """,
    ),
    rule(
        code="PT105",
        name="changing-type",
        summary="a variable changes its type",
        explanation="""
            A Rust variable has one type for its whole life within a scope. Bindings of several types are told
            apart where no read may find two of them; here one may. Use a second name.
        """,
        bad="""
            def show(n: int) -> str:
                if n < 0:
                    n = "negative"
                return f"{n}"
        """,
        good="""
            def show(n: int) -> str:
                if n < 0:
                    return "negative"
                return f"{n}"
        """,
    ),
    rule(
        code="PT106",
        name="unhashable-key",
        summary="a float or a mutable value as a key",
        explanation="""
            Keys of dicts and members of sets are compared and hashed. Floats have nan, which equals
            nothing, and share keys with ints (`1.0 == 1`); lists, dicts and sets have no hash. Use ints,
            strings, bytes, or tuples of them.
        """,
        bad="""
            def count(xs: list[float]) -> dict[float, int]:
                out: dict[float, int] = {}
                for x in xs:
                    out[x] = out.get(x, 0) + 1
                return out
        """,
        good="""
            def count(xs: list[int]) -> dict[int, int]:
                out: dict[int, int] = {}
                for x in xs:
                    out[x] = out.get(x, 0) + 1
                return out
        """,
    ),
    rule(
        code="PT107",
        name="invalid-annotation",
        summary="a text that is not a type annotation",
        explanation="""
            `TypeMapper` was given a text that Python could not read as an annotation (`List[`), that is no
            type (`3`), or whose type arguments are not those the type takes (`Dict[str]`). The span says
            where in the text.
        """,
    ),
    rule(
        code="PT108",
        name="unknown-type-name",
        summary="a name that no type is known by",
        explanation="""
            `TypeMapper` was given an annotation with a name that is neither in the type table nor registered
            (`List[Point]`). It never guesses: register the class with register_custom_type, register_struct
            or register_enum, an alias with register_alias and a TypeVar with register_type_variable, or add
            a row to the project's own type table.
        """,
    ),
)
