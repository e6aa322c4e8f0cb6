"""Values as Python source text, for counterexamples that can be pasted."""

from __future__ import annotations

import datetime
import math
from collections import deque

MAX_TEXT = 2000


def source(value: object) -> str:
    """Python source that evaluates to `value`.

    >>> source([float("nan"), -0.0, {"a": (1,)}, set()])
    "[float('nan'), -0.0, {'a': (1,)}, set()]"
    """
    match value:
        case float() if math.isnan(value) or math.isinf(value):
            return f"float('{value}')"
        case list():
            return f"[{', '.join(map(source, value))}]"
        case tuple() if type(value) is tuple:
            return f"({', '.join(map(source, value))}{',' if len(value) == 1 else ''})"
        case dict() if type(value) is dict:
            return "{" + ", ".join(f"{source(key)}: {source(item)}" for key, item in value.items()) + "}"
        case set() if value:
            return "{" + ", ".join(sorted(map(source, value))) + "}"
        case frozenset():
            return f"frozenset({{{', '.join(sorted(map(source, value)))}}})" if value else "frozenset()"
        case deque():
            return f"deque([{', '.join(map(source, value))}])"
        case datetime.date() | datetime.time() | datetime.timedelta():
            return repr(value)
        case _:
            return shown(value)


def shown(value: object) -> str:
    """`repr`, bounded, and never raising."""
    try:
        text = repr(value)
    except Exception as error:  # noqa: BLE001 - a user's `__repr__` may raise anything
        text = f"<{type(value).__qualname__} whose repr raises {type(error).__name__}>"
    return text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + "…"


def call_text(name: str, args: tuple[object, ...], keywords: tuple[str, ...]) -> str:
    """The call as source: `name('12', strict=True)`."""
    positional = len(args) - len(keywords)
    parts = [source(arg) for arg in args[:positional]]
    parts += [f"{key}={source(arg)}" for key, arg in zip(keywords, args[positional:], strict=True)]
    text = f"{name}({', '.join(parts)})"
    return text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + "…"


def error_text(error: BaseException) -> str:
    """An exception as `raises ValueError('text')`."""
    return f"raises {type(error).__qualname__}({', '.join(map(shown, error.args))})"
