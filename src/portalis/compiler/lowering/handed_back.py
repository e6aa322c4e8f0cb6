"""A function that gives back an argument as it is, on some of its ways.

    def smaller(a: list[int], b: list[int]) -> list[int]:
        return a if len(a) < len(b) else b          fn smaller<'a>(a: &'a [i64], b: &'a [i64]) -> &'a [i64]

    def ordered(xs: list[int]) -> list[int]:
        if len(xs) < 2:
            return xs                               fn ordered(xs: &[i64]) -> Cow<'_, [i64]>
        return merge(xs[:1], ordered(xs[1:]))

Callers learn that the result may be the argument. Python callers get the argument's very object.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from portalis.compiler.analysis.facts import FunctionFacts
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import children, walk
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.project_context import NOTHING, Callee, HandedBack
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.vocabulary import rust_name
from portalis.compiler.types import NONE, EnumOf, Instance, ListOf, dynamic, is_mutable


def with_choices_apart(function: h.Function) -> h.Function:
    """`return a if test else b`, where one is a parameter, as two `return`s: each gives one thing."""
    params = {p.name for p in function.params if is_mutable(p.type)}

    def block(body: list[h.Stmt]) -> list[h.Stmt]:
        return [stmt_apart(stmt) for stmt in body]

    def stmt_apart(stmt: h.Stmt) -> h.Stmt:
        match stmt:
            case h.Return(value=h.Conditional(test=test, body=body, orelse=orelse)) if any(
                isinstance(arm, h.Local) and arm.name in params for arm in (body, orelse)
            ):
                ways = [stmt_apart(h.Return(arm, span=stmt.span)) for arm in (body, orelse)]
                return h.If(test, [ways[0]], [ways[1]], span=stmt.span, comments=stmt.comments)
            case (
                h.If(body=first, orelse=second)
                | h.While(body=first, orelse=second)
                | h.For(body=first, orelse=second)
            ):
                return replace(stmt, body=block(first), orelse=block(second))
            case _:
                return stmt

    if not any(isinstance(node, h.Conditional) for node in walk(function.body)):
        return function
    return replace(function, body=block(function.body))


def handed_back(function: h.Function, facts: FunctionFacts, callees: Mapping[str, Callee]) -> HandedBack:
    """What the `return`s of a function give back unchanged."""
    if function.yields is not None or function.cache or ".<locals>." in function.qualname:
        return NOTHING
    if any(isinstance(node, h.Try) for node in walk(function.body)):
        return NOTHING
    able = {p.name for p in function.params if _able(function, p, facts)}
    given = [_given(node, able, function, callees) for stmt in function.body for node in _returns(stmt)]
    names = set[str]().union(*(one.names for one in given))
    always = all(one.always for one in given)
    return HandedBack(tuple(sorted(names)), always) if names else NOTHING


def _able(function: h.Function, param: h.Parameter, facts: FunctionFacts) -> bool:
    """Whether the parameter is what the caller handed in, wherever it is named."""
    bound = facts.assignments[param.name] or facts.mutations.any_depth(param.name)
    plain = isinstance(param.type, ListOf) and param.type == dynamic(function.returns)
    # The binding knows a list by its address: one whose elements take no room has none.
    plain = plain and isinstance(param.type, ListOf) and not isinstance(param.type.elem, (EnumOf, Instance))
    plain = plain and param.type != ListOf(NONE)
    return plain and not bound and param.name not in facts.captured and not param.kind.startswith("var_")


def _returns(node: h.Node) -> list[h.Return]:
    if isinstance(node, (h.NestedFunction, h.Lambda)):
        return []
    if isinstance(node, h.Return):
        return [node]
    return [found for child in children(node) for found in _returns(child)]


def _given(node: h.Return, able: set[str], function: h.Function, callees: Mapping[str, Callee]) -> HandedBack:
    match node.value:
        case h.Local(name=name) if name in able:
            return HandedBack((name,), True)
        case h.CallFunction(key=key) as call if key == function.key:
            return HandedBack((), _passed(call, able) is not None)
        case h.CallFunction(key=key) as call if (callee := callees.get(key)) is not None and callee.handed:
            passed = _passed(call, able, callee.handed)
            return NOTHING if passed is None else HandedBack(passed, callee.always_handed)
        case _:
            return NOTHING


def _passed(
    call: h.CallFunction, able: set[str], places: frozenset[int] | None = None
) -> tuple[str, ...] | None:
    """The parameters that a call may give back; None where it may give back something else."""
    args = call.args if places is None else [call.args[at] for at in sorted(places)]
    lists = [arg for arg in args if isinstance(arg.type, ListOf)]
    names = tuple(arg.name for arg in lists if isinstance(arg, h.Local) and arg.name in able)
    return names if len(names) == len(lists) else None


def returned(ctx: FunctionContext, value: h.Expr) -> t.Expr | None:
    """The Rust of what a `return` gives, where that is an argument; None where it is a new value."""
    match value:
        case h.Local(name=name) if name in ctx.handed.names:
            given = ctx.whole(value).expr
            return given if ctx.handed.always else t.Call(t.Path("Cow::Borrowed"), (given,))
        case h.CallFunction(key=key) if (
            callee := ctx.project.callees.get(key)
        ) is not None and callee.handed:
            able = set(ctx.handed.names)
            if _passed(value, able, callee.handed) is None:
                return None
            from portalis.compiler.lowering.calls import lower_call

            given = lower_call(ctx, value, dropped=True).expr
            whole = callee.always_handed and not ctx.handed.always
            return t.Call(t.Path("Cow::Borrowed"), (given,)) if whole else given
        case _:
            return None


def own(ctx: FunctionContext, expr: t.Expr) -> t.Expr:
    """A new value as the result of a function that may also give back an argument."""
    return t.Call(t.Path("Cow::Owned"), (expr,)) if ctx.handed.names else expr


def received(callee: Callee, node: h.CallFunction, value: Value) -> Value:
    """The result of a call, as a caller uses it."""
    if not callee.handed:
        return value
    if callee.always_handed:
        lasting = all(isinstance(node.args[at], h.Local) for at in callee.handed)
        return (
            replace(value, form=Form.BORROWED)
            if lasting
            else replace(value, expr=t.Method(value.expr, "to_vec"))
        )
    return replace(value, expr=t.Method(value.expr, "into_owned"))


def signature(
    ctx: FunctionContext, function: h.Function, params: tuple[str, ...], returns: str
) -> tuple[tuple[str, ...], str, str]:
    """The parameters, the result and the lifetime of a function that hands arguments back."""
    element = ctx.rust_type(function.returns, function.span, "param").removeprefix("&")
    alone = sum("&" in one for one in params) == 1
    mark = "" if alone else "'a "
    if ctx.handed.always:
        result = f"&{mark}{element}"
    else:
        ctx.note_import("std::borrow::Cow")
        result = f"Cow<{mark.strip() or chr(39) + '_'}, {element}>"
    spelled = ctx.rust_type(function.returns, function.span)
    whole = returns.replace(spelled, result, 1) if ctx.known.raises else result
    heads = {f"{rust_name(name)}: &" for name in ctx.handed.names}
    marked = tuple(
        f"{one.partition('&')[0]}&{mark}{one.partition('&')[2]}"
        if one.partition("&")[0] + "&" in heads
        else one
        for one in params
    )
    return marked, whole, "" if alone else "<'a>"
