"""Whether a value is of a shape, exactly: a recorded call may have passed another type than is declared."""

from __future__ import annotations

from collections import deque
from decimal import Decimal
from fractions import Fraction

from .dict_like import empty
from .shape import DICTS, Shape

_PLAIN: dict[str, type] = {
    "int": int,
    "float": float,
    "str": str,
    "bool": bool,
    "bytes": bytes,
    "bytearray": bytearray,
    "decimal": Decimal,
    "fraction": Fraction,
    "none": type(None),
}
_CONTAINERS: dict[str, type] = {
    "list": list,
    "set": set,
    "frozenset": frozenset,
    "vartuple": tuple,
    "deque": deque,
}


def fits(value: object, shape: Shape) -> bool:
    """Whether Rust would take the value for a parameter of that shape; True for kinds not known here.

    >>> fits([1, 2], Shape("list", (Shape("int"),))), fits([True], Shape("list", (Shape("int"),)))
    (True, False)
    """
    kind, parts = shape.kind, shape.parts
    if kind in _PLAIN:
        return type(value) is _PLAIN[kind]
    if kind == "optional":
        return value is None or fits(value, parts[0])
    if kind == "union":
        return any(fits(value, part) for part in parts)
    if kind in _CONTAINERS:
        return type(value) is _CONTAINERS[kind] and all(fits(item, parts[0]) for item in _items(value))
    if kind == "tuple":
        items = _items(value)
        sized = type(value) is tuple and len(items) == len(parts)
        return sized and all(fits(item, part) for item, part in zip(items, parts, strict=True))
    if kind in DICTS:
        if not isinstance(value, dict) or not _is_like(value, empty(shape)):
            return False
        return all(fits(key, parts[0]) and fits(item, parts[1]) for key, item in value.items())
    return True


def _is_like(value: dict[object, object], other: dict[object, object]) -> bool:
    """Whether two dicts are of one class, and make missing values alike."""
    factories = (getattr(one, "default_factory", None) for one in (value, other))
    return type(value) is type(other) and next(factories) is next(factories)


def _items(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple, set, frozenset, deque)) else []
