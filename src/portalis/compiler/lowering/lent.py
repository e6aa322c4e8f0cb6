"""Arguments for parameters that are lent a sequence, whatever iterable stands at the call.

    total([1, 2]), total(pair), total(range(n)), total(x * x for x in xs)
    total(&[1, 2]), total(&[pair.0, pair.1]), total(&(0..n).collect::<Vec<i64>>()), …

What can be iterated only once is collected for a callee that does so once: nobody can tell then, as long as
nothing in it raises, prints or changes what the callee sees.
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.iterators import makes_iterator
from portalis.compiler.lowering.project_context import Callee
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import (
    STR,
    DictOf,
    Instance,
    IterOf,
    ListOf,
    OptionalOf,
    TupleOf,
    Type,
    is_mutable,
)


def lent(ctx: FunctionContext, argument: h.Expr, type_: Type, callee: Callee, place: int) -> t.Expr | None:
    """The argument as `&[T]`; None where it is a sequence already, or no sequence is wanted."""
    match type_:
        case Instance("typing.Sequence", (elem,)):
            return _sequence(ctx, argument, elem, callee, place)
        case OptionalOf(Instance("typing.Sequence", (elem,))):
            found = _sequence(ctx, argument, elem, callee, place)
            return None if found is None else t.Call(t.Path("Some"), (found,))
        case _:
            return None


def _sequence(
    ctx: FunctionContext, argument: h.Expr, elem: Type, callee: Callee, place: int
) -> t.Expr | None:
    match argument, argument.type:
        case h.TupleDisplay(items=items), _:
            items_of = h.ListDisplay(items, span=argument.span, type=ListOf(elem))
            value = ctx.expr(items_of, ListOf(elem))
            return coerce.slice_of(coerce.borrowed(ctx, value, ListOf(elem), argument.span))
        case _, TupleOf(items):
            return _fields(ctx, ctx.expr(argument), items, elem, argument)
        case (_, IterOf(_, "range") | DictOf()) | (
            h.CallMethod(method="keys" | "values" | "items"),
            IterOf(),
        ):
            return _collected(ctx, argument, elem)
        case _ if argument.type is STR and elem is STR:
            return _collected(ctx, argument, elem)
    if (isinstance(argument, h.Local) and _named(ctx, argument.name)) or makes_iterator(ctx, argument):
        return _used_up(ctx, argument, elem, callee, place)
    return None


def _named(ctx: FunctionContext, name: str) -> bool:
    local = ctx.lookup(name)
    return local is not None and local.items is not None


def _fields(
    ctx: FunctionContext, value: Value, items: tuple[Type, ...], elem: Type, node: h.Expr
) -> t.Expr | None:
    """A tuple of known length as an array."""
    if set(items) != {elem} or not isinstance(value.expr, t.Path | t.Field):
        raise Refusal("PT105", node.span, f"a `{value.type}` stands where a sequence is expected")
    parts = (Value(t.Field(value.expr, str(at)), elem, Form.PLACE) for at in range(len(items)))
    return t.Ref(t.ArrayExpr(tuple(coerce.owned(ctx, part, elem, node.span) for part in parts)))


def _collected(ctx: FunctionContext, argument: h.Expr, elem: Type) -> t.Expr:
    """The items of what can be iterated again."""
    from portalis.compiler.lowering.comprehension import collect_list

    if isinstance(argument, h.ListDisplay):
        return coerce.slice_of(
            coerce.borrowed(ctx, ctx.expr(argument, ListOf(elem)), ListOf(elem), argument.span)
        )
    listed = collect_list(ctx, argument, elem)
    if listed.type != ListOf(elem) or is_mutable(elem):
        raise Refusal("PT105", argument.span, f"a `{argument.type}` stands where a sequence is expected")
    return coerce.slice_of(t.Ref(listed.expr))


def _used_up(ctx: FunctionContext, argument: h.Expr, elem: Type, callee: Callee, place: int) -> t.Expr:
    """The items of what can be iterated only once."""
    if place not in callee.once or any(mutated for _, _, mutated in callee.params) or _calls(ctx, argument):
        raise Refusal(
            "PT202", argument.span, f"an iterator is handed to `{callee.key.partition(':')[2]}`",
            "hand it a list: `list(…)`",
        )  # fmt: skip
    made, raises = ctx.probe(lambda: _collected(ctx, argument, elem))
    if raises:
        raise Refusal(
            "PT202", argument.span, "an iterator that can raise is handed to a function", "hand it a list"
        )
    return made


def _calls(ctx: FunctionContext, argument: h.Expr) -> bool:
    """Whether items are computed by functions of the project, which may print or never end."""
    return isinstance(argument, h.Local) or any(
        isinstance(node, h.CallFunction | h.CallValue) or _endless(node) for node in walk(argument)
    )


def _endless(node: h.Node) -> bool:
    return isinstance(node, h.CallExternal) and node.fullname in (
        "itertools.count", "itertools.cycle", "itertools.repeat",
    )  # fmt: skip
