"""`next(it)` and `next(it, default)`."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.first_of import first_by_loop
from portalis.compiler.lowering.generators import lazily
from portalis.compiler.lowering.iterate import Leaf
from portalis.compiler.lowering.targets import owned_items
from portalis.compiler.lowering.value import Value, plain
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import NONE, OBJECT, OptionalOf, SetOf, Type, is_copy


def lower_next(ctx: FunctionContext, node: h.CallExternal, _expect: Type | None) -> Value:
    """The next item; at the end the default, or StopIteration."""
    if node.keywords or len(node.args) not in (1, 2):
        raise Refusal("PT305", node.span, "this form of `next` is not translated")
    taken, elem = _taken(ctx, node.args[0])
    if len(node.args) == 1:
        ctx.exceptions.add("builtins.StopIteration")
        error = t.Call(t.Path("Error::StopIteration"), (t.Call(t.Path("String::new"), ()),))
        return Value(ctx.attempt(t.Method(taken, "ok_or_else", (t.Closure((), error),))), elem)
    default = node.args[1]
    if isinstance(default, h.Literal) and default.value is None and elem is not OBJECT:
        if isinstance(elem, OptionalOf) or elem is NONE:
            raise Refusal("PT305", node.span, "`next` of items that may be None is not translated")
        return Value(taken, OptionalOf(elem))
    given = coerce.owned(ctx, ctx.expr(default, elem), elem, default.span)
    if plain(given) and (is_copy(elem) or given == t.Path("Value::None")):
        return Value(t.Method(taken, "unwrap_or", (given,)), elem)
    if not isinstance(default, h.Literal | h.Local):
        raise Refusal("PT305", node.span, "a computed default of `next` is not translated", "name it first")
    if given == t.Call(t.Path("String::new"), ()):
        return Value(t.Method(taken, "unwrap_or_default"), elem)
    return Value(t.Method(taken, "unwrap_or_else", (t.Closure((), given),)), elem)


def _taken(ctx: FunctionContext, node: h.Expr) -> tuple[t.Expr, Type]:
    """`it.next()`, whose error counts, and the type of what it gives."""
    from portalis.compiler.lowering.iterators import makes_iterator

    match node:
        case h.CallExternal(fullname="builtins.iter", args=(h.Expr(type=SetOf(elem)) as given,)):
            return only(ctx, given), elem
    local = ctx.lookup(node.name) if isinstance(node, h.Local) else None
    if local is not None and isinstance(local.items, Leaf):
        ctx.learned.mutable.add(local.web)
        expr: t.Expr = t.Path(local.rust)
        elem, raises = local.items.type, local.items.fallible
    elif isinstance(node, h.Comprehension) and (found := first_by_loop(ctx, node)) is not None:
        return found
    elif makes_iterator(ctx, node):
        source = lazily(ctx, node)
        expr, elem, raises = owned_items(ctx, source, node.span)
        if not raises:
            return _first(expr), elem
    else:
        raise Refusal("PT202", node.span, f"`next` of this `{node.type}` is not translated")
    taken: t.Expr = t.Method(expr, "next")
    return (ctx.attempt(t.Method(taken, "transpose")) if raises else taken), elem


def only(ctx: FunctionContext, given: h.Expr) -> t.Expr:
    """The one item of a set, if it has any; of several, Python's choice is not known."""
    held = ctx.expr(given)
    return ctx.rt("set::only", coerce.borrowed(ctx, held, held.type, given.span))


def _first(expr: t.Expr) -> t.Expr:
    """The first item; of what is filtered, the one that is found."""
    match expr:
        case t.Method(source, "filter", (test,)):
            return t.Method(source, "find", (test,))
        case t.Method(t.Method(source, "filter", (test,)), "copied" | "cloned" as copied, ()):
            return t.Method(t.Method(source, "find", (test,)), copied)
        case _:
            return t.Method(expr, "next")


SPECIAL = {"builtins.next": lower_next}
