"""The question asked of one function: may its values live in Rust? And what its callers must know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from portalis.compiler.analysis.aliasing.clash import Clash, Effects, Outside
from portalis.compiler.analysis.aliasing.flow import RESULT, Flow
from portalis.compiler.analysis.aliasing.origin import SHARED, Origins, handed_in
from portalis.compiler.analysis.aliasing.parts import NOTHING, Parts
from portalis.compiler.analysis.facts import FunctionFacts
from portalis.compiler.hir import nodes as h
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import ANY, Type, is_copy


@dataclass(frozen=True, slots=True)
class Project:
    """What is known of the rest of the project."""

    parts: Parts
    effects: Callable[[str], Effects]


def check(
    function: h.Function,
    facts: FunctionFacts,
    project: Project,
    *,
    keeps: bool,
    gives: Callable[[Type], bool],
    handed: tuple[str, ...] = (),
    boxed: Mapping[int, h.Expr] = MappingProxyType({}),
) -> Effects:
    """What a call of the function does, once nobody can see values where Python has references.

    Args:
        function: the function, its nested functions lifted or closures.
        facts: its facts.
        project: what is known of the rest.
        keeps: whether its callers are Rust, and learn which arguments it keeps in another one.
        gives: whether callers learn with which arguments the result shares objects of a type.
        handed: the parameters that a `return` may give as they are, which its callers know.
        boxed: the expressions, by id, whose containers become objects inside values of any type.

    Raises:
        Refusal: a change could be seen through another name, or in what the caller holds.
    """
    known = Effects()
    while True:
        flow = _run(function, facts, project, known, handed, boxed)
        found: set[tuple[int, int | None]] = set(known.shares)
        found |= {(at, None) for at, p in enumerate(function.params) if p.name in handed}
        for clash in flow.clashes.values():
            told = gives(clash.type) if clash.kind == "returned" else keeps and clash.kind == "kept"
            pair = _pair(function, clash) if told else None
            if pair is None:
                raise _refusal(clash)
            found.add(pair)
        pairs = tuple(sorted(found, key=lambda p: (p[0], -1 if p[1] is None else p[1])))
        changes, moves = (
            tuple(one.get(p.name, NOTHING) for p in function.params) for one in (flow.changed, flow.moved)
        )
        if Effects(pairs, changes, moves=moves) == known:
            return known
        known = Effects(pairs, changes, moves=moves)


def _run(
    function: h.Function,
    facts: FunctionFacts,
    project: Project,
    known: Effects,
    handed: tuple[str, ...],
    boxed: Mapping[int, h.Expr],
) -> Flow:
    types = {**function.locals, **{p.name: p.type for p in function.params}}
    params = tuple(p.name for p in function.params if not is_copy(p.type))
    own = {*params, *function.locals, *facts.assignments}
    free = frozenset(n for n in facts.reads if n not in own)
    rebound = frozenset(name for name in params if facts.assignments[name])
    lent = {loan.name: loan.owner for loan in facts.loans.values()}

    def effects(key: str) -> Effects:
        told = project.effects(key)
        return replace(known, shared=told.shared) if key == function.key else told

    flow = Flow(
        Origins(project.parts, types, lent, lambda key: effects(key).shares), facts.live,
        Outside(params, rebound, facts.captured | _outer(function, free), frozenset(handed)),
        lambda node: effects(node.key),
        boxed,
    )  # fmt: skip
    flow.run(function.body)
    return flow


def _outer(function: h.Function, free: frozenset[str]) -> frozenset[str]:
    """The variables of the owner that a nested function reads; comprehensions' own names are none."""
    inside = ".<locals>." in function.qualname
    return free if inside else frozenset()


def _pair(function: h.Function, clash: Clash) -> tuple[int, int | None] | None:
    """The clash as places of parameters, where it is about parameters."""
    places = {p.name: at for at, p in enumerate(function.params)}
    places |= {handed_in(p.name): at for at, p in enumerate(function.params)}
    if clash.other not in places:
        return (places[clash.name], None) if clash.other == RESULT and clash.name in places else None
    if clash.name == RESULT:
        return places[clash.other], None
    return (places[clash.name], places[clash.other]) if clash.name in places else None


def _refusal(clash: Clash) -> Refusal:
    kind = f"a `{clash.type}`" if clash.type is not ANY else "one value"
    name, other = _shown(clash.name), _shown(clash.other)
    match clash.kind:
        case "boxed":
            return Refusal(
                "PT401", clash.span,
                f"{kind} is put into a value of any type here, and {other} may still reach it",
                "copy it where it is stored, with `list(x)` or `dict(x)`",
            )  # fmt: skip
        case "changed" if clash.name == clash.other:
            message = f"{name} may hold {kind} in two places, of which one is changed here"
        case "changed":
            message = (
                f"{kind} is changed here through {name}, and {other} may be the same one and is used later"
            )
        case "returned" if clash.other == RESULT:
            return Refusal(
                "PT402", clash.span, f"the result may hold {kind} in two places",
                "make a copy for each place", shares=clash.type,
            )  # fmt: skip
        case "returned":
            return Refusal(
                "PT402", clash.span, f"the result would share {kind} with {other}",
                "return a copy, for example `list(x)`", shares=clash.type,
            )  # fmt: skip
        case _ if clash.name == clash.other:
            message = f"{name} would hold {kind} in two places, and its caller could see that"
        case _:
            message = f"{name} and {other} would share {kind}, and the caller could see that"
    return Refusal(
        "PT401", clash.span, message, "copy it where it is stored, with `list(x)`, `dict(x)` or `x[:]`",
        shares=clash.type,
    )  # fmt: skip


def _shown(name: str) -> str:
    if name == SHARED:
        return "a shared instance"
    return f"`{name}`" if name.isidentifier() else name
