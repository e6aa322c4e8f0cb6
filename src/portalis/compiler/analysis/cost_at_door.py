"""Whether converting what a function is given would cost its order of growth.

def middle(xs): return xs[len(xs) // 2]     # yes: all of xs would be converted, to look at one element
"""

from __future__ import annotations

from portalis.compiler.analysis.cost import looks_into, runs_over
from portalis.compiler.analysis.cost_inside import runs_through
from portalis.compiler.hir import nodes as h
from portalis.compiler.types import (
    OBJECT,
    DictOf,
    Instance,
    ListOf,
    SetOf,
    Type,
    VarTuple,
    is_collection,
    is_mutable,
)


def sublinear(function: h.Function, changed: frozenset[str], swept: frozenset[str] | None = None) -> bool:
    """Whether the function does less than linear work on a container it is given.

    Converting a list to index it once would cost its order of growth at the boundary with Python. The same
    holds for the containers inside one that is `changed`, which are compared and written back. `swept` are
    the parameters that it runs over, where its tree doesn't say.
    """
    containers = {
        p.name
        for p in function.params
        if not p.kind.startswith("var_")
        and (isinstance(p.type, (ListOf, DictOf, SetOf, VarTuple)) or is_collection(p.type))
    }
    containers |= {p.name for p in function.params if p.type is OBJECT and looks_into(function.body, p.name)}
    if not containers:
        return False
    if swept is not None:
        return bool(containers - swept)
    if any(not runs_over(function.body, name) for name in containers):
        return True
    nested = [p.name for p in function.params if p.name in containers & changed and _nested(p.type)]
    return any(not runs_through(function.body, name) for name in nested)


def _nested(type_: Type) -> bool:
    """Whether the elements of a container are containers that can change."""
    match type_:
        case ListOf(elem) | DictOf(_, elem):
            return is_mutable(elem)
        case Instance(args=(*_, elem)):
            return is_collection(type_) and is_mutable(elem)
        case _:
            return False
