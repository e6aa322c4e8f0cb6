"""A variable that is bound again to a value of another type: from there on it is another variable.

    def digits(number: int) -> int:                 pub fn digits(number: i64) -> i64 {
        number = str(number)                   →        let number = number.to_string();
        return sum(int(c) for c in number)              …

Two bindings are told apart where no read may find both, and their types are no two of one kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portalis.compiler.frontend.spelling import has_hole
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.rewrite import rewrite
from portalis.compiler.hir.walk import walk
from portalis.compiler.hir.webs import Webs, own_scope
from portalis.compiler.types import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    OBJECT,
    STR,
    DictOf,
    IterOf,
    ListOf,
    OptionalOf,
    SetOf,
    Shared,
    TupleOf,
    Type,
    UnionOf,
    VarTuple,
    is_copy,
    make_union,
)

Kind = tuple[Type | None, bool]
Binding = tuple[h.Local, Type | None]
"""A variable where it is bound, and the type of what it is bound to; None where that isn't known."""


def split(function: h.Function) -> h.Function:
    """The function with such variables told apart."""
    bindings = list(_bindings(function.body))
    names = frozenset(_candidates(function, bindings)) - own_scope(function)
    if not names:
        return function
    webs = Webs(function, names)
    nodes = [node for node in walk(function.body) if isinstance(node, h.Local) and node.name in names]
    changed: dict[int, h.Local] = {}
    targets = _loop_targets(function.body)
    locals_, spelled = dict(function.locals), dict(function.spelled)
    for name in sorted(names):
        mine = [node for node in nodes if node.name == name]
        types = _types(function, webs, mine, [one for one in bindings if one[0].name == name])
        if types is None:
            continue
        lent = {webs.web(id(target)) for target in targets if target.name == name}
        groups: dict[Kind, list[h.Local]] = {}
        for node in mine:
            web = webs.web(id(node))
            groups.setdefault(_kind(types[web], lent=web in lent), []).append(node)
        start = webs.web(webs.params.get(name, id(mine[0])))
        first = _kind(types[start], lent=start in lent)
        if groups.keys() == {first} and not _tells_more(types[start], locals_.get(name)):
            continue
        told_apart = [own for kind, own in groups.items() if kind != first]
        shadowing = _shadowing(function.body, told_apart, mine)
        for kind, own in groups.items():
            type_ = make_union([types[webs.web(id(node))] for node in own])
            if kind == first:
                called, type_ = name, make_union([types[start], type_])
            else:
                called = _fresh(name, type_, locals_)
                if any(own is one for one in shadowing):
                    spelled[called] = name
            locals_[called] = type_
            changed.update((id(node), _as(node, called, type_)) for node in own)
    if not changed:
        return function
    made = rewrite(function, lambda node: changed.get(id(node), node))
    return replace(made, locals=locals_, spelled=spelled)


def _bindings(body: list[h.Stmt]) -> Iterator[Binding]:
    for node in walk(body):
        match node:
            case h.Assign(targets=targets, value=value):
                for target in targets:
                    yield from _parts(target, value.type)
            case h.For(target=target, iterable=iterable):
                yield from _parts(target, _item(iterable.type))
            case h.AugAssign(target=h.Local() as target):
                yield target, target.type
            case _:
                pass


def _parts(target: h.Expr, type_: Type | None) -> Iterator[Binding]:
    """What an assignment binds, with the parts of the value's type."""
    match target:
        case h.Local():
            yield target, type_
        case h.TupleDisplay(items=items) | h.ListDisplay(items=items):
            fixed = isinstance(type_, TupleOf) and len(type_.items) == len(items)
            for i, item in enumerate(items):
                whole = isinstance(item, h.Starred)
                known = type_.items[i] if fixed and isinstance(type_, TupleOf) else _item(type_)
                yield from _parts(
                    item.value if isinstance(item, h.Starred) else item, None if whole else known
                )
        case _:
            pass


def _item(type_: Type | None) -> Type | None:
    """What iterating over a value of the type gives."""
    match type_:
        case ListOf(elem) | VarTuple(elem) | SetOf(elem) | IterOf(elem) | DictOf(elem):
            return elem
        case TupleOf(items) if items:
            return make_union(list(items))
        case _:
            return STR if type_ is STR else None


def _candidates(function: h.Function, bindings: list[Binding]) -> Iterator[str]:
    """The names that are bound to values of two kinds."""
    lent = {id(target) for target in _loop_targets(function.body)}
    kinds: dict[str, set[Kind]] = {p.name: {_kind(p.type)} for p in function.params}
    for target, type_ in bindings:
        kinds.setdefault(target.name, set()).add(_kind(type_, lent=id(target) in lent))
    return (name for name, found in kinds.items() if len(found) > 1)


def _types(
    function: h.Function, webs: Webs, nodes: list[h.Local], bindings: list[Binding]
) -> dict[int, Type] | None:
    """The type of each web of a name; None where one isn't known."""
    found: dict[int, list[Type | None]] = {}
    for node in nodes:
        found.setdefault(webs.web(id(node)), [])
    for param in function.params:
        if param.name == nodes[0].name:
            found.setdefault(webs.web(webs.params[param.name]), []).append(param.type)
    bound = {id(target) for target, _ in bindings}
    for target, type_ in bindings:
        web = webs.web(id(target))
        if type_ is None or has_hole(type_):
            reads = [one.type for one in nodes if id(one) not in bound and webs.web(id(one)) == web]
            type_ = make_union(reads) if reads and not any(map(has_hole, reads)) else None
        found[web].append(type_)
    types: dict[int, Type] = {}
    for web, parts in found.items():
        known = [part for part in parts if part is not None]
        if not known or len(known) < len(parts) or make_union(known) is NONE:
            return None
        types[web] = make_union(known)
    return types


def _kind(type_: Type | None, *, lent: bool = False) -> Kind:
    """What tells two bindings apart: their types, and whether a loop lends what it binds."""
    return type_, lent and type_ is not None and not is_copy(type_)


def _tells_more(type_: Type, declared: Type | None) -> bool:
    """Whether the bindings make a union that mypy has no word for; of numbers, `analysis.mixed` decides."""
    kind = type_.inner if isinstance(type_, OptionalOf) else type_
    if not isinstance(kind, UnionOf) or set(kind.members) <= {INT, FLOAT, BOOL}:
        return False
    if all(isinstance(one, Shared) for one in kind.members):
        return False  # what is declared is a base class or a union of classes
    return declared not in (OBJECT, type_)


def _loop_targets(body: list[h.Stmt]) -> list[h.Local]:
    loops = (node for node in walk(body) if isinstance(node, h.For))
    return [target for loop in loops for target, _ in _parts(loop.target, None)]


def _as(node: h.Local, name: str, type_: Type) -> h.Local:
    """The node under the name and type of its web; what the flow tells beyond that is kept."""
    parts = {type_.inner, NONE} if isinstance(type_, OptionalOf) else {type_}
    for part in list(parts):
        parts |= set(part.members) if isinstance(part, UnionOf) else set()
    narrower = isinstance(node.type, UnionOf) and set(node.type.members) <= parts
    seen = node.type if narrower or node.type in parts else type_
    return replace(node, name=name, declared=type_, type=seen)


def _fresh(name: str, type_: Type, taken: dict[str, Type]) -> str:
    match type_:
        case ListOf() | VarTuple() | TupleOf():
            stem = "items"
        case _:
            stem = "text" if type_ is STR else "number" if type_ is INT else "value"
    made = f"{name}_{stem}"
    while made in taken:
        made += "_"
    return made


def _shadowing(body: list[h.Stmt], groups: list[list[h.Local]], every: list[h.Local]) -> list[list[h.Local]]:
    """The groups whose first `let` can take over the name: from there to the end of its block nothing is
    meant but the group, and others that take over later.
    """
    after = {id(own): _taken_over(body, {id(node) for node in own}) for own in groups}
    found = [own for own in groups if after[id(own)] is not None]
    while True:
        kept = [
            own
            for own in found
            if _undisturbed(after[id(own)] or set(), own, [one for one in found if one is not own], every)
        ]
        if len(kept) == len(found):
            return kept
        found = kept


def _undisturbed(
    after: set[int], own: list[h.Local], taking: list[list[h.Local]], every: list[h.Local]
) -> bool:
    later = [{id(node) for node in one} for one in taking]
    later = [one for one in later if one <= after]
    allowed = {id(node) for node in own}.union(*later)
    return not ({id(node) for node in every} - allowed) & after


def _taken_over(body: list[h.Stmt], mine: set[int]) -> set[int] | None:
    """What stands in the block behind the first binding; None where no `let` in place can be that."""
    place = _first(body, mine)
    if place is None:
        return None
    block, at = place
    match block[at]:
        case h.Assign(targets=(h.Local() as target,), value=value):
            after = {id(node) for stmt in block[at + 1 :] for node in walk(stmt)}
            inside = mine - {id(target)} <= after and not mine & {id(node) for node in walk(value)}
            return after if inside else None
        case _:
            return None


def _first(body: list[h.Stmt], mine: set[int]) -> tuple[list[h.Stmt], int] | None:
    """The block and place of the statement that binds the web first, itself."""
    for at, stmt in enumerate(body):
        if not any(id(node) in mine for node in walk(stmt)):
            continue
        match stmt:
            case h.Assign(targets=targets):
                direct = any(id(one) in mine for target in targets for one in walk(target))
                return (body, at) if direct else None
            case h.If() | h.For() | h.While():
                if isinstance(stmt, h.For) and any(id(node) in mine for node in walk(stmt.target)):
                    return None
                return _first(stmt.body, mine) or _first(stmt.orelse, mine)
            case _:
                return None
    return None
