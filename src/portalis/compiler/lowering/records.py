"""Recursive tuples taken apart: in a loop, and by a written place.

for key, size, inner in entries:   →   for item in entries { let (key, size, inner) = item.parts(); … }
entry[0]                           →   entry.parts().0

The parts are borrowed from the record. Which variables hold parts that could be changed is taken down, for
`analysis.record_parts` to see that they are only read.
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import TupleOf, Type, is_copy, is_mutable


def parts_of(record: t.Expr) -> t.Expr:
    """The Rust tuple behind a record."""
    return t.Method(record, "parts")


def held(ctx: FunctionContext, type_: Type) -> TupleOf:
    """The tuple that a record is."""
    info = ctx.struct_of(type_)
    assert info is not None and info.record
    return TupleOf(tuple(one.type for one in info.fields))


def opened(ctx: FunctionContext, target: h.TupleDisplay | h.ListDisplay, type_: Type) -> TupleOf:
    """The tuple that is bound to the target; the names of its mutable parts are remembered."""
    found = held(ctx, type_)
    if any(isinstance(one, h.Starred) for one in target.items) or len(target.items) != len(found.items):
        raise Refusal("PT214", target.span, f"this way to take a `{type_}` apart is not translated")
    for one, kind in zip(target.items, found.items, strict=True):
        if is_mutable(kind):
            if not isinstance(one, h.Local) or ctx.outer is not None or ".<locals>." in ctx.function.qualname:
                raise Refusal("PT401", target.span, f"a `{type_}` is taken apart where it can't be followed")
            ctx.record_parts.add(one.name)
    return found


def lower_item(ctx: FunctionContext, node: h.Subscript, container: Value) -> Value:
    """`entry[0]` with a written index."""
    kinds = held(ctx, container.type).items
    match node.index:
        case h.Literal(value=int(at)) if not isinstance(at, bool) and -len(kinds) <= at < len(kinds):
            kind = kinds[at]
            place = t.Field(parts_of(container.expr), str(at % len(kinds)))
            return Value(place, kind, Form.OWNED if is_copy(kind) else Form.PLACE)
        case _:
            raise Refusal(
                "PT214", node.span, "a computed place in a tuple is not translated", "take it apart"
            )
