"""`str.join`, of lists, of generator expressions and of what can raise."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce, dynamic
from portalis.compiler.lowering.comprehension import (
    Chain,
    as_comprehension,
    collect_list,
    collected,
    loop_over,
    try_chain,
)
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.iterate import Leaf, iterate, require_order
from portalis.compiler.lowering.targets import owned_items
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import OBJECT, STR, ListOf, VarTuple


def join(ctx: FunctionContext, node: h.CallMethod, separator: Value) -> Value:
    """`sep.join(parts)`."""
    if len(node.args) != 1 or node.keywords:
        raise Refusal("PT305", node.span, "`join` takes one argument")
    source = as_comprehension(ctx, node.args[0])
    between = coerce.borrowed(ctx, separator, STR, node.span)
    if source.type is OBJECT and (whole := ctx.expr(source)).type is OBJECT:
        parts = dynamic.reference(ctx, whole, node.span)
        return Value(ctx.rt_try("dynamic_methods::join_items", between, parts), STR)
    if _any_items(ctx, source):
        listed = collect_list(ctx, source, OBJECT)
        return Value(ctx.rt_try("dynamic_methods::join", between, as_slice(listed)), STR)
    return _join_typed(ctx, node, source, separator, between)


def _join_typed(
    ctx: FunctionContext, node: h.CallMethod, source: h.Expr, separator: Value, between: t.Expr
) -> Value:
    """Of parts that are texts by their types."""
    empty = separator.literal == ""
    if isinstance(source, h.Comprehension) and source.kind in ("generator", "list"):
        from portalis.compiler.stdlib.aggregates import _as_chain

        made = _as_chain(ctx, source)
        if made is not None and made.ordered:
            return _join_chain(ctx, made, separator, empty, node)
        if made is None and empty:
            tried = try_chain(ctx, source)
            if tried is not None and tried.item.type is STR:  # type: ignore[union-attr]
                return Value(ctx.attempt(t.Method(tried.expr, "collect", (), "Result<String, Error>")), STR)
            return _join_loop(ctx, source, node)
    iteration = iterate(ctx, source)
    require_order(iteration, node.span)
    leaf = iteration.item
    if not isinstance(leaf, Leaf) or leaf.type is not STR:
        raise Refusal("PT105", node.span, "`join` is given something that is not strings")
    if leaf.fallible:
        listed = collect_list(ctx, source, STR)
        return Value(t.Method(listed.expr, "join", (coerce.borrowed(ctx, separator, STR, node.span),)), STR)
    if empty:
        items: t.Expr = iteration.expr
        if leaf.form is Form.STATIC and leaf.reference:
            items = t.Method(items, "copied")
        elif leaf.form is Form.BORROWED:
            items = (
                t.Method(items, "map", (t.Path("String::as_str"),)) if _from_vec(iteration.expr) else items
            )
        return Value(t.Method(items, "collect", (), "String"), STR)
    if leaf.form is Form.CHAR:
        items, _, _ = owned_items(ctx, iteration, node.span)
        return Value(ctx.rt("text::join", between, items), STR)
    if iteration.source is not None and not isinstance(source, h.TupleDisplay | h.ListDisplay):
        listing = iteration.source.operand if isinstance(iteration.source, t.Ref) else iteration.source
        return Value(t.Method(listing, "join", (between,)), STR)
    return Value(ctx.rt("text::join", between, iteration.expr), STR)


def _any_items(ctx: FunctionContext, source: h.Expr) -> bool:
    """Whether the parts are values of any type, which must turn out to be texts."""
    if isinstance(source, h.Comprehension):
        return source.kind in ("generator", "list") and source.element.type is OBJECT
    if isinstance(source, h.TupleDisplay | h.ListDisplay):
        return any(item.type is OBJECT for item in source.items)
    if isinstance(source, h.CallMethod):
        return source.method in ("keys", "values") and source.receiver.type is OBJECT
    if not isinstance(source, h.Local | h.Subscript | h.Attribute | h.Slice):
        return False
    kind = ctx.expr(source).type
    return isinstance(kind, ListOf | VarTuple) and kind.elem is OBJECT


def as_slice(listed: Value) -> t.Expr:
    """A list that was made for a call, as the call takes it."""
    return t.Ref(listed.expr) if listed.form is not Form.BORROWED else listed.expr


def _from_vec(expr: t.Expr) -> bool:
    return isinstance(expr, t.Method) and expr.name == "iter"


def _join_chain(
    ctx: FunctionContext, made: object, separator: Value, empty: bool, node: h.CallMethod
) -> Value:
    assert isinstance(made, Chain)
    element = made.element
    if element.type is not STR:
        raise Refusal("PT105", node.span, "`join` is given something that is not strings")
    if made.identity is not None and empty and made.identity.form is Form.CHAR:
        return Value(t.Method(made.expr, "collect", (), "String"), STR)
    plain = element.form in (Form.OWNED, Form.CHAR, Form.STATIC) or (
        element.form is Form.BORROWED and not element.temporary
    )
    if element.form is Form.CHAR and not empty:
        plain = False
    body = element.expr if plain else coerce.owned(ctx, element, STR, node.span)
    inside = t.BlockExpr(t.Block(made.prelude, body)) if made.prelude else body
    items: t.Expr = t.Method(made.expr, "map", (t.Closure((made.pattern,), inside),))
    if made.identity is not None and plain and not made.prelude:
        items = made.expr
    if empty:
        return Value(t.Method(items, "collect", (), "String"), STR)
    return Value(ctx.rt("text::join", coerce.borrowed(ctx, separator, STR, node.span), items), STR)


def _join_loop(ctx: FunctionContext, source: h.Expr, node: h.CallMethod) -> Value:
    """`"".join(f(x) for x in xs)` where `f` can raise: a loop that pushes."""
    name = ctx.fresh("text")

    def emit(value: Value) -> list[t.Stmt]:
        if value.type is not STR:
            raise Refusal("PT105", node.span, "`join` is given something that is not strings")
        if value.form is Form.CHAR:
            return [t.ExprStmt(t.Method(t.Path(name), "push", (value.expr,)))]
        piece = coerce.borrowed(ctx, value, STR, node.span)
        return [t.ExprStmt(t.Method(t.Path(name), "push_str", (piece,)))]

    body = loop_over(ctx, source, emit)
    return Value(collected(ctx, name, t.Call(t.Path("String::new"), ()), body), STR)
