"""`functools.reduce` as a loop.

reduce(lambda a, b: a * b, xs, 1)   →   { let mut total = 1; for b in xs { total = total.strict_mul(b); } total }
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.comprehension import as_comprehension
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.iterate import iterate, require_order
from portalis.compiler.lowering.targets import owned_items
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import leaves
from portalis.compiler.stdlib.callables import call_of
from portalis.compiler.types import ANY, Type, is_copy, is_mutable


def lower_reduce(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`reduce(function, items)` and `reduce(function, items, initial)`."""
    if not 2 <= len(node.args) <= 3 or node.keywords:
        raise Refusal("PT305", node.span, "this form of `reduce` is not translated")
    function, source = node.args[:2]
    iteration = iterate(ctx, as_comprehension(ctx, source))
    require_order(iteration, node.span)
    items, elem, fallible = owned_items(ctx, iteration, node.span)
    if fallible or is_mutable(elem):
        raise Refusal("PT214", node.span, f"`reduce` of these `{elem}` items is not translated")
    total = ctx.fresh("total")
    before: list[t.Stmt] = []
    if len(node.args) == 3:
        start = ctx.expr(node.args[2])
        type_ = start.type
        first: t.Expr = coerce.owned(ctx, start, type_, node.span)
        if leaves(first) and leaves(items):
            rest = ctx.fresh("items")
            before.append(t.Let(rest, items))
            items = t.Path(rest)
    else:
        rest = ctx.fresh("items")
        before.append(t.Let(rest, items, mutable=True))
        type_, items = elem, t.Path(rest)
        first = ctx.rt_try("seq::reduce_first", t.Ref(t.Path(rest), mutable=True))
    if is_mutable(type_):
        raise Refusal("PT214", node.span, f"`reduce` to a `{type_}` is not translated")
    before.append(t.Let(total, first, ctx.rust_type(type_, node.span), mutable=True))
    step, pattern = _step(ctx, function, (total, type_), elem, node)
    loop = t.For(pattern, items, t.Block((t.Assign(t.Path(total), step),)))
    return Value(t.BlockExpr(t.Block((*before, loop), t.Path(total))), type_)


def _step(
    ctx: FunctionContext, function: h.Expr, total: tuple[str, Type], elem: Type, node: h.Expr
) -> tuple[t.Expr, str]:
    """The new total from the old one and an item, and the name of the item."""
    names = [name for name, _ in function.params] if isinstance(function, h.Lambda) else []
    if names and len(names) != 2:
        raise Refusal("PT305", node.span, "`reduce` takes a function of two arguments")
    left, right = names or (ctx.fresh("left"), ctx.fresh("right"))
    pair = tuple(h.Local(name, ANY, span=node.span, type=ANY) for name in (left, right))
    call = call_of(ctx, function, pair)
    ctx.loop_depth += 1
    try:
        with ctx.frame():
            for name, kind in ((left, total[1]), (right, elem)):
                local = ctx.declare(name, kind, Form.OWNED if is_copy(kind) else Form.PLACE)
                local.form, local.range = (Form.OWNED if is_copy(kind) else Form.PLACE), None
                if name == left:
                    local.rust = total[0]
                else:
                    item = local.rust
            value = ctx.expr(call, total[1])
            return coerce.owned(ctx, value, total[1], node.span), item
    finally:
        ctx.loop_depth -= 1


SPECIAL = {"functools.reduce": lower_reduce, "_functools.reduce": lower_reduce}
