"""`+`, `*`, `|`, `&`, `-`, `^` on strings, lists, tuples, sets and dicts."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.logic import unify
from portalis.compiler.lowering.value import Form, Value, lit_str
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import (
    ANY,
    BYTEARRAY,
    BYTES,
    INT,
    NEVER,
    STR,
    DictOf,
    ListOf,
    SetOf,
    TupleOf,
    VarTuple,
)  # fmt: skip

_SET_OPS = {"|": "union", "&": "intersection", "-": "difference", "^": "symmetric_difference"}


def concat_strings(ctx: FunctionContext, node: h.Binary) -> Value:
    """`a + "-" + b` → `format!("{a}-{}", b)`: one allocation for the whole chain."""
    parts: list[h.Expr] = []
    pending: h.Expr = node
    while isinstance(pending, h.Binary) and pending.op == "+" and pending.left.type is STR:
        parts.insert(0, pending.right)
        pending = pending.left
    parts.insert(0, pending)
    # A group that took no part is None, which adds to no text: the call is declined, so that Python raises.
    values = [coerce.present(ctx.expr(part)) for part in parts]
    if any(value.type is not STR for value in values):
        raise Refusal("PT105", node.span, "a string is added to something that is not a string")
    return Value(format_macro(ctx, [v.literal if isinstance(v.literal, str) else v for v in values]), STR)


def format_macro(ctx: FunctionContext, parts: list[str | Value]) -> t.Expr:
    """`format!` over text and values; a plain variable is named inside the braces."""
    template = ""
    args: list[t.Expr] = []
    for part in parts:
        if isinstance(part, str):
            template += part.replace("{", "{{").replace("}", "}}")
        elif isinstance(part.expr, t.Path) and part.expr.name.replace("_", "a").isalnum():
            template += f"{{{part.expr.name}}}"
        elif (inner := spliced(part.expr)) is not None:
            template += inner[0]
            args += inner[1]
        else:
            template += "{}"
            args.append(_shown(part.expr))
    if not args and all(isinstance(part, str) for part in parts):
        return t.Method(lit_str("".join(map(str, parts))), "to_string")
    return t.Macro("format", (lit_str(template), *args))


def spliced(expr: t.Expr) -> tuple[str, tuple[t.Expr, ...]] | None:
    """The template and the arguments of a `format!` that stands inside another."""
    match expr:
        case t.Macro("format", (t.Lit(text), *args)) if "\\" not in text:
            return text[1:-1], tuple(args)
        case _:
            return None


def _shown(expr: t.Expr) -> t.Expr:
    """An argument of `{}`, which makes its own text of it."""
    match expr:
        case t.Method(receiver, "to_string", ()):
            return receiver
        case _:
            return expr


def apply(ctx: FunctionContext, op: str, left: Value, right: Value, node: h.Node) -> Value:
    """The operator on two lowered operands that are not both numbers."""
    span = node.span
    match left.type, op, right.type:
        case (_, "+", _) if left.type is STR and right.type is STR:
            parts = [v.literal if isinstance(v.literal, str) else v for v in (left, right)]
            return Value(format_macro(ctx, parts), STR)
        case (_, "*", _) if INT in (left.type, right.type):
            return _repeat(ctx, *((left, right) if right.type is INT else (right, left)), node)
        case (ListOf() | VarTuple(), "+", ListOf() | VarTuple()) if type(left.type) is type(right.type):
            return _concat(ctx, left, right, node)
        case (_, "+", _) if {left.type, right.type} <= {BYTES, BYTEARRAY}:
            from portalis.compiler.stdlib.bytearrays import as_bytes

            parts2 = (coerce.borrowed(ctx, as_bytes(side), BYTES, span) for side in (left, right))
            return Value(ctx.rt("seq::concat", *parts2), left.type)
        case (TupleOf(a), "+", TupleOf(b)):
            if not (isinstance(left.expr, t.Path) and isinstance(right.expr, t.Path)):
                raise Refusal("PT214", span, "`+` of computed tuples is not translated")
            fields = [Value(t.Field(left.expr, str(i)), k, Form.PLACE) for i, k in enumerate(a)]
            fields += [Value(t.Field(right.expr, str(i)), k, Form.PLACE) for i, k in enumerate(b)]
            parts3 = tuple(coerce.owned(ctx, f, f.type, span) for f in fields)
            return Value(t.TupleExpr(parts3), TupleOf((*a, *b)))
        case (SetOf(elem, frozen), _, SetOf(other)) if op in _SET_OPS and elem == other:
            refs = (
                coerce.borrowed(ctx, left, left.type, span),
                coerce.borrowed(ctx, right, right.type, span),
            )
            return Value(ctx.rt(f"set::{_SET_OPS[op]}", *refs), SetOf(elem, frozen))
        case (DictOf(), "|", DictOf()) if left.type == right.type:
            refs = (
                coerce.borrowed(ctx, left, left.type, span),
                coerce.borrowed(ctx, right, right.type, span),
            )
            return Value(ctx.rt("dict::union", *refs), left.type)
        case _:
            code = "PT101" if ANY in (left.type, right.type) else "PT214"
            raise Refusal(code, span, f"`{op}` between `{left.type}` and `{right.type}` is not translated")


def _repeat(ctx: FunctionContext, items: Value, times: Value, node: h.Node) -> Value:
    count = coerce.integer(times)
    match items.type:
        case _ if items.type is STR:
            if isinstance(times.literal, int) and times.literal >= 0:
                repeated = t.Method(coerce.borrowed(ctx, items, STR, node.span), "repeat", (count,))
                return Value(repeated, STR)
            return Value(ctx.rt("text::repeat", coerce.borrowed(ctx, items, STR, node.span), count), STR)
        case _ if items.type in (BYTES, BYTEARRAY):
            from portalis.compiler.stdlib.bytearrays import as_bytes

            data = coerce.borrowed(ctx, as_bytes(items), BYTES, node.span)
            return Value(ctx.rt("bytes::repeat", data, count), items.type)
        case ListOf() | VarTuple():
            if isinstance(items.expr, t.Macro) and items.expr.name == "vec" and len(items.expr.args) == 1:
                size = _length(ctx, times)
                if size is not None:
                    return Value(t.Macro("vec", (items.expr.args[0], size), "[]", repeat=True), items.type)
            if items.frozen:
                items = Value(coerce.owned(ctx, items, items.type, node.span), items.type)
            return Value(
                ctx.rt("seq::repeat", coerce.borrowed(ctx, items, items.type, node.span), count), items.type
            )
        case _:
            raise Refusal("PT214", node.span, f"`*` of a `{items.type}` is not translated")


def _length(ctx: FunctionContext, times: Value) -> t.Expr | None:
    """A repeat count as `usize`; negative counts give the empty list in Python."""
    if times.unsigned:
        return times.expr
    if times.range is not None and times.range.low >= 0:
        return times.expr if isinstance(times.expr, t.Lit) else t.Cast(times.expr, "usize")
    clamped = t.Method(coerce.integer(times), "max", (t.Lit("0"),))
    return t.Cast(clamped, "usize")


def _concat(ctx: FunctionContext, left: Value, right: Value, node: h.Node) -> Value:
    assert isinstance(left.type, (ListOf, VarTuple)) and isinstance(right.type, (ListOf, VarTuple))
    elem = unify(left.type.elem, right.type.elem, node.span)
    type_ = ListOf(elem) if isinstance(left.type, ListOf) else VarTuple(elem)
    if elem is NEVER:
        return left
    parts = (coerce.slice_of(coerce.borrowed(ctx, side, type_, node.span)) for side in (left, right))
    return Value(ctx.rt("seq::concat", *parts), type_)
