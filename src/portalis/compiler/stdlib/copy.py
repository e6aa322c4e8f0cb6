"""`copy.copy` and `copy.deepcopy` of plain containers."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import dynamic
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.stdlib import collection_methods
from portalis.compiler.types import (
    BOOL,
    BYTES,
    FLOAT,
    INT,
    OBJECT,
    STR,
    DictOf,
    ListOf,
    SetOf,
    Type,
    is_mutable,
)


def lower_copy(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """A copy of a list, dict or set; what can't change is its own copy.

    A deep copy keeps it when an object stands in two places. The Rust value no longer shows that, so
    that containers of containers are refused.
    """
    if len(node.args) != 1 or node.keywords:
        raise Refusal("PT305", node.span, f"this form of `{node.fullname}` is not translated")
    value = ctx.expr(node.args[0])
    parts: tuple[Type, ...] = ()
    match value.type:
        case ListOf(elem) | SetOf(elem):
            parts = (elem,)
        case DictOf(key, item):
            parts = (key, item)
        case _ if value.type in (INT, FLOAT, BOOL, STR, BYTES):
            return value
        case _ if value.type is OBJECT:
            name = "deep_copy" if node.fullname == "copy.deepcopy" else "copy"
            copied = ctx.rt(f"dynamic_copy::{name}", dynamic.reference(ctx, value, node.span))
            return Value(copied, OBJECT)
        case _:
            raise Refusal("PT305", node.span, f"a copy of a `{value.type}` is not translated")
    if node.fullname == "copy.deepcopy" and (any(map(is_mutable, parts)) or OBJECT in parts):
        raise Refusal(
            "PT305", node.span, f"a deep copy of a `{value.type}` is not translated",
            "copy each part, for example `[list(row) for row in rows]`",
        )  # fmt: skip
    call = h.CallMethod(node.args[0], "copy", (), {}, span=node.span, type=node.type)
    return collection_methods.lower(ctx, call, value, None)


SPECIAL = {"copy.copy": lower_copy, "copy.deepcopy": lower_copy}
