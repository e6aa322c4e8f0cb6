"""Lowers a group of functions of the call graph: one function, or those that call each other in a cycle.

A function of a cycle is lowered against what is announced of the others: which parameters they change,
what they return. What is found is announced in its turn, until it is what was announced.
"""

from __future__ import annotations

from collections.abc import Mapping

from portalis.compiler import callgraph, layout
from portalis.compiler.analysis import growth
from portalis.compiler.analysis.filled import narrowed
from portalis.compiler.analysis.loose import loosened
from portalis.compiler.analysis.mixed import widened
from portalis.compiler.analysis.open_values import open_values
from portalis.compiler.crash import crash_diagnostic
from portalis.compiler.frontend.project import Project
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir import programs
from portalis.compiler.hir.method_names import method_name
from portalis.compiler.hir.structs import method_of, owner_of
from portalis.compiler.hir.type_parts import instances
from portalis.compiler.hir.walk import called
from portalis.compiler.hir.widen import widen
from portalis.compiler.lowering.function import LoweredFunction, announce, lower_function
from portalis.compiler.lowering.project_context import Callee, ProjectContext
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import BIG, Type
from portalis.diagnostics import Diagnostic

_ROUNDS = 4
_OF_NUMBERS = frozenset({"PT102", "PT105"})
"""Diagnostics of functions in which ints may stand where floats are declared, and the other way round."""

_OF_CONTAINERS = frozenset({"PT102", "PT105", "PT502"})
"""Diagnostics of functions in which one container must hold what another type of container does."""

_OF_SHARING = frozenset({"PT101", "PT104", "PT105", "PT209", "PT214", "PT401", "PT402"})
"""Diagnostics of functions in which containers of values of any type may have to be shared."""


def lower_group(
    context: ProjectContext,
    source: Project,
    functions: dict[str, h.Function],
    group: callgraph.Group,
    lowered: dict[str, LoweredFunction],
    diagnostics: dict[str, tuple[Diagnostic, ...]],
) -> None:
    """Lowers the functions of a cycle together: all of them, or none.

    What outgrows 64 bits is lowered so where it can be, and else as the others are: then it declines. Where
    an int stands for a float, the functions are lowered again with values of any type for both.
    """
    wide = _widened(context, functions, group)
    if wide and _lower(context, source, functions | wide, group, lowered, {}):
        functions.update(wide)
        return
    plain: dict[str, tuple[Diagnostic, ...]] = {}
    if _lower(context, source, functions, group, lowered, plain):
        return
    if any(note.code in _OF_NUMBERS for notes in plain.values() for note in notes):
        narrow = {key: narrowed(functions[key]) for key in group.keys}
        changed = any(narrow[key] is not functions[key] for key in group.keys)
        if changed and _lower(context, source, functions | narrow, group, lowered, {}):
            functions.update(narrow)
            return
        mixed = {key: widened(functions[key]) for key in group.keys}
        if _lower(context, source, functions | mixed, group, lowered, {}):
            functions.update(mixed)
            return
        if _exact(context, source, functions, group, lowered):
            return
    if any(note.code in _OF_CONTAINERS for notes in plain.values() for note in notes):
        loose = {
            key: loosened(functions[key], lambda one: _params(context, functions, one)) for key in group.keys
        }
        changed = any(loose[key] is not functions[key] for key in group.keys)
        if changed and _lower(context, source, functions | loose, group, lowered, {}):
            functions.update(loose)
            return
    if any(note.code in _OF_SHARING for notes in plain.values() for note in notes):
        near = {key: functions[key] for key in (*group.keys, *_callees(functions, group)) if key in functions}
        opened = open_values(near, near.keys() - set(group.keys), group.keys)
        opened = {key: opened[key] for key in group.keys}
        changed = any(opened[key] is not functions[key] for key in group.keys)
        if changed and _lower(context, source, functions | opened, group, lowered, {}):
            functions.update(opened)
            return
    diagnostics.update(plain)


def _callees(functions: Mapping[str, h.Function], group: callgraph.Group) -> frozenset[str]:
    return frozenset().union(*(called(functions[key]) for key in group.keys)) - set(group.keys)


def _params(context: ProjectContext, functions: Mapping[str, h.Function], key: str) -> tuple[Type, ...]:
    """The types of a function's parameters: as it was lowered, or as it is declared."""
    callee = context.callees.get(key)
    if callee is not None:
        return tuple(type_ for _, type_, _ in callee.params)
    return tuple(param.type for param in functions[key].params) if key in functions else ()


def _exact(
    context: ProjectContext,
    source: Project,
    functions: dict[str, h.Function],
    group: callgraph.Group,
    lowered: dict[str, LoweredFunction],
) -> bool:
    """The functions as they are declared, where an int in the place of a promised float declines."""
    context.exact_floats = True
    try:
        return _lower(context, source, functions, group, lowered, {})
    finally:
        context.exact_floats = False


def _widened(
    context: ProjectContext, functions: dict[str, h.Function], group: callgraph.Group
) -> dict[str, h.Function]:
    """The functions of the group with integers that outgrow 64 bits, in a form that says so."""
    if len(group.keys) > 1:
        return {}

    def big(key: str) -> bool:
        callee = context.callees.get(key)
        return callee is not None and callee.returns is BIG

    found = {key: growth.find(functions[key], big) for key in group.keys}
    calls = {key: any(map(big, called(functions[key]))) for key in group.keys}
    return {key: widen(functions[key], one, big) for key, one in found.items() if one or calls[key]}


def _lower(
    context: ProjectContext,
    source: Project,
    functions: dict[str, h.Function],
    group: callgraph.Group,
    lowered: dict[str, LoweredFunction],
    diagnostics: dict[str, tuple[Diagnostic, ...]],
) -> bool:
    paths = {key: rust_path(context, functions[key]) for key in group.keys}
    if group.recursive:
        announce(context, {paths[key]: functions[key] for key in group.keys})
    for _ in range(_ROUNDS):
        announced = {key: context.callees.get(key) for key in group.keys}
        done, refused = _round(context, source, functions, group, paths)
        if refused or not group.recursive or _same(announced, done):
            break
    else:
        reason = "what the functions of this cycle change and return did not settle"
        refused = {
            key: Diagnostic("PT501", reason, functions[key].span, "error", "write it as a loop")
            for key in group.keys
        }
    if not refused:
        lowered.update(done)
        return True
    for key in group.keys:
        context.callees.pop(key, None)
        lost = next(iter(refused))
        diagnostics[key] = (refused[key] if key in refused else lost_callee(functions[key], lost),)
    return False


def rust_path(context: ProjectContext, function: h.Function) -> str:
    """Where a function stands in the crate: `luhn::checksum`, `shapes::Point::shift`."""
    owner = owner_of(context.symbols, function.key)
    last = function.qualname if owner is None else method_name(method_of(owner, function.key))
    if function.qualname == programs.NAME and f"{function.module}.program" in context.symbols.functions:
        last = "run_program"
    struct = owner.rust if owner is not None else ""
    if last == "main":  # a module can't be called so; a function can
        return "::".join(filter(None, (context.paths[function.module], struct, last)))
    return "::".join(filter(None, (context.paths[function.module], struct, layout.segment(last))))


def _round(
    context: ProjectContext,
    source: Project,
    functions: Mapping[str, h.Function],
    group: callgraph.Group,
    paths: dict[str, str],
) -> tuple[dict[str, LoweredFunction], dict[str, Diagnostic]]:
    """Every function of the group lowered once, and what stands against those that can't be."""
    done: dict[str, LoweredFunction] = {}
    refused: dict[str, Diagnostic] = {}
    for key in group.keys:
        try:
            done[key] = lower_function(context, functions[key], paths[key], recursive=group.recursive)
            context.callees[key] = done[key].callee
        except Refusal as refusal:
            refused[key] = refusal.diagnostic
            for shared in instances(refusal.shares) if refusal.shares is not None else ():
                context.sharing.setdefault(shared, set()).add(key)
        except Exception as error:  # noqa: BLE001  a crash of ours costs one item, and names its place
            relative = source.modules[functions[key].module].relative
            refused[key] = crash_diagnostic(error, relative, functions[key].span)
    return done, refused


def _same(announced: dict[str, Callee | None], done: dict[str, LoweredFunction]) -> bool:
    return all(announced[key] == function.callee for key, function in done.items())


def lost_callee(function: h.Function, callee: str) -> Diagnostic:
    """A function whose callee stays in Python."""
    name = callee.replace(":", ".")
    return Diagnostic("PT501", f"`{name}` stays in Python", function.span, "error", f"see `{name}`")
