"""What a container that is made holds, where nothing in it tells."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import ANY, NEVER, Instance, Type, dynamic


def held_types(name: str, node: h.Expr, expect: Type | None) -> tuple[Type, ...]:
    """The type arguments, from where the value goes or from the oracle."""
    given = [one.args for one in (expect, node.type) if isinstance(one, Instance) and one.name == name]
    for args in given:
        if args and not any(arg in (ANY, NEVER) for arg in args):
            return args
    for args in given:
        if args and NEVER not in args:  # type variables: values of any type
            return tuple(map(dynamic, args))
    raise Refusal("PT101", node.span, f"what this `{name}` holds is not known", "annotate it")
