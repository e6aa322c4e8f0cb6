"""`statistics` over ints and floats: exact, by the runtime's big integers."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.sources import given, slice_of
from portalis.compiler.types import BOOL, FLOAT, INT, STR, ListOf, Type

_EXACT = ("mean", "pvariance", "variance", "pstdev", "stdev", "median")
_ORDERED = ("median_low", "median_high")
_HASHED = ("mode", "multimode")


def lower_number(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`mean`, `fmean`, `median`, the variances and deviations: a float, where Python's is one."""
    name = node.fullname.rpartition(".")[2]
    (data,) = given(node, ("data",), 1, name)
    assert data is not None
    items, elem = slice_of(ctx, data, order_free=True)
    if elem not in (INT, FLOAT):
        raise Refusal("PT214", node.span, f"`{name}` of `{elem}` items is not translated")
    call = ctx.rt_try if name == "fmean" else ctx.rt
    return Value(call(f"statistics::{name}", items), FLOAT)


def lower_item(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`median_low`, `median_high`, `mode`, `multimode`: an item of the data."""
    name = node.fullname.rpartition(".")[2]
    (data,) = given(node, ("data",), 1, name)
    assert data is not None
    items, elem = slice_of(ctx, data, order_free=name in _ORDERED)
    allowed = (INT, FLOAT, STR) if name in _ORDERED else (INT, STR, BOOL)
    if elem not in allowed:
        raise Refusal("PT214", node.span, f"`{name}` of `{elem}` items is not translated")
    return Value(ctx.rt(f"statistics::{name}", items), ListOf(elem) if name == "multimode" else elem)


def lower_of_floats(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`geometric_mean(data)`, `covariance(x, y)`, `correlation(x, y)`, `quantiles(data, n=…)` of floats."""
    name = node.fullname.rpartition(".")[2]
    names = {"covariance": ("x", "y"), "correlation": ("x", "y")}.get(name, ("data",))
    number = node.keywords.get("n") if name == "quantiles" else None
    if len(node.args) != len(names) or set(node.keywords) - ({"n"} if name == "quantiles" else set()):
        raise Refusal("PT305", node.span, f"this form of `{name}` is not translated")
    passed: list[t.Expr] = []
    for arg in node.args:
        items, elem = slice_of(ctx, arg, order_free=name == "quantiles")
        if elem is not FLOAT:
            raise Refusal("PT214", node.span, f"`{name}` of `{elem}` items is not translated")
        passed.append(items)
    if name == "quantiles":
        passed.append(ctx.i64(number) if number is not None else t.Lit("4"))
        return Value(ctx.rt("statistics::quantiles", *passed), ListOf(FLOAT))
    call = ctx.rt if name == "geometric_mean" else ctx.rt_try
    return Value(call(f"statistics::{name}", *passed), FLOAT)


_OF_FLOATS = ("geometric_mean", "covariance", "correlation", "quantiles")

SPECIAL = {
    **{f"statistics.{name}": lower_of_floats for name in _OF_FLOATS},
    **{f"statistics.{name}": lower_number for name in (*_EXACT, "fmean")},
    **{f"statistics.{name}": lower_item for name in (*_ORDERED, *_HASHED)},
}
