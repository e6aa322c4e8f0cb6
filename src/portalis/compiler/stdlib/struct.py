"""`struct` with a written format of numbers: `struct.pack(">IHd", a, b, x)`.

The standard sizes and byte orders of `<`, `>` and `!`; the machine's own layout is refused, but for single bytes.
"""

from __future__ import annotations

import re

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Range, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.rows import argument
from portalis.compiler.types import BYTES, FLOAT, INT, TupleOf, Type

_CODES = {
    "b": 8,
    "B": 8,
    "h": 16,
    "H": 16,
    "i": 32,
    "I": 32,
    "l": 32,
    "L": 32,
    "q": 64,
    "Q": 64,
    "f": 32,
    "d": 64,
}
_FLOATS = frozenset("fd")
_MOST = 12  # the longest Rust tuple with all traits


def layout(node: h.Node, format_: h.Expr) -> tuple[list[tuple[str, int, Type]], int]:
    """The runtime's suffix, size in bytes and type of each number of a format, and the size of all."""
    text = format_.value if isinstance(format_, h.Literal) else None
    found = re.fullmatch(r"([<>!]?)((?:\d*[bBhHiIlLqQfd])+)", text) if isinstance(text, str) else None
    if found is None:
        raise Refusal("PT305", node.span, "this `struct` format is not translated")
    order, codes = found.groups()
    parts: list[tuple[str, int, Type]] = []
    for count, code in re.findall(r"(\d*)([a-zA-Z])", codes):
        bits = _CODES[code]
        if not order and bits > 8:
            raise Refusal(
                "PT305", node.span, "this `struct` format is the machine's own", "begin it with `<` or `>`"
            )
        ending = "" if bits == 8 else "_le" if order == "<" else "_be"
        kind = "f" if code in _FLOATS else "i" if code.islower() else "u"
        type_: Type = FLOAT if code in _FLOATS else INT
        parts += [(f"{kind}{bits}{ending}", bits // 8, type_)] * int(count or 1)
    if not 0 < len(parts) <= _MOST:
        raise Refusal("PT305", node.span, "a `struct` of so many numbers is not translated")
    return parts, sum(size for _, size, _ in parts)


def lower_pack(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`struct.pack(format, …)`; what does not fit declines."""
    if not node.args or node.keywords:
        raise Refusal("PT305", node.span, "this form of `pack` is not translated")
    parts, _size = layout(node, node.args[0])
    if len(parts) != len(node.args) - 1 or any(isinstance(arg, h.Starred) for arg in node.args):
        raise Refusal("PT305", node.span, "the arguments do not fit the format")
    packed = tuple(
        ctx.rt(f"base::pack_{suffix}", argument(ctx, str(type_), ctx.expr(arg), node))
        for (suffix, _, type_), arg in zip(parts, node.args[1:], strict=True)
    )
    return Value(packed[0] if len(packed) == 1 else t.Method(t.ArrayExpr(packed), "concat"), BYTES)


def lower_unpack(ctx: FunctionContext, node: h.CallExternal, _expect: Type | None) -> Value:
    """`struct.unpack(format, data)`; data of another length declines."""
    if len(node.args) != 2 or node.keywords:
        raise Refusal("PT305", node.span, "this form of `unpack` is not translated")
    parts, size = layout(node, node.args[0])
    data = coerce.borrowed(ctx, ctx.expr(node.args[1]), BYTES, node.span)
    type_ = TupleOf(tuple(kind for _, _, kind in parts))
    if len(parts) == 1:
        return Value(t.TupleExpr((ctx.rt(f"base::unpack_{parts[0][0]}", data),)), type_)
    name = ctx.fresh("data")
    let = t.Let(name, ctx.rt("base::exactly", data, t.Lit(str(size))))
    place, numbers = 0, []
    for suffix, width, _ in parts:
        piece = t.Ref(t.Index(t.Path(name), t.Range(t.Lit(str(place)), t.Lit(str(place + width)))))
        numbers.append(ctx.rt(f"base::unpack_{suffix}", piece))
        place += width
    return Value(t.BlockExpr(t.Block((let,), t.TupleExpr(tuple(numbers)))), type_)


def lower_calcsize(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`struct.calcsize(format)`."""
    if len(node.args) != 1 or node.keywords:
        raise Refusal("PT305", node.span, "this form of `calcsize` is not translated")
    size = layout(node, node.args[0])[1]
    return Value(t.Lit(str(size)), INT, range=Range(size, size), literal=size)


SPECIAL = {
    f"{module}.{name}": lower
    for module in ("struct", "_struct")
    for name, lower in (("pack", lower_pack), ("unpack", lower_unpack), ("calcsize", lower_calcsize))
}
