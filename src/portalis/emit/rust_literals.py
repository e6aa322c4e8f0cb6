"""Python values as Rust expressions, by the type they have in a signature.

>>> from portalis.compiler.types import INT, STR, ListOf, OptionalOf
>>> owned(["a"], ListOf(STR)), owned(-1, OptionalOf(INT)), argument("a", STR)
('vec!["a".to_string()]', 'Some(-1)', '"a"')
>>> argument(["a"], ListOf(STR)), expected(["a"], ListOf(STR))
('&["a"].map(String::from)', '["a"]')
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence

from portalis.compiler.types import (
    BYTES,
    STR,
    DictOf,
    Instance,
    IterOf,
    ListOf,
    OptionalOf,
    Prim,
    SetOf,
    TupleOf,
    Type,
    UnionOf,
    VarTuple,
    is_copy,
)
from portalis.mapping.union_enum import enum_name, variant_name

_I64 = range(-(2**63), 2**63)


class NoLiteral(Exception):
    """A value that Rust can't write, or that isn't of the type; the message says which kind, not which."""


def owned(value: object, type_: Type) -> str:
    """The Rust expression for an owned value.

    Raises:
        NoLiteral: there is none.
    """
    match type_, value:
        case Prim.NONE, None:
            return "()"
        case Prim(), _:
            return _primitive(value, type_)
        case OptionalOf(), None:
            return "None"
        case OptionalOf(inner), _:
            return f"Some({owned(value, inner)})"
        case ListOf(elem), list():
            return f"vec![{_joined(value, elem)}]"
        case VarTuple(elem), tuple():
            return f"vec![{_joined(value, elem)}]"
        case ((Instance("typing.Sequence", (elem,)) | IterOf(elem)), (list() | tuple())):
            return f"vec![{_joined(value, elem)}]"
        case TupleOf(items), tuple() if len(items) == len(value):
            inside = ", ".join(owned(one, item) for one, item in zip(value, items, strict=True))
            return f"({inside},)" if len(items) == 1 else f"({inside})"
        case ((DictOf(key, item) | Instance("typing.Mapping", (key, item))), dict()):
            pairs = ", ".join(f"({owned(k, key)}, {owned(v, item)})" for k, v in value.items())
            return f"Dict::from_iter([{pairs}])"
        case UnionOf(members), _:
            return _variant(value, type_, members)
        case SetOf(elem, frozen), (set() | frozenset()) if isinstance(value, frozenset) == frozen:
            return f"Set::from_iter({_array(_sorted(value), elem)})"
        case Instance(name), _:
            return _date(value, name)
        case _:
            raise _no_literal(value, type_)


def _no_literal(value: object, type_: Type | str) -> NoLiteral:
    return NoLiteral(f"a {type(value).__name__} as {type_}")


def _variant(value: object, union: UnionOf, members: tuple[Type, ...]) -> str:
    """The variant of the first member that takes the value, as the extension chooses it."""
    for member in members:
        try:
            return f"{enum_name(union)}::{variant_name(member)}({owned(value, member)})"
        except NoLiteral:
            continue
    raise _no_literal(value, union)


def expected(value: object, type_: Type) -> str:
    """The shortest Rust expression that an owned value of the type equals.

    Raises:
        NoLiteral: there is none.
    """
    match type_, value:
        case ((ListOf(elem) | VarTuple(elem)), (list() | tuple())) if value:
            inside = (argument(one, elem) if elem == STR else owned(one, elem) for one in value)
            return f"[{', '.join(inside)}]"
        case _:
            return owned(value, type_)


def argument(value: object, type_: Type) -> str:
    """The Rust expression that passes a value to a parameter that only reads it.

    Raises:
        NoLiteral: there is none.
    """
    match type_, value:
        case Prim.STR, str():
            return _text(value)
        case Prim.BYTES, bytes():
            return _bytes(value)
        case IterOf(), _:
            return f"{owned(value, type_)}.into_iter()"
        case OptionalOf(), None:
            return "None"
        case OptionalOf(inner), _ if inner in (STR, BYTES):
            return f"Some({argument(value, inner)})"
        case OptionalOf(ListOf() | VarTuple() | Instance("typing.Sequence") as inner), _:
            return f"Some({argument(value, inner).removeprefix('&')}.as_slice())"
        case _ if is_copy(type_):
            return owned(value, type_)
        case OptionalOf(inner), _:
            return f"Some(&{owned(value, inner)})"
        case ((ListOf(elem) | VarTuple(elem) | Instance("typing.Sequence", (elem,))), (list() | tuple())):
            return f"&{_array(value, elem)}"
        case _:
            return f"&{owned(value, type_)}"


def _array(values: Sequence[object], elem: Type) -> str:
    """An array of owned elements; strings are written without a conversion each."""
    if elem == STR and values:
        return f"[{', '.join(argument(one, elem) for one in values)}].map(String::from)"
    return f"[{_joined(values, elem)}]"


def _sorted(values: Iterable[object]) -> list[object]:
    """The members of a set in an order that does not depend on hashes."""
    return sorted(
        values, key=lambda one: (not isinstance(one, int), one if isinstance(one, int) else 0, repr(one))
    )


def _joined(values: Iterable[object], elem: Type) -> str:
    return ", ".join(owned(one, elem) for one in values)


def _primitive(value: object, type_: Prim) -> str:
    match type_, value:
        case Prim.BOOL, bool():
            return "true" if value else "false"
        case Prim.INT, int() if not isinstance(value, bool) and value in _I64:
            return "i64::MIN" if value == _I64.start else str(value)
        case Prim.BIG, int() if not isinstance(value, bool):
            return f'"{value}".parse::<num_bigint::BigInt>().unwrap()'
        case Prim.FLOAT, float():
            return _float(value)
        case Prim.STR, str():
            return f"{_text(value)}.to_string()" if value else "String::new()"
        case Prim.BYTES, bytes():
            return f"{_bytes(value)}.to_vec()"
        case Prim.INT, int() if not isinstance(value, bool):
            raise NoLiteral("an integer beyond 64 bits")
        case _:
            raise _no_literal(value, type_)


def _float(value: float) -> str:
    if math.isnan(value):
        return "f64::NAN"
    if math.isinf(value):
        return "f64::INFINITY" if value > 0 else "f64::NEG_INFINITY"
    text = repr(value)
    return text if any(mark in text for mark in ".e") else f"{text}.0"


def _text(value: str) -> str:
    if any("\ud800" <= c <= "\udfff" for c in value):
        raise NoLiteral("a lone surrogate")
    named = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
    shown = (named.get(c) or (c if c.isprintable() else f"\\u{{{ord(c):x}}}") for c in value)
    return f'"{"".join(shown)}"'


def _bytes(value: bytes) -> str:
    shown = "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02x}" for byte in value
    )
    return f'b"{shown}"'


def _date(value: object, name: str) -> str:
    """A call of one of the helpers that the file of tests defines."""
    match name, value:
        case "datetime.datetime", datetime.datetime(tzinfo=None, fold=0):
            return f"datetime({_day(value.date())}, {_time(value.time())})"
        case "datetime.date", datetime.date() if not isinstance(value, datetime.datetime):
            return _day(value)
        case "datetime.time", datetime.time(tzinfo=None, fold=0):
            return _time(value)
        case "datetime.timedelta", datetime.timedelta():
            return f"timedelta({value.days * 86_400 + value.seconds}, {value.microseconds})"
        case _:
            raise _no_literal(value, name)


def _day(value: datetime.date) -> str:
    return f"date({value.year}, {value.month}, {value.day})"


def _time(value: datetime.time) -> str:
    return f"time({value.hour}, {value.minute}, {value.second}, {value.microsecond})"
