"""`try`/`except`/`else`/`finally`.

    try:                            match checksum(number) {
        valid = checksum(n) == 0        Ok(value) => value == 0,
    except Exception:           →       Err(_) => return Err(Error::InvalidFormat(None)),
        raise InvalidFormat()       }

A body of one fallible step is matched directly; a longer one runs in a closure; one that
returns or leaves a loop from inside runs in a labelled block.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from portalis.compiler.analysis.liveness import bound_names
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering import coerce, unpack, variables
from portalis.compiler.lowering.calls import variant_of
from portalis.compiler.lowering.context import FunctionContext, Raising
from portalis.compiler.lowering.endings import Endings
from portalis.compiler.lowering.flow import diverges, ends_never, leaves_loop, returns
from portalis.compiler.lowering.leave import leave
from portalis.compiler.lowering.value import Form
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import NONE, Instance, TupleOf, Type
from portalis.mapping.naming import snake

_EVERYTHING = "builtins.BaseException"
_ERRORS = "builtins.Exception"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A lowered `try` body: an expression of type `Result`, and what its `Ok` holds."""

    result: t.Expr
    pattern: str
    value: t.Expr


def lower_try(ctx: FunctionContext, stmt: h.Try) -> list[t.Stmt]:
    """A `try` statement."""
    if any(not isinstance(inner, h.Pass) for inner in stmt.final):
        from portalis.compiler.lowering.finals import lower_finally

        return lower_finally(ctx, stmt)
    if any(isinstance(node, h.Yield) for node in walk(stmt.body)):
        return _labelled(ctx, stmt)  # no pause leads out of a closure
    if diverges(stmt.body) and returns(stmt.body) and not leaves_loop(stmt.body):
        return _returning(ctx, stmt)
    if returns(stmt.body) or leaves_loop(stmt.body):
        return _labelled(ctx, stmt)
    return _falling_through(ctx, stmt)


# Handlers -----------------------------------------------------------------------------------------


def _arms(ctx: FunctionContext, stmt: h.Try, outcome: t.Expr | None) -> list[t.Arm]:
    """One `Err` arm for each handler, and one that passes on what none of them catches.

    `outcome` is what a handler that runs to its end evaluates to.
    """
    arms: list[t.Arm] = []
    for handler in stmt.handlers:
        name = ctx.error_name()
        everything = not handler.names or _EVERYTHING in handler.names
        everything = everything or (_ERRORS in handler.names and not ctx.project.exits)
        guard = None if everything else _guard(ctx, handler.names, name)
        body, used = _handler_body(ctx, handler, name, outcome)
        pattern = f"Err({name})" if used or guard is not None else "Err(_)"
        arms.append(t.Arm(pattern, body, guard))
        if everything:
            return arms
    name = ctx.error_name()
    arms.append(t.Arm(f"Err({name})", ctx.fail(t.Path(name))))
    return arms


def _guard(ctx: FunctionContext, names: tuple[str, ...], error: str) -> t.Expr:
    """`error.is_value_error() || …`."""
    result: t.Expr | None = None
    for name in names:
        variant = variant_of(ctx, name)
        ctx.exceptions.add(name)
        test = t.Method(t.Path(error), f"is_{snake(variant)}")
        result = test if result is None else t.Binary("||", result, test)
    assert result is not None
    return result


def _handler_body(
    ctx: FunctionContext, handler: h.Handler, error: str, outcome: t.Expr | None
) -> tuple[t.Expr, bool]:
    from portalis.compiler.lowering.stmt import lower_block

    with ctx.frame():
        bound: tuple[str, ...] = ()
        if handler.bound is not None:
            type_ = Instance(handler.names[0]) if handler.names else Instance("builtins.Exception")
            local = ctx.declare(handler.bound, type_, Form.PLACE)
            local.rust, local.form, bound = error, Form.PLACE, (handler.bound,)
        ctx.handler_error.append((error, bound))
        stmts = [t.Comment(text) for text in handler.comments]
        stmts += lower_block(ctx, handler.body)  # type: ignore[arg-type]
        ctx.handler_error.pop()
    block = t.Block(tuple(stmts))
    if not ends_never(block) and outcome is not None:
        block = t.Block(block.stmts, outcome)
    used = _mentions(block, error)
    if (
        len(block.stmts) == 1
        and block.tail is None
        and isinstance(block.stmts[0], t.ExprStmt)
        and ends_never(block)
    ):
        return block.stmts[0].expr, used
    if not block.stmts and block.tail is not None:
        return block.tail, used
    return t.BlockExpr(block), used


def _mentions(node: object, name: str) -> bool:
    """Whether a Rust tree names a path."""
    if isinstance(node, t.Path):
        return node.name == name
    if isinstance(node, t.Macro) and any(isinstance(a, t.Lit) and f"{{{name}" in a.text for a in node.args):
        return True
    if isinstance(node, tuple):
        return any(_mentions(part, name) for part in node)
    if hasattr(node, "__dataclass_fields__"):
        return any(_mentions(getattr(node, f.name), name) for f in fields(node))  # type: ignore[arg-type]
    return False


# The body -----------------------------------------------------------------------------------------


def _returning(ctx: FunctionContext, stmt: h.Try) -> list[t.Stmt]:
    """A body that always returns: `match body { Ok(value) => value, Err(…) => … }`."""
    from portalis.compiler.lowering.stmt import lower_block

    if len(stmt.body) == 1 and isinstance(stmt.body[0], h.Return) and stmt.body[0].value is not None:
        single = _single_step(ctx, stmt.body[0].value, ctx.returns)
        if single is not None:
            arms = [t.Arm(single.pattern, _left(ctx, single.value)), *_arms(ctx, stmt, None)]
            return [t.ExprStmt(t.Match(single.result, tuple(arms)))]
    raises, saved, endings = ctx.known.raises, ctx.snapshot_names(), ctx.endings
    ctx.closure_depth += 1
    ctx.known.raises = True
    ctx.endings = Endings(reads=endings.read_later())
    try:
        with ctx.errors_to(Raising()) as target, ctx.frame():
            body = lower_block(ctx, stmt.body)
    finally:
        ctx.closure_depth -= 1
        ctx.known.raises = raises
        ctx.endings = endings
    if not target.used:
        ctx.restore_names(saved)
        _note_dead(ctx, stmt)
        return lower_block(ctx, stmt.body)
    returns_type = f"Result<{ctx.rust_type(ctx.returns, stmt.span)}, Error>"
    from portalis.compiler.lowering.flow import tailed

    called = t.Call(t.Closure((), t.BlockExpr(tailed(t.Block(tuple(body)))), returns_type), ())
    value = ctx.fresh("value")
    arms = [t.Arm(f"Ok({value})", _left(ctx, t.Path(value))), *_arms(ctx, stmt, None)]
    return [t.ExprStmt(t.Match(called, tuple(arms)))]


def _left(ctx: FunctionContext, value: t.Expr) -> t.Expr:
    """A `return` as the body of an arm."""
    match leave(ctx, value):
        case [t.ExprStmt(single)]:
            return single
        case lines:
            return t.BlockExpr(t.Block(tuple(lines)))


def _single_step(ctx: FunctionContext, node: h.Expr, wanted: Type) -> Attempt | None:
    """`f(x)? == 1` as the call that can raise, and what is made of its result; None where there is more."""
    with ctx.errors_to(Raising()) as target:
        saved = ctx.snapshot_names()
        value = ctx.expr(node, wanted)
        expr = coerce.owned(ctx, value, wanted if wanted is not NONE else value.type, node.span)
    if not target.used:
        ctx.restore_names(saved)
        return None
    name = ctx.fresh("value")
    found = split_first_try(expr, name)
    if found is None:
        ctx.restore_names(saved)
        return None
    return Attempt(found[0], f"Ok({name})", found[1])


def split_first_try(expr: t.Expr, name: str) -> tuple[t.Expr, t.Expr] | None:
    """The one `?` of an expression, when it is evaluated first: its operand, and the rest around `name`."""
    if _tries(expr) != 1:
        return None
    return _split(expr, name)


def _tries(node: object) -> int:
    if isinstance(node, tuple):
        return sum(map(_tries, node))
    if isinstance(node, (t.Closure, t.BlockExpr)):
        return 0 if not _contains_try(node) else 2
    if hasattr(node, "__dataclass_fields__"):
        inner = [_tries(getattr(node, f.name)) for f in fields(node)]  # type: ignore[arg-type]
        return sum(inner) + int(isinstance(node, t.Try))
    return 0


def _contains_try(node: object) -> bool:
    if isinstance(node, (t.Try, t.Return, t.Break)):
        return True
    if isinstance(node, tuple):
        return any(map(_contains_try, node))
    if hasattr(node, "__dataclass_fields__"):
        return any(_contains_try(getattr(node, f.name)) for f in fields(node))  # type: ignore[arg-type]
    return False


def _split(expr: t.Expr, name: str) -> tuple[t.Expr, t.Expr] | None:
    match expr:
        case t.Try(operand):
            return operand, t.Path(name)
        case t.Method(receiver=inner):
            found = _split(inner, name)
            return None if found is None else (found[0], replace(expr, receiver=found[1]))
        case t.Unary(operand=inner) | t.Ref(operand=inner) | t.Cast(operand=inner):
            found = _split(inner, name)
            return None if found is None else (found[0], replace(expr, operand=found[1]))
        case t.Binary(op=op, left=inner) if op not in ("&&", "||"):
            found = _split(inner, name)
            return None if found is None else (found[0], replace(expr, left=found[1]))
        case t.Index(base=inner) | t.Field(base=inner):
            found = _split(inner, name)
            return None if found is None else (found[0], replace(expr, base=found[1]))
        case _:
            return None


def _new_names(ctx: FunctionContext, stmt: h.Try) -> list[str]:
    """Variables first bound in the body and read after the statement (or by its `else`)."""
    after = ctx.facts.live.after.get(id(stmt), frozenset())
    for inner in stmt.orelse[:1]:
        after |= ctx.facts.live.before.get(id(inner), frozenset())
    found: dict[str, None] = {}
    for node in walk(stmt.body):
        if isinstance(node, h.Assign):
            for target in node.targets:
                found.update(dict.fromkeys(sorted(bound_names(target))))
        elif isinstance(node, h.AugAssign | h.For):
            found.update(dict.fromkeys(sorted(bound_names(node.target))))
    return [name for name in found if name in after]


def _falling_through(ctx: FunctionContext, stmt: h.Try) -> list[t.Stmt]:
    """A body that runs to its end: its new variables come out of the `match`."""
    from portalis.compiler.lowering.flow import tailed

    single = _single_assignment(ctx, stmt)
    if single is not None:
        return single
    new = _new_names(ctx, stmt)
    names = [name for name in new if ctx.lookup(name) is None]
    # What is declared but has no value yet can't be bound inside a closure: it is handed out of it too.
    waiting = [name for name in new if (local := ctx.lookup(name)) and local.web not in ctx.assigned]
    leaving = all(diverges(handler.body) for handler in stmt.handlers)
    handed = bool(names or waiting) and leaving
    ahead = [] if handed else _ahead(ctx, stmt, names)
    with ctx.without(waiting if handed else ()):
        made = _in_closure(ctx, stmt, [*names, *waiting] if handed else [])
    if made is None:
        return [*ahead, *_unguarded(ctx, stmt)]
    block, values = made
    returns_type = "()"
    if values:
        spelled = [ctx.rust_type(kind, stmt.span) for _, kind in values]
        returns_type = spelled[0] if len(spelled) == 1 else f"({', '.join(spelled)})"
    closure = t.Closure((), t.BlockExpr(tailed(block)), f"Result<{returns_type}, Error>")
    if values:
        return _handed(ctx, stmt, t.Call(closure, ()), values)
    return [*ahead, *_conclude(ctx, stmt, t.Call(closure, ()))]


def declared_ahead(ctx: FunctionContext, stmt: h.Try) -> list[t.Stmt]:
    """Variables that body and handlers bind first and that are read afterwards."""
    return _ahead(ctx, stmt, [name for name in _new_names(ctx, stmt) if ctx.lookup(name) is None])


def _ahead(ctx: FunctionContext, stmt: h.Try, names: list[str]) -> list[t.Stmt]:
    """Variables that body and handlers bind are declared, with a value, before the attempt."""
    found: list[t.Stmt] = []
    for name in names:
        sure = all(diverges(x.body) or _surely_binds(x.body, name) for x in stmt.handlers)
        if not sure or not _surely_binds([*stmt.body, *stmt.orelse], name):
            raise Refusal("PT213", stmt.span, f"`{name}` may not be bound after this `try`", "bind it before")
        found.append(variables.declare_ahead(ctx, name, stmt.span, initial=True))
    return found


def _surely_binds(body: list[h.Stmt], name: str) -> bool:
    """Whether running the block to its end binds the name."""
    for stmt in body:
        match stmt:
            case h.Assign(targets=targets) if any(name in bound_names(x) for x in targets):
                return True
            case h.If(body=then, orelse=orelse) if _surely_binds(then, name) and _surely_binds(orelse, name):
                return True
    return False


def _in_closure(
    ctx: FunctionContext, stmt: h.Try, names: list[str]
) -> tuple[t.Block, list[tuple[str, Type]]] | None:
    """The body as a closure's block that ends in `Ok(…)` of the names; None when nothing in it can raise."""
    from portalis.compiler.lowering.stmt import lower_block
    from portalis.compiler.lowering.value import Value

    saved = ctx.snapshot_names()
    ctx.closure_depth += 1
    try:
        with ctx.errors_to(Raising()) as target, ctx.frame() as frame:
            body = lower_block(ctx, stmt.body)
            values: list[tuple[str, Type]] = []
            parts: list[t.Expr] = []
            for name in names:
                local = frame.get(name)
                if local is None:
                    raise Refusal(
                        "PT213", stmt.span, f"`{name}` may not be bound after this `try`", "bind it before"
                    )
                held = Value(
                    t.Path(local.rust), local.type, Form.OWNED if local.form is Form.PLACE else local.form
                )
                parts.append(coerce.owned(ctx, held, local.type, stmt.span))
                values.append((name, local.type))
    finally:
        ctx.closure_depth -= 1
    if not target.used:
        ctx.restore_names(saved)
        return None
    block = t.Block(tuple(body))
    if not ends_never(block):
        inside: t.Expr = t.UNIT if not parts else parts[0] if len(parts) == 1 else t.TupleExpr(tuple(parts))
        block = t.Block(block.stmts, t.Call(t.Path("Ok"), (inside,)))
    return block, values


def _unguarded(ctx: FunctionContext, stmt: h.Try) -> list[t.Stmt]:
    """Nothing in the body can raise: the handlers are never reached."""
    from portalis.compiler.lowering.stmt import lower_block

    _note_dead(ctx, stmt)
    return [*lower_block(ctx, stmt.body), *lower_block(ctx, stmt.orelse)]


def _note_dead(ctx: FunctionContext, stmt: h.Try) -> None:
    """The lines of handlers that nothing leads to."""
    for handler in stmt.handlers:
        ctx.dead_lines.update(range(handler.span.line, handler.span.end_line + 1))


def _handed(
    ctx: FunctionContext, stmt: h.Try, result: t.Expr, values: list[tuple[str, Type]]
) -> list[t.Stmt]:
    """`let (a, b) = match attempt { Ok(values) => values, Err(…) => … };`, then the `else` block."""
    from portalis.compiler.lowering.stmt import lower_block
    from portalis.compiler.lowering.value import Value

    name = ctx.fresh("values" if len(values) > 1 else "value")
    matched = t.Match(result, (t.Arm(f"Ok({name})", t.Path(name)), *_arms(ctx, stmt, None)))
    type_ = values[0][1] if len(values) == 1 else TupleOf(tuple(kind for _, kind in values))
    targets = [h.Local(n, kind, span=stmt.span, type=kind) for n, kind in values]
    if len(values) == 1:
        lowered = variables.assign_local(ctx, targets[0], Value(matched, type_), stmt.span)
    else:
        lowered = unpack.bind_tuple(ctx, tuple(targets), Value(matched, type_), stmt.span)
    return [*lowered, *lower_block(ctx, stmt.orelse)]


def _conclude(ctx: FunctionContext, stmt: h.Try, result: t.Expr) -> list[t.Stmt]:
    """What follows the attempt: handlers, and `else` on success."""
    from portalis.compiler.lowering.stmt import lower_block

    leaving = all(diverges(handler.body) for handler in stmt.handlers)
    if leaving:
        arms = _arms(ctx, stmt, t.UNIT)
        first = _if_error(result, arms)
        return [*first, *lower_block(ctx, stmt.orelse)]
    with ctx.frame():
        orelse = lower_block(ctx, stmt.orelse)
    success = t.Arm("Ok(())", t.BlockExpr(t.Block(tuple(orelse))) if orelse else t.UNIT)
    arms = _arms(ctx, stmt, None)
    if not orelse:
        return _if_error(result, arms)
    return [t.ExprStmt(t.Match(result, (success, *arms)))]


def _if_error(result: t.Expr, arms: list[t.Arm]) -> list[t.Stmt]:
    """A match whose `Ok` does nothing; one plain handler reads better as `if let`."""
    if len(arms) == 1 and arms[0].guard is None:
        body = arms[0].body
        block = (
            body.block
            if isinstance(body, t.BlockExpr)
            else t.Block((t.ExprStmt(body),))
            if body != t.UNIT
            else t.Block()
        )
        if arms[0].pattern == "Err(_)":
            return [t.ExprStmt(t.IfExpr(t.Method(result, "is_err"), block))]
        return [t.ExprStmt(t.IfExpr(t.LetCondition(arms[0].pattern, result), block))]
    return [t.ExprStmt(t.Match(result, (t.Arm("Ok(())", t.UNIT), *arms)))]


def _single_assignment(ctx: FunctionContext, stmt: h.Try) -> list[t.Stmt] | None:
    """`try: x = f(y)` → `let x = match f(y) { Ok(value) => value, Err(_) => … };`."""
    from portalis.compiler.lowering.stmt import lower_block

    if len(stmt.body) != 1 or not all(diverges(handler.body) for handler in stmt.handlers):
        return None
    inner = stmt.body[0]
    if (
        not isinstance(inner, h.Assign)
        or len(inner.targets) != 1
        or not isinstance(inner.targets[0], h.Local)
    ):
        return None
    target = inner.targets[0]
    wanted = variables.wanted_type(ctx, target)
    probe = ctx.expr_type(inner.value, wanted)
    type_ = wanted if wanted is not None and not variables.vague(wanted) else probe
    single = _single_step(ctx, inner.value, type_)
    if single is None:
        return None
    arms = [t.Arm(single.pattern, single.value), *_arms(ctx, stmt, None)]
    from portalis.compiler.lowering.value import Value

    value = Value(t.Match(single.result, tuple(arms)), type_)
    comments: list[t.Stmt] = [t.Comment(text) for text in inner.comments]
    return [*comments, *variables.assign_local(ctx, target, value, stmt.span), *lower_block(ctx, stmt.orelse)]


def _labelled(ctx: FunctionContext, stmt: h.Try) -> list[t.Stmt]:
    """A body that may return or leave a loop: its errors break out of a labelled block."""
    from portalis.compiler.lowering.stmt import lower_block

    ahead = declared_ahead(ctx, stmt)
    saved = ctx.snapshot_names()
    label = ctx.fresh("attempt")
    with ctx.errors_to(Raising(label)) as target, ctx.frame(), ctx.labelled_block():
        body = lower_block(ctx, stmt.body)
    if not target.used:
        ctx.restore_names(saved)
        return [*ahead, *_unguarded(ctx, stmt)]
    block = t.Block(tuple(body))
    if not ends_never(block):
        block = t.Block(block.stmts, t.Call(t.Path("Ok"), (t.UNIT,)))
    name = ctx.fresh("outcome")
    let = t.Let(name, t.BlockExpr(block, label), "Result<(), Error>")
    return [*ahead, let, *_conclude(ctx, stmt, t.Path(name))]
