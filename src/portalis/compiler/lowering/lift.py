"""Nested functions that no closure can be become functions of their own, which are handed what they capture.

    def reachable(edges: dict[int, list[int]], start: int) -> int:
        seen: set[int] = set()

        def visit(node: int) -> None:           fn visit(node: i64, seen: &mut Set<i64>, edges: &Dict<…>)
            if node not in seen:                    …
                seen.add(node)            →         visit(neighbour, seen, edges)?;
                for neighbour in edges[node]:
                    visit(neighbour)            …
                                                visit(start, &mut seen, edges)?;
        visit(start)
        return len(seen)

Python looks a captured variable up when the nested function runs, and so does each call here, after
its other arguments. That is the same as long as the name of the nested function only stands where it is
called: it cannot leave its owner then, nor outlive a variable.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from portalis.compiler.analysis.facts import FunctionFacts
from portalis.compiler.analysis.liveness import bound_names
from portalis.compiler.analysis.mutation import analyse
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.rewrite import rewrite
from portalis.compiler.hir.walk import children, walk
from portalis.compiler.lowering.project_context import ProjectContext
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import ANY, BOOL, FLOAT, INT, NONE, CallableOf, Type, is_copy, is_mutable

if TYPE_CHECKING:
    from portalis.compiler.lowering.function import LoweredFunction

Lower = Callable[[h.Function, bool], "LoweredFunction"]
_REBOUND = (INT, FLOAT, BOOL)
"""The types of `nonlocal` variables that are handed on as `&mut`."""


@dataclass(slots=True)
class _Nested:
    """A nested function of the body being looked at, by its own name."""

    name: str
    stmt: h.NestedFunction
    captured: dict[str, None]
    rebinds: frozenset[str]
    calls: frozenset[str]
    """Its siblings, and itself, that it calls."""
    ready: int
    """The last line that must have run before it can be called."""

    @property
    def function(self) -> h.Function:
        return self.stmt.function


def lift_nested(
    project: ProjectContext, function: h.Function, facts: FunctionFacts, lower: Lower
) -> tuple[h.Function, dict[str, LoweredFunction]]:
    """The function with the nested functions lifted that have to be, and those by key.

    Args:
        project: where the lifted functions are made known to their callers.
        function: the owner.
        facts: the owner's facts.
        lower: lowers a lifted function, which may be recursive.

    Raises:
        Refusal: a nested function has to be lifted and can't be.
    """
    nested = _nested(function)
    lifted = _chosen(function, facts, nested, project)
    if not lifted:
        return function, {}
    rename = {name: lifted[name].function.key for name in lifted}
    extra = {name: tuple(lifted[name].captured) for name in lifted}
    types = {**{p.name: p.type for p in function.params}, **function.locals}
    made: dict[str, LoweredFunction] = {}
    for name in _in_order(lifted):
        item = lifted[name]
        params = (
            *item.function.params,
            *(_parameter(item, captured, types) for captured in item.captured),
        )
        body = [rewrite(stmt, _calls(lifted, rename, extra, types)) for stmt in item.function.body]
        own = replace(item.function, params=params, body=body, rebinds=frozenset())
        made[own.key] = lower(own, name in item.calls)
        project.callees[own.key] = made[own.key].callee
    body = [rewrite(stmt, _calls(lifted, rename, extra, types)) for stmt in function.body]
    return replace(function, body=body), made


def _nested(function: h.Function) -> dict[str, _Nested]:
    """The functions that the body defines once each, at its own level."""
    found: dict[str, _Nested] = {}
    twice: set[str] = set()
    for stmt in function.body:
        if isinstance(stmt, h.NestedFunction):
            name = stmt.function.qualname.rpartition(".")[2]
            if name in found:
                twice.add(name)
            captured = dict.fromkeys(sorted(_free(stmt.function)))
            found[name] = _Nested(
                name, stmt, captured, stmt.function.rebinds, frozenset(), stmt.span.end_line
            )
    bound = {p.name for p in function.params} | {
        name for node in walk(function.body) for name in _bound(node)
    }
    found = {name: item for name, item in found.items() if name not in twice | bound}
    for item in found.values():
        item.calls = frozenset(name for name in item.captured if name in found)
    _close(found)
    return found


def _close(found: dict[str, _Nested]) -> None:
    """What a nested function captures, those that call it need as well."""
    changed = True
    while changed:
        changed = False
        for item in found.values():
            for name in item.calls:
                other = found[name]
                more = [n for n in other.captured if n not in item.captured]
                if more or other.ready > item.ready or not other.rebinds <= item.rebinds:
                    item.captured.update(dict.fromkeys(more))
                    item.ready = max(item.ready, other.ready)
                    item.rebinds |= other.rebinds
                    changed = True
    for item in found.values():
        item.captured = {name: None for name in item.captured if name not in found}


def _bound(node: h.Node) -> frozenset[str]:
    match node:
        case h.Assign(targets=targets):
            return frozenset().union(*map(bound_names, targets))
        case h.AugAssign(target=target) | h.For(target=target) | h.Clause(target=target):
            return bound_names(target)
        case h.Walrus(target=target) | h.WhenThere(bound=target):
            return frozenset({target.name})
        case h.Lambda(params=params):
            return frozenset(name for name, _ in params)
        case _:
            return frozenset()


def _free(node: h.Node, bound: frozenset[str] = frozenset()) -> frozenset[str]:
    """The variables of an owner that a nested function reads, changes or binds again."""
    match node:
        case h.Local(name=name):
            return frozenset() if name in bound else frozenset({name})
        case h.Function(params=params, locals=own, body=body):
            inner = bound | {p.name for p in params} | frozenset(own)
            return frozenset().union(*(_free(stmt, inner) for stmt in body))
        case h.Comprehension(clauses=clauses):
            inner = bound.union(*(bound_names(clause.target) for clause in clauses))
            first = _free(clauses[0].iterable, bound)
            return first.union(*(_free(child, inner) for child in children(node)))
        case h.Lambda(params=params, body=result):
            return _free(result, bound | {name for name, _ in params})
        case _:
            return frozenset().union(*(_free(child, bound) for child in children(node)))


def _chosen(
    function: h.Function, facts: FunctionFacts, nested: dict[str, _Nested], project: ProjectContext
) -> dict[str, _Nested]:
    """The nested functions that have to be lifted, and can be."""
    chosen = {name for name, item in nested.items() if _must(function, facts, item, project)}
    while True:
        more = {name for name, item in nested.items() if item.calls & chosen} - chosen
        more |= {called for name in chosen for called in nested[name].calls} - chosen
        if not more:
            break
        chosen |= more
    found = {name: nested[name] for name in nested if name in chosen}
    for item in found.values():
        _check(function, item, found)
    return found


def _must(function: h.Function, facts: FunctionFacts, item: _Nested, project: ProjectContext) -> bool:
    """Whether a closure can't be it: it calls itself, changes what it is given, or captures what changes."""

    changes = analyse(item.function.body, project.mutated_params)
    params = {p.name for p in function.params}
    return (
        item.function.yields is not None
        or bool(item.calls)
        or bool(item.rebinds)
        or any(p.has_default for p in item.function.params)
        or any(changes.any_depth(p.name) and is_mutable(p.type) for p in item.function.params)
        or any(
            facts.assignments[name] + (name in params) > 1 or facts.mutations.any_depth(name)
            for name in item.captured
        )
    )


def _check(function: h.Function, item: _Nested, lifted: dict[str, _Nested]) -> None:
    """Refuses a nested function that is a value, or may be called before what it needs is defined."""
    called = {id(n.callee) for n in walk(function.body) if isinstance(n, h.CallValue)}
    for node in walk(function.body):
        if not isinstance(node, h.Local) or node.name != item.name:
            continue
        if id(node) not in called:
            raise Refusal("PT215", node.span, f"the nested function `{item.name}` is used as a value")
    for stmt in function.body:
        early = stmt.span.line <= item.ready and not isinstance(stmt, h.NestedFunction)
        if early and any(isinstance(n, h.Local) and n.name == item.name for n in walk(stmt)):
            raise Refusal("PT211", stmt.span, f"`{item.name}` may be called before what it calls is defined")
    for node in walk(item.function.body):
        if isinstance(node, h.For | h.Walrus) and bound_names(node.target) & item.rebinds:
            raise Refusal("PT211", node.span, "a `nonlocal` variable is bound by a loop or `:=`")
    if item.function.yields is not None:
        _check_lazy(function, item)
    if any(name != item.name and item.name in lifted[name].calls for name in item.calls):
        raise Refusal("PT211", item.function.span, f"`{item.name}` is in a cycle of nested functions")


def _check_lazy(function: h.Function, item: _Nested) -> None:
    """A generator looks a captured variable up when it runs, after the call: it must stay the same."""
    bound = Counter(p.name for p in function.params)
    for node in walk(function.body):
        bound.update(_bound(node))
    for name in item.captured:
        if bound[name] > 1 or name in item.rebinds:
            message = f"`{name}`, which the generator `{item.name}` captures, is bound again"
            raise Refusal("PT211", item.function.span, message)


def _parameter(item: _Nested, name: str, types: dict[str, Type]) -> h.Parameter:
    type_ = types.get(name, ANY)
    if name == "self" or type_ is ANY or type_ is NONE or isinstance(type_, CallableOf):
        raise Refusal(
            "PT211", item.function.span, f"`{name}`, which `{item.name}` captures, has the type `{type_}`"
        )
    if name not in item.rebinds:
        return h.Parameter(name, type_, "positional_or_keyword")
    if type_ not in _REBOUND:
        raise Refusal(
            "PT211", item.function.span, f"`nonlocal {name}` of type `{type_}` is not translated",
            "change it in place, or return it",
        )  # fmt: skip
    return h.Parameter(name, type_, "nonlocal")


def _in_order(lifted: dict[str, _Nested]) -> list[str]:
    """Callees before callers."""
    done: list[str] = []
    while len(done) < len(lifted):
        done += [
            name for name, item in lifted.items() if name not in done and item.calls - {name} <= set(done)
        ]
    return done


def _calls(
    lifted: dict[str, _Nested],
    keys: dict[str, str],
    captured: dict[str, tuple[str, ...]],
    types: dict[str, Type],
) -> Callable[[h.Node], h.Node]:
    """What makes calls of lifted functions of calls of their names, and marks their places."""

    def change(node: h.Node) -> h.Node:
        match node:
            case h.CallValue(callee=h.Local(name=name), args=args, order=order) if name in lifted:
                extra = (h.Local(c, types[c], span=node.span, type=types[c]) for c in captured[name])
                given = (*args, *_defaults(lifted[name], len(args), node), *extra)
                return h.CallFunction(keys[name], given, order, span=node.span, type=node.type)
            case h.NestedFunction(function=function) if function.key in keys.values():
                return h.LiftedFunction(function.key, span=node.span, comments=node.comments)
            case _:
                return node

    return change


def _defaults(item: _Nested, given: int, node: h.Expr) -> list[h.Expr]:
    """The defaults of the parameters that a call leaves out."""
    found: list[h.Expr] = []
    for param in item.function.params[given:]:
        if param.default is None:
            raise Refusal(
                "PT211", node.span, f"the default of `{param.name}` is computed, or missing in this call"
            )
        found.append(param.default)
    return found


def handed_on(params: tuple[h.Parameter, ...]) -> frozenset[str]:
    """The parameters that are `&mut` to a variable of a Copy type."""
    return frozenset(p.name for p in params if p.kind == "nonlocal" and is_copy(p.type))
