"""`heapq` and `bisect`: ordered lists, changed and searched as CPython does it."""

from __future__ import annotations

from collections.abc import Callable

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.receivers import mutable_receiver
from portalis.compiler.lowering.value import MAX_LEN, Form, Range, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.sources import given, opt_int, slice_of
from portalis.compiler.types import BOOL, INT, NONE, STR, Instance, ListOf, Type, is_copy

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


def lower_replace(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`heapreplace(heap, item)`."""
    value, elem = _list(ctx, node, 2)
    item = _stored(ctx, node, elem)
    return Value(ctx.rt_try("heap::replace", _changed(ctx, node, value), item), elem)


def lower_push_pop(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`heappushpop(heap, item)`."""
    value, elem = _list(ctx, node, 2)
    item = _stored(ctx, node, elem)
    return Value(ctx.rt("heap::push_pop", _changed(ctx, node, value), item), elem)


def _extremes(reverse: bool) -> Special:
    """`nsmallest(n, xs, key)` is the start of `sorted(xs, key=key)`, `nlargest` of the list sorted in reverse."""

    def lower(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
        from portalis.compiler.stdlib.aggregates import lower_sorted

        count, items, key = given(node, ("n", "iterable", "key"), 2, node.fullname)
        assert count is not None and items is not None
        number = ctx.expr(count)
        if not isinstance(count, (h.Local, h.Literal)) or number.type is not INT:
            raise Refusal("PT305", node.span, "how many are taken is computed here", "name it first")
        keywords: dict[str, h.Expr] = (
            {"reverse": h.Literal(True, span=node.span, type=BOOL)} if reverse else {}
        )
        if key is not None:
            keywords["key"] = key
        call = h.CallExternal("builtins.sorted", (items,), keywords, span=node.span, type=node.type)
        ordered = lower_sorted(ctx, call, None)
        name = ctx.fresh("ordered")
        size: t.Expr = t.Cast(t.Method(coerce.integer(number), "max", (t.Lit("0"),)), "usize")
        if isinstance(number.literal, int):
            size = t.Lit(str(max(number.literal, 0)))
        cut = t.ExprStmt(t.Method(t.Path(name), "truncate", (size,)))
        block = t.Block((t.Let(name, ordered.expr, mutable=True), cut), t.Path(name))
        return Value(t.BlockExpr(block), ordered.type)

    return lower


def _bounded(ctx: FunctionContext, node: h.CallExternal, side: str) -> Value:
    """`bisect_left(xs, x, lo, hi)`, and with a key."""
    xs, x, lo, hi, key = given(node, ("a", "x", "lo", "hi", "key"), 2, node.fullname)
    assert xs is not None and x is not None
    if key is not None and not (isinstance(key, h.Literal) and key.value is None):
        return _keyed(ctx, (xs, x, lo, hi, key), node, side)
    plain = h.CallExternal(node.fullname, (xs, x), {}, span=node.span, type=node.type)
    found = _place(ctx, plain, side)[2]
    assert isinstance(found, t.Call)
    bounds = (ctx.i64(lo) if lo is not None else t.Lit("0"), opt_int(ctx, hi))
    return Value(ctx.rt_try(f"bisect::{side}_in", *found.args, *bounds), INT, range=Range(0, 2**63 - 1))


def _keyed(
    ctx: FunctionContext,
    parts: tuple[h.Expr, h.Expr, h.Expr | None, h.Expr | None, h.Expr],
    node: h.CallExternal,
    side: str,
) -> Value:
    """`bisect_left(xs, x, key=f)` compares `x` with the keys of items."""
    from portalis.compiler.stdlib.aggregates import key_function

    xs, x, lo, hi, key = parts
    items, elem = slice_of(ctx, xs)
    closure, raises = key_function(ctx, key, elem)
    if raises:
        raise Refusal("PT214", node.span, f"`{node.fullname}` by a key that can raise is not translated")
    wanted = ctx.expr(x)
    if wanted.type not in (INT, STR):
        raise Refusal(
            "PT214", node.span, f"`{node.fullname}` for a `{wanted.type}` by a key is not translated"
        )
    bounds = (ctx.i64(lo) if lo is not None else t.Lit("0"), opt_int(ctx, hi))
    value = coerce.owned(ctx, wanted, wanted.type, node.span)
    found = ctx.rt_try(f"bisect::{side}_by", items, t.Ref(value), closure, *bounds)
    return Value(found, INT, range=Range(0, 2**63 - 1))


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
        if len(node.args) + len(node.keywords) > 2:
            return _bounded(ctx, node, side)
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
    "heapq.heapreplace": lower_replace,
    "heapq.heappushpop": lower_push_pop,
    "heapq.nlargest": _extremes(True),
    "heapq.nsmallest": _extremes(False),
    "bisect.bisect": _search("right"),
    "bisect.bisect_right": _search("right"),
    "bisect.bisect_left": _search("left"),
    "bisect.insort": _insort("right"),
    "bisect.insort_right": _insort("right"),
    "bisect.insort_left": _insort("left"),
}
