"""Dispatches statements to the module of their family, and lowers blocks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from portalis.compiler.analysis.liveness import bound_names
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.hir.walrus import own_targets
from portalis.compiler.lowering import (
    assign,
    augment,
    borrows,
    branches,
    families,
    inside_options,
    leave,
    loops,
    nested,
    tested_members,
    tries,
    variables,
)  # fmt: skip
from portalis.compiler.lowering.calls import lower_call
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import inspect
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.printer import print_item
from portalis.compiler.types import NONE


def lower_block(ctx: FunctionContext, body: list[h.Stmt]) -> list[t.Stmt]:
    """The statements of a block in its own frame."""
    lowered: list[t.Stmt] = []
    for at, stmt in enumerate(body, 1):
        lowered += lower_stmt(ctx, stmt)
        if lowered and _ends(lowered[-1]):
            break
        if isinstance(stmt, h.If | h.Assert):
            lowered += families.settled(ctx, body[at:])
            lowered += tested_members.settled(ctx, body[at:])
    return lowered


def _ends(stmt: t.Stmt) -> bool:
    from portalis.compiler.lowering.flow import never_ends

    return never_ends(stmt)


def lower_stmt(ctx: FunctionContext, stmt: h.Stmt) -> list[t.Stmt]:
    """One statement: its comments, the declarations it needs, its Rust."""
    leaving = isinstance(stmt, h.Return | h.Raise)
    ctx.statement_depth = ctx.loop_depth
    ctx.live = ctx.endings.read_later() if leaving else ctx.facts.live.after.get(id(stmt), frozenset())
    ctx.statement_reads = (
        Counter(n.name for n in walk(stmt) if isinstance(n, h.Local)) if _simple(stmt) else _Many()
    )
    lowered: list[t.Stmt] = [t.Comment(text) for text in stmt.comments]
    if not _simple(stmt) and not isinstance(stmt, h.Try):
        lowered += _predeclare(ctx, stmt)
    for target in own_targets(stmt, ctx.function.body):
        if ctx.lookup(target.name) is None:
            lowered.append(variables.declare_ahead(ctx, target.name, stmt.span))
    for made in _lower(ctx, stmt):
        for opened in _opened(made):
            for single in inside_options.apart(ctx, opened, stmt.span):
                lowered += borrows.settle(ctx, stmt, single)
    return lowered


def _opened(stmt: t.Stmt) -> list[t.Stmt]:
    """`{ let index = …; call(index)? };` without its braces: the name is fresh."""
    match stmt:
        case t.ExprStmt(t.BlockExpr(t.Block(stmts, t.Call() | t.Try() as tail), "")):
            return [*stmts, t.ExprStmt(tail)]
        case t.Let("_", t.BlockExpr(t.Block(stmts, t.Try() as tail), "")):
            return [*stmts, t.ExprStmt(tail)]
        case _:
            return [stmt]


class _Many(Counter[str]):
    """In a compound statement every variable counts as read more than once."""

    def __getitem__(self, key: str) -> int:
        return 2


def _simple(stmt: h.Stmt) -> bool:
    return not isinstance(stmt, (h.If, h.For, h.While, h.Try))


def _predeclare(ctx: FunctionContext, stmt: h.Stmt) -> list[t.Stmt]:
    """Variables first bound inside the statement and read after it are declared before it."""
    names: dict[str, None] = {}
    for node in walk(stmt):
        match node:
            case h.Assign(targets=targets):
                for target in targets:
                    names.update(dict.fromkeys(sorted(bound_names(target))))
            case h.AugAssign(target=target) | h.For(target=target):
                names.update(dict.fromkeys(sorted(bound_names(target))))
    after = ctx.facts.live.after.get(id(stmt), frozenset())
    entry = (
        ctx.facts.live.before.get(id(stmt), frozenset())
        if isinstance(stmt, (h.For, h.While))
        else frozenset()
    )
    return [
        variables.declare_ahead(ctx, name, stmt.span)
        for name in names
        if name in after | entry and ctx.lookup(name) is None
    ]


def _lower(ctx: FunctionContext, stmt: h.Stmt) -> list[t.Stmt]:  # noqa: C901  one case a node
    match stmt:
        case h.Assign():
            return assign.lower_assign(ctx, stmt)
        case h.AugAssign():
            return augment.lower_augmented(ctx, stmt)
        case h.Delete():
            return augment.lower_delete(ctx, stmt)
        case h.ExprStmt(value=value):
            return _expression(ctx, value)
        case h.Return():
            return leave.lower_return(ctx, stmt)
        case h.Raise():
            return leave.lower_raise(ctx, stmt)
        case h.Assert():
            return leave.lower_assert(ctx, stmt)
        case h.If():
            return branches.lower_if(ctx, stmt)
        case h.While():
            return loops.lower_while(ctx, stmt)
        case h.For():
            return loops.lower_for(ctx, stmt)
        case h.Break():
            return leave.leave_loop(ctx, t.Break(ctx.loops[-1].search or ctx.loop_label()))
        case h.Continue():
            return leave.leave_loop(ctx, t.Continue(ctx.loop_label()))
        case h.Try():
            return tries.lower_try(ctx, stmt)
        case h.NestedFunction():
            return nested.lower_nested(ctx, stmt)
        case h.LiftedFunction(key=key):
            return [t.Item(print_item(ctx.inside[key]))]
        case h.Pass():
            return []
        case _:
            raise Refusal("PT209", stmt.span, f"`{type(stmt).__name__}` is not translated")


def _expression(ctx: FunctionContext, node: h.Expr) -> list[t.Stmt]:
    """An expression for its effect; a value nobody wants is dropped visibly."""
    if isinstance(node, h.Literal):
        return []
    value: Value = lower_call(ctx, node, dropped=True) if isinstance(node, h.CallFunction) else ctx.expr(node)
    if value.type is NONE:
        before, expr = _two_phase(ctx, value.expr)
        return [*before, t.ExprStmt(expr)] if value.expr != t.Path("None") else []
    if isinstance(value.expr, (t.Path, t.Lit)):
        return []
    if isinstance(value.expr, t.Method) and value.expr.name in ("push", "insert", "remove", "extend"):
        return [t.ExprStmt(value.expr)]
    if isinstance(value.expr, t.Try):
        return [t.ExprStmt(value.expr)]
    return [t.Let("_", value.expr)]


def _two_phase(ctx: FunctionContext, expr: t.Expr) -> tuple[list[t.Stmt], t.Expr]:
    """A method's argument that borrows the receiver as `&mut`, under a name bound before the call.

    queue.push_back(pop(&mut queue)?)   →   let value = pop(&mut queue)?; queue.push_back(value)
    """
    if not isinstance(expr, t.Method) or len(expr.args) != 1:
        return [], expr
    name = inspect.root(expr.receiver)
    local = next((x for x in ctx.visible() if x.rust == name), None)
    if name is None or local is None or not _lends(expr.args[0], name, direct=local.form is Form.MUTREF):
        return [], expr
    held = ctx.fresh("value")
    return [t.Let(held, expr.args[0])], replace(expr, args=(t.Path(held),))


def _lends(expr: t.Expr, name: str, *, direct: bool) -> bool:
    """Whether the expression lends the variable, or what is in it, as `&mut`."""
    for node in inspect.nodes(expr):
        match node:
            case t.Ref(place, mutable=True) if inspect.root(place) == name:
                return True
            case t.Call(args=args) if direct and t.Path(name) in args:
                return True
            case t.Method(receiver) if inspect.root(receiver) == name and node.name in _CHANGING:
                return True
    return False


_CHANGING = frozenset({"push", "pop", "remove", "insert", "entry", "iter_mut", "values_mut", "get_mut"})
