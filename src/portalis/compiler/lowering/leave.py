"""`return`, `raise`, `assert`."""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce, handed_back
from portalis.compiler.lowering.arithmetic import negate
from portalis.compiler.lowering.calls import constructible, new_exception
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.exits import SYSTEM_EXIT, system_exit
from portalis.compiler.lowering.flow import ends_never
from portalis.compiler.lowering.generators import returned
from portalis.compiler.lowering.truth import truth
from portalis.compiler.lowering.value import Value, instead
from portalis.compiler.lowering.variables import vague
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import uncast
from portalis.compiler.types import (
    FLOAT,
    NONE,
    OBJECT,
    STR,
    CallableOf,
    IterOf,
    OptionalOf,
    TupleOf,
    Type,
    dynamic,
)


def ok(ctx: FunctionContext, expr: t.Expr) -> t.Expr:
    """A result value: `Ok(x)`, and `f()` itself for `Ok(f()?)`."""
    if ctx.endings.optional:
        expr = t.Lit("true") if ctx.returns is NONE else t.Call(t.Path("Some"), (expr,))
    if not ctx.known.raises:
        return expr
    if isinstance(expr, t.Try):
        return expr.operand
    return t.Call(t.Path("Ok"), (expr,))


def lower_return(ctx: FunctionContext, stmt: h.Return) -> list[t.Stmt]:
    """`return value`; Python's bare `return` gives None."""
    if isinstance(ctx.returns, IterOf) and stmt.value is not None:
        return leave(ctx, returned(ctx, stmt.value))
    if stmt.value is None:
        value: Value = Value(t.Path("None"), NONE)
    else:
        handed = handed_back.returned(ctx, stmt.value) if ctx.handed.names else None
        if handed is not None:
            return leave(ctx, handed)
        value = ctx.expr(stmt.value, ctx.returns)
    if ctx.returns is NONE:
        if ctx.function.yields is not None:
            value = Value(instead(value.expr, t.Path("None")), NONE)  # only `yield from` sees the result
        if value.type is not NONE:
            raise Refusal("PT105", stmt.span, f"a `{value.type}` is returned where None is declared")
        before = [] if value.expr == t.Path("None") else [t.ExprStmt(value.expr)]
        return [*before, *leave(ctx, t.UNIT)]
    if value.type is NONE and not isinstance(ctx.returns, OptionalOf) and ctx.returns is not OBJECT:
        reason = t.Lit(f'"None is returned where `{ctx.returns}` is declared"')
        return [t.ExprStmt(t.Return(ctx.rt("decline::decline", reason)))]
    if value.type is OBJECT and ctx.returns is FLOAT and not ctx.project.exact_floats:
        raise Refusal("PT102", stmt.span, "what may be an int is returned where a `float` is declared")
    expr = uncast(coerce.owned(ctx, value, _settled(ctx, value, stmt), stmt.span))
    held: tuple[t.Stmt, ...] = ()
    if isinstance(value.type, CallableOf) and isinstance(expr, t.BlockExpr) and expr.block.tail is not None:
        held, expr = expr.block.stmts, expr.block.tail
    return [*held, *leave(ctx, handed_back.own(ctx, expr))]


def leave(ctx: FunctionContext, expr: t.Expr) -> list[t.Stmt]:
    """`return` with a value, after the `finally` blocks around it."""
    lines: list[t.Stmt] = []
    if ctx.endings.pending:
        if not isinstance(expr, t.Lit) and expr != t.UNIT:
            name = ctx.fresh("value")
            lines.append(t.Let(name, expr))
            expr = t.Path(name)
        lines += run_finals(ctx, 0)
        if ends_never(t.Block(tuple(lines))):
            return lines
    if expr == t.UNIT and not ctx.known.raises and not ctx.endings.optional:
        return [*lines, t.ExprStmt(t.Return(None))]
    return [*lines, t.ExprStmt(t.Return(ok(ctx, expr)))]


def run_finals(ctx: FunctionContext, loops: int) -> list[t.Stmt]:
    """The `finally` blocks inside at least so many loops, from the inside out; errors go where they would."""
    from portalis.compiler.lowering.stmt import lower_block

    lines: list[t.Stmt] = []
    endings, raising = ctx.endings, ctx.raising
    try:
        for at in range(len(endings.pending) - 1, -1, -1):
            final = endings.pending[at]
            if final.loops < loops or ends_never(t.Block(tuple(lines))):
                break
            ctx.endings = replace(endings, pending=endings.pending[:at])
            ctx.raising = raising[: final.raising]
            with ctx.frame():
                lines += lower_block(ctx, final.body)
    finally:
        ctx.endings, ctx.raising = endings, raising
    return lines


def leave_loop(ctx: FunctionContext, way: t.Break | t.Continue) -> list[t.Stmt]:
    """`break` or `continue`, after the `finally` blocks inside the loop."""
    lines = run_finals(ctx, len(ctx.loops))
    return lines if ends_never(t.Block(tuple(lines))) else [*lines, t.ExprStmt(way)]


def _settled(ctx: FunctionContext, value: Value, stmt: h.Return) -> Type:
    """The type of the result; what a bare `list` leaves open is learned from the values returned."""
    if not vague(ctx.function.returns):
        return ctx.returns
    if vague(value.type) and not vague(ctx.returns):
        return ctx.returns
    if vague(value.type) and isinstance(value.type, TupleOf):
        ctx.learned.returns = dynamic(value.type)  # a bare `tuple` says no length
        return ctx.learned.returns
    if vague(value.type):
        return dynamic(value.type)
    if ctx.learned.returns not in (None, value.type):
        raise Refusal(
            "PT101",
            stmt.span,
            f"results of the types `{ctx.learned.returns}` and `{value.type}`",
            "annotate it",
        )
    ctx.learned.returns = value.type
    return value.type


STOP = "builtins.StopIteration"
_NO_TEXT = t.Call(t.Path("String::new"), ())


def lower_raise(ctx: FunctionContext, stmt: h.Raise) -> list[t.Stmt]:
    """`raise Class(message)`, or again what is being handled."""
    if stmt.exception is None:
        if not ctx.handler_error:
            raise Refusal("PT212", stmt.span, "a bare `raise` outside a handler raises RuntimeError")
        return [t.ExprStmt(ctx.fail(t.Path(ctx.handler_error[-1][0])))]
    if isinstance(stmt.exception, h.NewException):
        name = stmt.exception.name
        if name == SYSTEM_EXIT:
            return [t.ExprStmt(ctx.fail(system_exit(ctx, stmt.exception)))]
        if name == STOP and not stmt.exception.args and ctx.function.yields is None:
            ctx.exceptions.add(STOP)
            return [t.ExprStmt(ctx.fail(t.Call(t.Path("Error::StopIteration"), (_NO_TEXT,))))]
        if name not in ctx.project.symbols.exceptions and not constructible(name):
            raise Refusal("PT212", stmt.span, f"raising `{name}` is not translated")
        return [t.ExprStmt(ctx.fail(new_exception(ctx, stmt.exception)))]
    if isinstance(stmt.exception, h.Local) and ctx.handler_error:
        name, bound = ctx.handler_error[-1][0], ctx.handler_error[-1][1]
        if stmt.exception.name in bound:
            return [t.ExprStmt(ctx.fail(t.Path(name)))]
    raise Refusal("PT212", stmt.span, "raising a computed exception is not translated")


def lower_assert(ctx: FunctionContext, stmt: h.Assert) -> list[t.Stmt]:
    """`assert test, message`."""
    condition = negate(truth(ctx, stmt.test))
    message: t.Expr = t.Call(t.Path("String::new"), ())
    if stmt.message is not None:
        value = ctx.expr(stmt.message)
        if value.type is not STR:
            raise Refusal(
                "PT305", stmt.span, f"an assertion message of type `{value.type}` is not translated"
            )
        message = coerce.owned(ctx, value, STR, stmt.span)
    ctx.exceptions.add("builtins.AssertionError")
    error = t.Call(t.Path("Error::AssertionError"), (message,))
    return [t.ExprStmt(t.IfExpr(condition, t.Block((t.ExprStmt(ctx.fail(error)),))))]
