"""Dispatches expressions to the module of their family; holds no logic of its own."""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import (
    arithmetic,
    assign,
    calls,
    closures,
    coerce,
    compare,
    comprehension,
    displays,
    formatting,
    generators,
    logic,
    methods,
    names,
    presence,
    structs,
    subscript,
)  # fmt: skip
from portalis.compiler.lowering.applied import is_function, maker_of
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import OBJECT, DictOf, ListOf, OptionalOf, SetOf, Type


def lower(ctx: FunctionContext, node: h.Expr, expect: Type | None = None) -> Value:
    """The Rust of an expression; `expect` is the type its place wants, for literals that don't say."""
    value = _lower(ctx, node, expect)
    if isinstance(value.type, (ListOf, DictOf, SetOf)) and value.node is None:
        value = replace(value, node=node)
    if value.type is OBJECT and node.type is not OBJECT:
        return coerce.narrowed(ctx, value, node.type, node.span)
    return value


def _lower(ctx: FunctionContext, node: h.Expr, expect: Type | None) -> Value:  # noqa: C901  one case a node
    match node:
        case h.Local() | h.Attribute() if isinstance(expect, OptionalOf) and node.type != expect:
            value = ctx.optional(node)
            return value if value.type == expect else lower(ctx, node)
        case h.Literal():
            return names.lower_literal(ctx, node)
        case h.Local():
            return names.lower_local(ctx, node)
        case h.GlobalName():
            return names.lower_global(ctx, node)
        case h.External() if closures.callable_type(expect) or closures.callable_type(node.type):
            return closures.kept(ctx, node, expect)
        case h.External():
            return names.lower_external(ctx, node)
        case h.Binary():
            return arithmetic.lower_binary(ctx, node, expect)
        case h.Unary():
            return arithmetic.lower_unary(ctx, node)
        case h.Compare():
            return compare.lower_compare(ctx, node)
        case h.Logical():
            return logic.lower_logical(ctx, node, expect)
        case h.Conditional():
            return logic.lower_conditional(ctx, node, expect)
        case h.ListDisplay() | h.TupleDisplay() | h.SetDisplay() | h.DictDisplay():
            return displays.lower_display(ctx, node, expect)
        case h.Subscript():
            return subscript.lower_subscript(ctx, node)
        case h.Slice():
            return subscript.lower_slice(ctx, node)
        case h.CallFunction():
            return calls.lower_call(ctx, node)
        case h.CallExternal() if maker_of(node):
            return closures.kept(ctx, node, expect)
        case h.CallExternal():
            return calls.lower_external_call(ctx, node, expect)
        case h.CallMethod():
            return methods.lower_method(ctx, node, expect)
        case h.CallValue():
            return calls.lower_value_call(ctx, node)
        case h.NewInstance():
            return structs.lower_new(ctx, node)
        case h.Attribute() if is_function(ctx, node):
            return closures.kept(ctx, node, expect)
        case h.ClassConstant():
            return structs.lower_constant(ctx, node)
        case h.Attribute():
            return methods.lower_attribute(ctx, node)
        case h.Comprehension():
            return comprehension.lower_comprehension(ctx, node, expect)
        case h.Yield():
            return generators.lower_yield(ctx, node)
        case h.WhenThere():
            return presence.lower_when_there(ctx, node, expect)
        case h.Walrus():
            return assign.lower_walrus(ctx, node)
        case h.FString():
            return formatting.lower_fstring(ctx, node)
        case h.Lambda() | h.FunctionRef() | h.BoundMethod():
            return closures.kept(ctx, node, expect)
        case _:
            what = type(node).__name__.lower()
            raise Refusal("PT214", node.span, f"this {what} expression is not translated here")
