"""Simple facts about the values that a parameter was seen with, and more values of which they hold.

>>> infer(["123456785", "987654324", "111222333"]).text()
'text of 9 digits'
>>> infer([[1, 5, 9], [2, 3]]).text()
'a sorted list without repeats of 2 to 3, each an integer of 1 to 9'
"""

from __future__ import annotations

import random
import string
from collections import Counter, deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

_CLASSES = {"9": string.digits, "A": string.ascii_uppercase, "a": string.ascii_lowercase}
_NAMES = {"9": "digits", "A": "capitals", "a": "small letters"}
_MAX_MASKS = 8
_CONSTANT_AFTER = 3
_MAX_COLUMNS = 8
_MAX_KEYSETS = 6
_MAX_SHOWN = 3
_MAKE: dict[type, tuple[str, Callable[[list[object]], object]]] = {
    list: ("list", list),
    tuple: ("tuple", tuple),
    set: ("set", set),
    frozenset: ("frozenset", frozenset),
    deque: ("deque", deque),
}


class Fact(Protocol):
    """What the values of a parameter have in common."""

    def draw(self, rng: random.Random) -> object:
        """A value of which the fact holds."""

    def text(self) -> str:
        """The fact in words."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of the values seen."""

    values: tuple[object, ...]

    def draw(self, rng: random.Random) -> object:
        return rng.choice(self.values)

    def text(self) -> str:
        shown = list(dict.fromkeys(map(repr, self.values)))
        return " or ".join(shown) if len(shown) <= _MAX_SHOWN else f"one of {len(shown)} values"


@dataclass(frozen=True, slots=True)
class Masked:
    """Text of a few forms: for each, what stands at each place, one alternative drawn from a string."""

    masks: tuple[str, ...]
    places: tuple[tuple[str, ...], ...]

    def draw(self, rng: random.Random) -> object:
        return "".join(map(rng.choice, rng.choice(self.places)))

    def text(self) -> str:
        first = self.masks[0]
        if len(self.masks) == 1 and len(set(first)) == 1 and first[0] in _NAMES:
            name = _NAMES[first[0]]
            return f"text of {len(first)} {name if len(first) > 1 else name.removesuffix('s')}"
        more = " and other forms" if len(self.masks) > _MAX_SHOWN else ""
        return f"text like {' or '.join(map(repr, self.masks[:_MAX_SHOWN]))}{more}"


@dataclass(frozen=True, slots=True)
class Letters:
    """Text of any form: its length, and the characters that it is made of."""

    lengths: tuple[int, ...]
    alphabet: str

    def draw(self, rng: random.Random) -> object:
        return "".join(rng.choices(self.alphabet, k=_length(self.lengths, rng))) if self.alphabet else ""

    def text(self) -> str:
        kinds = [name for mask, name in _NAMES.items() if set(_CLASSES[mask]) & set(self.alphabet)]
        others = sorted(set(self.alphabet) - set(string.ascii_letters + string.digits))
        if others:
            shown = "".join(others[:8])
            kinds.append(f"{shown!r}{' and others' if len(others) > 8 else ''}")
        return f"text of {_span(self.lengths)} characters out of {', '.join(kinds)}"


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers of a range; integers where both ends are."""

    low: float
    high: float

    def draw(self, rng: random.Random) -> object:
        low, high = self.low, self.high
        if isinstance(low, int) and isinstance(high, int):
            if rng.random() < 0.15:
                return rng.choice((low, high, low + 1, high - 1))
            return rng.randint(low, high)
        return rng.choice((low, high)) if rng.random() < 0.1 else rng.uniform(low, high)

    def text(self) -> str:
        kind = "an integer" if isinstance(self.low, int) else "a float"
        return f"{kind} of {_span((self.low, self.high))}"


@dataclass(frozen=True, slots=True)
class Items:
    """A container: its type, length, elements, and whether they are sorted, and without repeats."""

    kind: type
    lengths: tuple[int, ...]
    item: Fact | None
    ordered: bool
    unique: bool

    def draw(self, rng: random.Random) -> object:
        """A new container, on which the facts hold as far as the elements allow it."""
        items: list[object] = []
        wanted = _length(self.lengths, rng)
        for _ in range(4 * wanted if self.item is not None else 0):
            if len(items) == wanted:
                break
            assert self.item is not None
            drawn = self.item.draw(rng)
            if not (self.unique and drawn in items):
                items.append(drawn)
        if self.ordered:
            items = _sorted(items) or items
        return _MAKE[self.kind][1](items)

    def text(self) -> str:
        """The fact in words."""
        name = f"{'a sorted ' if self.ordered else 'a '}{_MAKE[self.kind][0]}"
        if self.unique and self.kind not in (set, frozenset):
            name += " without repeats"
        each = f", each {self.item.text()}" if self.item is not None else ""
        return f"{name} of {_span(self.lengths)}{each}"


@dataclass(frozen=True, slots=True)
class Columns:
    """A tuple of fixed length."""

    columns: tuple[Fact, ...]

    def draw(self, rng: random.Random) -> object:
        return tuple(column.draw(rng) for column in self.columns)

    def text(self) -> str:
        return f"a tuple of ({'; '.join(column.text() for column in self.columns)})"


@dataclass(frozen=True, slots=True)
class Keyed:
    """A dict with one of a few sets of keys, and what each key holds."""

    keysets: tuple[tuple[object, ...], ...]
    values: dict[object, Fact]

    def draw(self, rng: random.Random) -> object:
        return {key: self.values[key].draw(rng) for key in rng.choice(self.keysets)}

    def text(self) -> str:
        shown = " or ".join(", ".join(map(repr, keys)) or "none" for keys in self.keysets[:_MAX_SHOWN])
        return f"a dict with the keys {shown}"


@dataclass(frozen=True, slots=True)
class Entries:
    """A dict of any keys."""

    lengths: tuple[int, ...]
    key: Fact
    value: Fact

    def draw(self, rng: random.Random) -> object:
        return {self.key.draw(rng): self.value.draw(rng) for _ in range(_length(self.lengths, rng))}

    def text(self) -> str:
        return f"a dict of {_span(self.lengths)}, from {self.key.text()} to {self.value.text()}"


@dataclass(frozen=True, slots=True)
class Mixed:
    """Values of several types, each as often as it was seen."""

    weights: tuple[int, ...]
    facts: tuple[Fact, ...]

    def draw(self, rng: random.Random) -> object:
        return rng.choices(self.facts, self.weights)[0].draw(rng)

    def text(self) -> str:
        return " or ".join(fact.text() for fact in self.facts)


def infer(values: Sequence[object]) -> Fact:
    """What the values, at least one, have in common."""
    by_type: dict[type, list[object]] = {}
    for value in values:
        by_type.setdefault(type(value), []).append(value)
    if len(by_type) > 1:
        facts = tuple(_of_one_type(kind, members) for kind, members in by_type.items())
        return Mixed(tuple(map(len, by_type.values())), facts)
    ((kind, members),) = by_type.items()
    return _of_one_type(kind, members)


def _of_one_type(kind: type, values: list[object]) -> Fact:
    if kind is str:
        return _texts([value for value in values if isinstance(value, str)])
    if kind in (int, float):
        numbers = [value for value in values if isinstance(value, (int, float))]
        finite = [value for value in numbers if value - value == 0]
        return Numbers(min(finite), max(finite)) if len(finite) == len(numbers) else OneOf(tuple(values))
    if kind is dict:
        return _dicts([value for value in values if isinstance(value, dict)])
    if kind in _MAKE:
        return _containers(kind, [list(value) for value in values if isinstance(value, Collection)])
    return OneOf(tuple(values))


def _texts(values: list[str]) -> Fact:
    """A few forms where most texts share one with another, else lengths and letters."""
    forms: dict[str, list[str]] = {}
    for value in dict.fromkeys(values):
        forms.setdefault("".join(map(_class, value)), []).append(value)
    if len(forms) <= _MAX_MASKS and "" not in forms and 2 * len(forms) <= max(len(set(values)), 2):
        common = Counter({mask: len(members) for mask, members in forms.items()})
        masks = tuple(mask for mask, _ in common.most_common())
        return Masked(masks, tuple(_places(mask, forms[mask]) for mask in masks))
    letters = "".join(sorted({_CLASSES.get(_class(c), c) for value in values for c in value}))
    return Letters(tuple(sorted({len(value) for value in values})), letters)


def _class(character: str) -> str:
    """The letter that stands for a character's class in a mask; other characters stand for themselves."""
    return next((mask for mask, members in _CLASSES.items() if character in members), character)


def _places(mask: str, members: list[str]) -> tuple[str, ...]:
    """What to draw from at each place: the one character that all have there, most times, or its class."""
    places: list[str] = []
    for at, kind in enumerate(mask):
        seen = {member[at] for member in members}
        letters = _CLASSES.get(kind, kind)
        if len(seen) == 1 and len(members) >= _CONSTANT_AFTER:
            letters = members[0][at] * (4 * len(letters)) + letters
        places.append(letters)
    return tuple(places)


def _containers(kind: type, values: list[list[object]]) -> Fact:
    lengths = {len(value) for value in values}
    if kind is tuple and len(lengths) == 1 and 0 < max(lengths) <= _MAX_COLUMNS:
        return Columns(tuple(infer(column) for column in zip(*values, strict=True)))
    items = [item for value in values for item in value]
    long = [value for value in values if len(value) > 1]
    in_order = kind in (list, tuple, deque) and bool(long)
    return Items(
        kind,
        tuple(sorted(lengths)),
        infer(items) if items else None,
        in_order and all(_sorted(value) == value for value in long),
        in_order and all(len(set(map(repr, value))) == len(value) for value in long),
    )


def _dicts(values: list[dict[object, object]]) -> Fact:
    keysets = tuple(dict.fromkeys(tuple(value) for value in values))
    if len(keysets) <= _MAX_KEYSETS and 2 * len(keysets) <= max(len(values), 2):
        keys = dict.fromkeys(key for keyset in keysets for key in keyset)
        return Keyed(keysets, {key: infer([value[key] for value in values if key in value]) for key in keys})
    lengths = tuple(sorted({len(value) for value in values}))
    keys_seen = [key for value in values for key in value]
    return Entries(lengths, infer(keys_seen), infer([item for value in values for item in value.values()]))


def _sorted(values: list[object]) -> list[object] | None:
    """The values in order, None where they have none."""
    try:
        return sorted(values)  # type: ignore[type-var]  # values that can't be compared say so
    except TypeError:
        return None


def _length(lengths: tuple[int, ...], rng: random.Random) -> int:
    """A length seen, or one between two."""
    return rng.choice(lengths) if rng.random() < 0.7 else rng.randint(lengths[0], lengths[-1])


def _span(numbers: Sequence[float]) -> str:
    low, high = numbers[0], numbers[-1]
    return str(low) if low == high else f"{low} to {high}"
