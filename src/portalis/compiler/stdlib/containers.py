"""Constructors of containers: `dict`, `Counter`, `defaultdict`, and digests of `hashlib`."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce, dynamic
from portalis.compiler.lowering.comprehension import as_comprehension, collect_dict, collect_list
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.dict_like import COUNTER, as_dict, dict_of
from portalis.compiler.lowering.iterate import iterate, require_order
from portalis.compiler.lowering.targets import owned_items
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.held import held_types
from portalis.compiler.types import (
    INT,
    NEVER,
    NONE,
    OBJECT,
    STR,
    DictOf,
    Instance,
    ListOf,
    OptionalOf,
    TupleOf,
    Type,
    is_mutable,
)  # fmt: skip


def lower_dict(ctx: FunctionContext, node: h.CallExternal, expect: Type | None) -> Value:
    """`dict()`, `dict(pairs)`, `dict(mapping)`, `dict(a=1)`."""
    known = expect if isinstance(expect, DictOf) else node.type if isinstance(node.type, DictOf) else None
    if not node.args:
        return _from_keywords(ctx, node, known)
    if len(node.args) > 1 or node.keywords:
        raise Refusal("PT305", node.span, "this form of `dict` is not translated")
    source = as_comprehension(ctx, node.args[0])
    if (
        isinstance(source, h.Comprehension)
        and isinstance(source.element, h.TupleDisplay)
        and len(source.element.items) == 2
    ):
        key, item = source.element.items
        made = h.Comprehension("dict", item, key, source.clauses, span=node.span, type=node.type)
        return collect_dict(ctx, made, None)
    if isinstance(dict_of(source.type), DictOf):
        value = as_dict(ctx.expr(source))
        assert isinstance(value.type, DictOf)
        if value.form is Form.OWNED:
            return value
        if coerce.moves(ctx, value):
            return Value(value.expr, value.type)  # nobody sees what it was copied from again
        copied = coerce.thaw(value.expr, value.type) if value.frozen else t.Method(value.expr, "clone")
        return Value(copied, value.type)
    if source.type is OBJECT and (value := ctx.expr(source)).type is OBJECT:
        place = dynamic.reference(ctx, value, node.span)
        return Value(ctx.rt_try("dynamic_items::dict_of", place), OBJECT)
    iteration = iterate(ctx, source)
    require_order(iteration, node.span)
    pairs, type_, fallible = owned_items(ctx, iteration, node.span)
    if fallible or not isinstance(type_, TupleOf) or len(type_.items) != 2:
        raise Refusal("PT305", node.span, f"`dict` of `{type_}` items is not translated")
    ctx.hashable(type_.items[0], node.span)
    return Value(ctx.rt("dict::from_pairs", pairs), DictOf(*type_.items))


def _from_keywords(ctx: FunctionContext, node: h.CallExternal, known: DictOf | None) -> Value:
    if not node.keywords:
        ctx.runtime.add("dict")
        return Value(t.Call(t.Path("dict::Dict::default"), ()), known or DictOf(NEVER, NEVER))
    items = tuple((h.Literal(name, span=node.span, type=STR), value) for name, value in node.keywords.items())
    return ctx.expr(h.DictDisplay(items, span=node.span, type=node.type), known)


def lower_counter(ctx: FunctionContext, node: h.CallExternal, expect: Type | None) -> Value:
    """`Counter()`, `Counter(xs)` of items, `Counter(counts)` of a dict."""
    if len(node.args) > 1 or node.keywords:
        raise Refusal("PT305", node.span, "this form of `Counter` is not translated")
    if not node.args:
        (elem,) = held_types(COUNTER, node, expect)
        ctx.hashable(elem, node.span)
        ctx.runtime.add("dict")
        return Value(t.Call(t.Path("dict::Dict::default"), ()), Instance(COUNTER, (elem,)))
    if isinstance(dict_of(node.args[0].type), DictOf):
        return _counted(ctx, node.args[0])
    listed = collect_list(ctx, as_comprehension(ctx, node.args[0]), None)
    assert isinstance(listed.type, ListOf)
    ctx.hashable(listed.type.elem, node.span)
    from portalis.compiler.stdlib.aggregates import _without_collect

    type_ = Instance("collections.Counter", (listed.type.elem,))
    return Value(ctx.rt("collections::counter", _without_collect(listed.expr)), type_)


def _counted(ctx: FunctionContext, source: h.Expr) -> Value:
    """A counter of the counts in a dict."""
    counts = as_dict(ctx.expr(source))
    if not isinstance(counts.type, DictOf) or counts.type.value is not INT:
        raise Refusal("PT305", source.span, f"a `Counter` of a `{source.type}` is not translated")
    made = Instance(COUNTER, (counts.type.key,))
    if counts.form is Form.OWNED:
        return Value(counts.expr, made)
    copied = coerce.thaw(counts.expr, counts.type) if counts.frozen else t.Method(counts.expr, "clone")
    return Value(copied, made)


def lower_from_keys(ctx: FunctionContext, node: h.CallExternal, expect: Type | None) -> Value:
    """`dict.fromkeys(keys)` and `dict.fromkeys(keys, value)`."""
    if not 1 <= len(node.args) <= 2 or node.keywords:
        raise Refusal("PT305", node.span, "this form of `dict.fromkeys` is not translated")
    iteration = iterate(ctx, as_comprehension(ctx, node.args[0]))
    require_order(iteration, node.span)
    keys, type_, fallible = owned_items(ctx, iteration, node.span)
    held, value = _held(ctx, node, expect.value if isinstance(expect, DictOf) else None)
    if fallible or is_mutable(value):
        raise Refusal("PT305", node.span, "`dict.fromkeys` of a shared mutable value is not translated")
    ctx.hashable(type_, node.span)
    return Value(ctx.rt("dict::from_keys", keys, held), DictOf(type_, value))


def _held(ctx: FunctionContext, node: h.CallExternal, expect: Type | None) -> tuple[t.Expr, Type]:
    """What `dict.fromkeys` puts under every key, and its type: None where nothing is given."""
    if len(node.args) == 1 and not isinstance(expect, OptionalOf):
        return t.TupleExpr(()), NONE
    given = node.args[1] if len(node.args) == 2 else h.Literal(None, span=node.span, type=NONE)
    value = ctx.expr(given, expect)
    type_ = expect if len(node.args) == 1 and expect is not None else value.type
    return coerce.owned(ctx, value, type_, node.span), type_


SPECIAL = {
    "builtins.dict": lower_dict,
    "builtins.dict.fromkeys": lower_from_keys,
    "collections.Counter": lower_counter,
}
