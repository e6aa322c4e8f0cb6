"""`functools.cmp_to_key` as the key of `sorted`, `list.sort`, `min` and `max`.

sorted(xs, key=cmp_to_key(lambda a, b: b - a))   →   timsort::sort_by(&mut sorted, |&a, &b| Ok(b.strict_sub(a)))?

The comparing function may be no order, may raise and print: the runtime calls it as CPython's sort does.
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.arithmetic import as_number
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.callables import call_of
from portalis.compiler.types import (
    ANY,
    DECIMAL,
    FLOAT,
    INT,
    OBJECT,
    Instance,
    ListOf,
    TupleOf,
    Type,
    VarTuple,
    borrows_whole,
    is_copy,
)  # fmt: skip


def comparer_of(key: h.Expr | None) -> h.Expr | None:
    """The function in `cmp_to_key(function)`; None where the key is none of those."""
    match key:
        case h.CallExternal(
            fullname="functools.cmp_to_key" | "_functools.cmp_to_key", args=(function,), keywords={}
        ):
            return function
        case _:
            return None


def compare_closure(ctx: FunctionContext, function: h.Expr, elem: Type) -> tuple[t.Expr, bool]:
    """The function as a closure over two `&T` that gives a `Result<i64, Error>`, and whether it can raise."""
    given = [name for name, _ in function.params] if isinstance(function, h.Lambda) else []
    if given and len(given) != 2:
        raise Refusal("PT305", function.span, "`cmp_to_key` takes a function of two arguments")
    names = given or [ctx.fresh("left"), ctx.fresh("right")]
    call = call_of(ctx, function, tuple(h.Local(name, ANY, span=function.span, type=ANY) for name in names))
    form = Form.OWNED if is_copy(elem) else Form.BORROWED

    def inside() -> tuple[tuple[str, ...], t.Expr]:
        ctx.closure_depth += 1
        try:
            with ctx.frame():
                rust = []
                for name in names:
                    local = ctx.declare(name, elem, form)
                    local.form, local.range, local.whole = form, None, borrows_whole(elem)
                    rust.append(f"&{local.rust}" if is_copy(elem) else local.rust)
                return tuple(rust), _sign(ctx, call, function)
        finally:
            ctx.closure_depth -= 1

    (patterns, body), raises = ctx.probe(inside)
    result = body.operand if isinstance(body, t.Try) else t.Call(t.Path("Ok"), (body,))
    return t.Closure(patterns, result), raises


def _sign(ctx: FunctionContext, call: h.Expr, function: h.Expr) -> t.Expr:
    value = as_number(ctx.expr(call))
    if value.type is FLOAT:
        return ctx.rt("timsort::sign", value.expr)
    if value.type is not INT:
        raise Refusal("PT105", function.span, f"a comparing function that gives a `{value.type}`")
    return coerce.integer(value)


def differ_though_equal(type_: Type) -> bool:
    """Whether two equal values can be told apart: 0.0 and -0.0, Decimal("1") and Decimal("1.0")."""
    match type_:
        case ListOf(elem) | VarTuple(elem):
            return differ_though_equal(elem)
        case TupleOf(items):
            return any(map(differ_though_equal, items))
        case Instance(name):
            return name == DECIMAL
        case _:
            return type_ in (FLOAT, OBJECT)
