"""The variables that are a `&mut` into another one for as long as they are used.

    row = grid[i]          →  let row = &mut grid[i as usize];
    row[0] = 1                row[0] = 1;

    for row in grid:       →  for row in grid.iter_mut() {
        row.append(0)             row.push(0);

Such a variable is bound once, changed in place, and what it looks into is not mentioned until its last use:
then a reference in Rust means just what the name means in Python.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from portalis.compiler.analysis.liveness import Liveness
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.type_parts import parts
from portalis.compiler.hir.walk import children, root_local, walk
from portalis.compiler.types import DictOf, Instance, ListOf, OptionalOf, SetOf, Type, is_mutable

_EMPTY = frozenset({"builtins.list", "builtins.dict", "builtins.set"})
_NEW = (h.ListDisplay, h.DictDisplay, h.SetDisplay, h.Comprehension)
"""What makes a container of its own, whatever stands in it."""


@dataclass(frozen=True, slots=True)
class Loan:
    """`name` looks into what `owner` holds, `depth` levels below it."""

    name: str
    owner: str
    depth: int


def loans(
    function: h.Function,
    changed: Callable[[str], bool],
    assignments: Counter[str],
    captured: frozenset[str],
    live: Liveness,
) -> dict[str, Loan]:
    """The loans of a function by the variable that has one.

    Args:
        function: whose body is looked at.
        changed: whether a variable is changed in place, at any depth.
        assignments: how often each variable is bound.
        captured: variables that nested functions look at.
        live: what is read after each statement.
    """
    params = {p.name for p in function.params}

    def fits(name: str, type_: Type) -> bool:
        once = assignments[name] == 1 and name not in params and name not in captured
        return once and changed(name) and isinstance(type_, (ListOf, DictOf, SetOf, Instance))

    found: dict[str, Loan] = {}
    for block in _blocks(function.body):
        for at, stmt in enumerate(block):
            match stmt:
                case h.Assign((h.Local() as target,), (h.Subscript() | h.Attribute()) as place):
                    if fits(target.name, target.type):
                        loan = _of_place(target, place, block[at + 1 :], live)
                        if loan is not None and loan.owner not in captured:
                            found[target.name] = loan
                case h.Assign((h.Local() as target,), h.Conditional() as value):
                    given = lent_default(value)
                    if given is not None and given.name in params and fits(target.name, target.type):
                        after = live.after.get(id(stmt), frozenset())
                        once = not assignments[given.name] and given.name not in captured
                        if once and given.name not in after:
                            found[target.name] = Loan(target.name, given.name, 0)
                case h.For():
                    element, holder = lent_elements(stmt)
                    root = root_local(holder) if holder is not None else None
                    if element is None or root is None or not fits(element.name, element.type):
                        continue
                    owner, depth = root
                    after = live.after.get(id(stmt), frozenset())
                    free = not _mentioned(stmt.body, owner.name) and _once(stmt.iterable, owner.name)
                    if element.name not in after and free and owner.name not in captured:
                        found[element.name] = Loan(element.name, owner.name, depth + 1)
    return found


def lent_default(value: h.Conditional) -> h.Local | None:
    """The optional variable of `given if given is not None else []`, where else there is a new container."""
    match value:
        case h.Conditional(
            body=h.Local(name=name, declared=OptionalOf(inner)) as given, orelse=made,
            test=h.Local(name=tested)
            | h.Compare(left=h.Local(name=tested), ops=("is not",), rights=(h.Literal(value=None),)),
        ) if name == tested and isinstance(inner, (ListOf, DictOf, SetOf)):  # fmt: skip
            plain = not any(map(is_mutable, parts(inner)))
            return given if is_empty(made) or (plain and isinstance(made, _NEW)) else None
        case _:
            return None


def is_empty(made: h.Expr) -> bool:
    """Whether the expression makes an empty container."""
    match made:
        case h.ListDisplay(items=()) | h.DictDisplay(items=()):
            return True
        case h.CallExternal(fullname=fullname, args=(), keywords=keywords):
            return fullname in _EMPTY and not keywords
        case _:
            return False


def lent_elements(stmt: h.For) -> tuple[h.Local | None, h.Expr | None]:
    """The variable of a loop whose elements can be lent as `&mut`, and the place that holds them."""
    match stmt.iterable, stmt.target:
        case h.Expr(type=ListOf()) as holder, h.Local() as element:
            pass
        case h.CallExternal(
            fullname="builtins.enumerate", args=(h.Expr(type=ListOf()) as holder,), keywords={}
        ), h.TupleDisplay(items=(h.Local(), h.Local() as element)):
            pass
        case h.CallMethod(
            receiver=h.Expr(type=DictOf()) as holder, method="values", args=()
        ), h.Local() as element:
            pass
        case h.CallMethod(receiver=h.Expr(type=DictOf()) as holder, method="items", args=()), h.TupleDisplay(
            items=(h.Local(), h.Local() as element)
        ):
            pass
        case _:
            return None, None
    return (element, holder) if _plain(holder) else (None, None)


def _of_place(target: h.Local, place: h.Expr, rest: list[h.Stmt], live: Liveness) -> Loan | None:
    root = root_local(place)
    if root is None or not _plain(place):
        return None
    owner, depth = root
    used = [at for at, stmt in enumerate(rest) if _mentioned([stmt], target.name)]
    if not used or target.name in live.after.get(id(rest[used[-1]]), frozenset()):
        return None
    if _mentioned(rest[: used[-1] + 1], owner.name) or owner.name == target.name:
        return None
    return Loan(target.name, owner.name, depth)


def _plain(place: h.Expr) -> bool:
    """Whether the place is reached through lists, dicts and fields only."""
    while not isinstance(place, h.Local):
        match place:
            case h.Subscript(value=value) if isinstance(value.type, (ListOf, DictOf)):
                place = value
            case h.Attribute(value=value) if isinstance(value.type, Instance):
                place = value
            case _:
                return False
    return True


def _mentioned(body: list[h.Stmt], name: str) -> bool:
    return any(isinstance(node, h.Local) and node.name == name for stmt in body for node in walk(stmt))


def _once(node: h.Expr, name: str) -> bool:
    return sum(isinstance(n, h.Local) and n.name == name for n in walk(node)) == 1


def _blocks(body: list[h.Stmt]) -> list[list[h.Stmt]]:
    """Every list of statements, those of nested functions aside."""
    found = [body]
    for stmt in body:
        if isinstance(stmt, h.NestedFunction):
            continue
        for node in [stmt, *(c for c in children(stmt) if isinstance(c, h.Handler))]:
            for name in node.__dataclass_fields__:
                part = getattr(node, name)
                if isinstance(part, list) and part and all(isinstance(s, h.Stmt) for s in part):
                    found += _blocks(part)
    return found
