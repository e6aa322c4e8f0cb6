"""Python values as JSON, both ways, without pickle: what a child sends back must not be able to run code in
the parent.

`encode((1, -0.0, {"a": b"x"}))` is `["t", [1, ["f", "-0x0.0p+0"], ["d", [["a", ["b", "78"]]]]]]`. Exact
types only; a value of another type raises `NotEncodableError`.
"""

from __future__ import annotations

import datetime
import enum
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Union

from .functions import Function, function_named


@dataclass(frozen=True)
class Member:
    """A member of an enumeration: its class as `module:qualname`, and its name."""

    key: str
    name: str


Scalar = Union[
    None,
    bool,
    int,
    float,
    complex,
    str,
    bytes,
    datetime.date,
    datetime.time,
    datetime.timedelta,
    Decimal,
    "re.Pattern[str]",
    "re.Pattern[bytes]",
    Member,
    Function,
]
Value = Union[
    Scalar,
    bytearray,
    "list[Value]",
    "tuple[Value, ...]",
    "dict[Value, Value]",
    "set[Value]",
    "frozenset[Value]",
]
Json = Union[None, bool, int, float, str, "list[Json]", "dict[str, Json]"]

_CONTAINER_TAGS: dict[type, str] = {list: "l", tuple: "t", set: "s", frozenset: "z"}
_MAX_DEPTH = 60
_SMALL = 1 << 62


class NotEncodableError(ValueError):
    """A value that has no exact JSON form here: another type, too deep, or too large."""


class _Budget:
    """Counts down the nodes an encoding may use; `members` says whether members of enumerations, and
    functions, may occur.
    """

    __slots__ = ("left", "members")

    def __init__(self, nodes: int, members: bool) -> None:
        self.left = nodes
        self.members = members

    def take(self, nodes: int, depth: int) -> None:
        self.left -= nodes
        if self.left < 0:
            raise NotEncodableError("too large")
        if depth > _MAX_DEPTH:
            raise NotEncodableError("nested too deeply")


def encode(value: object, max_nodes: int = 200_000, *, members: bool = False) -> Json:
    """The JSON form of `value`; `max_nodes` bounds its size (elements, and one per 64 characters).

    A member of an enumeration comes back as a `Member`, a function inside a container as a `Function`; they
    have a form only where `members` allows for that.

    Raises NotEncodableError.
    """
    return _encode(value, _Budget(max_nodes, members), 0)


def _encode(value: object, budget: _Budget, depth: int) -> Json:
    kind = type(value)
    if kind is str:
        assert isinstance(value, str)
        budget.take(1 + len(value) // 64, depth)
        return value
    budget.take(1, depth)
    if value is None or kind is bool:
        return bool(value) if value is not None else None
    if kind is int:
        assert isinstance(value, int)
        return value if -_SMALL < value < _SMALL else ["i", hex(value)]
    if isinstance(value, float) and kind is float:
        return ["f", value.hex()]
    if isinstance(value, (list, tuple, set, frozenset)):
        tag = _CONTAINER_TAGS.get(kind)
        if tag is None:
            raise NotEncodableError(f"a value of type {kind.__qualname__}")
        return [tag, [_encode(item, budget, depth + 1) for item in value]]
    if isinstance(value, dict) and kind is dict:
        pairs: list[Json] = []
        for key, item in value.items():
            pairs.append([_encode(key, budget, depth + 1), _encode(item, budget, depth + 1)])
        return ["d", pairs]
    return _encode_rare(value, budget, depth)


def _encode_rare(value: object, budget: _Budget, depth: int) -> Json:
    kind = type(value)
    if isinstance(value, (bytes, bytearray)) and kind in (bytes, bytearray):
        budget.take(len(value) // 64, depth)
        return ["b" if kind is bytes else "a", value.hex()]
    if isinstance(value, complex) and kind is complex:
        return ["c", [value.real.hex(), value.imag.hex()]]
    if isinstance(value, datetime.datetime) and kind is datetime.datetime and value.tzinfo is None:
        return ["dt", [value.isoformat(), value.fold]]
    if isinstance(value, datetime.date) and kind is datetime.date:
        return ["da", value.isoformat()]
    if isinstance(value, datetime.time) and kind is datetime.time and value.tzinfo is None:
        return ["ti", [value.isoformat(), value.fold]]
    if isinstance(value, datetime.timedelta) and kind is datetime.timedelta:
        return ["td", [value.days, value.seconds, value.microseconds]]
    if isinstance(value, Decimal) and kind is Decimal:
        budget.take(len(value.as_tuple().digits) // 64, depth)
        return ["de", str(value)]
    if isinstance(value, re.Pattern):
        return ["re", [_encode(value.pattern, budget, depth + 1), value.flags]]
    if isinstance(value, Member):
        return ["en", [value.key, value.name]]
    if budget.members and isinstance(value, enum.Enum) and isinstance(value.name, str):
        return ["en", [f"{kind.__module__}:{kind.__qualname__}", value.name]]
    function = function_named(value) if budget.members and depth else value
    if isinstance(function, Function):
        return ["fn", [function.module, function.qualname, function.line, function.column]]
    raise NotEncodableError(f"a value of type {kind.__qualname__}")


def decode(json: Json) -> Value:
    """The value that `encode` wrote. Raises ValueError on anything it did not write."""
    if not isinstance(json, list):
        if isinstance(json, (dict, float)):
            raise ValueError("not an encoded value")
        return json
    if len(json) != 2:
        raise ValueError("not an encoded value")
    tag, body = json
    if not isinstance(tag, str):
        raise ValueError("not an encoded value")
    if isinstance(body, list):
        return _decode_list(tag, body)
    if not isinstance(body, str):
        raise ValueError("not an encoded value")
    match tag:
        case "i":
            return int(body, 16)
        case "f":
            return float.fromhex(body)
        case "b":
            return bytes.fromhex(body)
        case "a":
            return bytearray.fromhex(body)
        case "de":
            return Decimal(body)
        case "da":
            return datetime.date.fromisoformat(body)
    raise ValueError(f"unknown tag {tag!r}")


def _decode_list(tag: str, body: list[Json]) -> Value:
    match tag, body:
        case "l", _:
            return [decode(item) for item in body]
        case "t", _:
            return tuple(decode(item) for item in body)
        case "s", _:
            return {decode(item) for item in body}
        case "z", _:
            return frozenset(decode(item) for item in body)
        case "d", _:
            return dict(_decode_pair(pair) for pair in body)
        case "c", [str(real), str(imag)]:
            return complex(float.fromhex(real), float.fromhex(imag))
        case "dt", [str(text), int(fold)]:
            return datetime.datetime.fromisoformat(text).replace(fold=fold)
        case "ti", [str(text), int(fold)]:
            return datetime.time.fromisoformat(text).replace(fold=fold)
        case "td", [int(days), int(seconds), int(micros)]:
            return datetime.timedelta(days, seconds, micros)
        case "en", [str(key), str(name)]:
            return Member(key, name)
        case "fn", [str(module), str(name), int(line), int(column)]:
            return Function(module, name, line, column)
        case "re", [pattern, int(flags)]:
            return _compiled(decode(pattern), flags)
    raise ValueError(f"unknown tag {tag!r}")


def _compiled(pattern: Value, flags: int) -> Value:
    if not isinstance(pattern, (str, bytes)):
        raise ValueError("not an encoded pattern")
    try:
        return re.compile(pattern, flags & ~re.DEBUG.value)
    except (re.error, RecursionError, OverflowError) as error:
        raise ValueError("not an encoded pattern") from error


def _decode_pair(pair: Json) -> tuple[Value, Value]:
    if not isinstance(pair, list) or len(pair) != 2:
        raise ValueError("not an encoded pair")
    return decode(pair[0]), decode(pair[1])
