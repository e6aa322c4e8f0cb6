"""Functions inside a module's constants, by where they are found again: in a module, or in a line of one."""

from __future__ import annotations

import sys
import types
from dataclasses import dataclass


@dataclass(frozen=True)
class Function:
    """A function or builtin type by its module and qualified name; a lambda by a place in its body.

    `line` (from 1) and `column` (from 0, in bytes) are 0 where the name tells.
    """

    module: str
    qualname: str
    line: int = 0
    column: int = 0


def function_named(value: object) -> Function | None:
    """How a function is found again; None for what isn't one, or is found nowhere (a closure, a method).

    Only what says all of itself by its place is taken: a lambda with defaults or captured variables isn't.
    """
    if isinstance(value, types.FunctionType):
        if value.__name__ == "<lambda>":
            return _lambda(value)
    elif not isinstance(value, types.BuiltinFunctionType | types.MethodDescriptorType | type):
        return None
    owner = value.__objclass__ if isinstance(value, types.MethodDescriptorType) else value
    module, name = owner.__module__, value.__qualname__
    found: object = sys.modules.get(module)
    for part in name.split("."):
        found = vars(found).get(part) if isinstance(found, types.ModuleType | type) else None
    return Function(module, name) if found is value else None


def _lambda(value: types.FunctionType) -> Function | None:
    if value.__closure__ or value.__defaults__ or value.__kwdefaults__ or value.__code__.co_freevars:
        return None
    places = value.__code__.co_positions()
    found = next(((line, column) for line, _, column, _ in places if line is not None and column), None)
    return Function(value.__module__, "<lambda>", *found) if found is not None else None
