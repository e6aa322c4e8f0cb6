"""Functions as inputs: the text of one, such as `(lambda a: a + 1)` or `math.sqrt`.

Both sides of a case are handed the same object: each text is evaluated once. The functions only compute, so
that Rust may call them; see `__portalis_callables__` in a built package.
"""

from __future__ import annotations

import functools
import math
import operator
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .shape import Shape

_NAMES = "abcdefgh"


@dataclass(frozen=True, slots=True)
class FunctionText:
    """A function by its Python source."""

    text: str

    def __repr__(self) -> str:
        return self.text

    def made(self) -> object:
        """The function itself, the same object each time."""
        return _evaluate(self.text)


@functools.cache
def _evaluate(text: str) -> object:
    function: object = eval(text, {"math": math, "operator": operator})
    return function


def write(shape: Shape, rng: random.Random, number: Callable[[], int]) -> FunctionText:
    """A function of a "callable" shape; `number` gives the constants in it."""
    *params, returns = shape.parts
    if rng.random() < 0.2 and (named := _named(params, returns)):
        return FunctionText(rng.choice(named))
    names = list(zip(_NAMES, params, strict=False))
    body = _expression(returns, names, rng, number)
    spelled = ", ".join(name for name, _ in names)
    return FunctionText(f"(lambda {spelled}: {body})" if spelled else f"(lambda: {body})")


_OF_ONE = {
    ("int", "int"): ("abs", "operator.neg", "int", "math.isqrt"),
    ("float", "float"): ("abs", "math.sqrt", "math.sin", "math.exp", "math.floor", "float"),
    ("str", "str"): ("str.upper", "str.strip", "str.title", "str"),
    ("str", "int"): ("len", "int", "ord"),
    ("str", "bool"): ("str.isdigit", "str.isalpha", "bool"),
    ("int", "str"): ("str", "hex", "chr"),
    ("int", "bool"): ("bool", "operator.truth"),
    ("bytes", "int"): ("len",),
    ("float", "int"): ("int", "round", "math.floor"),
    ("any", "any"): ("str", "bool", "operator.neg", "abs"),
    ("any", "bool"): ("bool", "operator.truth"),
    ("any", "int"): ("int", "len", "abs"),
    ("any", "str"): ("str", "repr"),
}
_OF_TWO = {
    "int": ("operator.add", "operator.mul", "operator.sub", "operator.floordiv", "max", "min", "math.gcd"),
    "float": ("operator.add", "operator.mul", "operator.truediv", "math.pow", "max", "math.hypot"),
    "str": ("operator.add", "max", "min"),
    "any": ("operator.add", "max", "min", "operator.mul"),
}


def _named(params: Sequence[Shape], returns: Shape) -> tuple[str, ...]:
    kinds = [param.kind for param in params]
    if len(kinds) == 1:
        return _OF_ONE.get((kinds[0], returns.kind), ())
    if len(kinds) == 2 and kinds == [returns.kind, returns.kind]:
        return _OF_TWO.get(returns.kind, ())
    return ()


def _expression(
    shape: Shape, names: Sequence[tuple[str, Shape]], rng: random.Random, number: Callable[[], int]
) -> str:
    """An expression of that type over parameters; now and then one that raises for some of their values."""

    def inner(part: Shape) -> str:
        return _expression(part, names, rng, number)

    def of(kind: str) -> list[str]:
        return [name for name, param in names if param.kind == kind]

    whole, real, text, anything = of("int"), of("float"), of("str"), of("any")
    constant = f"({number() % 100})" if rng.random() < 0.8 else f"({number()})"
    match shape.kind:
        case "int":
            choices = [constant, *whole, *(f"len({x})" for x in text)]
            choices += [f"int({x})" for x in (*real, *of("bool"))]
            for x in whole:
                choices += [f"{x} + {constant}", f"{x} * {x} - 2", f"-{x}", f"{x} % 7", f"abs({x}) // 3"]
                choices += [f"{constant} // {x}", f"{x} if {x} > {constant} else 0"]
            choices += [f"{x} - {y}" for x in whole for y in whole if x != y]
            choices += [f"{made}({x})" for x in anything for made in ("int", "len")]
            choices += [f"{x} * 10 + {y}" for x in whole for y in whole if x != y]
        case "float":
            choices = [f"{constant} / 4", *real, *(f"float({x})" for x in whole)]
            for x in real:
                choices += [f"{x} * 0.5", f"{x} * {x} - 2.0", f"1.0 / {x}", f"abs({x})", f"{x} - {constant}"]
            choices += [f"{x} - {y}" for x in real for y in real if x != y]
        case "str":
            choices = ["'x'", *text, *(f"str({x})" for x in (*whole, *real, *anything))]
            for x in text:
                choices += [f"{x}.upper()", f"{x} + 'y'", f"{x}[::-1]", f"{x}[1:]", f"{x}[0]"]
            choices += [f"{x} + {y}" for x in text for y in text if x != y]
        case "bool":
            choices = ["True", "False", *of("bool"), *(f"bool({x})" for x in (*whole, *text))]
            choices += [f"{x} > {constant}" for x in (*whole, *real)] + [f"{x} % 2 == 0" for x in whole]
            choices += _told(anything, constant)
            choices += [f"len({x}) > 2" for x in text] + [f"'a' in {x}" for x in text]
            kinds = (whole, real, text, anything)
            pairs = [(x, y) for xs in kinds for x in xs for y in xs if x != y]
            choices += [f"{x} {op} {y}" for x, y in pairs for op in ("<", "==")]
        case "bytes":
            choices = ["b'x'", *(name for name, param in names if param.kind == "bytes")]
        case "any":
            choices = _anything(anything, constant)
        case "optional":
            choices = ["None", inner(shape.parts[0]), inner(shape.parts[0])]
        case "tuple":
            parts = "".join(f"{inner(part)}, " for part in shape.parts)
            choices = [f"({parts.strip()})" if parts else "()"]
        case _:
            choices = ["None"]
    return rng.choice(choices)


def _anything(names: Sequence[str], constant: str) -> list[str]:
    """Expressions of any type over values of any type."""
    choices = [constant, *names, *names, *(f"str({x})" for x in names)]
    for x in names:
        choices += [f"{x} + {constant}", f"{x} + {x}", f"({x}, {constant})", f"-{x}"]
        choices += [f"None if {x} == {constant} else {x}"]
    return choices + [f"{x} + {y}" for x in names for y in names if x != y]


def _told(names: Sequence[str], constant: str) -> list[str]:
    """Tests of values of any type."""
    choices = [f"{x} {op} {constant}" for x in names for op in ("==", ">")]
    return choices + [f"isinstance({x}, {kind})" for x in names for kind in ("int", "str")]
