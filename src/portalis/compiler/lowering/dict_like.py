"""`Counter`, `defaultdict` and `OrderedDict` are dicts in Rust: whatever only reads them sees the dict."""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.lowering.value import Value
from portalis.compiler.types import INT, DictOf, Instance, Type

COUNTER, DEFAULT_DICT, DEQUE = "collections.Counter", "collections.defaultdict", "collections.deque"
ORDERED_DICT = "collections.OrderedDict"


def dict_of(type_: Type) -> Type:
    """The dict that a `Counter`, `defaultdict` or `OrderedDict` is; any other type as it is."""
    match type_:
        case Instance(name="collections.Counter", args=(elem,)):
            return DictOf(elem, INT)
        case Instance(name="collections.defaultdict" | "collections.OrderedDict", args=(key, value)):
            return DictOf(key, value)
        case _:
            return type_


def as_dict(value: Value) -> Value:
    """The value under the type `dict_of` gives."""
    known = dict_of(value.type)
    return value if known is value.type else replace(value, type=known)
