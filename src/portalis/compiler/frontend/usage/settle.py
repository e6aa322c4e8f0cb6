"""What a value is, by what is done with it; and the type of what is settled."""

from __future__ import annotations

from collections.abc import Mapping

from portalis.compiler.frontend.usage.hints import hinted, is_count
from portalis.compiler.frontend.usage.signatures import LETTER_METHODS, owners
from portalis.compiler.frontend.usage.terms import (
    Kind,
    Mark,
    Term,
    elem_of,
    find,
    is_number,
    number,
    of_kind,
    unify,
)
from portalis.compiler.frontend.usage.tests import REST
from portalis.compiler.types import (
    BOOL,
    BYTES,
    FLOAT,
    INT,
    NONE,
    OBJECT,
    STR,
    CallableOf,
    DictOf,
    Instance,
    ListOf,
    SetOf,
    TupleOf,
    Type,
    UnionOf,
    make_union,
)

_DEEP = 6
"""How far into containers of containers is looked."""
_CONTAINERS = frozenset(
    {Kind.LIST, Kind.DICT, Kind.SET, Kind.TUPLE, Kind.BOOL, Kind.INT, Kind.FLOAT, Kind.OTHER}
)


Classes = Mapping[str, frozenset[str]]
"""What instances of the classes of a text have, by the full names of the classes."""


def settle(term: Term, classes: Classes, *, by_name: bool, depth: int = 0) -> None:
    """Give a term its kind where its uses leave one; with `by_name`, its names decide between several."""
    own = find(term)
    if depth > _DEEP or Mark.MIXED in own.marks:
        return
    if own.elem is not None and own.item is not None and own.kind is None and _is_counted(own):
        unify(own.elem, own.item)
    for part in (own.elem, own.item, own.key, *(own.parts or ())):
        if part is not None and find(part) is not own:
            settle(part, classes, by_name=by_name, depth=depth + 1)
    own = find(term)
    if by_name and depth and own.kind is None and own.marks == {Mark.SIZED} and not _is_held(own):
        unify(own, of_kind(Kind.STR))  # of the elements of a list, only the length is asked for
        return
    if by_name and own.kind is None and Mark.ADDED in own.marks and not (_is_held(own) or _holds(own)):
        unify(own, number())  # texts and lists show it elsewhere
        return
    if own.kind is None and own.members and not is_number(own):
        fitting = [name for name, members in classes.items() if own.members <= members]
        library = [name for name in fitting if name.startswith("datetime.")]
        if (len(fitting) == 1 or fitting == library) and fitting and not _by_members(own):
            unify(own, Term(Kind.INSTANCE, owner=fitting[0]))
            return
    if own.kind is None:
        kind = _number_kind(own, by_name=by_name and not depth) if is_number(own) else _kind(own, by_name)
        if kind is not None:
            unify(own, _made(kind, own))


def _made(kind: Kind, own: Term) -> Term:
    match kind:
        case Kind.DICT:
            key = own.key or own.elem or Term()
            return Term(Kind.DICT, elem=key, key=key, item=own.item or Term())
        case Kind.LIST | Kind.SET:
            return Term(kind, elem=own.elem or own.item or Term())
        case Kind.TUPLE:
            return Term(Kind.TUPLE, parts=own.parts)
        case _:
            return of_kind(kind)


def _number_kind(own: Term, *, by_name: bool) -> Kind | None:
    """An int, where it must be one, or is a parameter of such a name; elements are called `n` as well."""
    if Mark.WHOLE in own.marks or (by_name and any(map(is_count, own.names))):
        return Kind.INT
    return None


def _kind(own: Term, by_name: bool) -> Kind | None:
    fitting = _by_members(own)
    if fitting is not None and len(fitting) <= 1:
        return fitting[0] if fitting else None
    if fitting is None and not _holds(own):
        shown = by_name and Mark.SHOWN in own.marks and hinted(own.names) is Kind.INT
        return Kind.INT if shown else None
    return _by_content(own, by_name) if fitting is None or Kind.STR in fitting else fitting[0]


def _by_members(own: Term) -> list[Kind] | None:
    """The kinds that have all the methods which the value is asked for; None where it is asked for none."""
    if not own.members:
        return None
    found = [kind for kind in owners(next(iter(own.members))) if all(kind in owners(m) for m in own.members)]
    if Mark.STORED in own.marks or _is_content(own.elem or own.item):
        found = [kind for kind in found if kind is not Kind.STR]
    if own.key is not None and find(own.key).kind in (Kind.STR, Kind.TUPLE) and Kind.DICT in found:
        return [Kind.DICT]
    return [kind for kind in found if kind not in (Kind.BYTES, Kind.INT)] or found


def _is_counted(own: Term) -> bool:
    """Whether it is asked for what stands at a number that is none of what iteration over it gives."""
    key = find(own.key) if own.key is not None else None
    if key is None:
        return Mark.COUNTED in own.marks
    return is_number(key) and (own.elem is None or find(own.elem) is not key)


def _is_held(own: Term) -> bool:
    return bool(own.elem or own.item or own.parts or own.members)


def _holds(own: Term) -> bool:
    marks = {Mark.SLICED, Mark.STORED, Mark.COUNTED, Mark.SIZED}
    return bool(own.elem or own.item or own.parts or own.marks & marks)


def _by_content(own: Term, by_name: bool) -> Kind | None:
    """The kind of a container, by its indices and by what it holds."""
    key = find(own.key) if own.key is not None else None
    over_itself = own.elem is not None and find(own.elem) is key
    if key is not None and (key.kind in (Kind.STR, Kind.TUPLE) or over_itself):
        return Kind.DICT
    if own.parts is not None and not (own.elem or own.item or own.marks & {Mark.STORED, Mark.SIZED}):
        return Kind.TUPLE
    ordered = Mark.COUNTED in own.marks or Mark.SLICED in own.marks or (key is not None and is_number(key))
    if Mark.STORED in own.marks and ordered:
        return Kind.LIST
    held = own.elem or own.item
    if key is None or ordered:
        if _is_content(held):
            return Kind.LIST
        if held is not None and find(held).kind is Kind.STR and not _is_letter(find(held)):
            return Kind.LIST
    return _by_name(own, key, ordered) if by_name else None


def _by_name(own: Term, key: Term | None, ordered: bool) -> Kind | None:
    hint = hinted(own.names)
    inside = own.elem or own.item
    held = find(inside) if inside is not None else None
    if key is not None and not ordered:
        counted = bool(key.names) and all(map(is_count, key.names))
        return Kind.LIST if hint is Kind.LIST or counted else Kind.DICT
    if hint is Kind.DICT:
        return Kind.DICT if own.item is not None and not ordered else Kind.LIST
    if hint in (Kind.LIST, Kind.STR):
        return hint
    if held is not None and held.kind is Kind.STR:
        return Kind.STR
    open_items = own.elem is not None and Mark.SLICED not in own.marks
    return Kind.LIST if open_items or (held is not None and Mark.ORDERED in held.marks) else None


def _is_content(held: Term | None) -> bool:
    """Whether something is no character, so that what holds it is no text."""
    if held is None:
        return False
    own = find(held)
    return own.kind in _CONTAINERS or is_number(own) or own.parts is not None


def _is_letter(held: Term) -> bool:
    """Whether a text may well be a character: it is treated as one, and not as a longer text."""
    long = held.marks & {Mark.TEXT, Mark.SLICED, Mark.SIZED}
    return not long and held.members <= LETTER_METHODS


_PLAIN = {
    Kind.INT: INT, Kind.FLOAT: FLOAT, Kind.STR: STR, Kind.BOOL: BOOL, Kind.BYTES: BYTES, Kind.NONE: NONE,
}  # fmt: skip


def type_of(term: Term, depth: int = 0) -> Type | None:
    """The type of a settled term; None where it isn't known.

    Of what containers hold without that anything is known of it, the type is `object`.
    """
    own = find(term)
    if depth > _DEEP or Mark.MIXED in own.marks:
        return None
    found = _plain(own, depth) if depth or not own.tested else _asked(own)
    # What a container holds is asked for its truth after `get` as well.
    asked = own.kind is Kind.INSTANCE and Mark.ASKED in own.marks and not depth
    absent = Mark.ABSENT in own.marks or asked
    return make_union([found, NONE]) if found is not None and absent else found


def _asked(own: Term) -> Type | None:
    """What a parameter may be that is asked whether it is an instance of a class of the text."""
    found: list[Type] = []
    for name, term in own.tested.items():
        if name == REST and is_passed_on(term):
            continue
        held = type_of(term, 1)
        if held is None:
            return None
        found.append(held)
    if not is_passed_on(own):
        outside = _plain(own, 0)
        if outside is None:
            return None
        found.append(outside)
    return make_union(found)


def is_passed_on(term: Term) -> bool:
    """Whether nothing is done with a value but to keep it, to hand it on, or to compare it by `==`."""
    own = find(term)
    return own.kind is None and not own.marks and not _is_held(own)


def _plain(own: Term, depth: int) -> Type | None:
    match own.kind:
        case Kind.LIST | Kind.SET:
            elem = _inner(elem_of(own), depth)
            if elem is None:
                return None
            return ListOf(elem) if own.kind is Kind.LIST else SetOf(elem)
        case Kind.DICT:
            key, item = _inner(own.key, depth), _inner(own.item, depth)
            return DictOf(key, item) if key is not None and item is not None else None
        case Kind.INSTANCE if own.owner is not None:
            return Instance(own.owner)
        case Kind.FUNCTION if own.parts is not None:
            taken = [_inner(part, depth) for part in own.parts]
            known = [part for part in taken if part is not None]
            gives = _result(own.item, depth)
            if gives is None or len(known) != len(taken):
                return None
            # Python functions that take or give values of any type are not handed to Rust.
            dynamic = any(one is OBJECT or isinstance(one, UnionOf) for one in (*known, gives))
            return None if dynamic else CallableOf(tuple(known), gives)
        case Kind.TUPLE if own.parts:
            parts = [_inner(part, depth) for part in own.parts]
            known = [part for part in parts if part is not None]
            return TupleOf(tuple(known)) if len(known) == len(parts) else None
        case None if is_number(own):
            return INT if Mark.WHOLE in own.marks else make_union([INT, FLOAT])
        case None:
            return None
        case kind:
            return _PLAIN.get(kind)


def _result(term: Term | None, depth: int) -> Type | None:
    """What a function gives that is handed in: True or False where only its truth is asked for."""
    if term is None:
        return OBJECT
    own = find(term)
    return BOOL if own.kind is None and own.marks == {Mark.ASKED} else _inner(own, depth)


def held_type(term: Term) -> Type | None:
    """The type of what something holds: of what nothing is done with, `object`."""
    return _inner(term, 0)


def _inner(part: Term | None, depth: int) -> Type | None:
    if part is None:
        return OBJECT
    own = find(part)
    found = type_of(own, depth + 1)
    unused = own.kind is None and not (own.members or own.elem or own.item or own.parts)
    if found is not None or not unused or Mark.MIXED in own.marks:
        return found
    return make_union([INT, FLOAT]) if Mark.ORDERED in own.marks else OBJECT
