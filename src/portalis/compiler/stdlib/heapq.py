"""`heapq` and `bisect`: ordered lists, changed and searched as CPython does it."""

from __future__ import annotations

from collections.abc import Callable

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import MAX_LEN, Form, Range, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.collection_methods import mutable_receiver
from portalis.compiler.types import INT, NONE, STR, Instance, ListOf, Type, is_copy

Special = Callable[[FunctionContext, h.CallExternal, Type | None], Value]


def _list(ctx: FunctionContext, node: h.CallExternal, count: int) -> tuple[Value, Type]:
    """The list that is searched or changed, and the type of its elements."""
    if len(node.args) != count or node.keywords:
        raise Refusal("PT305", node.span, f"this form of `{node.fullname}` is not translated")
    value = ctx.expr(node.args[0])
    match value.type:
        case ListOf(elem) | Instance(name="typing.Sequence", args=(elem,)):
            pass
        case _:
            raise Refusal("PT214", node.span, f"`{node.fullname}` of a `{value.type}` is not translated")
    from portalis.compiler.stdlib.aggregates import ordered

    if not ordered(elem):
        raise Refusal("PT214", node.span, f"`{node.fullname}` of `{elem}` items is not translated")
    return value, elem


def _changed(ctx: FunctionContext, node: h.CallExternal, value: Value) -> t.Expr:
    place = mutable_receiver(ctx, node.args[0], value)
    return place if value.form is Form.MUTREF or isinstance(place, t.Try) else t.Ref(place, mutable=True)


def _stored(ctx: FunctionContext, node: h.CallExternal, elem: Type) -> t.Expr:
    return coerce.owned(ctx, ctx.expr(node.args[1], elem), elem, node.span)


def lower_push(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`heappush(heap, item)`."""
    value, elem = _list(ctx, node, 2)
    item = _stored(ctx, node, elem)
    return Value(ctx.rt("heap::push", _changed(ctx, node, value), item), NONE)


def lower_pop(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`heappop(heap)`."""
    value, elem = _list(ctx, node, 1)
    return Value(ctx.rt_try("heap::pop", _changed(ctx, node, value)), elem)


def lower_heapify(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`heapify(items)`."""
    value, _elem = _list(ctx, node, 1)
    return Value(ctx.rt("heap::heapify", _changed(ctx, node, value)), NONE)


def _place(ctx: FunctionContext, node: h.CallExternal, side: str) -> tuple[Value, Type, t.Expr]:
    value, elem = _list(ctx, node, 2)
    wanted = coerce.convert(ctx, ctx.expr(node.args[1], elem), elem, node.span)
    if elem is STR:
        key = coerce.borrowed(ctx, wanted, STR, node.span)
    elif is_copy(elem):
        key = t.Ref(coerce.integer(wanted))
    else:
        key = wanted.expr if wanted.form is Form.BORROWED else coerce.as_ref(wanted)
    items = value.expr if value.form in (Form.BORROWED, Form.MUTREF) else t.Ref(value.expr)
    return value, elem, ctx.rt(f"bisect::{side}", items, key)


def _search(side: str) -> Special:
    def lower(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
        found = _place(ctx, node, side)[2]
        return Value(found, INT, range=Range(0, MAX_LEN), unsigned=True)

    return lower


def _insort(side: str) -> Special:
    def lower(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
        if not isinstance(node.args[1], (h.Local, h.Literal)):
            raise Refusal("PT305", node.span, "what is inserted is computed here", "name it first")
        value, elem, found = _place(ctx, node, side)
        place = ctx.fresh("place")
        item = _stored(ctx, node, elem)
        insert = t.Method(mutable_receiver(ctx, node.args[0], value), "insert", (t.Path(place), item))
        return Value(t.BlockExpr(t.Block((t.Let(place, found),), insert)), NONE)

    return lower


SPECIAL = {
    "heapq.heappush": lower_push,
    "heapq.heappop": lower_pop,
    "heapq.heapify": lower_heapify,
    "bisect.bisect": _search("right"),
    "bisect.bisect_right": _search("right"),
    "bisect.bisect_left": _search("left"),
    "bisect.insort": _insort("right"),
    "bisect.insort_right": _insort("right"),
    "bisect.insort_left": _insort("left"),
}
