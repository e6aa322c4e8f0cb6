"""Drawing values of a shape: boundaries first, then random ones shaped by hints and by pools of ready-made
values.
"""

from __future__ import annotations

import datetime
import itertools
import math
import random
import string
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from . import exact
from .any_value import anything, hashed
from .any_value import key as hashable
from .caps import Caps
from .dict_like import empty, filled
from .function_text import write
from .hints import Hints
from .lives import lived, plainest
from .odd import BYTES, FLOATS, INTS, ODD_FLOATS, ODD_STRINGS, STRINGS, WIDE_INTS
from .pattern import matching
from .recipe import Recipe
from .shape import DICTS, Shape, members

_CONSTRUCTIONS = 12
_NUMBERED = 48
"""So many more times arguments are drawn for a constructor that refuses the others, numbers most of all."""
_LED = 24
_PLAIN = 0.4
_GRAFT = 0.3
_GRAFTS = 24
_LARGEST_GRAFT = 16
_ALIKE, _SIZED, _WIDEST = 0.3, 0.3, 16
_FEW, _MANY = 3, 48
_SEPARATORS = " -./,:;_\t"


@dataclass(slots=True)
class Drawer:
    """Draws values. `pools` are ready-made values by shape, `known` strings seen in real calls.

    `makeable` says whether the instances in a tuple of values can be made.
    """

    rng: random.Random
    hints: Hints
    pools: dict[Shape, list[object]] = field(default_factory=dict)
    known: list[str] = field(default_factory=list)
    caps: Caps = field(default_factory=Caps)
    makeable: Callable[[tuple[object, ...]], bool] = lambda _: True
    toward: Callable[[Recipe], Iterator[Recipe]] = lambda _: iter(())
    """Recipes near one that was refused, which the constructor may take."""
    instances: dict[str, list[Recipe]] = field(default_factory=dict)
    """Recipes drawn before, by class: what holds one of them is deeper than types alone describe."""
    kind: str = "int"
    """The type of the value that was last drawn where any may stand."""

    def draw(self, shape: Shape, depth: int = 0) -> object:
        """A random value of the shape. Raises ValueError for a shape that `can_make` refuses."""
        rng = self.rng
        match shape.kind:
            case "int":
                return self.integer()
            case "str":
                return self.text()
            case "float":
                return self.real()
            case "bool":
                return rng.random() < 0.5
            case "none":
                return None
            case "bytes":
                return self.binary()
            case "bytearray":
                return bytearray(self.binary())
            case "optional":
                return None if rng.random() < 0.2 else self.draw(shape.parts[0], depth)
            case "union":
                return self.draw(rng.choice(shape.parts), depth)
            case "any" | "key":
                return anything(self, depth) if shape.kind == "any" else hashable(self, depth)
            case kind if kind in exact.KINDS:
                return exact.draw(kind, rng)
            case "date" | "datetime" | "time" | "timedelta":
                return self.moment(shape.kind)
            case "instance" | "callable" | "enum":
                return self.maker(shape, depth)
            case _:
                return self.container(shape, depth)

    def maker(self, shape: Shape, depth: int) -> object:
        """What makes an object for each run of a case: a recipe, or the text of a function; or a member."""
        if shape.kind == "enum":
            return self.rng.choice(members(shape))
        return (
            self.instance(shape, depth) if shape.kind == "instance" else write(shape, self.rng, self.integer)
        )

    def instance(self, shape: Shape, depth: int) -> Recipe:
        """A recipe that the class's constructor takes, with a few calls of its methods.

        Raises ValueError where no arguments were found that it takes.
        """
        taken = shape.parts[0]
        known = self.instances.setdefault(shape.text, [])
        if depth and known and self.rng.random() < _GRAFT:
            return self.rng.choice(known)
        for turn in range(_CONSTRUCTIONS + _NUMBERED):
            # Structures are most often made empty, and then filled.
            plain = depth == 0 and turn == 0 and self.rng.random() < _PLAIN
            if turn >= _CONSTRUCTIONS:
                self.kind = "float"  # where any value may stand, most constructors compute
            args = (plainest(self, part, 1) if plain else self.draw(part, depth + 1) for part in taken.parts)
            recipe = self.accepted(Recipe(shape.text, tuple(args)))
            if recipe is None:
                continue  # the constructor refuses these arguments, or takes too long over them
            made = lived(self, recipe, shape, depth)
            if made.size() <= _LARGEST_GRAFT and not made.rings():
                self.keep(known, made)
            return made
        if known:
            return self.rng.choice(known)
        raise ValueError(f"no arguments were found that {shape.text} takes")

    def accepted(self, drawn: Recipe) -> Recipe | None:
        """The recipe, or one near it, that the class's constructor takes."""
        if self.makeable((drawn,)):
            return drawn
        near = itertools.islice(self.toward(drawn), _LED)
        return next((recipe for recipe in near if self.makeable((recipe,))), None)

    def keep(self, known: list[Recipe], made: Recipe) -> None:
        """Add a recipe to those drawn before, in the place of another where there are many."""
        if len(known) < _GRAFTS:
            known.append(made)
        else:
            known[self.rng.randrange(_GRAFTS)] = made

    def container(self, shape: Shape, depth: int) -> object:
        """A list, tuple, set, dict or deque; often from a pool, sometimes with duplicates, short when
        nested.
        """
        if shape.kind == "empty":
            return {"list": list, "dict": dict, "vartuple": tuple}[shape.text]()
        rng = self.rng
        pool = self.pools.get(shape)
        if pool and depth == 0 and rng.random() < 0.3:
            return rng.choice(pool)
        if shape.kind == "tuple":
            return tuple(self.draw(part, depth + 1) for part in shape.parts)
        count = self.count(depth)
        if shape.kind in DICTS:
            key, value = hashed(shape.parts[0]), shape.parts[1]
            pairs = [(self.draw(key, depth + 1), self.draw(value, depth + 1)) for _ in range(count)]
            return filled(empty(shape), pairs)
        inner = hashed(shape.parts[0]) if shape.kind in ("set", "frozenset") else shape.parts[0]
        if shape.kind == "list" and inner.kind == "list" and rng.random() < 0.6:
            return self._matrix(inner, depth)
        items = [self.draw(inner, depth + 1) for _ in range(count)]
        if len(items) > 1 and rng.random() < 0.35:
            items = [rng.choice(items[: 1 + len(items) // 2]) for _ in items]
        items = self._arranged(items)
        match shape.kind:
            case "list":
                return items
            case "vartuple":
                return tuple(items)
            case "deque":
                return deque(items)
            case "set":
                return set(items)
            case "frozenset":
                return frozenset(items)
        raise ValueError(f"no values of kind {shape.kind}")

    def much_alike(self, shape: Shape) -> list[object]:
        """Many values with few different parts: sorts of short lists keep the order of equals by chance."""
        if shape.kind == "tuple":
            columns = [[self.draw(part, 1) for _ in range(_FEW)] for part in shape.parts]
            return [tuple(self.rng.choice(column) for column in columns) for _ in range(_MANY)]
        few = [self.draw(shape, 1) for _ in range(2 * _FEW)]
        return [self.rng.choice(few) for _ in range(min(_MANY, self.caps.length))]

    def _matrix(self, row: Shape, depth: int) -> list[object]:
        """Rows of one length: a square more often than not, of a size that the source mentions now and then,
        and of few different cells.
        """
        rng, sizes = self.rng, [size for size in self.hints.lengths if size <= _WIDEST]
        height = rng.choice(sizes) if sizes and rng.random() < _SIZED else rng.randint(1, 5)
        width = height if rng.random() < 0.6 else rng.randint(0, 5)
        if rng.random() < _ALIKE:
            cells = [self.draw(row.parts[0], depth + 2) for _ in range(rng.randint(1, _FEW))]
            return [[rng.choice(cells) for _ in range(width)] for _ in range(height)]
        return [[self.draw(row.parts[0], depth + 2) for _ in range(width)] for _ in range(height)]

    def _arranged(self, items: list[object]) -> list[object]:
        """The items as they are, or sorted, reversed, all equal, or in one long run."""
        rng = self.rng
        roll = rng.random()
        if len(items) < 2 or roll < 0.7:
            return items
        if roll < 0.82:
            try:
                return sorted(items, reverse=roll < 0.76)  # type: ignore[type-var]
            except TypeError:
                return items
        if roll < 0.88:
            return [items[0]] * len(items)
        if roll < 0.94:
            return [*items, *items[::-1]]
        return [item for item in items for _ in range(rng.randint(1, 4))][: self.caps.length]

    def count(self, depth: int) -> int:
        """How many elements a container gets."""
        rng = self.rng
        top = 4 if depth else 8
        if depth == 0 and self.hints.lengths and rng.random() < 0.15:
            return min(rng.choice(self.hints.lengths), self.caps.length)
        if depth == 0 and rng.random() < 0.05:
            top = 40
        return min(rng.randint(0, top), self.caps.length)

    def integer(self) -> int:
        """Small, near a threshold of the source, a power of two or ten, or at the ends of i64."""
        rng = self.rng
        roll = rng.random()
        if roll < 0.35:
            value = rng.randint(-10, 40)
        elif roll < 0.6 and self.hints.ints:
            value = rng.choice(self.hints.ints) + rng.choice((-1, 0, 0, 1))
        elif roll < 0.64 and self.hints.ints:
            one, other = rng.choice(self.hints.ints), rng.choice(self.hints.ints)
            value = rng.choice((one + other, one * other, one - other)) + rng.choice((-1, 0, 1))
        elif roll < 0.75:
            value = rng.randint(-1000, 10_000)
        elif roll < 0.85:
            value = rng.choice(INTS)
        elif roll < 0.93:
            value = rng.choice((-1, 1)) * rng.getrandbits(rng.randint(1, 62))
        else:
            value = rng.choice(WIDE_INTS) if not self.caps.plain else rng.randint(0, 2**40)
        return self.caps.clamp(value)

    def real(self) -> float:
        """Around thresholds, with few digits, integral, special, or any bits at all."""
        rng = self.rng
        roll = rng.random()
        if roll < 0.15 and (self.hints.floats or self.hints.ints):
            base = float(rng.choice(self.hints.floats or self.hints.ints))
            return rng.choice((base, math.nextafter(base, math.inf), math.nextafter(base, -math.inf), -base))
        if roll < 0.22:
            # Halfway between two neighbours at some number of digits, where roundings differ.
            return (2 * rng.randint(-1000, 1000) + 1) / 2 / math.pow(10.0, rng.randint(0, 4))
        if roll < 0.4:
            return round(rng.uniform(-100, 100), rng.randint(0, 3))
        if roll < 0.55:
            return float(rng.randint(-1000, 1000))
        if roll < 0.7:
            return rng.choice(FLOATS)
        if roll < 0.8:
            return rng.choice(ODD_FLOATS)
        if roll < 0.93:
            return rng.uniform(-1, 1) * 10.0 ** rng.randint(-12, 12)
        return math.ldexp(rng.uniform(-1, 1), rng.randint(-1070, 1023))

    def text(self) -> str:
        """Digits, letters or an alphabet of the source at a plausible length; a literal; a match of a
        pattern; odd text.
        """
        rng, hints = self.rng, self.hints
        roll = rng.random()
        if roll < 0.06:
            return rng.choice(STRINGS)
        if roll < 0.1 and hints.own_strings:
            return rng.choice(hints.own_strings)
        if roll < 0.13 and not self.caps.plain:
            return rng.choice(ODD_STRINGS)
        if roll < 0.3 and hints.patterns:
            found = matching(*rng.choice(hints.patterns), rng)
            if found is not None:
                return found
        if roll < 0.42 and hints.strings:
            literal = rng.choice(hints.strings)
            return literal if rng.random() < 0.6 else literal + self.run()
        if roll < 0.55 and self.known:
            return rng.choice(self.known)
        if roll < 0.62:
            return rng.choice(_SEPARATORS).join(self.run() for _ in range(rng.randint(2, 4)))
        if roll < 0.67:
            return str(self.integer())
        return self.run()

    def run(self) -> str:
        """Characters of one alphabet, at a length the source mentions more often than not."""
        rng = self.rng
        lengths = self.hints.lengths
        length = rng.choice(lengths) if lengths and rng.random() < 0.6 else rng.randint(0, 12)
        length = min(length, self.caps.length)
        return "".join(rng.choices(self.alphabet(), k=length))

    def alphabet(self) -> str:
        """A set of characters to draw from."""
        rng = self.rng
        roll = rng.random()
        if roll < 0.45:
            return string.digits
        if roll < 0.6 and self.hints.alphabets:
            return rng.choice(self.hints.alphabets)
        if roll < 0.75:
            return string.ascii_uppercase
        if roll < 0.85:
            return string.ascii_letters + string.digits
        if roll < 0.95 or self.caps.plain:
            return string.ascii_letters + string.digits + string.punctuation + " "
        return "aé日😀0١ \n\u0301Z"

    def binary(self) -> bytes:
        """Boundary, literal, ASCII or any bytes."""
        rng = self.rng
        roll = rng.random()
        if roll < 0.2:
            return rng.choice(BYTES)
        if roll < 0.35 and self.hints.bytestrings:
            return rng.choice(self.hints.bytestrings)
        if roll < 0.6:
            return self.run().encode("utf-8", "replace")
        return rng.randbytes(rng.randint(0, min(16, self.caps.length)))

    def moment(self, kind: str) -> object:
        """A date, datetime, time or timedelta: ordinary, at a month's or year's end, or at the ends of the
        range.
        """
        rng = self.rng
        if kind == "timedelta":
            days = rng.choice((0, 1, -1, 7, 30, 365, rng.randint(-40_000, 40_000)))
            return datetime.timedelta(
                days, rng.choice((0, 1, 86_399, rng.randint(0, 86_399))), rng.choice((0, 1, 999_999))
            )
        clock = (
            rng.choice((0, 12, 23)),
            rng.randint(0, 59),
            rng.randint(0, 59),
            rng.choice((0, 0, 1, 999_999)),
        )
        if kind == "time":
            return datetime.time(*clock)
        roll = rng.random()
        if roll < 0.15:
            day = rng.choice(
                (datetime.date.min, datetime.date.max, datetime.date(1970, 1, 1), datetime.date(2000, 2, 29))
            )
        elif roll < 0.4:
            year = rng.randint(1896, 2104)
            day = rng.choice(
                (datetime.date(year, 12, 31), datetime.date(year, 1, 1), datetime.date(year, 2, 28))
            )
        elif roll < 0.85:
            day = datetime.date.fromordinal(rng.randint(693_596, 767_009))
        else:
            day = datetime.date.fromordinal(rng.randint(1, 3_652_059))
        return day if kind == "date" else datetime.datetime.combine(day, datetime.time(*clock))


def boundaries(shape: Shape, drawer: Drawer) -> list[object]:
    """Values of the shape that every search tries: ends of ranges, empty and one-element containers,
    hints.
    """
    hints = drawer.hints
    match shape.kind:
        case "int":
            near = [n + d for n in hints.ints[:20] for d in (0, -1, 1)]
            return [n for n in (*INTS, *near, *WIDE_INTS) if drawer.caps.allow(n)]
        case "float":
            return [
                *FLOATS,
                *ODD_FLOATS,
                *hints.floats[:20],
                *(float(n) for n in hints.ints[:20] if abs(n) < 2**1000),
            ]
        case "str":
            return [*STRINGS, *hints.strings[:40], *ODD_STRINGS]
        case "bool":
            return [False, True]
        case "enum" | "none":
            return members(shape) if shape.kind == "enum" else [None]
        case "bytes":
            return [*BYTES, *hints.bytestrings[:20]]
        case kind if kind in exact.KINDS:
            return exact.boundaries(kind)
        case "optional":
            return [None, *boundaries(shape.parts[0], drawer)]
        case "union":
            return [value for part in shape.parts for value in boundaries(part, drawer)]
        case "list" | "set" | "frozenset" | "vartuple" | "deque":
            make = {"list": list, "set": set, "frozenset": frozenset, "vartuple": tuple, "deque": deque}[
                shape.kind
            ]
            held = hashed(shape.parts[0]) if shape.kind in ("set", "frozenset") else shape.parts[0]
            inner = boundaries(held, drawer)[:12]
            return [
                make(()),
                *(make((value,)) for value in inner),
                make(inner),
                make((*inner[:3], *inner[:3])),
                make(inner[:2]),
                make(inner[1::-1]),
                make(drawer.much_alike(held)),
            ]
        case kind if kind in DICTS:
            parts = (hashed(shape.parts[0]), shape.parts[1])
            keys, values = (boundaries(part, drawer)[:8] for part in parts)
            tables = [[], *([(key, values[0])] for key in keys), [*zip(keys, values, strict=False)]]
            return [filled(empty(shape), table) for table in tables]
        case "tuple":
            columns = [boundaries(part, drawer)[:12] for part in shape.parts]
            longest = max((len(column) for column in columns), default=0)
            return [tuple(column[i % len(column)] for column in columns) for i in range(longest)] or [()]
        case _:
            return [drawer.draw(shape) for _ in range(8)]
