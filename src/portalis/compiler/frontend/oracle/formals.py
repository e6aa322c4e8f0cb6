"""What calls ask of their arguments, and which methods stand for each other in a line of classes."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from mypy import argmap, nodes, types

from portalis.compiler.frontend.oracle.convert import convert
from portalis.compiler.frontend.oracle.pairs import Pairs
from portalis.compiler.frontend.targets import Target
from portalis.compiler.types import FLOAT, INT, Type

_INDEX, _FLOAT = "typing.SupportsIndex", "typing.SupportsFloat"


def formals(pairs: Pairs, known: Mapping[nodes.Expression, types.Type]) -> dict[ast.expr, Type]:
    """The types of the parameters that the arguments of a module's calls go to, by argument."""
    found: dict[ast.expr, Type] = {}
    for pair in pairs.exprs:
        match pair.node, pair.twin:
            case (ast.Call() as call, nodes.CallExpr() as twin):
                values = [*call.args, *(keyword.value for keyword in call.keywords)]
                callee = types.get_proper_type(known.get(twin.callee))
                if len(values) == len(twin.args) and isinstance(callee, types.FunctionLike):
                    ways = [dict(_taken(one, twin)) for one in callee.items]
                    for at, value in enumerate(values):
                        asked = {way[at] for way in ways if at in way}
                        if len(asked) == 1:
                            found[value] = asked.pop()
            case _:
                pass
    return found


def _taken(callee: types.CallableType, call: nodes.CallExpr) -> Iterator[tuple[int, Type]]:
    """By the place of each argument, what the parameter that it goes to is declared as."""
    any_type = types.AnyType(types.TypeOfAny.special_form)
    mapped = argmap.map_actuals_to_formals(
        call.arg_kinds, call.arg_names, callee.arg_kinds, callee.arg_names, lambda _: any_type
    )
    for formal, actuals in enumerate(mapped):
        for actual in actuals:
            if call.arg_kinds[actual] in (nodes.ARG_POS, nodes.ARG_NAMED):
                yield actual, _asked(callee.arg_types[formal])


def _asked(formal: types.Type) -> Type:
    """A declared type as values have it: what takes `SupportsIndex` is given an int."""
    proper = types.get_proper_type(formal)
    members = proper.items if isinstance(proper, types.UnionType) else [proper]
    names = {
        one.type.fullname if isinstance(one, types.Instance) else ""
        for one in map(types.get_proper_type, members)
    }
    if names == {_INDEX}:
        return INT
    return FLOAT if names == {_INDEX, _FLOAT} else convert(formal)


def overriding(pairs: Mapping[str, Pairs]) -> dict[Target, Target]:
    """For each method of a project that one of a base class stands behind, the farthest such method."""
    targets = {
        function.twin: Target(module, function.qualname)
        for module, found in pairs.items()
        for function in found.functions
    }
    found: dict[Target, Target] = {}
    for twin, target in targets.items():
        if not twin.info:
            continue
        for base in reversed(twin.info.mro[1:]):
            behind = base.names.get(twin.name)
            node = behind.node if behind is not None else None
            node = node.func if isinstance(node, nodes.Decorator) else node
            if isinstance(node, nodes.FuncDef) and node in targets:
                found[target] = targets[node]
                break
    return found


def lines(pairs: Mapping[str, Pairs]) -> dict[str, tuple[str, ...]]:
    """The classes of a project that define methods, each with all that it inherits from."""
    infos = {function.twin.info for found in pairs.values() for function in found.functions}
    return {info.fullname: tuple(base.fullname for base in info.mro) for info in infos if info}
