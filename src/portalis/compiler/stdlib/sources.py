"""Arguments that may be any iterable, as what the runtime takes: a slice, or an iterator of owned items."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.comprehension import as_comprehension, collect_list
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.iterate import iterate, require_order
from portalis.compiler.lowering.targets import owned_items
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import INT, Instance, ListOf, OptionalOf, Type, VarTuple, is_mutable


def slice_of(ctx: FunctionContext, node: h.Expr, *, order_free: bool = False) -> tuple[t.Expr, Type]:
    """Any iterable as `&[T]`, and T. `order_free`: the order of a set may not show in the result."""
    if isinstance(node, (h.Local, h.GlobalName, h.Subscript)):
        value = coerce.present(ctx.expr(node))
        match value.type:
            case ListOf(elem) | VarTuple(elem) | Instance(name="typing.Sequence", args=(elem,)):
                return coerce.borrowed(ctx, value, value.type, node.span), elem
    listed = collect_list(ctx, as_comprehension(ctx, node), None, ordered=not order_free)
    assert isinstance(listed.type, ListOf)
    return coerce.slice_of(t.Ref(listed.expr)), listed.type.elem


def owned(ctx: FunctionContext, node: h.Expr) -> tuple[t.Expr, Type]:
    """Any iterable as an iterator of owned items, in Python's order; nothing in it may raise."""
    iteration = iterate(ctx, as_comprehension(ctx, node))
    require_order(iteration, node.span)
    expr, type_, fallible = owned_items(ctx, iteration, node.span)
    if fallible or is_mutable(type_):
        raise Refusal("PT214", node.span, "this iterable is not translated here")
    return expr, type_


def given(
    node: h.CallExternal | h.CallMethod, names: tuple[str, ...], least: int, span_name: str
) -> list[h.Expr | None]:
    """The arguments by parameter, None for those left out; refuses what does not fit."""
    found: dict[str, h.Expr] = dict(zip(names, node.args, strict=False))
    fits = len(node.args) <= len(names) and not set(node.keywords) & set(found)
    if not fits or set(node.keywords) - set(names) or any(isinstance(a, h.Starred) for a in node.args):
        raise Refusal("PT305", node.span, f"this form of `{span_name}` is not translated")
    found |= node.keywords
    if any(name not in found for name in names[:least]):
        raise Refusal("PT305", node.span, f"this form of `{span_name}` is not translated")
    return [found.get(name) for name in names]


def opt_int(ctx: FunctionContext, node: h.Expr | None) -> t.Expr:
    """An argument that may be None as `Option<i64>`."""
    if node is None or (isinstance(node, h.Literal) and node.value is None):
        return t.Path("None")
    value = ctx.expr(node)
    if value.type is INT:
        return t.Call(t.Path("Some"), (coerce.integer(value),))
    return coerce.borrowed(ctx, value, OptionalOf(INT), node.span)


def flag(node: h.Expr | None, default: bool, name: str) -> bool:
    """A keyword that has to be written as True or False."""
    if node is None:
        return default
    if isinstance(node, h.Literal) and isinstance(node.value, bool):
        return node.value
    raise Refusal("PT305", node.span, f"`{name}` must be written as True or False")


def fixed(ctx: FunctionContext, rows: t.Expr, size: int) -> t.Expr:
    """Rows of a length that is known, as tuples."""
    names = [chr(ord("a") + place) for place in range(size)]
    flat = t.Closure((f"[{', '.join(names)}]",), t.TupleExpr(tuple(map(t.Path, names))))
    return t.Method(ctx.rt("itertools::fixed", rows), "map", (flat,))
