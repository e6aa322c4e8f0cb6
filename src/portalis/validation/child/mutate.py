"""Small changes to a value: how the search moves from an input that went somewhere new to its neighbours."""

from __future__ import annotations

import datetime
import math
import random
import string
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TypeVar

from . import exact
from .any_value import INSIDE, hashed
from .dict_like import is_dict, remade
from .draw import Drawer
from .function_text import FunctionText
from .lives import call
from .odd import BLANKS, EDGES, INSERTED, STRANGE, WITHIN
from .recipe import Recipe
from .shape import DICTS, Shape

T = TypeVar("T")

_MOST_PLACES = 32
_MOST_EDGED = 40


def mutate(value: object, shape: Shape, drawer: Drawer) -> object:
    """A changed copy of `value`, of the same shape; `value` itself is never touched."""
    rng = drawer.rng
    if shape.kind == "optional":
        if value is None or rng.random() < 0.08:
            return drawer.draw(shape)
        return mutate(value, shape.parts[0], drawer)
    if shape.kind == "enum" or rng.random() < 0.04:
        return drawer.draw(shape)
    match value:
        case bool() | None:
            return drawer.draw(shape)
        case int():
            return _integer(value, drawer)
        case float():
            return _real(value, drawer)
        case str():
            return text(value, drawer)
        case bytes() | bytearray():
            return type(value)(_sequence(list(value), drawer, lambda: rng.randrange(256)))
        case datetime.date() | datetime.time() | datetime.timedelta():
            return _moment(value, shape, drawer)
        case Decimal() | Fraction():
            return exact.mutate(value, rng)
        case Recipe() if shape.kind == "union":
            own = next((part for part in shape.parts if part.text == value.key), None)
            return drawer.draw(shape) if own is None else mutate(value, own, drawer)
        case Recipe():
            return _recipe(value, shape, drawer)
        case FunctionText():
            return drawer.draw(shape)
        case _:
            return _container(value, shape, drawer)


def _recipe(value: Recipe, shape: Shape, drawer: Drawer) -> Recipe:
    """Another call, one less, or a call with other arguments."""
    rng = drawer.rng
    constructor, *methods = shape.parts
    calls = list(value.calls)
    at = rng.randrange(len(calls) + 1)
    roll = rng.random()
    if methods and (roll < 0.5 or not calls):
        calls.insert(at, call(drawer, methods, 0))
    elif roll < 0.7 and calls:
        del calls[at - 1]
    elif calls:
        name, args = calls.pop(at - 1)
        # What stands inside another instance may have been drawn with more methods than are described there.
        taken = next((method for method in methods if method.text == name), None)
        if taken is not None:
            pairs = zip(args, taken.parts, strict=True)
            changed = tuple(mutate(arg, part, drawer) for arg, part in pairs)
            calls.insert((at or len(calls) + 1) - 1, (name, changed))
    elif constructor.parts:
        return drawer.instance(shape, 0)
    return replace(value, calls=tuple(calls))


def neighbours(value: object) -> list[object]:
    """Edits that every accepted input is put through, because they tell look-alike translations apart.

    White space and a line's end about a string, its case, digits of other scripts; the numbers next to a
    number; a sequence reversed, doubled, and without an end.
    """
    match value:
        case bool() | Enum() | None:
            return []
        case int():
            return [value + 1, value - 1, -value, value * 10, value // 10, *EDGES]
        case float():
            return [-value, math.nextafter(value, math.inf), math.nextafter(value, -math.inf), value + 0.5]
        case str():
            return list(_text_neighbours(value))
        case list() | tuple() if type(value) in (list, tuple):
            kind, items = type(value), list(value)
            turned = [
                items[::-1],
                items * 2,
                items[1:],
                items[:-1],
                items[:1] * len(items),
                items[1:] + items[:1],
            ]
            return [kind(changed) for changed in (*turned, *_with_edges(items))]
        case dict() if is_dict(value) and value:
            pairs = list(value.items())
            keys, items = list(value), list(value.values())
            turned = [pairs[::-1], pairs[1:], pairs[:-1]]
            edged = [list(zip(keys, changed, strict=True)) for changed in _with_edges(items)]
            return [remade(value, changed) for changed in (*turned, *edged)]
        case _:
            return []


def _text_neighbours(value: str) -> list[str]:
    """The neighbours of a string."""
    around = [value + "\n", value + " ", " " + value, "\t" + value, value + "\u00a0", value + "\x00"]
    cut = [value[:-1], value[1:], value + value[-1:], value * 3, value.replace(" ", "").replace("-", "")]
    cases = [value.upper(), value.lower(), value.swapcase()]
    middle = len(value) // 2
    split = [value[:middle] + separator + value[middle:] for separator in (" ", "-", ".", "\n")]
    strange = [value[:middle] + other + value[middle + 1 :] for other in WITHIN] if value else []
    strange += [other + value[1:] for other in "é\u0663"] + [value[:-1] + other for other in "é\u0663"]
    ends = [value + other for other in (*WITHIN, *BLANKS)] + [blank + value for blank in BLANKS]
    return [*around, *cut, *cases, *split, *_other_digits(value), *strange, *ends]


def _with_edges(items: list[object]) -> list[list[object]]:
    """The items with the first integer, the last and all of them at the ends of 64 bits; in a sequence of
    sequences, inside of its first and its last.
    """
    places = [at for at, item in enumerate(items) if type(item) is int]
    made: list[list[object]] = []
    if places:
        for edge in EDGES:
            made += [
                [edge if at in chosen else item for at, item in enumerate(items)]
                for chosen in ({places[0]}, {places[-1]}, set(places))
            ]
        if len(items) > 1 and len(places) == len(items):
            # Two numbers that leave 64 bits only together, and in one order only.
            made += [[2**63 - 1, 1, *items[2:]], [1, 2**63 - 1, *items[2:]], [-1, -(2**63), *items[2:]]]
    for at in sorted({0, len(items) - 1}):
        inner = items[at] if items else None
        if isinstance(inner, (list, tuple)) and type(inner) in (list, tuple):
            made += [[*items[:at], type(inner)(one), *items[at + 1 :]] for one in _with_edges(list(inner))]
    return made[:_MOST_EDGED]


def other_classes(value: str) -> list[str]:
    """The string with each of its characters in turn made one of another class: a letter for a digit, a digit
    for a letter, a letter for anything else.
    """
    made: list[str] = []
    for at, character in enumerate(value[:_MOST_PLACES]):
        others = "A" if character.isdigit() else "1" if character.isalpha() else "a1"
        made += [value[:at] + other + value[at + 1 :] for other in others]
    return made


def _other_digits(value: str) -> list[str]:
    """The string with its last decimal digit in another script, and as a digit that is not decimal."""
    for at in range(len(value) - 1, -1, -1):
        if value[at] in string.digits:
            digit = int(value[at])
            others = (chr(0x0660 + digit), chr(0xFF10 + digit), "²")
            return [value[:at] + other + value[at + 1 :] for other in others]
    return []


def _integer(value: int, drawer: Drawer) -> int:
    rng = drawer.rng
    changed = rng.choice(
        (
            value + 1,
            value - 1,
            -value,
            value * 2,
            value // 2,
            value * 10,
            value // 10,
            value ^ 1,
            value + 7,
            value % 10,
        )
    )
    return drawer.caps.clamp(changed)


def _real(value: float, drawer: Drawer) -> float:
    choices = (
        -value,
        value + 1.0,
        value - 1.0,
        value * 2.0,
        value / 2.0,
        value * 10.0,
        math.nextafter(value, math.inf),
        math.nextafter(value, -math.inf),
        round(value, 1) if math.isfinite(value) else 0.0,
        float(math.trunc(value)) if math.isfinite(value) else 1.0,
    )
    return drawer.rng.choice(choices)


def text(value: str, drawer: Drawer) -> str:
    """One or two edits of a string: characters, digits, case, separators, white space, truncation, literals
    spliced in.
    """
    rng = drawer.rng
    for _ in range(1 if rng.random() < 0.7 else 2):
        value = _edit(value, drawer)
    return value[: 4 * drawer.caps.length]


def _edit(value: str, drawer: Drawer) -> str:
    rng = drawer.rng
    if not value:
        return drawer.run() or rng.choice(INSERTED)
    at = rng.randrange(len(value))
    match rng.randrange(16):
        case 0 | 1 | 2 | 3:
            return value[:at] + _similar(value[at], rng) + value[at + 1 :]
        case 4:
            return value[:at] + value[at + 1 :]
        case 5:
            return value[:at] + rng.choice(INSERTED) + value[at:]
        case 6:
            return _swapped(value, at, rng.randrange(len(value)))
        case 7:
            return value[:at] if rng.random() < 0.5 else value[at:]
        case 8 | 9 | 10:
            return _reshaped(value, at, rng)
        case 11:
            return value[::-1] if value.isalnum() else "".join(c for c in value if c.isalnum())
        case 12:
            strange = string.printable if drawer.caps.plain else STRANGE
            return value[:at] + rng.choice(strange) + value[at + rng.randrange(2) :]
        case 13 | 14:
            return _spliced(value, at, drawer)
        case _:
            return "".join(_similar(c, rng) if c.isdigit() else c for c in value)


def _swapped(value: str, one: int, other: int) -> str:
    characters = list(value)
    characters[one], characters[other] = characters[other], characters[one]
    return "".join(characters)


def _reshaped(value: str, at: int, rng: random.Random) -> str:
    """Another case, white space at an end or gone, a separator inside, or the whole twice."""
    forms = (
        value.upper(),
        value.lower(),
        value.swapcase(),
        value.title(),
        value + "\n",
        " " + value,
        value + " ",
        "\t" + value,
        value.replace(" ", ""),
        value + value,
        value[:at] + rng.choice(" -./,") + value[at:],
    )
    return rng.choice(forms)


def _spliced(value: str, at: int, drawer: Drawer) -> str:
    """A literal of the source, or part of a string seen in a real call, put in."""
    rng = drawer.rng
    if drawer.known and rng.random() < 0.5:
        return value[:at] + rng.choice(drawer.known)[at:]
    if not drawer.hints.strings:
        return value[:at] + drawer.run() + value[at:]
    own = drawer.hints.own_strings
    literal = rng.choice(own if own and rng.random() < 0.5 else drawer.hints.strings)
    if rng.random() < 0.2:
        literal = literal[:-1] or literal
    over = value[:at] + literal + value[at + len(literal) :]
    return rng.choice((literal + value, value + literal, over, literal + value[len(literal) :]))


def _similar(character: str, rng: random.Random) -> str:
    """Another character of the same class."""
    if character in string.digits:
        return rng.choice(string.digits)
    if character in string.ascii_uppercase:
        return rng.choice(string.ascii_uppercase)
    if character in string.ascii_lowercase:
        return rng.choice(string.ascii_lowercase)
    return rng.choice(INSERTED)


def _sequence(items: list[T], drawer: Drawer, fresh: Callable[[], T]) -> list[T]:
    """An edited copy of a list; `fresh()` makes a new element."""
    rng = drawer.rng
    items = list(items)
    if not items:
        return [fresh()]
    at = rng.randrange(len(items))
    match rng.randrange(8):
        case 0:
            del items[at]
        case 1:
            if len(items) < drawer.caps.length:
                items.insert(at, fresh())
        case 2:
            if len(items) < drawer.caps.length:
                items.append(items[at])
        case 3:
            other = rng.randrange(len(items))
            items[at], items[other] = items[other], items[at]
        case 4:
            items = items[:at] if rng.random() < 0.5 else items[::-1]
        case _:
            items[at] = fresh()
    return items


def _container(value: object, shape: Shape, drawer: Drawer) -> object:
    rng = drawer.rng
    if shape.kind == "any":
        shape = INSIDE.get(type(value), shape)
    if shape.kind == "union":
        return drawer.draw(shape)
    if shape.kind == "tuple" and isinstance(value, tuple) and value:
        at = rng.randrange(len(value))
        return (*value[:at], mutate(value[at], shape.parts[at], drawer), *value[at + 1 :])
    if isinstance(value, dict) and shape.kind in DICTS:
        return _mapping(value, shape, drawer)
    if isinstance(value, (list, tuple, set, frozenset, deque)) and len(shape.parts) == 1:
        items: list[object] = sorted(value, key=repr) if isinstance(value, (set, frozenset)) else list(value)
        part = hashed(shape.parts[0]) if isinstance(value, (set, frozenset)) else shape.parts[0]

        def fresh() -> object:
            if items and rng.random() < 0.6:
                return mutate(rng.choice(items), part, drawer)
            return drawer.draw(part, 1)

        return type(value)(_sequence(items, drawer, fresh))
    return drawer.draw(shape)


def _mapping(value: dict[object, object], shape: Shape, drawer: Drawer) -> dict[object, object]:
    rng = drawer.rng
    key_shape, value_shape = hashed(shape.parts[0]), shape.parts[1]
    pairs = list(value.items())
    if not pairs:
        return remade(value, [(drawer.draw(key_shape, 1), drawer.draw(value_shape, 1))])
    at = rng.randrange(len(pairs))
    key, item = pairs[at]
    match rng.randrange(5):
        case 0:
            del pairs[at]
        case 1:
            pairs.append((drawer.draw(key_shape, 1), drawer.draw(value_shape, 1)))
        case 2:
            pairs[at] = (mutate(key, key_shape, drawer), item)
        case 3:
            rng.shuffle(pairs)
        case _:
            pairs[at] = (key, mutate(item, value_shape, drawer))
    return remade(value, pairs)


def _moment(
    value: datetime.date | datetime.time | datetime.timedelta, shape: Shape, drawer: Drawer
) -> object:
    rng = drawer.rng
    if isinstance(value, datetime.time) or (isinstance(value, datetime.datetime) and rng.random() < 0.3):
        return value.replace(hour=rng.randrange(24), minute=rng.randrange(60))
    step = datetime.timedelta(rng.choice((1, -1, 7, 28, 31, 365, 366, -365, 36_525)))
    try:
        return value + step
    except OverflowError:
        return drawer.draw(shape)
