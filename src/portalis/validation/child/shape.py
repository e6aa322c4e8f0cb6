"""Parameter types as a child knows them, read from the parent's JSON."""

from __future__ import annotations

from dataclasses import dataclass

from .codec import Json
from .recipe import find_class

SCALARS = frozenset(
    {"int", "float", "str", "bool", "bytes", "bytearray", "decimal", "fraction", "none", "any", "empty"}
)
CONTAINERS = frozenset(
    {"list", "set", "frozenset", "dict", "tuple", "vartuple", "optional", "union", "deque"}
)
DICTS = frozenset({"dict", "counter", "defaultdict", "ordereddict"})
DATES = frozenset({"date", "datetime", "time", "timedelta"})


@dataclass(frozen=True, slots=True)
class Shape:
    """A type: `kind` is one of the names above, or "other", which no input can be made for; `parts` are its
    arguments.

    An "instance" is of the class `text` (`module:qualname`); its first part holds the shapes of its
    constructor's parameters, each further part those of the method that is its text. An "enum" is a
    member of the class `text`. An "empty" is a `text` ("list", "dict") without elements, where it
    would hold tuples deeper than are drawn. The last part of a "callable" is its result.
    """

    kind: str
    parts: tuple[Shape, ...] = ()
    text: str = ""


def read_shape(json: Json) -> Shape:
    """The shape written as `[kind, [parts…], text]`."""
    if not isinstance(json, list) or len(json) != 3:
        raise ValueError("not a shape")
    kind, parts, text = json
    if not isinstance(kind, str) or not isinstance(parts, list) or not isinstance(text, str):
        raise ValueError("not a shape")
    return Shape(kind, tuple(read_shape(part) for part in parts), text)


def members(shape: Shape) -> list[object]:
    """The members of an "enum" of the class `text`."""
    return list(iter(find_class(shape.text)))  # type: ignore[call-overload]


def can_make(shape: Shape) -> bool:
    """Whether inputs of this shape can be generated."""
    if shape.kind == "enum":
        return True
    if shape.kind == "instance":
        return all(map(can_make, shape.parts[0].parts))
    if shape.kind == "callable":
        return all(map(_is_written, shape.parts))
    if shape.kind not in SCALARS and shape.kind not in CONTAINERS | DICTS | DATES:
        return False
    return all(can_make(part) for part in shape.parts)


def _is_written(shape: Shape) -> bool:
    """Whether values of the shape may cross between Rust and a function that it is handed."""
    if shape.kind in ("tuple", "optional"):
        return all(map(_is_written, shape.parts))
    return shape.kind in ("int", "float", "str", "bool", "bytes", "none", "any")


def domain(shape: Shape) -> list[object] | None:
    """Every value of a small finite type, else None."""
    if shape.kind == "bool":
        return [False, True]
    if shape.kind == "enum":
        return list(members(shape))
    if shape.kind == "none":
        return [None]
    if shape.kind == "optional":
        inner = domain(shape.parts[0])
        return None if inner is None else [None, *inner]
    if shape.kind == "tuple":
        rows: list[tuple[object, ...]] = [()]
        for part in shape.parts:
            values = domain(part)
            if values is None or len(rows) * len(values) > 256:
                return None
            rows = [(*row, value) for row in rows for value in values]
        return list(rows)
    return None
