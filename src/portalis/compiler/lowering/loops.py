"""`for` and `while`, with `else`, over any iterable."""

from __future__ import annotations

from portalis.compiler.analysis.liveness import bound_names
from portalis.compiler.analysis.mutation import analyse, changes_type
from portalis.compiler.analysis.order_free import order_free
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering.branches import assigned_in
from portalis.compiler.lowering.context import FunctionContext, LoopFrame
from portalis.compiler.lowering.flow import leaves_loop
from portalis.compiler.lowering.iterate import iterate, require_order
from portalis.compiler.lowering.iterators import reads_on
from portalis.compiler.lowering.lend import lent_iteration
from portalis.compiler.lowering.loop_keys import over_its_keys
from portalis.compiler.lowering.targets import bind, bind_outer
from portalis.compiler.lowering.truth import truth
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import INT, IterOf, ListOf, SetOf, TupleOf, is_mutable, is_shared


def lower_while(ctx: FunctionContext, stmt: h.While) -> list[t.Stmt]:
    """`while test`; `while True` is `loop`."""
    label = _break_label(ctx, stmt)
    forever = isinstance(stmt.test, h.Literal) and bool(stmt.test.value)
    ctx.loop_depth += 1
    condition = t.Lit("true") if forever else truth(ctx, stmt.test)
    body, own = _body(ctx, stmt.body, label, ())
    ctx.loop_depth -= 1
    loop: t.Stmt = t.Loop(body, own) if forever else t.While(condition, body, own)
    return _with_else(ctx, loop, stmt, label)


def _break_label(ctx: FunctionContext, stmt: h.While | h.For) -> str:
    """With an `else`, a `break` leaves a block around loop and else."""
    return ctx.fresh("search") if stmt.orelse and leaves_loop(stmt.body) else ""


def _body(
    ctx: FunctionContext, body: list[h.Stmt], label: str, prelude: tuple[t.Stmt, ...]
) -> tuple[t.Block, str]:
    """The body of a loop, and the loop's label where something inside needs one."""
    from portalis.compiler.lowering.stmt import lower_block

    frame = LoopFrame(label)
    ctx.loops.append(frame)
    try:
        with ctx.frame():
            lowered = t.Block((*prelude, *lower_block(ctx, body)))
        return lowered, frame.label
    finally:
        ctx.loops.pop()


def _with_else(ctx: FunctionContext, loop: t.Stmt, stmt: h.While | h.For, label: str) -> list[t.Stmt]:
    from portalis.compiler.lowering.stmt import lower_block

    if not stmt.orelse:
        return [loop]
    if not label:
        with ctx.frame():
            return [loop, *lower_block(ctx, stmt.orelse)]
    with ctx.frame(), ctx.labelled_block():
        orelse = lower_block(ctx, stmt.orelse)
    return [t.ExprStmt(t.BlockExpr(t.Block((loop, *orelse)), label))]


def lower_for(ctx: FunctionContext, stmt: h.For) -> list[t.Stmt]:
    """`for target in iterable`."""
    _check_stable(ctx, stmt)
    free = _in_any_order(ctx, stmt)
    if free:
        ctx.unordered.add(id(stmt.iterable))
    stmt = over_its_keys(ctx, _by_index(ctx, stmt))
    label = _break_label(ctx, stmt)
    names = bound_names(stmt.target)
    source = lent_iteration(ctx, stmt) or iterate(ctx, stmt.iterable)
    if not free:
        require_order(source, stmt.iterable.span)
    after = ctx.facts.live.after.get(id(stmt), frozenset())
    ctx.loop_depth += 1
    try:
        with ctx.frame():
            if names & after:
                binding = bind_outer(ctx, stmt.target, source.item, names & after, stmt.span)
            else:
                binding = bind(ctx, stmt.target, source.item, stmt.span)
            body, own = _body(ctx, stmt.body, label, binding.prelude)
    finally:
        ctx.loop_depth -= 1
    iterable = source.source if source.source is not None else source.expr
    if binding.pattern == "_" and isinstance(iterable, t.Range) and isinstance(iterable.low, t.Lit):
        iterable = t.Range(t.Lit(iterable.low.text.removesuffix("_i64")), iterable.high)
    made: t.Stmt = t.For(binding.pattern, iterable, body, own)
    if isinstance(iterable, t.Method) and iterable.name == "by_ref" and reads_on(stmt):
        taken = t.LetCondition(f"Some({binding.pattern})", t.Method(iterable.receiver, "next"))
        made = t.While(taken, body, own)
    return _with_else(ctx, made, stmt, label)


def _in_any_order(ctx: FunctionContext, stmt: h.For) -> bool:
    """Whether a loop over the items of a set comes to the same in every order of them."""
    if not any(isinstance(node, h.Expr) and isinstance(node.type, SetOf) for node in walk(stmt.iterable)):
        return False
    return order_free(stmt, ctx.function, ctx.facts, lambda call: _only_computes(ctx, call))


def _only_computes(ctx: FunctionContext, call: h.CallFunction) -> bool:
    """Whether a call of a function of the project changes nothing, asks for nothing and can't raise."""
    callee = ctx.project.callees.get(call.key)
    if callee is None or call.key == ctx.function.key or any(is_shared(arg.type) for arg in call.args):
        return False
    more = callee.raises or callee.prints or callee.stops or callee.yields is not None
    return not (more or callee.sources or any(mutated for _, _, mutated in callee.params))


def _by_index(ctx: FunctionContext, stmt: h.For) -> h.For:
    """A loop that replaces elements of the list it runs over goes by index, as Python's iterator does.

    for i, x in enumerate(xs): xs[i] = f(x)   →   for i in range(len(xs)): x = xs[i]; xs[i] = f(x)
    for x, y in zip(xs, xs[1:]): xs[0] = y    →   for i, y in enumerate(xs[1:]): x = xs[i]; xs[0] = y
    """
    at = {"span": stmt.span, "type": INT}
    counter: h.Local | None = None
    iterable, target = stmt.iterable, stmt.target
    match iterable, target:
        case h.CallExternal(fullname="builtins.enumerate", args=(source,), keywords={}), h.TupleDisplay(
            items=(h.Local() as counted, read)
        ):
            counter, iterable, target = counted, source, read
    match iterable, target:
        case h.Local() as items, h.Local() as element:
            length = h.CallExternal("builtins.len", (items,), {}, **at)  # type: ignore[arg-type]
            indices = IterOf(INT, "range")
            over = h.CallExternal("builtins.range", (length,), {}, span=stmt.span, type=indices)
            other = None
        case h.CallExternal(
            fullname="builtins.zip",
            args=(h.Local() as items, h.Slice(value=h.Local(name=sliced), step=None) as rest),
            keywords={},
        ), h.TupleDisplay(items=(h.Local() as element, h.Local() as other)) if sliced == items.name:
            pairs = IterOf(TupleOf((INT, other.type)))
            over = h.CallExternal("builtins.enumerate", (rest,), {}, span=stmt.span, type=pairs)
        case _:
            return stmt
    if not isinstance(items.type, ListOf) or not _replaces(ctx, stmt, items.name, items.type):
        return stmt
    index = counter or h.Local(ctx.fresh("index"), INT, **at)  # type: ignore[arg-type]
    bound = index if other is None else h.TupleDisplay((index, other), span=stmt.span, type=over.type)
    first = h.Assign(
        (element,), h.Subscript(items, index, span=stmt.span, type=items.type.elem), span=stmt.span
    )
    turned = h.For(bound, over, [first, *stmt.body], stmt.orelse, span=stmt.span)
    live = ctx.facts.live
    live.after[id(turned)] = live.after.get(id(stmt), frozenset())
    live.before[id(turned)] = live.before.get(id(stmt), frozenset())
    live.after[id(first)] = live.before.get(id(stmt.body[0]), frozenset()) | {items.name, element.name}
    return turned


def _replaces(ctx: FunctionContext, stmt: h.For, name: str, type_: ListOf) -> bool:
    """Whether the loop replaces elements of a list that keeps its length."""
    mutations = ctx.facts.mutations
    if not mutations.own(name) or name in mutations.resized:
        return False
    if is_mutable(type_.elem) or not _stores_into(stmt.body, name):
        return False
    if assigned_in(stmt.body, name):
        raise Refusal("PT405", stmt.span, f"`{name}` is changed and bound again while it is iterated")
    return True


def _stores_into(body: list[h.Stmt], name: str) -> bool:
    """Whether an element of the variable is replaced, or it is handed to somebody who changes it."""
    for node in walk(body):
        match node:
            case h.Subscript(value=h.Local(name=found)) | h.CallFunction(args=(h.Local(name=found), *_)) if (
                found == name
            ):
                return True
    return False


def _check_stable(ctx: FunctionContext, stmt: h.For) -> None:
    """Refuses a loop that changes what it runs over."""
    if isinstance(stmt.iterable, h.CallFunction) and isinstance(stmt.iterable.type, IterOf):
        changes = analyse(stmt.body, ctx.mutated_params)
        for argument in stmt.iterable.args:
            if (
                isinstance(argument, h.Local)
                and is_mutable(argument.type)
                and changes.any_depth(argument.name)
            ):
                raise Refusal(
                    "PT405", stmt.span, f"`{argument.name}` is changed while a generator reads it",
                    f"hand it a copy: `list({argument.name})`",
                )  # fmt: skip
    if not isinstance(stmt.iterable, h.Local) or not is_mutable(stmt.iterable.type):
        return
    name = stmt.iterable.name
    for node in walk(stmt.body):
        match node:
            case h.CallMethod(receiver=h.Local(name=changed, type=kind), method=method) if changed == name:
                if changes_type(kind, method):
                    raise Refusal(
                        "PT405", node.span, f"`{name}` is changed while it is iterated",
                        f"iterate over a copy: `for … in list({name})`",
                    )  # fmt: skip
