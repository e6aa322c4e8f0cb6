"""Calls of functions that stay in Python: `upcalls::util_clean(text)?`, in a package that has both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.programs import NAME
from portalis.compiler.hir.type_parts import unions_in
from portalis.compiler.lowering.project_context import Callee
from portalis.compiler.lowering.union_names import claim
from portalis.compiler.refusal import Refusal
from portalis.compiler.stdlib.effects import calls_python
from portalis.compiler.unit import Upcall

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portalis.compiler.lowering.context import FunctionContext


def upcall(ctx: FunctionContext, node: h.CallFunction) -> Callee:
    """What a caller must know of a function that stays in Python.

    Raises:
        Refusal: Rust may not call it.
    """
    name = node.key.replace(":", ".")
    side = ctx.project.upcalls
    found: Upcall | str = ""
    if side is not None:
        given = tuple(argument.type for argument in node.args)
        found = side.find(node.key, node.place, ctx.function.key, given)
    if isinstance(found, str):
        detail = f" ({found})" if found else ""
        raise Refusal(
            "PT501",
            node.span,
            f"`{name}` stays in Python{detail}",
            "translate it first, or keep both in Python",
        )
    for type_ in (*(param.type for param in found.params), found.returns):
        for union in unions_in(type_):
            claim(ctx.project.in_unions, union, node.span)
            ctx.unions.add(union)
    ctx.upcalls.add(found)
    ctx.note_import("crate::upcalls")
    source = frozenset({f"upcalls::{found.name}"})
    ctx.learned.sources |= source
    params = tuple((param.name, param.type, False) for param in found.params)
    return Callee(node.key, found.name, params, found.returns, True, False, sources=source)


def refuse_in_program(function: h.Function, sources: Iterable[str]) -> None:
    """A program is Rust alone.

    Raises:
        Refusal: what it calls would call Python.
    """
    if function.qualname == NAME and calls_python(sources):
        raise Refusal("PT501", function.span, "what it calls needs functions that stay in Python")
