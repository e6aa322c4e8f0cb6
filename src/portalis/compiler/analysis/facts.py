"""All facts about one function that lowering asks for, gathered once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from portalis.compiler.analysis import access, kept, liveness, mutation
from portalis.compiler.analysis.aliasing.lending import Loan, loans
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.types import is_copy


@dataclass(frozen=True, slots=True)
class FunctionFacts:
    """Facts of one function: see the modules that find them."""

    names: frozenset[str]
    reads: frozenset[str]
    loaded: frozenset[str]
    """Variables whose value is used somewhere, not only bound."""
    assignments: Counter[str]
    captured: frozenset[str]
    live: liveness.Liveness
    mutations: mutation.Mutations
    indexed: frozenset[str]
    arrays: frozenset[str]
    """Variables whose tuple is only iterated, indexed, sliced or measured: an array serves."""
    kept: frozenset[str]
    """Variables whose value, where it is a callable, outlives the call or statement: see `kept`."""
    loans: dict[str, Loan]
    """Variables that are a `&mut` into another one."""
    looked_up: frozenset[str]
    """Variables whose dict or set is only looked into: `d[k]`, `d.get(k)`, `k in d`, `len(d)`."""


def gather(
    function: h.Function,
    mutated_params: Callable[[str], tuple[bool, ...]],
    kept_params: kept.Keeps = lambda _: (),
) -> FunctionFacts:
    """The facts of a function."""
    nodes = [*walk(function.body)]
    reads = frozenset(n.name for n in nodes if isinstance(n, h.Local))
    assignments: Counter[str] = Counter()
    captured = {p.name for p in function.params if p.kind == "nonlocal"}  # the owner has them, too
    for node in nodes:
        match node:
            case h.Assign(targets=targets):
                for target in targets:
                    assignments.update(liveness.bound_names(target))
            case h.AugAssign(target=target) | h.For(target=target):
                assignments.update(liveness.bound_names(target))
            case h.Walrus(target=target):
                assignments[target.name] += 1
            case h.CallFunction(key=key, args=args):
                for argument, mutated in zip(args, mutated_params(key), strict=False):
                    if mutated and isinstance(argument, h.Local) and is_copy(argument.declared):
                        assignments[argument.name] += 2  # the callee binds it, as often as it likes
            case h.NestedFunction(function=inner):
                own = {p.name for p in inner.params} | set(inner.locals)
                captured.update(
                    n.name for n in walk(inner.body) if isinstance(n, h.Local) and n.name not in own
                )
            case h.Lambda(params=params, body=body):
                own = {name for name, _ in params}
                captured.update(n.name for n in walk(body) if isinstance(n, h.Local) and n.name not in own)
    live = liveness.analyse(function.body)
    changes = mutation.analyse(function.body, mutated_params, function)
    lent = loans(function, changes.any_depth, assignments, frozenset(captured), live)
    return FunctionFacts(
        reads | {p.name for p in function.params},
        reads,
        _loaded(nodes),
        assignments,
        frozenset(captured),
        live,
        changes.through({loan.name: (loan.owner, loan.depth) for loan in lent.values()}),
        access.indexed_in_loops(function.body),
        access.only_read_by_element(function.body),
        kept.kept_names(function.body, kept_params, [p.name for p in function.params]),
        lent,
        access.only_looked_up(function.body),
    )


def _loaded(nodes: list[h.Node]) -> frozenset[str]:
    """The variables that some expression reads."""
    bound: set[int] = set()
    for node in nodes:
        match node:
            case h.Assign(targets=targets):
                for target in targets:
                    bound.update(map(id, _plain_targets(target)))
            case h.For(target=target) | h.Clause(target=target):
                bound.update(map(id, _plain_targets(target)))
    return frozenset(n.name for n in nodes if isinstance(n, h.Local) and id(n) not in bound)


def _plain_targets(target: h.Expr) -> list[h.Expr]:
    match target:
        case h.Local():
            return [target]
        case h.TupleDisplay(items=items) | h.ListDisplay(items=items):
            return [inner for item in items for inner in _plain_targets(item)]
        case h.Starred(value=value):
            return _plain_targets(value)
        case _:
            return []
