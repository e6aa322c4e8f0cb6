"""Binding what an iterator yields: the patterns of loop targets, and the values under them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.records import as_record
from portalis.compiler.lowering import coerce, records
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.hoisting import characters
from portalis.compiler.lowering.iterate import Item, Iteration, Leaf, Several, item_type
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.lowering.variables import assign_local
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import (
    ANY,
    STR,
    ListOf,
    Prim,
    TupleOf,
    Type,
    VarTuple,
    borrows_whole,
    is_copy,
)  # fmt: skip
from portalis.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Binding:
    """A Rust pattern, and statements that finish the binding (an error taken out of a `Result`)."""

    pattern: str
    prelude: tuple[t.Stmt, ...]


def bind(ctx: FunctionContext, target: h.Expr, item: Item, span: Span) -> Binding:
    """Binds the names of a loop or comprehension target to what the iterator yields."""
    match target, item:
        case h.Local(), Leaf():
            return _bind_leaf(ctx, target, item)
        case ((h.Subscript() | h.Slice() | h.Attribute() | h.Starred()), _):
            return _bind_held(ctx, target, item, span)
        case (
            (h.TupleDisplay() | h.ListDisplay()),
            Leaf(type=ListOf() | VarTuple() | Prim.STR),
        ):
            return _bind_held(ctx, target, item, span)
        case ((h.TupleDisplay(items=targets) | h.ListDisplay(items=targets)), _) if any(
            isinstance(one, h.Starred) for one in targets
        ):
            return _bind_held(ctx, target, item, span)
        case ((h.TupleDisplay(items=targets) | h.ListDisplay(items=targets)), Several(items)):
            if len(targets) != len(items):
                raise Refusal("PT214", span, "the loop target does not fit what is iterated")
            parts = [bind(ctx, x, y, span) for x, y in zip(targets, items, strict=True)]
            pattern = f"({', '.join(p.pattern for p in parts)})"
            return Binding(pattern, tuple(s for p in parts for s in p.prelude))
        case ((h.TupleDisplay() | h.ListDisplay()), Leaf(type=TupleOf(), fallible=True)):
            name = ctx.fresh("item")
            inner = bind(ctx, target, replace(item, fallible=False), span)
            taken = t.Let(inner.pattern, ctx.attempt(t.Path(name)))
            return Binding(name, (taken, *inner.prelude))
        case ((h.TupleDisplay(items=targets) | h.ListDisplay(items=targets)), Leaf(type=TupleOf(kinds))):
            if len(targets) != len(kinds):
                raise Refusal("PT214", span, "the loop target does not fit what is iterated")
            leaves = [_field_leaf(kind, item) for kind in kinds]
            parts = [bind(ctx, x, y, span) for x, y in zip(targets, leaves, strict=True)]
            prefix = "&" if item.reference or item.frozen else ""
            return Binding(
                f"{prefix}({', '.join(p.pattern for p in parts)})", tuple(s for p in parts for s in p.prelude)
            )
        case ((h.TupleDisplay() | h.ListDisplay()), Leaf(fallible=False)) if as_record(item.type):
            name = ctx.fresh("item")
            inner = bind(ctx, target, replace(item, type=records.opened(ctx, target, item.type)), span)
            taken = t.Let(inner.pattern, records.parts_of(t.Path(name)))
            return Binding(name, (taken, *inner.prelude))
        case h.Local(), Several():
            return _bind_tuple(ctx, target, item, span)
        case _:
            raise Refusal("PT214", span, "this loop target is not translated")


def _bind_held(ctx: FunctionContext, target: h.Expr, item: Item, span: Span) -> Binding:
    """A target that no pattern can be: what is yielded has a name, and is stored first thing in the body.

    for a, b in rows:   →   for item in &rows { let [a, b] = seq::unpack(item.to_vec())?; … }
    """
    from portalis.compiler.lowering.unpack import store_part, unpack

    kind = item_type(item)
    held = h.Local(ctx.fresh("item"), ANY, span=span, type=ANY)
    binding = bind(ctx, held, item, span)
    match target:
        case h.TupleDisplay(items=targets) | h.ListDisplay(items=targets):
            stored = unpack(ctx, targets, held, span)
        case _:
            part = ctx.expr(held)
            stored = store_part(ctx, target, replace(part, type=kind), span)
    return Binding(binding.pattern, (*binding.prelude, *stored))


def bind_outer(
    ctx: FunctionContext, target: h.Expr, item: Item, after: frozenset[str], span: Span
) -> Binding:
    """Loop variables that are read after the loop: the loop binds fresh names and assigns them.

    for i, x in enumerate(xs):   →   for (i_next, x) in xs.iter().enumerate() { i = i_next as i64; … }
    """
    stores: list[tuple[h.Local, h.Local]] = []

    def fresh(node: h.Node) -> h.Node:
        if not isinstance(node, h.Local) or node.name not in after:
            return node
        inner = h.Local(ctx.fresh(f"{node.name}_next"), ANY, span=node.span, type=ANY)
        stores.append((node, inner))
        return inner

    binding = bind(ctx, _renamed(target, fresh), item, span)
    lines: list[t.Stmt] = list(binding.prelude)
    for outer, inner in stores:
        lines += assign_local(ctx, outer, ctx.expr(inner), span)
    return Binding(binding.pattern, tuple(_direct(lines)))


def _direct(lines: list[t.Stmt]) -> list[t.Stmt]:
    """`let i_next = i_next as i64; i = i_next;` → `i = i_next as i64;`."""
    given = {one.pattern: one.value for one in lines if isinstance(one, t.Let) and one.value is not None}
    kept: list[t.Stmt] = []
    for one in lines:
        match one:
            case t.Assign(place, t.Path(name), "") if name in given:
                kept = [other for other in kept if not isinstance(other, t.Let) or other.pattern != name]
                kept.append(t.Assign(place, given[name]))
            case _:
                kept.append(one)
    return kept


def _renamed(target: h.Expr, change: Callable[[h.Node], h.Node]) -> h.Expr:
    """The target with other names, where it binds names; what it computes is left alone."""
    match target:
        case h.TupleDisplay(items=items) | h.ListDisplay(items=items):
            return replace(target, items=tuple(_renamed(one, change) for one in items))
        case h.Starred(value=value):
            return replace(target, value=_renamed(value, change))
        case h.Local():
            changed = change(target)
            assert isinstance(changed, h.Expr)
            return changed
        case _:
            return target


def _field_leaf(kind: Type, item: Leaf) -> Item:
    """A field of a yielded tuple: by value, or behind the reference the tuple is behind."""
    if item.reference or item.form is Form.OWNED:
        return Leaf(kind)
    if item.frozen:
        form = Form.STATIC if kind is STR else Form.OWNED if is_copy(kind) else Form.BORROWED
        return Leaf(kind, form, frozen=not is_copy(kind) and kind is not STR)
    return Leaf(kind, behind=True) if is_copy(kind) else Leaf(kind, Form.BORROWED, whole=borrows_whole(kind))


def _bind_leaf(ctx: FunctionContext, target: h.Local, leaf: Leaf) -> Binding:
    binding = _bind_name(ctx, target, leaf)
    declared = None if binding.pattern == "_" else ctx.lookup(target.name)
    return Binding(binding.pattern, (*binding.prelude, *characters(ctx, declared)))


def _bind_name(ctx: FunctionContext, target: h.Local, leaf: Leaf) -> Binding:
    if target.name not in ctx.facts.loaded and (target.name == "_" or target.name in ctx.facts.names):
        return _checked(ctx) if leaf.fallible else Binding("_", ())
    form = Form.PLACE if leaf.form is Form.OWNED else leaf.form
    local = ctx.declare(target.name, leaf.type, form)
    local.form = form
    local.whole = leaf.whole
    ctx.assigned.add(local.web)
    if ctx.known.ranges.get(local.web, True) is not None:
        local.range, local.length_of, local.room = leaf.range, leaf.length_of, leaf.room
    ctx.frozen_locals.discard(local.web)
    ctx.match_patterns.pop(target.name, None)
    if leaf.pattern is not None and ctx.facts.assignments[target.name] <= 1:
        ctx.match_patterns[target.name] = leaf.pattern
    if leaf.frozen:
        ctx.frozen_locals.add(local.web)
    name = local.rust
    mutable = "mut " if local.web in ctx.known.mutable else ""
    if leaf.fallible:
        inner = t.Let(name, ctx.attempt(t.Path(name)), mutable=bool(mutable))
        return Binding(name, (inner,))
    if leaf.unsigned:
        return Binding(name, (t.Let(name, t.Cast(t.Path(name), "i64"), mutable=bool(mutable)),))
    if leaf.behind:
        return Binding(name, (t.Let(name, t.Unary("*", t.Path(name)), mutable=bool(mutable)),))
    if mutable and leaf.form is Form.BORROWED and not ctx.facts.mutations.any_depth(target.name):
        own = coerce.owned(ctx, leaf_value(leaf, t.Path(name)), leaf.type, target.span)
        local.form, local.whole = Form.PLACE, False
        return Binding(name, (t.Let(name, own, mutable=True),))
    prefix = "&" if leaf.reference else ""
    if prefix and mutable:
        return Binding(name, (t.Let(name, t.Unary("*", t.Path(name)), mutable=True),))
    return Binding(f"{prefix}{mutable}{name}", ())


def _checked(ctx: FunctionContext) -> Binding:
    """A value that nobody reads, whose error still counts."""
    name = ctx.fresh("item")
    return Binding(name, (t.ExprStmt(ctx.attempt(t.Path(name))),))


def _bind_tuple(ctx: FunctionContext, target: h.Local, item: Several, span: Span) -> Binding:
    """One name for a tuple that the iterator yields in parts."""
    names = [ctx.fresh(f"{target.name}_{i}") for i in range(len(item.items))]
    values: list[t.Expr] = []
    patterns: list[str] = []
    for name, part in zip(names, item.items, strict=True):
        if not isinstance(part, Leaf) or part.fallible:
            raise Refusal("PT214", span, "nested tuples under one loop name are not translated")
        patterns.append(f"&{name}" if part.reference else name)
        value = leaf_value(part, t.Path(name))
        values.append(coerce.owned(ctx, value, part.type, span))
    type_ = item_type(item)
    local = ctx.declare(target.name, type_, Form.PLACE)
    let = t.Let(local.rust, t.TupleExpr(tuple(values)))
    return Binding(f"({', '.join(patterns)})", (let,))


def leaf_value(leaf: Leaf, expr: t.Expr) -> Value:
    """A yielded value under a name (references already taken off by the pattern)."""
    form = leaf.form
    return Value(
        expr, leaf.type, form, range=leaf.range, unsigned=leaf.unsigned, frozen=leaf.frozen, whole=leaf.whole
    )


def owned_items(ctx: FunctionContext, iteration: Iteration, span: Span) -> tuple[t.Expr, Type, bool]:
    """The iterator with owned items, the item type, and whether items are `Result`s."""
    item = iteration.item
    if isinstance(item, Leaf):
        if item.fallible:
            return iteration.expr, item.type, True
        if item.unsigned:
            return (
                t.Method(iteration.expr, "map", (t.Closure(("i",), t.Cast(t.Path("i"), "i64")),)),
                item.type,
                False,
            )
        if item.reference and item.form is not Form.STATIC:
            return t.Method(iteration.expr, "copied"), item.type, False
        if item.form is Form.OWNED:
            return iteration.expr, item.type, False
        closure = t.Closure(("item",), coerce.owned(ctx, leaf_value(item, t.Path("item")), item.type, span))
        return t.Method(iteration.expr, "map", (closure,)), item.type, False
    patterns, value = _tuple_pattern(ctx, item, span, [0])
    closure = t.Closure((patterns,), value)
    type_ = item_type(item)
    plain = all(
        isinstance(x, Leaf) and x.form is Form.OWNED and not x.reference and not x.unsigned
        for x in item.items
    )
    return (iteration.expr if plain else t.Method(iteration.expr, "map", (closure,))), type_, False


def _tuple_pattern(ctx: FunctionContext, item: Several, span: Span, counter: list[int]) -> tuple[str, t.Expr]:
    patterns: list[str] = []
    values: list[t.Expr] = []
    for part in item.items:
        if isinstance(part, Several):
            pattern, value = _tuple_pattern(ctx, part, span, counter)
        else:
            if part.fallible:
                raise Refusal("PT214", span, "tuples of values that can raise are not collected here")
            name = chr(ord("a") + counter[0])
            counter[0] += 1
            pattern = f"&{name}" if part.reference else name
            value = coerce.owned(ctx, leaf_value(part, t.Path(name)), part.type, span)
        patterns.append(pattern)
        values.append(value)
    return f"({', '.join(patterns)})", t.TupleExpr(tuple(values))
