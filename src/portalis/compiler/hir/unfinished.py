"""An instance whose `__init__` calls methods of it before all of its attributes are bound.

    def __init__(self, values):             let mut this = Tree { values: values.to_vec(), sums: Vec::new() };
        self.values = list(values)     →    this.sums = this.build();
        self.sums = self.build()            this

Rust has no instance without a field, so what is bound later stands empty until then. That is the same where
nothing that runs in between looks at it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.types import (
    BOOL,
    FLOAT,
    INT,
    STR,
    DictOf,
    ListOf,
    OptionalOf,
    Prim,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
)
from portalis.diagnostics import Span

if TYPE_CHECKING:
    from portalis.compiler.hir.structs import StructInfo

_EMPTY: Mapping[Prim, bool | int | float | str] = {BOOL: False, INT: 0, FLOAT: 0.0, STR: ""}


def empty(type_: Type, span: Span) -> h.Expr | None:
    """A value of the type that costs nothing to make; None where it has none."""
    match type_:
        case Prim() if type_ in _EMPTY:
            return h.Literal(_EMPTY[type_], span=span, type=type_)
        case OptionalOf():
            return h.Literal(None, span=span, type=type_)
        case ListOf():
            return h.ListDisplay((), span=span, type=type_)
        case DictOf():
            return h.DictDisplay((), span=span, type=type_)
        case SetOf(frozen=False):
            return h.CallExternal("builtins.set", (), span=span, type=type_)
        case VarTuple():
            return h.TupleDisplay((), span=span, type=type_)
        case TupleOf(items):
            parts = [empty(item, span) for item in items]
            known = tuple(part for part in parts if part is not None)
            return h.TupleDisplay(known, span=span, type=type_) if len(known) == len(parts) else None
        case _:
            return None


def unseen(names: Iterable[str], rest: list[h.Stmt], receiver: str, info: StructInfo) -> bool:
    """Whether the statements bind each attribute before anything can look at it.

    Args:
        names: the attributes without a value when the first of the statements runs.
        rest: the end of `__init__`.
        receiver: what it calls the instance.
        info: the class.
    """
    missing = set(names)
    for stmt in rest:
        if not missing:
            return True
        looked = _looked_at(stmt, receiver, info)
        if looked is None or looked & missing:
            return False
        missing -= _bound(stmt, receiver)
    return not missing


def _bound(stmt: h.Stmt, receiver: str) -> set[str]:
    """The attributes that have a value whenever the next statement runs."""
    match stmt:
        case h.Assign(targets=targets):
            return {
                one.name for one in targets if isinstance(one, h.Attribute) and _is_attribute(one, receiver)
            }
        case h.If(body=body, orelse=orelse):
            both = [set[str]().union(*(_bound(one, receiver) for one in part)) for part in (body, orelse)]
            return both[0] & both[1]
        case _:
            return set()


def _is_attribute(node: h.Node, receiver: str) -> bool:
    return isinstance(node, h.Attribute) and is_receiver(node.value, receiver)


def is_receiver(node: h.Node, receiver: str) -> bool:
    """Whether the node is the instance that a method was called on."""
    return isinstance(node, h.Local) and node.name == receiver


def _looked_at(stmt: h.Stmt, receiver: str, info: StructInfo) -> set[str] | None:
    """The attributes that the statement may read, None where the instance goes to where that isn't known."""
    found: set[str] = set()
    known: set[int] = set()
    stored: set[int] = set()
    for node in walk(stmt):
        match node:
            case h.Assign(targets=targets):
                stored.update(id(one) for one in targets if _is_attribute(one, receiver))
            case h.Attribute(value=value, name=name) if is_receiver(value, receiver):
                known.add(id(value))
                found |= {name} if id(node) not in stored else set()
            case h.CallFunction(key=key, args=(first, *_)) if is_receiver(first, receiver):
                name = key.removeprefix(f"{info.module}:{info.qualname}.")
                touched = _touched(name, info, frozenset())
                if name == key or touched is None:
                    return None
                known.add(id(first))
                found |= touched
            case h.Local() if is_receiver(node, receiver) and id(node) not in known:
                return None
    return found


def _touched(name: str, info: StructInfo, above: frozenset[str]) -> set[str] | None:
    """The attributes that a method mentions, through other methods too; None where they aren't known."""
    node = info.methods.get(name)
    if node is None or name in above or info.kinds[name] in ("static", "class"):
        return set() if name in above or name in info.kinds else None
    receiver = node.args.args[0].arg if node.args.args else ""
    found: set[str] = set()
    known: set[int] = set()
    for one in ast.walk(node):
        match one:
            case ast.Attribute(value=ast.Name(id=own) as value, attr=attr) if own == receiver:
                known.add(id(value))
                inner = [other for other in (attr, f"{attr}.setter") if other in info.methods]
                if attr.startswith("__") and attr not in info.methods:
                    return None
                found |= {attr} if not inner else set()
                for other in inner:
                    below = _touched(other, info, above | {name})
                    if below is None:
                        return None
                    found |= below
            case ast.Name(id="super" | "vars" | "locals"):
                return None
    names = (one for one in ast.walk(node) if isinstance(one, ast.Name) and one.id == receiver)
    return found if all(id(one) in known for one in names) else None
