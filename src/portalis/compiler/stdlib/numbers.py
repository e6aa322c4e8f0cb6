"""Ints as bytes, and `operator` on numbers."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Range, Value, instead
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.sources import flag, given
from portalis.compiler.types import BOOL, BYTES, INT, Type


def _order(node: h.Expr | None) -> str:
    """The byte order that is written, "big" where none is."""
    match node:
        case None:
            return "big"
        case h.Literal(value="big" | "little" as order):
            return str(order)
        case _:
            raise Refusal("PT305", node.span, "a byte order must be written as a literal")


def _sign(node: h.CallExternal | h.CallMethod) -> str:
    return "signed_" if flag(node.keywords.get("signed"), False, "signed") else ""


def lower_to_bytes(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`n.to_bytes(length, byteorder, signed=…)`."""
    length, order, _ = given(node, ("length", "byteorder", "signed"), 1, "to_bytes")
    assert length is not None
    name = f"int_bytes::to_{_sign(node)}bytes_{_order(order)}"
    return Value(ctx.rt_try(name, coerce.integer(receiver), ctx.i64(length)), BYTES)


def lower_from_bytes(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`int.from_bytes(data, byteorder, signed=…)`; beyond i64 it declines."""
    data, order, _signed = given(node, ("bytes", "byteorder", "signed"), 1, "from_bytes")
    assert data is not None
    passed, sign = coerce.borrowed(ctx, ctx.expr(data), BYTES, node.span), _sign(node)
    bounds = None if sign else Range(0, 2**63 - 1)
    return Value(ctx.rt(f"int_bytes::from_{sign}bytes_{_order(order)}", passed), INT, range=bounds)


def lower_part(value: Value, name: str) -> Value:
    """`n.numerator` is the int itself, `n.denominator` 1 and `n.imag` 0."""
    if name == "numerator":
        return value
    number = int(name == "denominator")
    return Value(instead(value.expr, t.Lit(str(number))), INT, range=Range(number, number))


def lower_operator(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`operator.add(a, b)` is `a + b`, `operator.lt(a, b)` is `a < b`, `operator.neg(a)` is `-a`."""
    name = node.fullname.rpartition(".")[2]
    binary, compared, unary = _BINARY.get(name), _COMPARED.get(name), _UNARY.get(name)
    if node.keywords or len(node.args) != (1 if unary else 2):
        raise Refusal("PT305", node.span, f"this form of `{name}` is not translated")
    if unary:
        return ctx.expr(h.Unary(unary, node.args[0], span=node.span, type=node.type))
    left, right = node.args
    if compared:
        return ctx.expr(h.Compare(left, (compared,), (right,), span=node.span, type=BOOL))
    if name == "getitem":
        return ctx.expr(h.Subscript(left, right, span=node.span, type=node.type))
    assert binary is not None
    from portalis.compiler.lowering.arithmetic import apply

    return apply(ctx, binary, ctx.expr(left), ctx.expr(right), node)


_BINARY = {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**", "xor": "^",
    "and_": "&", "or_": "|", "lshift": "<<", "rshift": ">>", "concat": "+",
}  # fmt: skip
_COMPARED = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!="}
_UNARY = {"neg": "-", "pos": "+", "inv": "~", "invert": "~", "not_": "not"}

SPECIAL = {
    "builtins.int.from_bytes": lower_from_bytes,
    **{
        f"{module}.{name}": lower_operator
        for module in ("operator", "_operator")
        for name in (*_BINARY, *_COMPARED, *_UNARY, "getitem")
    },
}
