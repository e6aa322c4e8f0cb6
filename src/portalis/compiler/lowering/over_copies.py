"""Loops whose body hands on the owner of what they run over go over a copy.

    for near in self.graph[at]:          for near in self.graph[&at].clone() {
        self.visit(near)           →         self.visit(near);

Rust can't lend a part of a value while the whole is changed. Python's loop would see what is changed in the
part, so that nothing of its type, or of what it holds, may be changed meanwhile below the same variable:
parameters hold nothing in common that is changed (`analysis.aliasing`). Where that isn't sure, the loop stays
as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from portalis.compiler.analysis.aliasing.clash import Effects
from portalis.compiler.analysis.aliasing.parts import Parts, Types, meet
from portalis.compiler.analysis.aliasing.places import shape
from portalis.compiler.analysis.liveness import bound_names
from portalis.compiler.analysis.mutation import changed_below
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.rewrite import rewrite
from portalis.compiler.hir.walk import root_local, walk
from portalis.compiler.lowering.dict_like import dict_of
from portalis.compiler.types import (
    STR,
    DictOf,
    Instance,
    ListOf,
    TupleOf,
    Type,
    VarTuple,
)

EffectsOf = Callable[[str], Effects]
"""What a call of a project function changes, by its key."""
_OVER = frozenset({"builtins.enumerate", "builtins.reversed", "builtins.zip"})


def over_copies(function: h.Function, parts: Parts, effects: EffectsOf) -> h.Function:
    """The function with such loops and comprehensions over lists made of what they ran over."""
    loops = _Loops(function.body, _seen_inside(function.body), parts, effects)
    body = [rewrite(stmt, loops.change) for stmt in function.body]
    same = all(a is b for a, b in zip(body, function.body, strict=True))
    return function if same else replace(function, body=body)


def _seen_inside(body: list[h.Stmt]) -> frozenset[str]:
    """The variables that functions inside see."""
    found: set[str] = set()
    for stmt in body:
        for node in walk(stmt):
            if isinstance(node, h.NestedFunction):
                found.update(one.name for one in walk(node.function.body) if isinstance(one, h.Local))
            elif isinstance(node, h.Lambda):
                found.update(one.name for one in walk(node.body) if isinstance(one, h.Local))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Loops:
    """The loops of one function."""

    body: list[h.Stmt]
    seen_inside: frozenset[str]
    parts: Parts
    effects: EffectsOf

    def change(self, node: h.Node) -> h.Node:
        match node:
            case h.For(iterable=iterable, body=body):
                turned = self._turned(iterable, body)
                return node if turned is iterable else replace(node, iterable=turned)
            case h.Comprehension(clauses=clauses):
                turned_clauses = tuple(self._clauses(node))
                same = all(a is b for a, b in zip(turned_clauses, clauses, strict=True))
                return node if same else replace(node, clauses=turned_clauses)
            case _:
                return node

    def _clauses(self, node: h.Comprehension) -> Iterator[h.Clause]:
        results: list[h.Node] = [node.element, *([node.key] if node.key is not None else [])]
        for at, clause in enumerate(node.clauses):
            turned = self._turned(clause.iterable, [*clause.conditions, *node.clauses[at + 1 :], *results])
            yield clause if turned is clause.iterable else replace(clause, iterable=turned)

    def _turned(self, iterable: h.Expr, body: Sequence[h.Node]) -> h.Expr:
        """The iterable over a copy of the place that it looks into, where it has to be and can be."""
        match iterable:
            case h.CallExternal(fullname=fullname, args=args) if fullname in _OVER:
                turned = tuple(self._turned(one, body) for one in args)
                same = all(a is b for a, b in zip(turned, args, strict=True))
                return iterable if same else replace(iterable, args=turned)
        found = _place(iterable)
        if found is None:
            return iterable
        place, elem = found
        root = root_local(place)
        if root is None or root[0].name in self.seen_inside:
            return iterable
        nodes = [one for part in body for one in walk(part)]
        if not _is_handed_on(place, nodes, self.effects):
            return iterable
        names = _looking_into(root[0].name, self.body)
        if meet(self.parts.of(place.type), _changed(names, nodes, self.effects)):
            return iterable
        return h.CallExternal("builtins.list", (iterable,), {}, span=iterable.span, type=ListOf(elem))


def _place(iterable: h.Expr) -> tuple[h.Expr, Type] | None:
    """The container that a loop over the expression looks into, and the type of its elements."""
    match iterable:
        case h.CallMethod(receiver=receiver, method="keys" | "values" | "items" as view, args=()):
            kind = dict_of(receiver.type)
            if not isinstance(kind, DictOf):
                return None
            elems = {"keys": kind.key, "values": kind.value, "items": TupleOf((kind.key, kind.value))}
            return receiver, elems[view]
        case h.Local(type=kind) | h.Attribute(type=kind) | h.Subscript(type=kind) if kind is STR:
            return iterable, STR
        case h.Local() | h.Attribute() | h.Subscript():
            match dict_of(iterable.type):
                case DictOf(key, _):
                    return iterable, key
                case ListOf(elem) | VarTuple(elem) | Instance(name="collections.deque", args=(elem,)):
                    return iterable, elem
    return None


def _owners(place: h.Expr) -> frozenset[str]:
    """The spellings of a place and of what holds it."""
    found = {shape(place)}
    while isinstance(place, (h.Subscript, h.Attribute)):
        place = place.value
        found.add(shape(place))
    return frozenset(found)


def _is_handed_on(place: h.Expr, nodes: list[h.Node], effects: EffectsOf) -> bool:
    """Whether something is handed the place, or what holds it, and changes it."""
    owners = _owners(place)
    for node in nodes:
        match node:
            case h.CallFunction(key=key, args=args):
                changes = effects(key).changes
                if any(types and shape(one) in owners for one, types in zip(args, changes, strict=False)):
                    return True
            case h.Subscript(value=h.Expr(type=Instance(name="collections.defaultdict")) as owner):
                if shape(owner) in owners:
                    return True  # a key that is missing is added
    return False


def _changed(names: frozenset[str], nodes: list[h.Node], effects: EffectsOf) -> Types:
    """The types of what is changed below variables."""
    own = changed_below(nodes)
    found = set[Type]().union(*(own.get(name, frozenset()) for name in names))
    for node in nodes:
        if isinstance(node, h.CallFunction):
            for argument, types in zip(node.args, effects(node.key).changes, strict=False):
                root = root_local(argument)
                if root is not None and root[0].name in names:
                    found |= types
    return frozenset(found)


def _looking_into(root: str, body: list[h.Stmt]) -> frozenset[str]:
    """The variable, and those that may look into what it holds."""
    found = {root}
    while True:
        more: set[str] = set()
        for stmt in body:
            for node in walk(stmt):
                match node:
                    case h.Assign(targets=targets, value=value):
                        reached = root_local(value)
                        if reached is not None and reached[0].name in found:
                            more.update(name for target in targets for name in bound_names(target))
                    case h.For(target=target, iterable=source) | h.Clause(target=target, iterable=source):
                        if any(isinstance(one, h.Local) and one.name in found for one in walk(source)):
                            more |= bound_names(target)
        if more <= found:
            return frozenset(found)
        found |= more
