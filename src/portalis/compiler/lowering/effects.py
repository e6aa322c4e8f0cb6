"""What calls do to objects that have several names, as callers must know it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from portalis.compiler.analysis.aliasing.check import Project, check
from portalis.compiler.analysis.aliasing.clash import Effects
from portalis.compiler.analysis.aliasing.parts import NOTHING, Parts
from portalis.compiler.analysis.sharing import Effect
from portalis.compiler.hir.structs import owner_of
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.project_context import ProjectContext
from portalis.compiler.types import ANY, Instance, Shared, Type


def parts_of(project: ProjectContext) -> Parts:
    """The types inside types, as the project's classes are."""

    def fields(type_: Type) -> tuple[Type, ...]:
        info = project.symbols.structs.get(type_.name) if isinstance(type_, Instance) else None
        return tuple(field.type for field in info.fields) if info is not None else ()

    return Parts(fields)


def effects_of(project: ProjectContext, parts: Parts) -> Callable[[str], Effects]:
    """What calls of the project's functions do to objects that may have several names, by key."""

    def effects(key: str) -> Effects:
        callee = project.callees.get(key)
        shared = project.effects.get(key, Effect()).types
        if callee is None:
            return Effects(shared=shared)
        if callee.effects is not None:
            return replace(callee.effects, shared=shared)
        changes = tuple(parts.of(type_) if flag else NOTHING for _, type_, flag in callee.params)
        return Effects(tuple((at, None) for at in sorted(callee.handed)), changes, shared, changes)

    return effects


def aliases(ctx: FunctionContext) -> Effects:
    """What a call does to objects with several names, once it is sure that values serve for references."""
    project, function = ctx.project, ctx.function
    known = {name: type_ for name, type_ in ctx.found_types.items() if type_ is not ANY}
    function = replace(function, locals={**function.locals, **known})
    parts = parts_of(project)

    def gives(shared: Type) -> bool:
        """An instance with two names is a reason for handles, and what `yield` gives goes nowhere by name."""
        made = function.qualname.endswith(".__init__")
        return made or (function.yields is None and not isinstance(shared, Instance | Shared))

    method = owner_of(project.symbols, function.key) is not None
    return check(
        function, ctx.facts, Project(parts, effects_of(project, parts)),
        keeps=method or ".<locals>." in function.qualname, gives=gives,
        handed=ctx.handed.names, boxed=ctx.boxed,
    )  # fmt: skip
