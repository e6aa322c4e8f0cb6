"""Which functions are decorators that wrap: their forms, as far as the source says all of it.

    def trace(func):                        def repeat(times):
        @functools.wraps(func)                  def decorator(func):
        def wrapper(*args, **kwargs):               def wrapper(*args, **kwargs):
            …func(*args, **kwargs)…                     …
        return wrapper                              return wrapper
                                                return decorator

The wrapper may name what is handed in (the function, the arguments of `repeat`), its own variables, and what
its module has; a decorator that does anything else when it decorates, or keeps something, has another form.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

_ARGUMENT = (ast.Constant, ast.UnaryOp, ast.USub, ast.Tuple, ast.Load)


@dataclass(frozen=True, slots=True)
class Wrapping:
    """A decorator as it is applied: the function that takes the place, and what it knows from outside.

    `taken` is its name for the function that it wraps, `given` the arguments of the decorator by the names
    that it has for them, `named` whether it goes by the name of what it wraps (`functools.wraps`).
    """

    module: str
    wrapper: ast.FunctionDef
    taken: str
    given: Mapping[str, ast.expr]
    named: bool


def applied(module: str, definition: ast.FunctionDef, decorator: ast.expr) -> Wrapping | None:
    """The form of a decorator with its definition in a module; None where it has none of those above."""
    if definition.decorator_list:
        return None
    if not isinstance(decorator, ast.Call):
        return _one_level(module, definition, {})
    inner = _returned_function(definition)
    given = _arguments(definition.args, decorator)
    return _one_level(module, inner, given) if inner is not None and given is not None else None


def _one_level(module: str, decorator: ast.FunctionDef, given: Mapping[str, ast.expr]) -> Wrapping | None:
    wrapper = None if decorator.decorator_list else _returned_function(decorator)
    match decorator.args:
        case ast.arguments(
            posonlyargs=[], args=[ast.arg(arg=taken)], vararg=None, kwonlyargs=[], kwarg=None, defaults=[]
        ) if wrapper is not None and taken not in given:
            pass
        case _:
            return None
    named = wraps(wrapper, taken)
    if wrapper.decorator_list and not named:
        return None
    return Wrapping(module, wrapper, taken, given, named)


def wraps(wrapper: ast.FunctionDef, taken: str) -> bool:
    """Whether a wrapper is under `functools.wraps` of the function that it wraps, and nothing else."""
    match wrapper.decorator_list:
        case [ast.Call(func=ast.Name(id="wraps") | ast.Attribute(attr="wraps"), args=[ast.Name(id=name)])]:
            return name == taken
        case _:
            return False


def _returned_function(function: ast.FunctionDef) -> ast.FunctionDef | None:
    """The function in a function that does nothing but define and return it."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    match body:
        case [ast.FunctionDef(name=name) as inner, ast.Return(value=ast.Name(id=returned))] if (
            name == returned
        ):
            return inner
        case _:
            return None


def _arguments(parameters: ast.arguments, call: ast.Call) -> dict[str, ast.expr] | None:
    """What the parameters of a factory are bound to, where all of it is written out; None elsewhere."""
    names = [one.arg for one in (*parameters.posonlyargs, *parameters.args)]
    if parameters.vararg or parameters.kwarg or len(call.args) > len(names):
        return None
    found = dict(zip(names[len(names) - len(parameters.defaults) :], parameters.defaults, strict=True))
    for one, default in zip(parameters.kwonlyargs, parameters.kw_defaults, strict=True):
        names.append(one.arg)
        if default is not None:
            found[one.arg] = default
    found |= dict(zip(names, call.args, strict=False))
    for keyword in call.keywords:
        if keyword.arg is None or keyword.arg not in names:
            return None
        found[keyword.arg] = keyword.value
    literal = all(isinstance(node, _ARGUMENT) for value in found.values() for node in ast.walk(value))
    return found if literal and found.keys() == set(names) else None
