"""Importing a project's modules and taking down what they hold: constants, exception classes, what importing
printed.
"""

from __future__ import annotations

import enum
import importlib
import types
from collections.abc import Callable, Collection
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
        "enums": _enums(module),
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
            found[name] = encode(value, members=True)
        except Exception:  # noqa: BLE001 - not plain data, or a value whose class answers for it
            continue
    for kind in _own_classes(module):
        _class_constants(kind, found)
    return found


def _class_constants(kind: type, found: dict[str, Json]) -> None:
    """The attributes of a class that are plain data, by the name of the class and theirs."""
    for name, value in list(vars(kind).items()):
        if name.startswith("__") or "<locals>" in kind.__qualname__:
            continue
        if isinstance(value, type) and value.__qualname__ == f"{kind.__qualname__}.{name}":
            _class_constants(value, found)
        try:
            found[f"{kind.__qualname__}.{name}"] = encode(value, members=True)
        except Exception:  # noqa: BLE001 - a method, a slot, or a value whose class answers for it
            continue


def _exceptions(module: types.ModuleType) -> list[Json]:
    """The exception classes that the module defines."""
    return [_describe(kind) for kind in _own_classes(module) if issubclass(kind, BaseException)]


def _own_classes(module: types.ModuleType) -> list[type]:
    classes = [value for value in list(vars(module).values()) if issubclass(type(value), type)]
    return [kind for kind in classes if kind.__module__ == module.__name__]


def _enums(module: types.ModuleType) -> list[Json]:
    """The enumerations that the module defines, by its own names for them."""
    found = dict.fromkeys(kind for kind in _own_classes(module) if issubclass(kind, enum.Enum))
    return [_enumeration(kind) for kind in found if getattr(module, kind.__name__, None) is kind]


def _enumeration(kind: type[enum.Enum]) -> Json:
    members: list[Json] = []
    for member in kind.__members__.values():
        if member.name in [one[0] for one in members if isinstance(one, list)]:
            continue
        try:
            value: Json = [encode(member.value)]
        except Exception:  # noqa: BLE001 - not plain data, or a value whose class answers for it
            value = []
        members.append([member.name, value, *(_shown(show, member) for show in (str, repr, format))])
    aliases: list[Json] = [
        [name, member.name] for name, member in kind.__members__.items() if name != member.name
    ]
    data = [one.__name__ for one in kind.__mro__ if one.__module__ == "builtins" and one is not object]
    return {
        "module": kind.__module__,
        "qualname": kind.__qualname__,
        "mixed": data[0] if data else "",
        "members": members,
        "aliases": aliases,
        "odd": _oddness(kind, data),
    }


def _oddness(kind: type[enum.Enum], data: list[str]) -> str:
    """What an enumeration has that sets it apart from a closed list of members; "" where nothing does."""
    others = [one for one in kind.__mro__[1:] if one.__module__ not in ("builtins", "enum")]
    if others:
        return f"it has the base class `{others[0].__qualname__}`"
    if issubclass(kind, enum.Flag):
        return "its members are flags, which can be combined"
    if len(data) > 1 or not {*data} <= {"int", "str"}:
        return f"its members are of the type `{data[0]}` too"
    if type(kind) is not enum.EnumMeta:
        return "it has a metaclass of its own"
    if any(type(member) is not kind for member in kind.__members__.values()):
        return "a member is of another class"
    if not kind.__members__:
        return "it has no members"
    return ""


def _shown(show: Callable[[object], str], member: enum.Enum) -> str:
    """A text of a member; "" where its class raises."""
    with captured():
        try:
            return show(member)
        except Exception:  # noqa: BLE001 - the class's own code; it is then not asked for its text
            return ""


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
