"""`try` with `finally`: what runs whatever the body did.

    try:                          let outcome = (|| -> Result<i64, Error> { … })();
        return work(x)       →    close(x);
    finally:                      outcome
        close(x)

A body that may return runs in a closure, which says so: `Ok(Some(value))` where it returned. One that leaves
a loop from inside runs in a labelled block, and the `finally` block stands before each way out, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from portalis.compiler.analysis.liveness import reads
from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import tries
from portalis.compiler.lowering.context import FunctionContext, Raising
from portalis.compiler.lowering.endings import Endings, Final
from portalis.compiler.lowering.flow import diverges, ends_never, leaves_loop, returns, tailed
from portalis.compiler.lowering.leave import leave
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import leaves
from portalis.compiler.types import NONE


def lower_finally(ctx: FunctionContext, stmt: h.Try) -> list[t.Stmt]:
    """A `try` statement with a `finally` block that does something."""
    inner = h.Try(stmt.body, stmt.handlers, stmt.orelse, [], span=stmt.span)
    ctx.facts.live.after[id(inner)] = ctx.facts.live.after.get(id(stmt), frozenset())
    inside: list[h.Stmt] = [*stmt.body, *(s for x in stmt.handlers for s in x.body), *stmt.orelse]
    if leaves_loop(inside):
        return _in_block(ctx, stmt, inner)
    if returns(inside):
        return _returning(ctx, stmt, inner)
    return _in_closure(ctx, stmt, inner)


def _body(ctx: FunctionContext, inner: h.Try) -> list[t.Stmt]:
    from portalis.compiler.lowering.stmt import lower_block

    return lower_block(ctx, inner.body) if not inner.handlers else tries.lower_try(ctx, inner)


def _final(ctx: FunctionContext, stmt: h.Try) -> list[t.Stmt]:
    from portalis.compiler.lowering.stmt import lower_block

    return lower_block(ctx, stmt.final)


def _afterwards(
    ctx: FunctionContext, stmt: h.Try, attempt: t.Let, rest: Callable[[], list[t.Stmt]]
) -> list[t.Stmt]:
    """The attempt under a name, the `finally` block, and what follows; a block that leaves ends it all."""
    final = _final(ctx, stmt)
    if ends_never(t.Block(tuple(final))):
        return [replace(attempt, pattern="_"), *final]
    return [attempt, *final, *rest()]


def _in_closure(ctx: FunctionContext, stmt: h.Try, inner: h.Try) -> list[t.Stmt]:
    """A body that runs to its end or raises."""
    ahead = tries.declared_ahead(ctx, inner)
    saved = ctx.snapshot_names()
    with ctx.errors_to(Raising()) as target, _inside(ctx, stmt), ctx.frame():
        body = _body(ctx, inner)
    if not target.used:
        ctx.restore_names(saved)
        return [*ahead, *_body(ctx, inner), *_final(ctx, stmt)]
    name = ctx.fresh("outcome")
    called = t.Call(t.Closure((), t.BlockExpr(_ended(body, t.UNIT)), "Result<(), Error>"), ())
    attempt = t.Let(name, called)
    return [*ahead, *_afterwards(ctx, stmt, attempt, lambda: [t.ExprStmt(ctx.attempt(t.Path(name)))])]


def _ended(body: list[t.Stmt], value: t.Expr) -> t.Block:
    block = t.Block(tuple(body))
    return block if ends_never(block) else t.Block(block.stmts, t.Call(t.Path("Ok"), (value,)))


def _returning(ctx: FunctionContext, stmt: h.Try, inner: h.Try) -> list[t.Stmt]:
    """A body that may return: its closure gives what it returned, if it did."""
    always = diverges([inner])
    ahead = [] if always else tries.declared_ahead(ctx, inner)
    saved = ctx.snapshot_names()
    raises = ctx.known.raises
    for raising in (True, False):
        ctx.restore_names(saved)
        ctx.known.raises = raising
        try:
            with ctx.errors_to(Raising()) as target, _inside(ctx, stmt, optional=not always), ctx.frame():
                body = _body(ctx, inner)
        finally:
            ctx.known.raises = raises
        if target.used is raising:
            break
    kind = _closure_type(ctx, stmt, optional=not always)
    block = t.Block(tuple(body))
    if not ends_never(block):
        end = t.Lit("false") if ctx.returns is NONE else t.Path("None")
        block = t.Block(block.stmts, t.Call(t.Path("Ok"), (end,)) if raising else end)
    whole = t.BlockExpr(tailed(block))
    called: t.Expr = t.Call(t.Closure((), whole, f"Result<{kind}, Error>" if raising else kind), ())
    if not raising and not leaves(whole):
        called = whole if whole.block.stmts or whole.block.tail is None else whole.block.tail
    name = ctx.fresh("outcome" if raising else "result")

    def rest() -> list[t.Stmt]:
        given: t.Expr = ctx.attempt(t.Path(name)) if raising else t.Path(name)
        if always:
            return leave(ctx, given)
        if ctx.returns is NONE:
            return [t.ExprStmt(t.IfExpr(given, t.Block(tuple(leave(ctx, t.UNIT)))))]
        value = ctx.fresh("value")
        condition = t.LetCondition(f"Some({value})", given)
        return [t.ExprStmt(t.IfExpr(condition, t.Block(tuple(leave(ctx, t.Path(value))))))]

    return [*ahead, *_afterwards(ctx, stmt, t.Let(name, called), rest)]


def _closure_type(ctx: FunctionContext, stmt: h.Try, *, optional: bool) -> str:
    if ctx.returns is NONE:
        return "bool" if optional else "()"
    spelled = ctx.rust_type(ctx.returns, stmt.span)
    return f"Option<{spelled}>" if optional else spelled


def _in_block(ctx: FunctionContext, stmt: h.Try, inner: h.Try) -> list[t.Stmt]:
    """A body that may leave a loop: before each way out of it stands the `finally` block."""
    ahead = tries.declared_ahead(ctx, inner)
    saved = ctx.snapshot_names()
    label = ctx.fresh("attempt")
    final = Final(stmt.final, len(ctx.loops), len(ctx.raising), _reads(stmt))
    ctx.endings.pending.append(final)
    try:
        with ctx.errors_to(Raising(label)) as target, ctx.frame(), ctx.labelled_block():
            body = _body(ctx, inner)
        if not target.used:
            ctx.restore_names(saved)
            plain = _body(ctx, inner)
    finally:
        ctx.endings.pending.pop()
    if not target.used:
        if ends_never(t.Block(tuple(plain))):
            return [*ahead, *plain]
        return [*ahead, *plain, *_final(ctx, stmt)]
    name = ctx.fresh("outcome")
    made = t.BlockExpr(_ended(body, t.UNIT), label)
    attempt = t.Let(name, made, "Result<(), Error>")
    return [*ahead, *_afterwards(ctx, stmt, attempt, lambda: [t.ExprStmt(ctx.attempt(t.Path(name)))])]


@contextmanager
def _inside(ctx: FunctionContext, stmt: h.Try, *, optional: bool = False) -> Iterator[None]:
    """Inside the closure of a body: a `return` leaves only that."""
    before = ctx.endings
    ctx.endings = Endings(optional, [], before.reads | _reads(stmt))
    ctx.closure_depth += 1
    try:
        yield
    finally:
        ctx.closure_depth -= 1
        ctx.endings = before


def _reads(stmt: h.Try) -> frozenset[str]:
    return frozenset().union(*map(reads, stmt.final))
