"""How instances of the project's classes can be made: by their constructor, then calls of their methods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portalis.compiler.types import Type
from portalis.compiler.unit import CompiledProject, RustFunction

_CONSTRUCTOR = ".__init__"


@dataclass(frozen=True, slots=True)
class ClassShape:
    """A class as `module:qualname`, the types its constructor takes, and the methods that change an instance."""

    key: str
    constructor: tuple[Type, ...]
    methods: tuple[tuple[str, tuple[Type, ...]], ...]


ClassShapes = Mapping[str, ClassShape]
"""By full name."""


def class_shapes(compiled: CompiledProject) -> dict[str, ClassShape]:
    """The classes whose constructor is known: one that was translated, or a dataclass's."""
    functions = {item.key: item.rust for item in compiled.items}
    shapes: dict[str, ClassShape] = {}
    for one in compiled.structs:
        key = f"{one.module}:{one.qualname}"
        constructor = functions.get(key + _CONSTRUCTOR)
        if constructor is not None:
            taken = tuple(param.type for param in constructor.params)
        elif key + _CONSTRUCTOR in functions:
            continue
        else:
            taken = tuple(field.type for field in one.fields)
        methods = tuple(
            (found.rpartition(".")[2], tuple(param.type for param in rust.params[1:]))
            for found, rust in functions.items()
            if rust is not None and found.rpartition(".")[0] == key and _changes(rust)
        )
        shapes[one.fullname] = ClassShape(key, taken, methods)
    return shapes


def _changes(rust: RustFunction) -> bool:
    return bool(rust.params) and rust.params[0].mutated
