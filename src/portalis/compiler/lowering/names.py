"""Literals, variables and module constants."""

from __future__ import annotations

import math

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import enums
from portalis.compiler.lowering.coerce import narrowed, string_literal
from portalis.compiler.lowering.context import FunctionContext, Local
from portalis.compiler.lowering.freeze import constant_reference
from portalis.compiler.lowering.loaded import lower_held
from portalis.compiler.lowering.value import (
    I64_MAX,
    I64_MIN,
    Form,
    Range,
    Value,
    lit_bytes,
    lit_float,
    lit_int,
)
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib import files
from portalis.compiler.types import BOOL, BYTES, FLOAT, INT, NONE, is_copy

_PATHS = {
    "math.pi": (math.pi, "std::f64::consts::PI"),
    "math.e": (math.e, "std::f64::consts::E"),
    "math.tau": (math.tau, "std::f64::consts::TAU"),
    "math.inf": (math.inf, "f64::INFINITY"),
    "math.nan": (math.nan, "f64::NAN"),
}
_STRINGS = (
    "ascii_lowercase", "ascii_uppercase", "ascii_letters", "digits", "hexdigits", "octdigits", "punctuation",
    "whitespace", "printable",
)  # fmt: skip


def lower_literal(ctx: FunctionContext, node: h.Literal) -> Value:
    """A constant written in the source."""
    match node.value:
        case bool(flag):
            return Value(t.Lit("true" if flag else "false"), BOOL, literal=flag)
        case int(number):
            if not I64_MIN <= number <= I64_MAX:
                raise Refusal("PT103", node.span, "an integer beyond 64 bits is not translated yet")
            return Value(lit_int(number), INT, range=Range(number, number), literal=number)
        case float(number):
            return Value(lit_float(number), FLOAT, literal=number)
        case str(text):
            if any(0xD800 <= ord(c) <= 0xDFFF for c in text):
                raise Refusal("PT103", node.span, "a string with lone surrogates has no Rust form")
            return string_literal(text)
        case bytes(data):
            return Value(t.Ref(t.Unary("*", lit_bytes(data))), BYTES, Form.BORROWED)
        case _:
            return Value(t.Path("None"), NONE)


def lower_local(ctx: FunctionContext, node: h.Local) -> Value:
    """A parameter or local variable, unwrapped where the flow has narrowed it."""
    local = ctx.lookup(node.name)
    if local is None:
        raise Refusal("PT213", node.span, f"`{node.name}` may not be bound here")
    if local.callee is not None:
        from portalis.compiler.lowering.closures import kept

        return kept(ctx, node, None)
    if local.items is not None:
        raise Refusal("PT202", node.span, f"the iterator `{node.name}` is used as a value")
    return narrowed(ctx, local_value(ctx, local), node.type, node.span)


def local_value(ctx: FunctionContext, local: Local) -> Value:
    """The variable as a value of its whole type."""
    path = t.Path(local.rust)
    if is_copy(local.type):
        return Value(path, local.type, range=local.range, local=local.name)
    movable = local.form is Form.PLACE
    frozen = local.web in ctx.frozen_locals
    return Value(
        path,
        local.type,
        local.form,
        local=local.name,
        movable=movable,
        frozen=frozen,
        elem_range=local.elem_range,
        whole=local.whole,
    )


def lower_global(ctx: FunctionContext, node: h.GlobalName) -> Value:
    """A module constant, frozen from the imported module; or what a loader gave at import."""
    if isinstance(node, h.FunctionTable):
        from portalis.compiler.lowering.tables import lower_table

        return lower_table(ctx, node)
    held = lower_held(ctx, node)
    return held if held is not None else constant_reference(ctx, node)


def lower_external(ctx: FunctionContext, node: h.External) -> Value:
    """A constant of the standard library."""
    if node.fullname in _PATHS:
        value, path = _PATHS[node.fullname]
        return Value(t.Path(path), FLOAT, literal=value)
    member = enums.lower_member(ctx, node)
    if member is not None:
        return member
    from portalis.compiler.stdlib import datetime
    from portalis.compiler.stdlib.decimal import ROUNDINGS

    if node.fullname in datetime.NAMES:
        return datetime.lower_names(ctx, node.fullname)
    if (end := datetime.latest(ctx, node.fullname)) is not None:
        return end
    module, _, name = node.fullname.rpartition(".")
    if module == "string" and name in _STRINGS:
        import string

        return string_literal(getattr(string, name))
    if module in ("decimal", "_decimal") and name in ROUNDINGS:
        return string_literal(name)
    if node.fullname == "sys.maxsize":
        return Value(t.Path("i64::MAX"), INT, range=Range(I64_MAX, I64_MAX))
    stream = files.lower_stream(ctx, node)
    if stream is not None:
        return stream
    if node.fullname == "builtins.None":
        return Value(t.Path("None"), NONE)
    code = "PT502" if not module else "PT301"
    raise Refusal(code, node.span, f"`{node.fullname}` has no Rust counterpart here")
