"""`itertools` and methods that are iterated at once, without a container in between."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.iterate import Item, Iteration, Leaf, Several, iterate, require_order
from portalis.compiler.lowering.targets import owned_items
from portalis.compiler.lowering.value import Form
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import STR, TupleOf, Type, is_mutable


def library_iteration(ctx: FunctionContext, node: h.Expr) -> Iteration | None:
    """The iteration of a library call, or None when it is lowered as a value first."""
    match node:
        case h.CallExternal(fullname=fullname) if fullname in _FUNCTIONS:
            return _FUNCTIONS[fullname](ctx, node)
        case h.CallMethod(receiver=receiver, method="split" | "splitlines" as method, args=(), keywords={}):
            if receiver.type is STR:
                return _words(ctx, receiver, method, node)
    return None


def _words(ctx: FunctionContext, receiver: h.Expr, method: str, node: h.Expr) -> Iteration:
    """`for word in text.split()` needs no list."""
    value = ctx.expr(receiver)
    if value.form is Form.OWNED or value.temporary or value.form is Form.CHAR:
        from portalis.compiler.lowering.iterate import over

        return over(ctx, ctx.expr(node), node.span)
    text = coerce.borrowed(ctx, value, STR, node.span)
    call = ctx.rt("text::words" if method == "split" else "text::lines", text)
    return Iteration(call, Leaf(STR, Form.BORROWED), False)


def _owned(ctx: FunctionContext, node: h.Expr) -> tuple[t.Expr, Type]:
    iteration = iterate(ctx, node)
    require_order(iteration, node.span)
    expr, type_, fallible = owned_items(ctx, iteration, node.span)
    if fallible or is_mutable(type_):
        raise Refusal("PT214", node.span, "this argument of an `itertools` function is not translated")
    return expr, type_


def _plain(node: h.CallExternal, count: int) -> tuple[h.Expr, ...]:
    if node.keywords or len(node.args) != count:
        raise Refusal("PT305", node.span, f"this form of `{node.fullname}` is not translated")
    return node.args


def _item(type_: Type) -> Item:
    return Several(tuple(map(Leaf, type_.items))) if isinstance(type_, TupleOf) else Leaf(type_)


def _chain(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    parts = [_owned(ctx, arg) for arg in node.args]
    if not parts or len({type_ for _, type_ in parts}) != 1 or node.keywords:
        raise Refusal("PT305", node.span, "`chain` over several types is not translated")
    expr = parts[0][0]
    for part, _ in parts[1:]:
        expr = t.Method(expr, "chain", (part,))
    return Iteration(expr, _item(parts[0][1]))


def _pairwise(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    expr, type_ = _owned(ctx, _plain(node, 1)[0])
    return Iteration(ctx.rt("itertools::pairwise", expr), Several((Leaf(type_), Leaf(type_))), False)


def _product(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    (a, a_type), (b, b_type) = (_owned(ctx, arg) for arg in _plain(node, 2))
    return Iteration(ctx.rt("itertools::product2", a, b), Several((Leaf(a_type), Leaf(b_type))), False)


def _combinations(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    source, size = _plain(node, 2)
    if not isinstance(size, h.Literal) or size.value not in (2, 3):
        raise Refusal("PT305", node.span, "`combinations` is translated for two and three")
    expr, type_ = _owned(ctx, source)
    assert isinstance(size.value, int)
    call = ctx.rt(f"itertools::combinations{size.value}", expr)
    return Iteration(call, Several((Leaf(type_),) * size.value), False)


def _permutations(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    """Tuples of a length that is only known at run time are `Vec`s, which only a list shows as such."""
    raise Refusal(
        "PT305", node.span, "`permutations` gives tuples of a length that is not known", "use `combinations`"
    )


def _repeat(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    value_node, times = _plain(node, 2)
    value = ctx.expr(value_node)
    if is_mutable(value.type):
        raise Refusal("PT401", node.span, "`repeat` of a mutable value makes many names for it")
    owned = coerce.owned(ctx, value, value.type, node.span)
    return Iteration(ctx.rt("itertools::repeat_n", owned, ctx.i64(times)), Leaf(value.type), False)


def _accumulate(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    from portalis.compiler.types import FLOAT, INT

    expr, type_ = _owned(ctx, _plain(node, 1)[0])
    if type_ not in (INT, FLOAT):
        raise Refusal("PT305", node.span, f"`accumulate` of `{type_}` is not translated")
    a, b = t.Path("a"), t.Path("b")
    step = t.Method(a, "strict_add", (b,)) if type_ is INT else t.Binary("+", a, b)
    return Iteration(ctx.rt("itertools::accumulate", expr, t.Closure(("a", "b"), step)), Leaf(type_), False)


_FUNCTIONS = {
    "itertools.chain": _chain,
    "itertools.pairwise": _pairwise,
    "itertools.product": _product,
    "itertools.combinations": _combinations,
    "itertools.permutations": _permutations,
    "itertools.repeat": _repeat,
    "itertools.accumulate": _accumulate,
}
