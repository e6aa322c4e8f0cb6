"""The next inputs of a search: neighbours of good ones, mixtures, completions, fresh ones, and those every
search tries.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence

from .compare import apart, mutable_parts
from .compose import Args, Sibling, from_sibling
from .draw import Drawer, boundaries
from .fits import fits
from .mutate import mutate, neighbours, other_classes
from .recipe import Recipe, holds_recipe
from .shape import Shape, domain
from .tally import Seed

_MOST_ROWS = 512
_SWEEP = range(-10, 201)
_SMALL_SWEEP = range(-3, 13)
_EACH_PLACE = 3
_RELATED = 0.5
_FOUND = frozenset({"int", "float", "str", "bytes", "any", "key"})
_FOUND_AGAIN = 0.6
_PIECES = 0.2
_MOST_PIECES = 6
_TEXTS = Shape("list", (Shape("str", (), "str"),), "list[str]")

# Values of a type next to the declared one, which Rust must decline or answer as Python does.
_WRONG: dict[str, tuple[object, ...]] = {
    "int": (True, 2.0),
    "float": (3, True),
    "str": ("\ud800", b"a"),
    "bool": (1,),
    "list": ((),),
    "vartuple": ([],),
    "bytes": ("a",),
}


class Inputs:
    """Makes argument tuples of `shapes`, from a drawer, recorded calls and the inputs kept so far."""

    def __init__(
        self,
        shapes: tuple[Shape, ...],
        drawer: Drawer,
        recorded: Sequence[Args],
        siblings: list[Sibling],
    ) -> None:
        self.shapes = shapes
        self.drawer = drawer
        self.corpus: list[Seed] = []
        self._recorded = recorded
        self._siblings = siblings
        self._each_place = _EACH_PLACE
        self._rng: random.Random = drawer.rng

    def whole_domain(self) -> list[Args] | None:
        """Every input there is, where that is few."""
        rows: list[Args] = [()]
        for column in map(domain, self.shapes):
            if column is None or len(rows) * len(column) > _MOST_ROWS:
                return None
            rows = [(*row, value) for row in rows for value in column]
        return rows

    def doors(self) -> Iterator[Args]:
        """Inputs of a type next to the declared one."""
        base = self._recorded[0] if self._recorded else self.fresh()
        for at, shape in enumerate(self.shapes):
            for value in _WRONG.get(shape.kind, ()):
                yield (*base[:at], value, *base[at + 1 :])

    def boundary_cases(self, most: int) -> list[Args]:
        """Each parameter's boundary values in turn, the others drawn or recorded; `most` of them."""
        rows: list[Args] = []
        for at, shape in enumerate(self.shapes):
            for value in boundaries(shape, self.drawer):
                base = self.base()
                rows.append((*base[:at], value, *base[at + 1 :]))
        self._rng.shuffle(rows)
        return rows[:most]

    def sweep(self) -> Iterator[Args]:
        """Small numbers, every one, for functions of one or two integers: where results soon leave 64 bits or
        a call soon takes for ever, these are most of what both sides can answer.
        """
        kinds = [shape.kind for shape in self.shapes]
        if kinds == ["int"]:
            # From zero outwards, so that what costs too much comes last.
            yield from ((number,) for number in sorted(_SWEEP, key=abs))
        elif kinds == ["int", "int"]:
            rows = itertools.product(_SMALL_SWEEP, repeat=2)
            yield from sorted(rows, key=lambda row: (abs(row[0]) + abs(row[1]), row))

    def base(self) -> Args:
        """A recorded call more often than not, else a fresh input."""
        if self._recorded and self._rng.random() < 0.7:
            return self._rng.choice(self._recorded)
        return self.fresh()

    def fresh(self) -> Args:
        """An input drawn from the types."""
        return self.related(tuple(self.drawer.draw(shape) for shape in self.shapes))

    def related(self, args: Args) -> Args:
        """The arguments as they are, or with some of them found in others."""
        changed = list(args)
        if len(args) > 1 and self._rng.random() < _RELATED:
            self._relate(changed)
        return tuple(changed)

    def _relate(self, args: list[object]) -> None:
        """Make arguments be found in others: a key of the dict, an item of the list, an index into it, what
        an instance was given.
        """
        rng = self._rng
        for at, shape in enumerate(self.shapes):
            for other, whole in zip(self.shapes, args, strict=True):
                if isinstance(whole, Recipe) and shape.kind in _FOUND and rng.random() < _FOUND_AGAIN:
                    given = [one for one in whole.given() if fits(one, shape)]
                    args[at] = rng.choice(given) if given else args[at]
                if isinstance(whole, str) and shape == _TEXTS and rng.random() < _PIECES:
                    args[at] = [piece for piece in _pieces(whole, rng) if piece]
                if not isinstance(whole, (list, tuple, dict, set, frozenset)) or not whole:
                    continue
                if shape.kind == "str" and other == _TEXTS and rng.random() < _PIECES:
                    args[at] = "".join(
                        str(one) for one in rng.choices([*whole], k=rng.randint(1, _MOST_PIECES))
                    )
                    continue
                if other.parts and other.kind != "tuple" and other.parts[0] == shape and rng.random() < 0.8:
                    members = sorted(whole, key=repr) if isinstance(whole, (set, frozenset)) else list(whole)
                    args[at] = apart(rng.choice(members))
                elif shape.kind == "int" and other.kind == "list" and rng.random() < 0.3:
                    args[at] = rng.randrange(-len(whole), len(whole))

    def near(self, seed: Seed) -> Iterator[Args]:
        """The fixed edits of a kept input, one argument at a time."""
        for at, value in enumerate(seed.args):
            found = neighbours(value)
            if seed.normal and isinstance(value, str) and self._each_place > 0:
                self._each_place -= 1
                found += other_classes(value)
            for other in found:
                yield (*seed.args[:at], other, *seed.args[at + 1 :])

    def pick(self) -> Seed:
        """A kept input, one that Python answered normally more often than not."""
        rng = self._rng
        normal = [seed for seed in self.corpus if seed.normal]
        return rng.choice(normal) if normal and rng.random() < 0.6 else rng.choice(self.corpus)

    def mutated(self, args: Args) -> Args:
        """A changed copy, in one argument or two."""
        rng = self._rng
        changed = list(args)
        for _ in range(1 if rng.random() < 0.8 else 2):
            at = rng.randrange(len(changed))
            changed[at] = mutate(changed[at], self.shapes[at], self.drawer)
        return tuple(changed)

    def mixed(self, args: Args) -> Args:
        """Each argument from this input or from another kept one."""
        other = self.pick().args
        return tuple(self._rng.choice(pair) for pair in zip(args, other, strict=True))

    def completed(self, args: Args) -> Args | None:
        """An argument replaced by, or completed with, what a sibling function returns for it."""
        return from_sibling(self.mutated(args), self.shapes, self._siblings, self._rng)

    def aliased(self, args: Args) -> Args:
        """The same mutable object for two parameters of one shape."""
        pairs = [
            (one, other)
            for one, other in itertools.combinations(range(len(args)), 2)
            if self.shapes[one] == self.shapes[other]
            and (mutable_parts(args[one], set()) or holds_recipe(args[one]))
        ]
        if not pairs:
            return self.mutated(args)
        one, other = self._rng.choice(pairs)
        return (*args[:other], args[one], *args[other + 1 :])


def _pieces(text: str, rng: random.Random) -> list[str]:
    """Parts of a text, some of which overlap."""
    places = [sorted(rng.choices(range(len(text) + 1), k=2)) for _ in range(rng.randint(1, _MOST_PIECES))]
    return [text[start:end] for start, end in places]
