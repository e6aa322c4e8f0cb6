"""What an empty dict or list is filled with, where the oracle could not say.

    counts = {}
    for c in text:
        counts[c] = counts.get(c, 0) + 1      # the value reads the dict itself: str to int

The answer is a proposal: lowering gives the variable that type, and refuses whatever doesn't fit it.
"""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.types import ANY, BOOL, FLOAT, INT, NEVER, OBJECT, DictOf, ListOf, SetOf, Type

_OPEN = (ANY, NEVER)


def settle_dicts(function: h.Function) -> h.Function:
    """The function with the types of its variables that start as `{}` or `[]` and are filled one by one."""
    found: dict[str, Type] = {}
    for node in walk(function.body):
        match node:
            case h.Assign((h.Local(name=name),), h.DictDisplay(())) if name not in found:
                declared = function.locals.get(name, ANY)
                if declared is ANY or (
                    isinstance(declared, DictOf) and ANY in (declared.key, declared.value)
                ):
                    stored = _stored(function, name)
                    if stored is not None:
                        found[name] = stored
            case h.Assign((h.Local(name=name),), h.ListDisplay(())) if name not in found:
                if function.locals.get(name, ANY) == ListOf(ANY):
                    appended = _appended(function, name)
                    if appended is not None:
                        found[name] = ListOf(appended)
    return replace(function, locals={**function.locals, **found}) if found else function


def narrowed(function: h.Function) -> h.Function:
    """The function with variables that may hold any values (`dict[str, Any]`) as dicts of what they get.

    Again a proposal: for where the declared type does not fit what becomes of the dict.
    """
    found: dict[str, Type] = {}
    for node in walk(function.body):
        match node:
            case h.Assign((h.Local(name=name),), h.DictDisplay(())) if name not in found:
                declared = function.locals.get(name, ANY)
                if isinstance(declared, DictOf) and declared.value is OBJECT:
                    given = _stored(function, name) or _updated(function, name)
                    if given is not None and given.value is not OBJECT:
                        found[name] = given
    return replace(function, locals={**function.locals, **found}) if found else function


def _stored(function: h.Function, name: str) -> DictOf | None:
    for node in walk(function.body):
        match node:
            case h.Assign((h.Subscript(value=h.Local(name=owner), index=key),), value) if owner == name:
                made = DictOf(key.type, _type_of(value, name))
                if not _open(made.key) and not _open(made.value):
                    return made
    return None


def _updated(function: h.Function, name: str) -> DictOf | None:
    """The one type of every dict that a dict is updated with; None where there are several, or none."""
    found = _handed(function, name, "update")
    return found if isinstance(found, DictOf) and not _open(found) else None


def _appended(function: h.Function, name: str) -> Type | None:
    """The one type of everything that is appended to a list; None where there are several, or none."""
    found = _handed(function, name, "append")
    return found if found is not None and not _open(found) else None


def _handed(function: h.Function, name: str, method: str) -> Type | None:
    """The one type of what a method of a variable is handed; None where there are several, or none."""
    types = {
        node.args[0].type
        for node in walk(function.body)
        if isinstance(node, h.CallMethod)
        and node.method == method
        and isinstance(node.receiver, h.Local)
        and node.receiver.name == name
        and len(node.args) == 1
    }
    return types.pop() if len(types) == 1 else None


def _open(type_: Type) -> bool:
    match type_:
        case ListOf(elem) | SetOf(elem):
            return _open(elem)
        case DictOf(key, item):
            return _open(key) or _open(item)
        case _:
            return type_ in _OPEN


def _type_of(value: h.Expr, name: str) -> Type:
    """The type of an expression in which `name[…]` and `name.get(…)` are not typed yet."""
    match value:
        case h.CallMethod(receiver=h.Local(name=owner), method="get" | "pop", args=(_, default)) if (
            owner == name
        ):
            return _type_of(default, name)
        case h.Subscript(value=h.Local(name=owner)) if owner == name:
            return ANY
        case h.Binary(op="+" | "-" | "*", left=left, right=right) if value.type in _OPEN:
            a, b = _type_of(left, name), _type_of(right, name)
            if a is ANY or b is ANY:
                return b if a is ANY else a
            if {a, b} <= {INT, BOOL}:
                return INT
            return FLOAT if {a, b} <= {INT, BOOL, FLOAT} else a if a == b else ANY
        case _:
            return value.type
