"""How instances of the project's classes can be made: by their constructor, then calls of their methods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portalis.compiler.types import OptionalOf, Shared, Type
from portalis.compiler.unit import CompiledProject, Param, RustFunction, StructClass


@dataclass(frozen=True, slots=True)
class ClassShape:
    """A class as `module:qualname`, the types its constructor takes, and what changes an instance.

    That is methods by name with the types they take; `=name` binds an attribute, `@name` leads the end of a
    chain of that attribute back to the instance.
    """

    key: str
    constructor: tuple[Type, ...]
    methods: tuple[tuple[str, tuple[Type, ...]], ...]
    members: tuple[str, ...] = ()
    """The members of an enumeration, which needs no making."""
    nesting: int = 0
    """How many descriptions of the class this one stands inside."""


ClassShapes = Mapping[str, ClassShape]
"""By full name."""


def class_shapes(compiled: CompiledProject) -> dict[str, ClassShape]:
    """The classes whose constructor is known: one that was translated, or a dataclass's."""
    functions = {item.key: item.rust for item in compiled.items}
    shapes: dict[str, ClassShape] = {}
    for one in compiled.structs:
        key = f"{one.module}:{one.qualname}"
        if one.members:
            shapes[one.fullname] = ClassShape(key, (), (), one.members)
            continue
        own = functions.get(f"{key}.__init__")
        if one.constructor is None or (own is not None and not _by_position(own.params)):
            continue
        methods = tuple(
            (found.rpartition(".")[2], tuple(param.type for param in rust.params[1:]))
            for found, rust in functions.items()
            if rust is not None and found.rpartition(".")[0] == key and _changes(rust, one)
        )
        shapes[one.fullname] = ClassShape(key, one.constructor, (*methods, *_stores(one)))
    return shapes


def _changes(rust: RustFunction, one: StructClass) -> bool:
    """Whether a method may change its receiver."""
    named = bool(rust.params) and rust.params[0].name == "self" and _by_position(rust.params)
    return named and (one.shared or rust.params[0].mutated)


def _by_position(params: Sequence[Param]) -> bool:
    """Whether every argument can be passed by position, as a recipe for an instance does."""
    return all(param.kind in ("positional_only", "positional_or_keyword") for param in params)


def _stores(one: StructClass) -> Iterator[tuple[str, tuple[Type, ...]]]:
    """What can be bound on an instance from outside: its attributes, and a way back to itself.

    So private methods, which are called on instances in the middle of a change, meet such ones too.
    """
    if one.frozen:
        return
    for field in one.fields:
        yield f"={field.name}", (field.type,)
        if one.shared and field.type == OptionalOf(Shared(one.fullname)):
            yield f"@{field.name}", ()
