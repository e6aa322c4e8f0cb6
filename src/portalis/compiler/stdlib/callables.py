"""Functions that are handed to library functions: lambdas, names of functions, `operator.add`, as closures."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.applied import applied_to
from portalis.compiler.lowering.arithmetic import negate
from portalis.compiler.lowering.comprehension import applied, callable_name
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.truth import truth
from portalis.compiler.lowering.value import Form
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import ANY, IterOf, TupleOf, Type, is_copy


def call_of(ctx: FunctionContext, function: h.Expr, arguments: tuple[h.Expr, ...]) -> h.Expr:
    """`f(a, b)` for a callable that is named, or written in place with these parameters."""
    return function.body if isinstance(function, h.Lambda) else applied_to(ctx, function, arguments, ANY)


def predicate(ctx: FunctionContext, function: h.Expr, elem: Type, *, negated: bool) -> t.Expr:
    """A test as a closure over `&T`; it may not raise."""
    name = callable_name(function, ctx)
    target = h.Local(name, ANY, span=function.span, type=ANY)
    if isinstance(function, h.Literal) and function.value is None:
        call: h.Expr = target
    else:
        call = applied(ctx, function, target, function.span)
    form = Form.OWNED if is_copy(elem) else Form.BORROWED

    def inside() -> tuple[str, t.Expr]:
        ctx.closure_depth += 1
        try:
            with ctx.frame():
                local = ctx.declare(name, elem, form)
                local.form, local.range = form, None
                test = truth(ctx, call)
                return local.rust, negate(test) if negated else test
        finally:
            ctx.closure_depth -= 1

    (rust, body), raises = ctx.probe(inside)
    if raises:
        raise Refusal("PT214", function.span, "a test that can raise is not translated here")
    return t.Closure((f"&{rust}" if is_copy(elem) else rust,), body)


def over_two(ctx: FunctionContext, function: h.Expr, kind: Type) -> t.Expr:
    """A function of two values to a third, all of one type, as a closure over owned values; it may not raise."""
    given = [name for name, _ in function.params] if isinstance(function, h.Lambda) else []
    if given and len(given) != 2:
        raise Refusal("PT305", function.span, "this function must take two arguments")
    names = given or [ctx.fresh("left"), ctx.fresh("right")]
    call = call_of(ctx, function, tuple(h.Local(name, ANY, span=function.span, type=ANY) for name in names))
    form = Form.OWNED if is_copy(kind) else Form.PLACE

    def inside() -> tuple[tuple[str, ...], t.Expr]:
        ctx.closure_depth += 1
        try:
            with ctx.frame():
                rust = []
                for name in names:
                    local = ctx.declare(name, kind, form)
                    local.form, local.range = form, None
                    rust.append(local.rust)
                value = ctx.expr(call, kind)
                return tuple(rust), coerce.owned(ctx, value, kind, function.span)
        finally:
            ctx.closure_depth -= 1

    (patterns, body), raises = ctx.probe(inside)
    if raises:
        raise Refusal("PT214", function.span, "a function that can raise is not translated here")
    return t.Closure(patterns, body)


def over_several(ctx: FunctionContext, node: h.CallExternal) -> h.Comprehension:
    """`map(f, xs, ys)` → `(f(x, y) for x, y in zip(xs, ys))`."""
    function, *sources = node.args
    if any(isinstance(source, h.Starred) for source in sources) or node.keywords:
        raise Refusal("PT305", node.span, "this form of `map` is not translated")
    names = [name for name, _ in function.params] if isinstance(function, h.Lambda) else []
    if names and len(names) != len(sources):
        raise Refusal("PT305", node.span, "the function does not fit what `map` is given")
    names = names or [ctx.fresh("x") for _ in sources]
    locals_ = tuple(h.Local(name, ANY, span=node.span, type=ANY) for name in names)
    target = h.TupleDisplay(locals_, span=node.span, type=TupleOf((ANY,) * len(locals_)))
    pairs = h.CallExternal("builtins.zip", tuple(sources), {}, span=node.span, type=IterOf(target.type))
    clause = h.Clause(target, pairs, (), span=node.span)
    element = call_of(ctx, function, locals_)
    return h.Comprehension("generator", element, None, (clause,), span=node.span, type=node.type)
