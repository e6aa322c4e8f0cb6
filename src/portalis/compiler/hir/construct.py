"""`__init__` as a constructor: what it assigns to `self` becomes the fields of the instance it gives.

    def __init__(self, limit):              def __init__(limit):
        self.limit = limit                      return Stack { limit: limit, items: [] }
        self.items = []             →

Attributes are locals until all are bound; then the instance exists, and what is left of the body runs on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.class_body import StructField
from portalis.compiler.hir.rewrite import rewrite
from portalis.compiler.hir.structs import StructInfo
from portalis.compiler.hir.unfinished import empty, is_receiver, unseen
from portalis.compiler.hir.walk import walk
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import NONE

N = TypeVar("N")


def constructor(function: h.Function, info: StructInfo, handed: frozenset[str] = frozenset()) -> h.Function:
    """The function that makes an instance; the receiver is no longer a parameter.

    Args:
        function: `__init__`, or the `__post_init__` of a dataclass with its fields as parameters.
        info: the class.
        handed: the fields that parameters of their names are, from the start.

    Raises:
        Refusal: an attribute is not bound when the instance is first used as a whole.
    """
    receiver, params = function.params[0].name, function.params[1:]
    stated = [stmt for stmt in function.body if not isinstance(stmt, h.Pass) or stmt.comments]
    prefix, rest = _split(stated, receiver)
    bound = _bound_in(prefix, receiver)
    later = _bound_later(bound | handed, rest, info, receiver, function)
    taken = ({param.name for param in params} | set(function.locals)) - handed
    names = {one.name: one.name if one.name not in taken else f"{receiver}_{one.name}" for one in info.fields}
    kind = info.type
    leaves = _leaves_early(stated)
    body, direct = (prefix, {}) if leaves else _trailing(prefix, receiver, handed)
    body = [_as_locals(stmt, receiver, names, info) for stmt in body]
    nothing = h.Literal(None, span=function.span, type=NONE)
    given = tuple(
        (one.name, _as_locals(direct[one.name], receiver, names, info))
        if one.name in direct
        else (one.name, nothing)
        if one.late and one.name not in bound
        else (one.name, later.get(one.name) or _local(names[one.name], info, one.name, function))
        for one in _in_order(info, direct)
    )
    made = h.NewInstance(info.fullname, given, span=function.span, type=kind)
    if leaves:
        body = [_giving(stmt, made) for stmt in body]
    locals_ = {name: type_ for name, type_ in function.locals.items() if name != receiver}
    locals_ |= {
        names[one.name]: one.bound_type
        for one in info.fields
        if one.name not in direct and one.name not in later and (one.name in bound or not one.late)
    }
    if rest:
        target = h.Local(receiver, kind, span=function.span, type=kind)
        rest = [_giving(stmt, target) for stmt in rest] if leaves else rest
        body = [*body, h.Assign((target,), made, span=function.span), *rest]
        body.append(h.Return(replace(target), span=function.span))
        locals_[receiver] = kind
    else:
        body.append(h.Return(made, span=function.span))
    return replace(function, params=params, returns=kind, body=body, locals=locals_)


def _leaves_early(body: list[h.Stmt]) -> bool:
    """Whether `return` ends the body before its end, in statements that no nested function stands in."""
    nodes = [node for stmt in body for node in walk(stmt)]
    nested = any(isinstance(node, h.NestedFunction) for node in nodes)
    return not nested and any(isinstance(node, h.Return) for node in nodes)


def _giving(stmt: h.Stmt, made: h.Expr) -> h.Stmt:
    """The statement with the instance as what each bare `return` gives."""

    def change(node: h.Node) -> h.Node:
        bare = isinstance(node, h.Return) and node.value is None
        return replace(node, value=replace(made)) if bare else node  # type: ignore[call-arg]

    return rewrite(stmt, change)


def needs_default(body: list[h.Stmt], receiver: str, name: str) -> bool:
    """Whether an attribute that the class has a value for is looked at before `__init__` binds it."""
    for stmt in body:
        match stmt:
            case h.Assign(targets=targets, value=value) if any(
                isinstance(one, h.Attribute) and one.name == name and is_receiver(one.value, receiver)
                for one in targets
            ):
                return _reads([value], receiver, name) or _uses_whole(stmt, receiver)
            case _ if _uses_whole(stmt, receiver) or _mentions(stmt, receiver, name):
                return True
    return True


def _mentions(stmt: h.Stmt, receiver: str, name: str) -> bool:
    nodes = (node for node in walk(stmt) if isinstance(node, h.Attribute))
    return any(node.name == name and is_receiver(node.value, receiver) for node in nodes)


def without_class(function: h.Function) -> h.Function:
    """A class method without its `cls`, which always is the one class: calls of it were built as that.

    Raises:
        Refusal: the class is used as a value.
    """
    name = function.params[0].name
    used = next((n for n in walk(function.body) if isinstance(n, h.Local) and n.name == name), None)
    if used is not None:
        raise Refusal("PT201", used.span, f"`{name}` is used as a value")
    locals_ = {other: type_ for other, type_ in function.locals.items() if other != name}
    return replace(function, params=function.params[1:], locals=locals_)


def _split(body: list[h.Stmt], receiver: str) -> tuple[list[h.Stmt], list[h.Stmt]]:
    """The statements that use the receiver for its attributes only, and those from the first that don't."""
    for at, stmt in enumerate(body):
        if _uses_whole(stmt, receiver):
            return body[:at], body[at:]
    return body, []


def _uses_whole(stmt: h.Stmt, receiver: str) -> bool:
    nodes = list(walk(stmt))
    attributes = {id(n.value) for n in nodes if isinstance(n, h.Attribute)}
    return any(isinstance(n, h.Local) and n.name == receiver and id(n) not in attributes for n in nodes)


def _bound_in(prefix: list[h.Stmt], receiver: str) -> frozenset[str]:
    """The attributes that the statements bind, on one way or another."""
    return frozenset(
        target.name
        for stmt in prefix
        for node in walk(stmt)
        if isinstance(node, h.Assign)
        for target in _flat(node.targets)
        if isinstance(target, h.Attribute) and is_receiver(target.value, receiver)
    )


def _bound_later(
    bound: frozenset[str],
    rest: list[h.Stmt],
    info: StructInfo,
    receiver: str,
    function: h.Function,
) -> dict[str, h.Expr]:
    """The fields that are bound when the instance is used already, each with what stands there until then."""
    missing = [one for one in info.fields if one.name not in bound and not one.late]
    found = {one.name: value for one in missing if (value := empty(one.type, function.span)) is not None}
    if len(found) < len(missing) or not unseen(found, rest, receiver, info):
        name = next((one.name for one in missing if one.name not in found), missing[0].name)
        raise Refusal(
            "PT201", function.span, f"`{receiver}` is used before its attribute `{name}` is bound",
            "bind all attributes first",
        )  # fmt: skip
    return found


def _flat(targets: Iterable[h.Expr]) -> list[h.Expr]:
    found: list[h.Expr] = []
    for target in targets:
        match target:
            case h.TupleDisplay(items=items) | h.ListDisplay(items=items):
                found += _flat(items)
            case _:
                found.append(target)
    return found


def _trailing(
    prefix: list[h.Stmt], receiver: str, handed: frozenset[str]
) -> tuple[list[h.Stmt], dict[str, h.Expr]]:
    """The assignments at the end that can stand in the instance's own display: each to one field, once."""
    direct: dict[str, h.Expr] = {}
    at = len(prefix)
    while at > 0:
        match prefix[at - 1]:
            case h.Assign(targets=(h.Attribute(value=value, name=name),), value=bound) if (
                is_receiver(value, receiver)
                and name not in direct
                and name not in handed
                and not _reads(direct.values(), receiver, name)
            ):
                direct = {name: bound, **direct}
                at -= 1
            case _:
                break
    # A field that is bound earlier too keeps its assignments: the last one must come after them.
    early = {
        target.name
        for stmt in prefix[:at]
        for node in walk(stmt)
        if isinstance(node, h.Assign)
        for target in _flat(node.targets)
        if isinstance(target, h.Attribute)
    }
    if early & direct.keys():
        return prefix, {}
    return prefix[:at], direct


def _reads(values: Iterable[h.Expr], receiver: str, name: str) -> bool:
    """Whether one of the values reads that attribute of the receiver."""
    return any(
        isinstance(node, h.Attribute) and node.name == name and is_receiver(node.value, receiver)
        for value in values
        for node in walk(value)
    )


def _in_order(info: StructInfo, direct: dict[str, h.Expr]) -> list[StructField]:
    """The fields that are locals, then the direct ones in the order in which Python evaluates them."""
    by_name = {one.name: one for one in info.fields}
    return [one for one in info.fields if one.name not in direct] + [by_name[name] for name in direct]


def _local(name: str, info: StructInfo, field: str, function: h.Function) -> h.Local:
    found = info.field(field)
    assert found is not None
    return h.Local(name, found.bound_type, span=function.span, type=found.bound_type)


def _as_locals(node: N, receiver: str, names: dict[str, str], info: StructInfo) -> N:
    """The tree with the receiver's attributes as local variables."""
    match node:
        case h.Attribute(value=h.Local(name=name), name=attribute) if name == receiver and attribute in names:
            found = info.field(attribute)
            assert found is not None
            return h.Local(names[attribute], found.bound_type, span=node.span, type=node.type)  # type: ignore[return-value]
        case tuple():
            return tuple(_as_locals(part, receiver, names, info) for part in node)  # type: ignore[return-value]
        case list():
            return [_as_locals(part, receiver, names, info) for part in node]  # type: ignore[return-value]
        case dict():
            return {key: _as_locals(part, receiver, names, info) for key, part in node.items()}  # type: ignore[return-value]
        case h.Node() if is_dataclass(node):
            changes: dict[str, Any] = {}
            for one in fields(node):
                value = getattr(node, one.name)
                if isinstance(value, (h.Node, tuple, list, dict)):
                    changes[one.name] = _as_locals(value, receiver, names, info)
            return replace(node, **changes)
        case _:
            return node
