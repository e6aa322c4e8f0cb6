"""A parameter that is bound to a copy of itself: from there on it is another variable.

    def f(xs: Iterable[int]) -> …:            pub fn f(xs: &[i64]) -> … {
        xs = list(xs)                  →          let mut xs = xs.to_vec();
        xs.append(1)                              xs.push(1);

The two have different types, and only the parameter is lent.
"""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.analysis.liveness import bound_names
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.rewrite import rewrite
from portalis.compiler.hir.walk import walk
from portalis.compiler.types import CallableOf, Instance, is_copy


def own_copies(function: h.Function) -> h.Function:
    """The function with such variables told apart, for parameters that are lent a sequence."""
    for param in function.params:
        if isinstance(param.type, Instance) and param.type.name == "typing.Sequence":
            function = _told_apart(function, param.name)
    return function


def owned_params(function: h.Function) -> h.Function:
    """A nested function with a variable of its own for each parameter that it binds again.

    What it is handed is lent, and a variable that is bound to new values owns them.
    """
    for param in function.params:
        if is_copy(param.type) or isinstance(param.type, CallableOf) or param.name in function.rebinds:
            continue
        if param.name in _bound(function.body) and not _hidden(function, param.name):
            function = _owned(function, param)
    return function


def _bound(body: list[h.Stmt]) -> frozenset[str]:
    """The variables that a statement inside binds outright, not an element of theirs."""
    found: set[str] = set()
    for node in walk(body):
        match node:
            case h.Assign(targets=targets):
                found.update(*map(bound_names, targets))
            case h.AugAssign(target=target) | h.For(target=target):
                found |= bound_names(target)
            case _:
                pass
    return frozenset(found)


def _owned(function: h.Function, param: h.Parameter) -> h.Function:
    other = _free_name(function, param.name)

    def renamed(node: h.Node) -> h.Node:
        return replace(node, name=other) if isinstance(node, h.Local) and node.name == param.name else node

    given = h.Local(param.name, param.type, span=function.span, type=param.type)
    first = h.Assign((replace(given, name=other),), given, span=function.span)
    body = [first, *(rewrite(stmt, renamed) for stmt in function.body)]
    names = {**function.spelled, other: function.spelled.get(param.name, param.name)}
    return replace(function, body=body, locals={**function.locals, other: param.type}, spelled=names)


def _told_apart(function: h.Function, name: str) -> h.Function:
    at = next((i for i, stmt in enumerate(function.body) if _binds(stmt, name)), None)
    if at is None or _hidden(function, name):
        return function
    match function.body[at]:
        case h.Assign(targets=(h.Local() as bound,)) as first:
            type_ = first.value.type
        case _:
            return function
    other = _free_name(function, name)

    def renamed(node: h.Node) -> h.Node:
        if isinstance(node, h.Local) and node.name == name:
            return replace(node, name=other, declared=type_)
        return node

    target = rewrite(bound, renamed)
    body = [
        *function.body[:at],
        replace(first, targets=(target,)),
        *(rewrite(stmt, renamed) for stmt in function.body[at + 1 :]),
    ]
    names = {**function.spelled, other: name}
    return replace(function, body=body, locals={**function.locals, other: type_}, spelled=names)


def _free_name(function: h.Function, name: str) -> str:
    """A name for a variable that takes the place of another."""
    other = f"{name}_"
    while other in function.locals:
        other += "_"
    return other


def _binds(stmt: h.Stmt, name: str) -> bool:
    """Whether something in the statement binds the variable."""
    for node in walk(stmt):
        match node:
            case h.Assign(targets=targets):
                places: tuple[h.Expr, ...] = targets
            case h.AugAssign(target=target) | h.For(target=target) | h.Delete(target=target):
                places = (target,)
            case h.Walrus(target=target) | h.WhenThere(bound=target):
                places = (target,)
            case _:
                continue
        if any(isinstance(n, h.Local) and n.name == name for place in places for n in walk(place)):
            return True
    return False


def _hidden(function: h.Function, name: str) -> bool:
    """Whether the name means something else in a scope inside."""
    for node in walk(function.body):
        match node:
            case h.Clause(target=target):
                if any(isinstance(n, h.Local) and n.name == name for n in walk(target)):
                    return True
            case h.Lambda(params=params):
                if any(name == one for one, _ in params):
                    return True
            case h.NestedFunction():
                return True
    return False
