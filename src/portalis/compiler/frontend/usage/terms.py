"""What is known of the type of a value while a text is read: terms, made one where types must be the same.

A term starts open. What is done with the value leaves marks on it (`x % 2`: an int; `x.lower`: a method), its
elements and the indices it is asked for are terms of their own. `unify` makes two terms one; where they can't
be, both are `mixed`, and nothing is said of either.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto


class Kind(Enum):
    """What a value surely is."""

    INT = "int"
    FLOAT = "float"
    STR = "str"
    BOOL = "bool"
    BYTES = "bytes"
    NONE = "None"
    LIST = "list"
    DICT = "dict"
    SET = "set"
    TUPLE = "tuple"
    INSTANCE = "instance"
    """An instance of a class of the same text."""
    FUNCTION = "function"
    """What is called: `parts` are what it takes, `item` is what it gives."""
    OTHER = "other"
    """Something that is none of these."""


class Mark(Enum):
    """What is done with a value."""

    NUMBER = auto()
    WHOLE = auto()
    """A number that must be an int."""
    LETTER = auto()
    """Compared with single characters, or asked what kind of character it is."""
    TEXT = auto()
    """Treated as a text of more than one character."""
    SIZED = auto()
    SLICED = auto()
    STORED = auto()
    COUNTED = auto()
    """Indexed by a number."""
    ORDERED = auto()
    """Compared by `<`, or sorted."""
    ADDED = auto()
    """Added to something of which as little is known."""
    SHOWN = auto()
    """Made into a text."""
    ABSENT = auto()
    """None at times, or asked whether it is."""
    ASKED = auto()
    """Asked for its truth."""
    MIXED = auto()


_NUMERIC = frozenset({Kind.INT, Kind.FLOAT, Kind.BOOL})


@dataclass(eq=False, slots=True)
class Term:
    """The type of a value, as far as it is known."""

    kind: Kind | None = None
    marks: set[Mark] = field(default_factory=set)
    elem: Term | None = None
    """What iteration gives: of a dict its keys."""
    key: Term | None = None
    item: Term | None = None
    """What is found under `key`: of a list its elements."""
    parts: list[Term] | None = None
    """What it is unpacked into."""
    members: set[str] = field(default_factory=set)
    """The methods and attributes that are asked of it."""
    names: set[str] = field(default_factory=set)
    """What programmers call it, and where it is an element, what they call it in."""
    owner: str | None = None
    """The class of an instance, by its full name."""
    sources: list[Term] | None = None
    """The numbers that it is computed from by `+`, `-` and `*`: whole where it must be."""
    tested: dict[str, Term] = field(default_factory=dict)
    """What it is where `isinstance` finds it an instance of a class, and where of none (`tests`)."""
    link: Term | None = None

    def __repr__(self) -> str:
        own = find(self)
        return f"Term({own.kind}, {own.marks}, {own.members})"


def find(term: Term) -> Term:
    """The term that stands for all those that were made one with this."""
    while term.link is not None:
        term = term.link
    return term


def of_kind(kind: Kind) -> Term:
    """A new term of a kind."""
    return Term(kind)


def number(*, whole: bool = False) -> Term:
    """A new term for a number."""
    return Term(marks={Mark.NUMBER, Mark.WHOLE} if whole else {Mark.NUMBER})


def computed(*sources: Term) -> Term:
    """A new term for a number that is computed from others."""
    if all(map(is_whole, sources)):
        return number(whole=True)
    return Term(marks={Mark.NUMBER}, sources=list(sources))


def list_of(elem: Term) -> Term:
    """A new term for a list."""
    return Term(Kind.LIST, elem=elem)


def elem_of(term: Term) -> Term:
    """What iterating over the value gives."""
    own = find(term)
    if own.kind is Kind.STR:
        return own
    if own.elem is None:
        own.elem = Term()
    return find(own.elem)


def is_number(term: Term) -> bool:
    own = find(term)
    return own.kind in _NUMERIC or (own.kind is None and Mark.NUMBER in own.marks)


def is_whole(term: Term) -> bool:
    own = find(term)
    return own.kind in (Kind.INT, Kind.BOOL) or (own.kind is None and Mark.WHOLE in own.marks)


def can_be_one(a: Term, b: Term) -> bool:
    """Whether two terms may stand for one type, as far as their kinds and marks say."""
    one, two = find(a), find(b)
    if one is two:
        return True
    if one.kind is Kind.INSTANCE and two.kind is Kind.INSTANCE:
        return one.owner == two.owner
    if one.kind is not None and two.kind is not None:
        return one.kind is two.kind or {one.kind, two.kind} <= _NUMERIC
    for known, other in ((one, two), (two, one)):
        if known.kind is not None and Mark.NUMBER in other.marks and known.kind not in _NUMERIC:
            return False
        containers = (Kind.INSTANCE, Kind.LIST, Kind.DICT, Kind.SET, Kind.TUPLE, Kind.STR)
        if Mark.NUMBER in known.marks and (other.kind in containers or other.elem or other.members):
            return False
    return True


def unify(a: Term, b: Term) -> None:
    """Make two terms one. Where that can't be, both are mixed."""
    one, two = find(a), find(b)
    if one is two:
        return
    if not can_be_one(one, two):
        one.marks.add(Mark.MIXED)
        two.marks.add(Mark.MIXED)
        return
    if two.kind is not None and one.kind is None:
        one, two = two, one
    elif one.kind is not two.kind and two.kind is not None:
        one.kind = Kind.FLOAT if Kind.FLOAT in (one.kind, two.kind) else Kind.INT
    two.link = one
    one.marks |= two.marks
    one.sources = [*(one.sources or ()), *(two.sources or ())]
    one.members |= two.members
    one.names |= two.names
    for name, term in two.tested.items():
        one.tested.setdefault(name, term)
    for part in ("elem", "key", "item"):
        mine, other = getattr(one, part), getattr(two, part)
        if mine is None:
            setattr(one, part, other)
        elif other is not None:
            unify(mine, other)
    if one.parts is None or two.parts is None:
        one.parts = one.parts or two.parts
    elif len(one.parts) == len(two.parts):
        for mine, other in zip(one.parts, two.parts, strict=True):
            unify(mine, other)
    _fit_parts(one)


def _fit_parts(term: Term) -> None:
    """Make one what must be one inside a value of a kind: the items of a list are its elements."""
    own = find(term)
    if own.sources and is_whole(own):
        sources, own.sources = own.sources, None
        for source in sources:
            if can_be_one(source, number(whole=True)):
                unify(source, number(whole=True))
    elem, key, item = own.elem, own.key, own.item
    if own.kind is Kind.STR:
        own.elem = own.key = own.item = None
        for part in (elem, item):
            if part is not None:
                unify(part, own)
    elif own.kind is Kind.LIST:
        own.key = own.item = None
        if key is not None and can_be_one(key, number(whole=True)):
            unify(key, number(whole=True))
        if item is not None:
            unify(elem_of(own), item)
        if own.parts is not None:
            parts, own.parts = own.parts, None
            for part in parts:
                unify(elem_of(own), part)
    elif own.kind is Kind.DICT:
        own.elem = own.key = key if key is not None else elem if elem is not None else Term()
        if elem is not None:
            unify(own.key, elem)


def join(a: Term, b: Term) -> Term:
    """The term of a variable that is one or the other; the second where they can't be one.

    Numbers stay what they were: that one is an int says nothing of the other.
    """
    if is_number(a) and is_number(b):
        return number(whole=is_whole(a) and is_whole(b))
    if can_be_one(a, b):
        unify(a, b)
    return find(b)


def gather(into: Term, part: Term) -> None:
    """Note one of the values that one type stands for: a number among them may be of either kind."""
    if is_number(part):
        if can_be_one(into, number()):
            unify(into, number())
    elif can_be_one(into, part):
        unify(into, part)


def text_of(term: Term, mark: Mark | None = None) -> None:
    """Say that the value is a text."""
    own = find(term)
    if own.kind is None and Mark.NUMBER in own.marks:
        own.marks.add(Mark.MIXED)
        return
    unify(own, Term(Kind.STR))
    if mark is not None:
        find(own).marks.add(mark)
