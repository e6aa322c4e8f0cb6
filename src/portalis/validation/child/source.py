"""Values as Python source text, for counterexamples that can be pasted."""

from __future__ import annotations

import datetime
import math
import re
from collections import Counter, OrderedDict, deque
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from .caught import Part
from .compare import attributes
from .dict_like import is_dict, source_of
from .function_text import FunctionText
from .recipe import Recipe

MAX_TEXT = 2000
_DEEPEST = 8


def source(value: object, above: tuple[int, ...] = ()) -> str:
    """Python source that evaluates to `value`; instances that stand inside themselves end in dots.

    `above` are the identities of the instances around the value.

    >>> source([float("nan"), -0.0, {"a": (1,)}, set()])
    "[float('nan'), -0.0, {'a': (1,)}, set()]"
    """
    match value:
        case Enum() if isinstance(value.name, str):
            return f"{type(value).__qualname__}.{value.name}"
        case float() if math.isnan(value) or math.isinf(value):
            return f"float('{value}')"
        case list():
            return f"[{_sources(value, above)}]"
        case tuple() if type(value) is tuple:
            return f"({_sources(value, above)}{',' if len(value) == 1 else ''})"
        case dict() if is_dict(value):
            pairs = (f"{source(key, above)}: {source(item, above)}" for key, item in value.items())
            return source_of(value, "{" + ", ".join(pairs) + "}")
        case set() if value:
            return "{" + ", ".join(sorted(source(item, above) for item in value)) + "}"
        case frozenset():
            items = ", ".join(sorted(source(item, above) for item in value))
            return f"frozenset({{{items}}})" if value else "frozenset()"
        case deque():
            return f"deque([{_sources(value, above)}])"
        case datetime.date() | datetime.time() | datetime.timedelta() | Decimal() | Fraction():
            return repr(value)
        case Recipe() | Part() | FunctionText():
            return repr(value)
        case _:
            return _instance(value, above)


def _sources(values: Iterable[object], above: tuple[int, ...]) -> str:
    return ", ".join(source(value, above) for value in values)


def _instance(value: object, above: tuple[int, ...]) -> str:
    """An instance of a class that prints no more than its address: by its attributes."""
    found = attributes(value) if type(value).__repr__ is object.__repr__ else None
    if found is None:
        return shown(value)
    if id(value) in above or len(above) > _DEEPEST:
        return f"<{type(value).__module__}.{type(value).__qualname__} …>"
    inner = (*above, id(value))
    inside = "".join(f" {name}={source(one, inner)}" for name, one in found.items())
    return f"<{type(value).__module__}.{type(value).__qualname__}{inside}>"


def from_repr(text: str) -> tuple[object, ...]:
    """The arguments whose `repr` is `text`, which a child of ours made.

    Raises:
        ValueError: it isn't the text of a tuple of values that `repr` writes as an expression.
    """
    names = {
        "nan": math.nan,
        "inf": math.inf,
        "datetime": datetime,
        "deque": deque,
        "re": re,
        "Decimal": Decimal,
        "Fraction": Fraction,
        "Counter": Counter,
        "OrderedDict": OrderedDict,
    }
    try:
        args = eval(text, names)
    except Exception as error:
        raise ValueError("not the text of arguments") from error
    if not isinstance(args, tuple):
        raise ValueError("not the text of arguments")
    return args


def shown(value: object) -> str:
    """`repr`, bounded, and never raising."""
    try:
        text = repr(value)
    except Exception as error:  # noqa: BLE001 - a user's `__repr__` may raise anything
        text = f"<{type(value).__qualname__} whose repr raises {type(error).__name__}>"
    return text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + "…"


def call_text(
    name: str, args: tuple[object, ...], keywords: tuple[str, ...], names: tuple[str, ...] = ()
) -> str:
    """The call as source: `name('12', strict=True)`.

    A mutable object that is passed twice is one object there too, given the parameters' names:

    >>> xs = [1]
    >>> call_text("f", (xs, xs, [1]), (), ("a", "b", "c"))
    'f((a := [1]), a, [1])'
    """
    positional = len(args) - len(keywords)
    identities = [id(arg) if isinstance(arg, (list, dict, set, bytearray, deque)) else None for arg in args]
    parts: list[str] = []
    for at, arg in enumerate(args):
        text = source(arg)
        first = identities.index(identities[at])
        if identities[at] is not None and identities.count(identities[at]) > 1 and names:
            text = names[first] if first < at else f"({names[first]} := {text})"
        if at < positional:
            parts.append(text)
        else:
            parts += passed(keywords[at - positional], arg, text)
    text = f"{name}({', '.join(parts)})"
    return text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + "…"


def passed(keyword: str, value: object, text: str) -> list[str]:
    """How an argument that has no place of its own is passed; none where nothing is.

    >>> passed("flag", True, "True"), passed("*rest", (1, "a"), ""), passed("**more", {"a": 1}, "{'a': 1}")
    (['flag=True'], ['1', "'a'"], ["**{'a': 1}"])
    """
    if keyword.startswith("**"):
        return [f"**{text}"] if value else []
    if keyword.startswith("*"):
        assert isinstance(value, tuple)
        return [source(one) for one in value]
    return [f"{keyword}={text}"]


def error_text(error: BaseException) -> str:
    """An exception as `raises ValueError('text')`."""
    return f"raises {type(error).__qualname__}({', '.join(map(shown, error.args))})"
