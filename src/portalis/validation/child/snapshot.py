"""Importing a project's modules and taking down what they hold: constants, exception classes, what importing
printed.
"""

from __future__ import annotations

import importlib
import types
from collections.abc import Collection
from pathlib import Path

from .cause import cause_of
from .codec import Json, encode
from .hidden import mend
from .outcome import captured

_NOT_CONSTANTS = frozenset(
    {
        "__name__",
        "__file__",
        "__path__",
        "__cached__",
        "__spec__",
        "__loader__",
        "__builtins__",
        "__package__",
    }
    | {"__doc__", "__annotations__"}
)


def snapshot(name: str) -> dict[str, Json]:
    """The module's constants and exceptions, and what its import printed and left in the scratch folder.

    A module that can't be imported gives `problem` instead.
    """
    before = _listing()
    with captured() as sink:
        try:
            module = importlib.import_module(name)
        except BaseException as error:  # noqa: BLE001 - a module may raise anything, SystemExit too
            tainted = mend()
            told = f"{type(error).__name__}: {error}"[:1000]
            return {"problem": told, "cause": cause_of(error), "tainted": tainted}
        tainted = mend()
        printed = sink.getvalue()
    created = sorted(_listing() - before - {"bytecode"})
    return {
        "constants": _constants(module),
        "exceptions": _exceptions(module),
        "printed": printed[:2000],
        "created": [*created],
        "tainted": tainted,
    }


def _listing() -> set[str]:
    return {entry.name for entry in Path().iterdir()}


def _constants(module: types.ModuleType) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for name, value in vars(module).items():
        if name in _NOT_CONSTANTS:
            continue
        try:
            found[name] = encode(value)
        except Exception:  # noqa: BLE001 - not plain data, or a value whose class answers for it
            continue
    return found


def _exceptions(module: types.ModuleType) -> list[Json]:
    """The exception classes that the module defines."""
    classes = [value for value in list(vars(module).values()) if issubclass(type(value), type)]
    own = [kind for kind in classes if kind.__module__ == module.__name__]
    return [_describe(kind) for kind in own if issubclass(kind, BaseException)]


def _describe(kind: type[BaseException]) -> Json:
    own = [one for one in kind.__mro__ if one.__module__ != "builtins"]
    return {
        "module": kind.__module__,
        "qualname": kind.__qualname__,
        "mro": [f"{one.__module__}:{one.__qualname__}" for one in kind.__mro__],
        "own_str": _defined("__str__", own),
        "own_init": _defined("__init__", own) or _defined("__new__", own),
        "bare_text": _text(kind, ()),
        "keeps_text": _text(kind, ("a text",)) == "a text",
    }


def _defined(name: str, classes: Collection[type]) -> bool:
    return any(name in vars(one) for one in classes)


def _text(kind: type[BaseException], args: tuple[str, ...]) -> str | None:
    """`str` of an instance made with `args`, or None where that raises."""
    with captured():
        try:
            return str(kind(*args))
        except Exception:  # noqa: BLE001 - the class's own code; that it raises is the answer
            return None
