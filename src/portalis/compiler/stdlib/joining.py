"""What makes one iterator of several iterables: `chain.from_iterable`, `zip_longest`, `heapq.merge`."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.iterate import Iteration, Leaf, Several, iterate, require_order
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.aggregates import key_function, ordered, total
from portalis.compiler.stdlib.read_ahead import read_at_once
from portalis.compiler.stdlib.sources import flag, owned, slice_of
from portalis.compiler.types import (
    ANY,
    STR,
    ListOf,
    OptionalOf,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
    borrows_whole,
    is_copy,
    is_mutable,
)


def from_iterable(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    """`chain.from_iterable(xss)`."""
    if node.keywords or len(node.args) != 1:
        raise Refusal("PT305", node.span, "this form of `chain.from_iterable` is not translated")
    inner = iterate(ctx, node.args[0])
    require_order(inner, node.span)
    match inner.item:
        case Several() | Leaf(type=TupleOf(items=(_, *_))):
            return _flat_tuples(ctx, inner, node)
        case Leaf(type=kind, fallible=False) if kind is STR:
            return _flat_texts(inner, inner.item)
        case (
            Leaf(
                type=ListOf(elem) | VarTuple(elem) | SetOf(elem) as kind, fallible=False, frozen=False
            ) as leaf
        ):
            pass
        case _:
            raise Refusal("PT305", node.span, "`chain.from_iterable` is translated over lists of lists")
    ordered = not isinstance(kind, SetOf)
    flat = t.Method(inner.expr, "flatten")
    if leaf.form is Form.OWNED:
        if is_mutable(elem):
            raise Refusal("PT214", node.span, "this argument of an `itertools` function is not translated")
        return Iteration(flat, Leaf(elem), False, ordered)
    if is_copy(elem):
        return Iteration(flat, Leaf(elem, reference=True), False, ordered)
    return Iteration(flat, Leaf(elem, Form.BORROWED, whole=borrows_whole(elem)), False, ordered)


def _flat_tuples(ctx: FunctionContext, inner: Iteration, node: h.Expr) -> Iteration:
    """Tuples of one type as arrays: `(a, b)` → `<[_; 2]>::from((a, b))`."""
    from portalis.compiler.lowering.targets import owned_items

    expr, kind, fallible = owned_items(ctx, inner, node.span)
    assert isinstance(kind, TupleOf)
    if fallible or len(set(kind.items)) != 1 or len(kind.items) > 12 or is_mutable(kind):
        raise Refusal("PT305", node.span, f"`chain.from_iterable` over `{kind}` is not translated")
    flat = t.Method(expr, "flat_map", (t.Path(f"<[_; {len(kind.items)}]>::from"),))
    return Iteration(flat, Leaf(kind.items[0]), False)


def _flat_texts(inner: Iteration, leaf: Leaf) -> Iteration:
    if leaf.form is Form.OWNED:
        chars: t.Expr = t.Method(
            t.Method(t.Method(t.Path("text"), "chars"), "collect", (), "Vec<_>"), "into_iter"
        )
    elif leaf.form is Form.CHAR:
        return Iteration(inner.expr, leaf, False)
    else:
        chars = t.Method(t.Path("text"), "chars")
    return Iteration(
        t.Method(inner.expr, "flat_map", (t.Closure(("text",), chars),)), Leaf(STR, Form.CHAR), False
    )


def zip_longest(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    """`zip_longest(a, b, …)`, filled with None or with a value of the iterables' own type."""
    if len(node.args) < 2 or set(node.keywords) - {"fillvalue"}:
        raise Refusal("PT305", node.span, "this form of `zip_longest` is not translated")
    if any(isinstance(arg, h.Starred) for arg in node.args):
        raise Refusal("PT305", node.span, "`zip_longest(*…)` is not translated")
    parts = [owned(ctx, arg) for arg in node.args]
    filler = node.keywords.get("fillvalue")
    value = ctx.expr(filler) if filler is not None else None
    if value is not None and {kind for _, kind in parts} == {value.type}:
        return _filled(ctx, parts, value, node)
    if value is not None and not (isinstance(filler, h.Literal) and filler.value is None):
        raise Refusal("PT305", node.span, "`zip_longest` with a filler of another type is not translated")
    if any(isinstance(kind, OptionalOf) or kind is ANY for _, kind in parts):
        raise Refusal("PT305", node.span, "`zip_longest` of values that may be None is not translated")
    some: list[t.Expr] = [t.Method(expr, "map", (t.Path("Some"),)) for expr, _ in parts]
    kinds: list[Type] = [OptionalOf(kind) for _, kind in parts]
    return _longest(ctx, some, [t.Path("None")] * len(parts), kinds)


def _filled(ctx: FunctionContext, parts: list[tuple[t.Expr, Type]], value: Value, node: h.Expr) -> Iteration:
    kind, fill = value.type, ctx.fresh("fill")
    copies: list[t.Expr] = [
        t.Path(fill) if is_copy(kind) else t.Method(t.Path(fill), "clone") for _ in parts[1:]
    ]
    found = _longest(ctx, [expr for expr, _ in parts], [*copies, t.Path(fill)], [kind] * len(parts))
    let = t.Let(fill, coerce.owned(ctx, value, kind, node.span))
    return Iteration(t.BlockExpr(t.Block((let,), found.expr)), found.item, False)


def _longest(
    ctx: FunctionContext, sources: list[t.Expr], fills: list[t.Expr], kinds: list[Type]
) -> Iteration:
    """`zip_longest(zip_longest(a, b), c)`, its nested pairs made flat."""
    expr, fill = sources[0], fills[0]
    names = [chr(ord("a") + place) for place in range(len(sources))]
    pattern = names[0]
    for place in range(1, len(sources)):
        expr = ctx.rt("itertools::zip_longest", expr, sources[place], fill, fills[place])
        fill = t.TupleExpr((fill, fills[place]))
        pattern = f"({pattern}, {names[place]})"
    if len(sources) > 2:
        expr = t.Method(expr, "map", (t.Closure((pattern,), t.TupleExpr(tuple(map(t.Path, names)))),))
    return Iteration(expr, Several(tuple(map(Leaf, kinds))), False)


def merge(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    """`heapq.merge(*iterables, key=…, reverse=…)`: all are read before the first item comes."""
    if set(node.keywords) - {"key", "reverse"} or not node.args:
        raise Refusal("PT305", node.span, "this form of `heapq.merge` is not translated")
    read_at_once(ctx, node, [*node.args, *node.keywords.values()])
    match node.args:
        case (h.Starred(value=rows),):
            passed, kind = slice_of(ctx, rows)
            if not isinstance(kind, (ListOf, VarTuple)):
                raise Refusal("PT305", node.span, f"`merge(*…)` of `{kind}` items is not translated")
            elem: Type = kind.elem
            lists: t.Expr = t.Method(passed, "to_vec")
        case _:
            parts = [owned(ctx, arg) for arg in node.args]
            elem = parts[0][1]
            if len({kind for _, kind in parts}) != 1:
                raise Refusal("PT305", node.span, "`merge` of several types is not translated")
            lists = t.Macro("vec", tuple(t.Method(expr, "collect", (), "Vec<_>") for expr, _ in parts))
    if is_mutable(elem):
        raise Refusal("PT214", node.span, f"`merge` of `{elem}` items is not translated")
    key = node.keywords.get("key")
    backwards = t.Lit("true" if flag(node.keywords.get("reverse"), False, "reverse") else "false")
    if key is not None and not (isinstance(key, h.Literal) and key.value is None):
        closure, raises = key_function(ctx, key, elem)
        if raises:
            raise Refusal("PT214", node.span, "`merge` by a key that can raise is not translated")
    elif ordered(elem):
        item = t.Path("item")
        held: t.Expr = t.Unary("*", item) if is_copy(elem) else t.Method(item, "clone")
        if not total(elem):
            ctx.runtime.add("float")
            held = t.Call(t.Path("float::Key"), (held,))
        closure = t.Closure(("item",), held)
    else:
        raise Refusal("PT214", node.span, f"`merge` of `{elem}` items is not translated")
    return Iteration(
        t.Method(ctx.rt("heap::merge", lists, closure, backwards), "into_iter"), Leaf(elem), False
    )
