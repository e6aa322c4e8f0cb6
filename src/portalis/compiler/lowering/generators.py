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
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext, Local
from portalis.compiler.lowering.flow import diverges
from portalis.compiler.lowering.iterate import Iteration, iterate, require_order
from portalis.compiler.lowering.targets import owned_items
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import NEVER, NONE, IterOf, OptionalOf, dynamic, is_mutable, is_shared

T = TypeVar("T")

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
    return t.Block(tuple(ctx.handles), t.Call(t.Path("Generator::new"), (closure,)))


def take_along(ctx: FunctionContext, local: Local) -> None:
    """A handle that a generator is given is its own: it may outlive the variable of the caller."""
    given = t.Path(local.rust)
    if local.rust == "self":
        local.rust = "this"
        while local.rust in ctx.facts.names:
            local.rust += "_"
    local.form = Form.PLACE
    copy = t.Method(given, "cloned" if isinstance(local.type, OptionalOf) else "clone")
    ctx.handles.append(t.Let(local.rust, copy, mutable=local.web in ctx.known.mutable))


Signature = tuple[tuple[str, ...], str, str]
"""The parameters of a function, its result type, and its generic parameters."""


def generator_signature(ctx: FunctionContext, params: tuple[str, ...]) -> Signature:
    """The head of a generator function."""
    yields = ctx.function.yields
    assert yields is not None
    item = ctx.rust_type(yields, ctx.function.span)
    end = ", Result<(), Error>" if ctx.known.raises else ""
    return _borrowing(ctx, params, lambda lifetime: f"Generator<{lifetime}, {item}{end}>")


def _borrowing(ctx: FunctionContext, params: tuple[str, ...], result: Callable[[str], str]) -> Signature:
    """The head of a function whose result borrows what the parameters lend."""
    lent = [not is_shared(param.type) for param in ctx.function.params]
    borrows = sum(_tied(text)[1] for text, one in zip(params, lent, strict=True) if one)
    if borrows == 0:
        return params, result("'static"), ""
    if borrows == 1 and all(lent):
        return params, result("'_"), ""
    tied = tuple(_tied(text)[0] if one else text for text, one in zip(params, lent, strict=True))
    return tied, result("'a"), "<'a>"


_REFERENCE = re.compile(r"&(?!')|\bFn\(")


def _tied(param: str) -> tuple[str, int]:
    """A parameter whose references live as long as the generator, and how many those are.

    What a callable is handed lives as long as its call.
    """
    made, count, at = "", 0, 0
    while (found := _REFERENCE.search(param, at)) is not None:
        end = found.end() if found.group() == "&" else _closing(param, found.end())
        count += found.group() == "&"
        made += param[at : found.start()] + ("&'a " if found.group() == "&" else param[found.start() : end])
        at = end
    return made + param[at:], count


def _closing(text: str, at: int) -> int:
    """Behind the parenthesis that closes the one before a place."""
    depth = 1
    while depth:
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        at += 1
    return at


# Functions that return an iterator --------------------------------------------------------------


def check_returned(function: h.Function, *, recursive: bool) -> None:
    """Refuses a result that is an iterator where one Rust type can't be it."""
    given = all(node.value is not None for node in walk(function.body) if isinstance(node, h.Return))
    if not given or not diverges(function.body) or recursive or has_nested(function):
        raise Refusal(
            "PT202", function.span, f"the result is a `{function.returns}`, which is not made here alone",
            "yield the items",
        )  # fmt: skip


def one_type(function: h.Function) -> bool:
    """Whether an iterator that is returned is made in one place, and so is of one Rust type."""
    return sum(isinstance(node, h.Return) for node in walk(function.body)) == 1


def has_nested(function: h.Function) -> bool:
    """Whether functions are defined inside."""
    return any(isinstance(node, h.NestedFunction) for node in walk(function.body))


def returned(ctx: FunctionContext, node: h.Expr) -> t.Expr:
    """An iterator as a result: what it computes lazily it takes along."""
    assert isinstance(ctx.returns, IterOf)
    stable(ctx, node)
    source = lazily(ctx, node)
    expr, elem, raises = owned_items(ctx, source, node.span)
    if elem not in (NEVER, dynamic(ctx.returns.elem)) or is_mutable(elem):
        raise Refusal("PT202", node.span, f"an iterator over `{elem}` is returned", "yield the items")
    ctx.learned.items_raise |= raises
    made = moving(ctx, ended(ctx, node, expr, raises=raises))
    if one_type(ctx.function):
        return made
    if ctx.known.items_raise and not raises:
        made = t.Method(made, "map", (t.Path("Ok::<_, Error>"),))
    return t.Call(t.Path("Box::new"), (made,))


def lazily(ctx: FunctionContext, node: h.Expr) -> Iteration:
    """The iterator of an expression that is not consumed where it stands."""
    from portalis.compiler.lowering.comprehension import NotAChain

    try:
        source = iterate(ctx, node)
    except NotAChain:
        raise Refusal(
            "PT202", node.span, "this generator expression is only translated where it is consumed at once",
            "write a generator function",
        ) from None  # fmt: skip
    require_order(source, node.span)
    return source


def stable(ctx: FunctionContext, node: h.Expr) -> None:
    """Refuses an iterator over variables that are bound again: Python looks them up when it runs."""
    params = {p.name for p in ctx.function.params}
    for inner in walk(node):
        if isinstance(inner, h.Local) and ctx.facts.assignments[inner.name] + (inner.name in params) > 1:
            raise Refusal(
                "PT202", inner.span, f"an iterator that waits reads `{inner.name}`, which is bound again",
                "use another name",
            )  # fmt: skip


def ended(ctx: FunctionContext, node: h.Expr, expr: t.Expr, *, raises: bool) -> t.Expr:
    """A generator expression that has raised is at its end; `map` goes on with the next item."""
    if raises and isinstance(node, h.Comprehension):
        return ctx.rt("itertools::until_error", expr)
    return expr


def moving(ctx: FunctionContext, expr: T) -> T:
    """A tree whose closures own what they capture."""
    from portalis.compiler.lowering.comprehension import mentions

    names = {local.rust for local in ctx.visible()}

    def moved(node: object) -> object:
        if isinstance(node, tuple):
            return tuple(map(moved, node))
        if not is_dataclass(node) or isinstance(node, type):
            return node
        made: dict[str, object] = {f.name: moved(getattr(node, f.name)) for f in fields(node)}
        if isinstance(node, t.Closure):
            inside = names - set(re.findall(r"\w+", " ".join(node.params)))
            made["move"] = any(mentions(node.body, name) for name in inside)
        return replace(node, **made)

    return cast("T", moved(expr))


def iterator_signature(ctx: FunctionContext, params: tuple[str, ...], returns: IterOf) -> Signature:
    """The head of a function that returns an iterator: `impl Iterator<Item = T>`, or a box of one."""
    item = ctx.rust_type(dynamic(returns.elem), ctx.function.span)
    item = f"Result<{item}, Error>" if ctx.known.items_raise else item

    def fallible(spelled: str) -> str:
        return f"Result<{spelled}, Error>" if ctx.known.raises else spelled

    if one_type(ctx.function):
        return params, fallible(f"impl Iterator<Item = {item}>"), ""

    def boxed(lifetime: str) -> str:
        borrows = "" if lifetime == "'static" else f" + {lifetime}"
        return fallible(f"Box<dyn Iterator<Item = {item}>{borrows}>")

    return _borrowing(ctx, params, boxed)
