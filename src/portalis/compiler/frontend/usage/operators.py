"""What operators and comparisons tell of the values on their sides."""

from __future__ import annotations

import ast

from portalis.compiler.frontend.usage.terms import (
    Kind,
    Mark,
    Term,
    can_be_one,
    computed,
    elem_of,
    find,
    is_number,
    join,
    number,
    of_kind,
    text_of,
    unify,
)


def unary(op: ast.unaryop, inner: Term) -> Term:
    match op:
        case ast.Invert():
            unify(inner, number(whole=True))
            return number(whole=True)
        case _:
            unify(inner, number())
            return computed(inner)


def operated(place: Term, op: ast.operator, left: Term, right: Term) -> Term:
    """The term of `left op right`; `place` is the one that belongs to its place in the text."""
    match op:
        case ast.Add():
            return _added(place, left, right)
        case ast.Mult():
            return _multiplied(place, left, right)
        case ast.Mod() if find(left).kind in (Kind.STR, Kind.BYTES):
            return left
        case ast.Mod() | ast.FloorDiv():
            return _numbers(left, right, whole=not _fractional(left, right))
        case ast.LShift() | ast.RShift():
            return _numbers(left, right, whole=True)
        case ast.BitAnd() | ast.BitOr() | ast.BitXor() | ast.Sub() if _set_like(left) or _set_like(right):
            unify(left, right)
            return left
        case ast.BitAnd() | ast.BitOr() | ast.BitXor():
            logical = Kind.BOOL in (find(left).kind, find(right).kind)
            return of_kind(Kind.BOOL) if logical else _numbers(left, right, whole=True)
        case ast.Sub() | ast.Pow():
            _numbers(left, right, whole=False)
            return computed(left, right)
        case ast.Div():
            _numbers(left, right, whole=False)
            return of_kind(Kind.FLOAT)
        case _:
            return place


def _numbers(left: Term, right: Term, *, whole: bool) -> Term:
    for side in (left, right):
        unify(side, number(whole=whole))
    return number(whole=whole)


def _added(place: Term, left: Term, right: Term) -> Term:
    if is_number(left) or is_number(right):
        _numbers(left, right, whole=False)
        if Kind.FLOAT in (find(left).kind, find(right).kind):
            return of_kind(Kind.FLOAT)
        return computed(left, right)
    if find(left).kind is not None or find(right).kind is not None:
        if find(left).kind is Kind.TUPLE or find(right).kind is Kind.TUPLE:
            return place
        unify(left, right)
        if find(left).kind is Kind.STR:
            for side in (left, right):
                find(side).marks.add(Mark.TEXT)
        return find(left)
    if is_number(place):
        return _numbers(left, right, whole=False)
    unify(left, right)
    unify(place, left)
    find(place).marks.add(Mark.ADDED)
    return find(place)


def _multiplied(place: Term, left: Term, right: Term) -> Term:
    for one, other in ((left, right), (right, left)):
        if find(one).kind in (Kind.STR, Kind.LIST, Kind.BYTES):
            unify(other, number(whole=True))
            return one
    if find(left).kind is Kind.TUPLE or find(right).kind is Kind.TUPLE:
        return place
    _numbers(left, right, whole=False)
    if Kind.FLOAT in (find(left).kind, find(right).kind):
        return of_kind(Kind.FLOAT)
    return computed(left, right)


def compared(op: ast.cmpop, sides: tuple[ast.expr, ast.expr], left: Term, right: Term) -> None:
    """What a comparison tells of its sides."""
    match op:
        case ast.In() | ast.NotIn():
            contained(left, right)
        case ast.Is() | ast.IsNot():
            find(left).marks.add(Mark.ABSENT)
        case _:
            _meet_constant(left, sides[1])
            _meet_constant(right, sides[0])
            if is_number(left) or is_number(right):
                _alike_numbers(left, right)
            elif Kind.NONE not in (find(left).kind, find(right).kind):
                both = join(left, right)
                if isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE):
                    both.marks.add(Mark.ORDERED)


def _alike_numbers(left: Term, right: Term) -> None:
    for side in (left, right):
        if can_be_one(side, number()):
            unify(side, number())


def contained(left: Term, right: Term) -> None:
    inside = find(right)
    if inside.kind is Kind.STR:
        text_of(left, Mark.LETTER)
    elif inside.kind is Kind.TUPLE:
        for part in inside.parts or ():
            join(left, part)
    else:
        join(elem_of(right), left)


def _meet_constant(term: Term, other: ast.expr) -> None:
    match other:
        case ast.Constant(value=str() as text):
            text_of(term, Mark.LETTER if len(text) <= 1 else Mark.TEXT)
        case ast.Constant(value=None):
            find(term).marks.add(Mark.ABSENT)
        case _:
            pass


def _set_like(term: Term) -> bool:
    return find(term).kind is Kind.SET


def _fractional(left: Term, right: Term) -> bool:
    return Kind.FLOAT in (find(left).kind, find(right).kind)
