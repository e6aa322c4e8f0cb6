"""What Rust reads before Python does, and Python could still see being changed.

for key, group in groupby(xs):      # Rust has gathered all groups here
    xs.append(0)                    # Python's next group would have it: refused
"""

from __future__ import annotations

from collections.abc import Iterable

from portalis.compiler.analysis.mutation import analyse
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import is_shared


def read_at_once(ctx: FunctionContext, node: h.CallExternal, reads: Iterable[h.Expr]) -> None:
    """Refuses a call of which a loop, or whoever holds the iterator, may change what it reads.

    Args:
        ctx: the function that it stands in.
        node: the call, whose arguments Rust reads when it is made.
        reads: the arguments in which Python looks later.
    """
    names: set[str] = set()
    for read in reads:
        for part in walk(read):
            if isinstance(part, h.Local):
                names.add(part.name)
            elif isinstance(part, h.Attribute) and is_shared(part.value.type):
                _refuse(node, "an instance that others may change")
    if ctx.function.yields is not None:
        _refuse(node, "what a caller may change between two items")
    region = _while_it_lives(ctx, node)
    changed = analyse(region, ctx.mutated_params)
    for part in walk(region):
        match part:
            case h.Local(name=name) if name in names and changed.any_depth(name):
                _refuse(node, f"`{name}`, which is changed in the loop")
            case h.CallValue() | h.CallFunction() if names & ctx.facts.captured:
                _refuse(node, "what a nested function may change")
            case h.Assign(targets=targets) if any(_binds(one, names) for one in targets):
                _refuse(node, "what is bound again in the loop")
            case h.AugAssign(target=h.Local(name=name)) | h.Walrus(target=h.Local(name=name)) if (
                name in names
            ):
                _refuse(node, f"`{name}`, which is bound again in the loop")
            case _:
                pass


def _refuse(node: h.CallExternal, what: str) -> None:
    name = node.fullname.rpartition(".")[2]
    raise Refusal("PT202", node.span, f"`{name}` of {what} is not translated", "make a list of it first")


def _binds(target: h.Expr, names: set[str]) -> bool:
    return any(isinstance(one, h.Local) and one.name in names for one in walk(target))


def _while_it_lives(ctx: FunctionContext, node: h.CallExternal) -> list[h.Stmt]:
    """What may run between two items: the bodies of loops over it, or all of the function where it has a name."""
    region: list[h.Stmt] = []
    for one in walk(ctx.function.body):
        match one:
            case h.Assign(value=value) if value is node:
                return ctx.function.body
            case h.For(iterable=iterable, body=body) if _within(node, iterable):
                region += body
            case h.Comprehension(element=element, key=key, clauses=clauses) if any(
                _within(node, clause.iterable) for clause in clauses
            ):
                inner = [element, *([key] if key is not None else [])]
                inner += [condition for clause in clauses for condition in clause.conditions]
                region += [h.ExprStmt(part, span=part.span) for part in inner]
    return region


def _within(node: h.Expr, tree: h.Expr) -> bool:
    return any(part is node for part in walk(tree))
