"""Who calls a function, as far as the names in its module's code say, straight or through others."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .hints import nested_codes
from .recipe import find_class
from .shape import Shape
from .subject import Project, Signature, find_function

_FURTHEST = 4
_MOST = 8


@dataclass(frozen=True, slots=True)
class Caller:
    """A function that may call the subject, taking every argument by position."""

    signature: Signature
    call: Callable[..., object]


def callers(project: Project, key: str) -> list[Caller]:
    """The functions of the module that lead to the one named `key`; those without parameters, which make
    their own inputs, come first, then the nearest.
    """
    module, _, qualname = key.partition(":")
    own = [method for shape in project.signatures[key].shapes for method in _methods(shape)]
    known = {one.key: one for one in (*own, *project.by_module(module))}
    waiting = {
        one: function.__code__
        for one in known.values()
        if one.key != key and not one.keywords and not one.lazy
        if (function := _function(one.key)) is not None
    }
    wanted, found = set(_names(qualname)), list[Signature]()
    for _ in range(_FURTHEST):
        near = [one for one, code in waiting.items() if not wanted.isdisjoint(_used(code))]
        found += near
        wanted = {name for one in near for name in _names(one.key.partition(":")[2])}
        waiting = {one: code for one, code in waiting.items() if one not in near}
    found.sort(key=lambda one: bool(one.shapes))
    return [Caller(one, _entry(one.key)) for one in found[:_MOST]]


def _methods(shape: Shape) -> Iterator[Signature]:
    """What may be called on an instance, and what makes it, translated or not."""
    if shape.kind in ("optional", "union"):
        for part in shape.parts:
            yield from _methods(part)
    elif shape.kind == "instance":
        taken = shape.parts[0].parts
        yield _signature(f"{shape.text}.__init__", taken)
        for method in shape.parts[1:]:
            if method.text[:1] not in "@=&*":
                yield _signature(f"{shape.text}.{method.text}", (shape, *method.parts))


def _signature(key: str, shapes: tuple[Shape, ...]) -> Signature:
    names = tuple(f"argument_{at}" for at in range(len(shapes)))
    return Signature(key, names, shapes, len(shapes), (), Shape("other"))


def _function(key: str) -> types.FunctionType | None:
    try:
        return find_function(key)[0]
    except (LookupError, AttributeError):
        return None


def _entry(key: str) -> Callable[..., object]:
    """What is called: of a constructor, the class."""
    owner, _, name = key.rpartition(".")
    return find_class(owner) if name == "__init__" else find_function(key)[1]


def _names(qualname: str) -> Iterator[str]:
    """What code says that uses it: its name, mangled where it is private; of a constructor, its class."""
    owner, _, name = qualname.rpartition(".")
    kind = owner.rpartition(".")[2]
    if name == "__init__":
        yield kind
    elif name.startswith("__") and not name.endswith("__"):
        yield f"_{kind.lstrip('_')}{name}"
    else:
        yield name


def _used(code: types.CodeType) -> Iterator[str]:
    for inner in nested_codes(code):
        yield from inner.co_names
