"""Python values as Rust expressions, by the type they have in a signature.

>>> from portalis.compiler.types import INT, STR, ListOf, OptionalOf
>>> argument(["a"], ListOf(STR)), owned(-1, OptionalOf(INT)), argument("a", STR)
('&["a".to_string()]', 'Some(-1)', '"a"')
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable

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
    VarTuple,
    is_copy,
)

_I64 = range(-(2**63), 2**63)


class NoLiteral(Exception):
    """A value that Rust can't write, or that isn't of the type."""


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
            return f"[{pairs}].into_iter().collect()"
        case SetOf(elem, frozen), (set() | frozenset()) if isinstance(value, frozenset) == frozen:
            return f"[{_joined(sorted(value, key=repr), elem)}].into_iter().collect()"
        case Instance(name), _:
            return _date(value, name)
        case _:
            raise NoLiteral(f"{value!r} as {type_}")


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
            return f"&[{_joined(value, elem)}]"
        case _:
            return f"&{owned(value, type_)}"


def _joined(values: Iterable[object], elem: Type) -> str:
    return ", ".join(owned(one, elem) for one in values)


def _primitive(value: object, type_: Prim) -> str:
    match type_, value:
        case Prim.BOOL, bool():
            return "true" if value else "false"
        case Prim.INT, int() if not isinstance(value, bool) and value in _I64:
            return "i64::MIN" if value == _I64.start else str(value)
        case Prim.FLOAT, float():
            return _float(value)
        case Prim.STR, str():
            return f"{_text(value)}.to_string()" if value else "String::new()"
        case Prim.BYTES, bytes():
            return f"{_bytes(value)}.to_vec()"
        case _:
            raise NoLiteral(f"{value!r} as {type_}")


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
    match name, value:
        case "datetime.datetime", datetime.datetime(tzinfo=None, fold=0):
            day = _day(value.date())
            return f"{day}.and_time({_time(value.time())})"
        case "datetime.date", datetime.date() if not isinstance(value, datetime.datetime):
            return _day(value)
        case "datetime.time", datetime.time(tzinfo=None, fold=0):
            return _time(value)
        case "datetime.timedelta", datetime.timedelta():
            seconds = value.days * 86_400 + value.seconds
            return f"chrono::TimeDelta::new({seconds}, {value.microseconds * 1000}).unwrap()"
        case _:
            raise NoLiteral(f"{value!r} as {name}")


def _day(value: datetime.date) -> str:
    return f"chrono::NaiveDate::from_ymd_opt({value.year}, {value.month}, {value.day}).unwrap()"


def _time(value: datetime.time) -> str:
    parts = f"{value.hour}, {value.minute}, {value.second}, {value.microsecond}"
    return f"chrono::NaiveTime::from_hms_micro_opt({parts}).unwrap()"
