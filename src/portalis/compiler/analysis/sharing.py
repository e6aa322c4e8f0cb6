"""What functions do to shared instances: whether they read them, store into them, change containers in them.

    def insert(self, word):                 reads, writes, and changes a dict[str, Node]
        self.nodes[word[0]] = Node()

A borrow of a shared instance's container must not last while code runs that borrows the same instance to
change it. These are the effects of a function with all that it calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portalis.compiler.analysis.mutation import CHANGES_FIRST, changes_type
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.types import Instance, Type, is_mutable, is_shared


@dataclass(frozen=True, slots=True)
class Effect:
    """What a function does to shared instances; `types` are those of the containers it changes in them."""

    reads: bool = False
    writes: bool = False
    types: frozenset[Type] = frozenset()
    binds: bool = False
    """Whether it binds another container to an attribute."""

    def __or__(self, other: Effect) -> Effect:
        return Effect(
            self.reads or other.reads,
            self.writes or other.writes,
            self.types | other.types,
            self.binds or other.binds,
        )


def effects(functions: Mapping[str, h.Function]) -> dict[str, Effect]:
    """The effect of every function, by key."""
    found = {key: own_effect(function.body) for key, function in functions.items()}
    calls = {key: called(function.body) for key, function in functions.items()}
    while True:
        before = dict(found)
        for key, callees in calls.items():
            for callee in callees:
                found[key] |= found.get(callee, Effect())
        if found == before:
            return found


def called(body: list[h.Stmt]) -> set[str]:
    """The functions of the project that a body calls."""
    return {node.key for node in walk(body) if isinstance(node, h.CallFunction)}


def own_effect(body: list[h.Stmt]) -> Effect:
    """The effect of a body without that of what it calls."""
    reads = writes = binds = False
    types: set[Type] = set()
    for node in walk(body):
        match node:
            case h.Assign(targets=(h.Attribute(value=owner), *_) as targets) if is_shared(owner.type):
                writes = True
                binds |= any(is_mutable(target.type) for target in targets)
            case h.Attribute(value=owner) if is_shared(owner.type):
                reads = True
            case h.Assign(targets=targets):
                for target in targets:
                    writes |= _stores(target, types)
            case h.AugAssign(target=target) | h.For(target=target) | h.Delete(target=target):
                writes |= _stores(target, types)
            case h.CallMethod(receiver=place, method=method) if changes_type(place.type, method):
                writes |= _changes(place, types)
            case h.CallExternal(fullname=fullname, args=(place, *_)) if fullname in CHANGES_FIRST:
                writes |= _changes(place, types)
            case h.CallMethod(method="shuffle", args=(place, *_)):
                writes |= _changes(place, types)
            case h.Subscript(value=h.Expr(type=Instance(name="collections.defaultdict")) as place):
                writes |= _changes(place, types)
            case h.CallFunction(args=args):
                for place in args:  # the callee may change what it is lent
                    if not is_shared(place.type):
                        _changes(place, types)
    return Effect(reads, writes, frozenset(types), binds)


def _stores(target: h.Expr, types: set[Type]) -> bool:
    match target:
        case h.Attribute(value=owner):
            return is_shared(owner.type) or _changes(owner, types)
        case h.Subscript(value=place) | h.Slice(value=place):
            return _changes(place, types)
        case h.TupleDisplay(items=items) | h.ListDisplay(items=items):
            found = [_stores(item, types) for item in items]
            return any(found)
        case h.Starred(value=value):
            return _stores(value, types)
        case _:
            return False


def _changes(place: h.Expr, types: set[Type]) -> bool:
    """Whether a place lies in a shared instance; its type and those of what it lies in are taken down."""
    seen: list[Type] = []
    while True:
        match place:
            case h.Attribute(value=owner) if is_shared(owner.type):
                types.update([*seen, place.type])
                return True
            case h.Subscript(value=value) | h.Slice(value=value) | h.Attribute(value=value):
                seen.append(place.type)
                place = value
            case h.CallMethod(receiver=value, method="setdefault"):
                seen.append(place.type)
                place = value
            case _:
                return False
