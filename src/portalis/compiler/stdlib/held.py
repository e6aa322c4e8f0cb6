"""What a container that is made holds, where nothing in it tells."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import ANY, NEVER, Instance, Type


def held_types(name: str, node: h.Expr, expect: Type | None) -> tuple[Type, ...]:
    """The type arguments, from where the value goes or from the oracle."""
    for type_ in (expect, node.type):
        known = isinstance(type_, Instance) and type_.name == name and type_.args
        if isinstance(type_, Instance) and known and not any(arg in (ANY, NEVER) for arg in type_.args):
            return type_.args
    raise Refusal("PT101", node.span, f"what this `{name}` holds is not known", "annotate it")
