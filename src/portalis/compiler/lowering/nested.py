"""Functions defined inside a function become closures.

def digits(n: int) -> int: …      →      let digits = |n: i64| -> i64 { … };
"""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.analysis.decided import settle
from portalis.compiler.analysis.facts import gather
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering.closures import kept_function
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.project_context import Callee
from portalis.compiler.lowering.value import Form
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import uncast
from portalis.compiler.rust.vocabulary import rust_name
from portalis.compiler.types import ANY, is_copy, is_mutable
from portalis.diagnostics import Span


def lower_nested(ctx: FunctionContext, stmt: h.NestedFunction) -> list[t.Stmt]:
    """A nested function; what it captures must not be bound again while it lives."""
    from portalis.compiler.lowering.effects import aliases
    from portalis.compiler.lowering.function import keeps, run_passes

    function, dead = settle(stmt.function)
    ctx.dead_lines |= dead
    name = function.qualname.rpartition(".")[2]
    _check_captures(ctx, function, name)
    if any(p.type is ANY for p in function.params) or function.returns is ANY:
        raise Refusal(
            "PT101",
            function.span,
            f"the nested function `{name}` has parameters of unknown type",
            "annotate it",
        )
    if any(p.has_default for p in function.params):
        raise Refusal("PT211", function.span, f"the nested function `{name}` has default arguments")
    if name in ctx.facts.kept:
        return _kept(ctx, function, name, stmt.span)
    facts = gather(function, ctx.mutated_params, ctx.project.kept_params)
    if any(facts.mutations.any_depth(p.name) and is_mutable(p.type) for p in function.params):
        raise Refusal("PT211", function.span, f"the nested function `{name}` changes its arguments")
    inner, body = run_passes(ctx.project, function, facts, ctx)
    aliases(inner)
    ctx.absorb(inner)
    params = tuple(
        f"{'mut ' if is_copy(p.type) and ctx_mutable(inner, p.name) else ''}{rust_name(p.name)}: "
        f"{ctx.rust_type(p.type, function.span, 'param')}"
        for p in function.params
    )
    function = replace(function, returns=inner.returns)
    returns = ctx.rust_type(function.returns, function.span)
    if inner.known.raises:
        returns = f"Result<{returns}, Error>"
    local = ctx.declare(name, ANY, Form.OWNED)
    local.callee = Callee(
        function.key, name, tuple((p.name, p.type, False) for p in function.params), function.returns,
        inner.known.raises, inner.known.prints, sources=inner.known.sources,
        keeps=tuple(keeps(p, facts) for p in function.params),
    )  # fmt: skip
    closure = t.Closure(params, t.BlockExpr(body), returns)
    return [t.Let(local.rust, closure)]


def _kept(ctx: FunctionContext, function: h.Function, name: str, span: Span) -> list[t.Stmt]:
    """A nested function that is returned or stored: a value like any other."""
    if ctx.facts.assignments[name]:
        raise Refusal("PT215", span, f"`{name}` is bound to more than one function")
    value = kept_function(ctx, function, span)
    local = ctx.declare(name, value.type, Form.PLACE)
    local.form = Form.PLACE
    return [t.Let(local.rust, uncast(value.expr), ctx.rust_type(value.type, span))]


def ctx_mutable(inner: FunctionContext, name: str) -> bool:
    """Whether the parameter itself is assigned."""
    return f"{name}#0" in inner.known.mutable


def _check_captures(ctx: FunctionContext, function: h.Function, name: str) -> None:
    own = {p.name for p in function.params} | set(function.locals)
    for node in walk(function.body):
        if not isinstance(node, h.Local) or node.name in own:
            continue
        if node.name == name:
            raise Refusal(
                "PT211", node.span, f"the nested function `{name}` calls itself", "move it to the module"
            )
        params = {p.name for p in ctx.function.params}
        if ctx.facts.assignments[node.name] + (node.name in params) > 1:
            raise Refusal("PT211", node.span, f"`{node.name}` is captured and bound more than once")
        if ctx.facts.mutations.any_depth(node.name):
            raise Refusal("PT211", node.span, f"`{node.name}` is captured and changed in place")
