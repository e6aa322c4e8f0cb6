"""Generator functions: the body as an `async` closure that pauses at each `yield`.

    def evens(xs: list[int]) -> Iterator[int]:      pub fn evens(xs: &[i64]) -> Generator<'_, i64> {
        for x in xs:                                    Generator::new(async move |yields| {
            if x % 2 == 0:                      →           for &x in xs {
                yield x                                         if x % 2 == 0 {
                                                                    yields.give(x).await;

A call runs nothing, the body goes on at each `next`, and what it was given by reference it keeps borrowed:
rustc refuses a caller that changes it meanwhile.
"""

from __future__ import annotations

import re

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import NONE

_IMPORT = "crate::runtime::generator::Generator"


def _handle(ctx: FunctionContext) -> str:
    """The name of what values are given to: one that no variable of the function has."""
    name = "yields"
    while name in ctx.facts.names:
        name += "_"
    return name


def lower_yield(ctx: FunctionContext, node: h.Yield) -> Value:
    """`yields.give(value).await`."""
    yields = ctx.function.yields
    if yields is None or ctx.closure_depth:
        raise Refusal("PT202", node.span, "a `yield` is not translated here")
    value = coerce.owned(ctx, ctx.expr(node.value, yields), yields, node.span)
    given = t.Method(t.Path(_handle(ctx)), "give", (t.UNIT if yields is NONE else value,))
    return Value(t.Field(given, "await"), NONE)


def generator_body(ctx: FunctionContext, body: t.Block) -> t.Block:
    """The body of a generator function around what runs lazily."""
    ctx.note_import(_IMPORT)
    closure = t.Closure((_handle(ctx),), t.BlockExpr(body), move=True, suspends=True)
    return t.Block((), t.Call(t.Path("Generator::new"), (closure,)))


def generator_signature(ctx: FunctionContext, params: tuple[str, ...]) -> tuple[tuple[str, ...], str, str]:
    """The parameters, the result type and the generic parameters of a generator function."""
    yields = ctx.function.yields
    assert yields is not None
    item = ctx.rust_type(yields, ctx.function.span)
    end = ", Result<(), Error>" if ctx.known.raises else ""
    borrows = sum(len(_REFERENCE.findall(param)) for param in params)
    if borrows == 0:
        return params, f"Generator<'static, {item}{end}>", ""
    if borrows == 1:
        return params, f"Generator<'_, {item}{end}>", ""
    tied = tuple(_REFERENCE.sub("&'a ", param) for param in params)
    return tied, f"Generator<'a, {item}{end}>", "<'a>"


_REFERENCE = re.compile(r"&(?!')")
