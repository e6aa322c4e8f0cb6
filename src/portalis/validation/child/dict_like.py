"""Dicts of the classes of `collections`: made empty for a shape, and made again with other entries."""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable

from .shape import Shape

Pairs = Iterable[tuple[object, object]]

_FACTORIES: dict[str, Callable[[], object]] = {
    "int": int,
    "float": float,
    "str": str,
    "bool": bool,
    "list": list,
    "dict": dict,
    "set": set,
    "deque": deque,
    "counter": Counter,
}
_CLASSES = (dict, Counter, OrderedDict, defaultdict)


def empty(shape: Shape) -> dict[object, object]:
    """An empty dict of the shape's kind; one that makes missing values makes them of its shape."""
    match shape.kind:
        case "counter":
            return Counter()  # type: ignore[return-value]  # its values are drawn as ints
        case "ordereddict":
            return OrderedDict()
        case "defaultdict":
            return defaultdict(_FACTORIES[shape.parts[1].kind])
        case _:
            return {}


def is_dict(value: object) -> bool:
    """Whether the value is a dict of a class that is known here."""
    return type(value) in _CLASSES


def filled(value: dict[object, object], pairs: Pairs) -> dict[object, object]:
    """The dict itself, with these entries put behind its own."""
    # `update` of a `Counter` would count.
    for key, item in pairs:
        value.__setitem__(key, item)
    return value


def remade(value: dict[object, object], pairs: Pairs) -> dict[object, object]:
    """A dict of the same class, and with the same factory, that holds these entries instead.

    >>> remade(defaultdict(int, {"a": 1}), [("b", 2)])
    defaultdict(<class 'int'>, {'b': 2})
    """
    if isinstance(value, defaultdict):
        return filled(defaultdict(value.default_factory), pairs)
    return filled(type(value)() if is_dict(value) else {}, pairs)


def source_of(value: dict[object, object], inside: str) -> str:
    """Python that makes the dict, given that of a plain dict with its entries."""
    if isinstance(value, defaultdict):
        factory = getattr(value.default_factory, "__name__", None)
        return f"defaultdict({factory}, {inside})"
    return inside if type(value) is dict else f"{type(value).__name__}({inside})"
