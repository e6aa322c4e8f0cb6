"""`if`, with the idioms for values that may be None.

if x is None: return 0        →   let Some(x) = x else { return 0; };
if x is not None: use(x)      →   if let Some(x) = x { use(x) }
"""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.analysis.mutation import analyse
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering import families
from portalis.compiler.lowering.arms import as_match
from portalis.compiler.lowering.context import FunctionContext, Local
from portalis.compiler.lowering.flow import diverges
from portalis.compiler.lowering.hoisting import characters
from portalis.compiler.lowering.tested_members import Member, member_condition, other_of_two, tested_member
from portalis.compiler.lowering.truth import always_true, truth
from portalis.compiler.lowering.value import Form
from portalis.compiler.rust import tree as t
from portalis.compiler.types import OptionalOf, TupleOf, is_copy


def lower_if(ctx: FunctionContext, stmt: h.If) -> list[t.Stmt]:
    """An `if` with its `elif`s and `else`."""
    if not stmt.orelse and diverges(stmt.body):
        absent = tested_absent(ctx, stmt.test)
        if absent is not None and _settled(ctx, absent):
            return _let_else(ctx, absent, stmt)
    if (both := _both_members(ctx, stmt)) is not None:
        return [t.ExprStmt(both)]
    chain = _if(ctx, stmt)
    return [t.ExprStmt(as_match(ctx, chain, complete=_complete(stmt)) if stmt.matched else chain)]


def _both_members(ctx: FunctionContext, stmt: h.If) -> t.Expr | None:
    """A test that leaves one member of a union to each branch: `match x { IntOrStr::Str(x) => …, … }`."""
    found = other_of_two(ctx, stmt.test)
    if found is None or not stmt.orelse or isinstance(stmt.orelse[0], h.If):
        return None
    if any(assigned_in(body, found[0].local.name) for body in (stmt.body, stmt.orelse)):
        return None
    entry = frozenset(ctx.assigned)
    arms, after = [], set(entry)
    for one, body in zip(found, (stmt.body, stmt.orelse), strict=True):
        ctx.assigned = set(entry)
        pattern = one.pattern(ctx, stmt.test.span, lent=True)
        arms.append(t.Arm(pattern, t.BlockExpr(_branch(ctx, body, member=one))))
        after |= ctx.assigned
    ctx.assigned = after
    path = t.Path(found[0].local.rust)
    return t.Match(path if found[0].local.form is Form.BORROWED else t.Ref(path), tuple(arms))


def _complete(stmt: h.If) -> bool:
    """Whether one of the tests of the chain always holds."""
    while len(stmt.orelse) == 1 and isinstance(stmt.orelse[0], h.If):
        stmt = stmt.orelse[0]
    return stmt.complete


def _if(ctx: FunctionContext, stmt: h.If) -> t.IfExpr:
    present = tested_present(ctx, stmt.test)
    if present is not None and not assigned_in(stmt.body, present.name):
        changed = _changed_inside(ctx, stmt.body, present)
        source = t.Ref(t.Path(present.rust), mutable=True) if changed else inner_source(present)
        condition: t.Expr = t.LetCondition(f"Some({present.rust})", source)
        entry = frozenset(ctx.assigned)
        then = _branch(ctx, stmt.body, narrowed=present, changed=changed)
    elif (present := _chained_present(ctx, stmt)) is not None:
        condition = _chain(ctx, present, stmt.test)
        entry = frozenset(ctx.assigned)
        then = _branch(ctx, stmt.body, narrowed=present)
    elif (member := tested_member(ctx, stmt.test)) is not None and not assigned_in(
        stmt.body, member.local.name
    ):
        condition = member_condition(ctx, member, stmt.test)
        entry = frozenset(ctx.assigned)
        then = _branch(ctx, stmt.body, member=member)
    elif (known := _tested_class(ctx, stmt)) is not None:
        condition = _known_class(ctx, known, stmt.test)
        entry = frozenset(ctx.assigned)
        then = _branch(ctx, stmt.body, known=known)
    else:
        condition = truth(ctx, stmt.test)
        entry = frozenset(ctx.assigned)
        then = _branch(ctx, stmt.body)
    after_then, ctx.assigned = ctx.assigned, set(entry)
    otherwise: t.Block | t.IfExpr | None = None
    match stmt.orelse:
        case []:
            pass
        case [h.If(comments=()) as elif_]:
            from portalis.compiler.lowering.stmt import lower_stmt

            with ctx.frame():
                inner = lower_stmt(ctx, elif_)
            match inner:
                case [t.ExprStmt(t.IfExpr() as chained)]:
                    otherwise = chained
                case _:
                    otherwise = t.Block(tuple(inner))
        case _:
            otherwise = _branch(ctx, stmt.orelse)
    ctx.assigned |= after_then
    return t.IfExpr(condition, then, otherwise)


def _chained_present(ctx: FunctionContext, stmt: h.If) -> Local | None:
    """The variable that the first operand of an `and` shows not to be None, where what follows reads it."""
    match stmt.test:
        case h.Logical(op="and", operands=(h.Compare() | h.Local() as first, *others)):
            pass
        case _:
            return None
    local = _optional_local(ctx, first) if isinstance(first, h.Local) else tested_present(ctx, first)
    if local is None or assigned_in(stmt.body, local.name) or ctx.project.lends:
        return None
    if any(isinstance(node, (h.Walrus, h.Lambda, h.Comprehension)) for node in walk(stmt.test)):
        return None
    reads = any(isinstance(node, h.Local) and node.name == local.name for one in others for node in walk(one))
    return local if reads else None


def _chain(ctx: FunctionContext, local: Local, test: h.Expr) -> t.Expr:
    """`if x and x > limit` of a possible None: `if let Some(x) = x && x != 0 && x > limit`."""
    assert isinstance(test, h.Logical)
    first, *others = test.operands
    condition: t.Expr = t.LetCondition(f"Some({local.rust})", inner_source(local))
    with ctx.frame():
        inner = declare_inner(ctx, local)
        if isinstance(first, h.Local) and _truthy_local(ctx, first, local) is None:
            others.insert(0, replace(first, type=inner.type))
        for operand in others:
            condition = t.Binary("&&", condition, truth(ctx, operand))
    return condition


def _tested_class(ctx: FunctionContext, stmt: h.If) -> families.Tested | None:
    """The variable of which the test, or the first operand of its `and`, tells the class."""
    first = stmt.test
    if isinstance(first, h.Logical) and first.op == "and":
        first, *others = first.operands
        if any(
            isinstance(node, (h.Walrus, h.Lambda, h.Comprehension)) for one in others for node in walk(one)
        ):
            return None
    found = families.tested(ctx, first)
    if found is None or assigned_in(stmt.body, found.local.name):
        return None
    return found


def _known_class(ctx: FunctionContext, known: families.Tested, test: h.Expr) -> t.Expr:
    """`if let Animal::Dog(animal) = animal && animal.fetch()`."""
    condition = known.condition
    if isinstance(test, h.Logical):
        with ctx.frame():
            families.declare(ctx, known)
            for operand in test.operands[1:]:
                condition = t.Binary("&&", condition, truth(ctx, operand))
    return condition


def _branch(
    ctx: FunctionContext,
    body: list[h.Stmt],
    narrowed: Local | None = None,
    changed: bool = False,
    member: Member | None = None,
    known: families.Tested | None = None,
) -> t.Block:
    from portalis.compiler.lowering.stmt import lower_block

    collected: list[t.Stmt] = []
    with ctx.frame():
        if member is not None:
            collected = characters(ctx, member.declare(ctx))
        if narrowed is not None:
            inner = declare_inner(ctx, narrowed)
            inner.form = Form.MUTREF if changed else inner.form
            collected = characters(ctx, inner)
        if known is not None:
            families.declare(ctx, known)
        return t.Block((*collected, *lower_block(ctx, body)))


def _changed_inside(ctx: FunctionContext, body: list[h.Stmt], local: Local) -> bool:
    """Whether a branch changes what a variable of its own function holds, so that it is lent to it."""
    if is_copy(local.type) or local.form is not Form.PLACE:
        return False
    if not analyse(body, ctx.project.mutated_params).any_depth(local.name):
        return False
    ctx.learned.mutable.add(local.web)
    return True


def assigned_in(body: list[h.Stmt], name: str) -> bool:
    """Whether statements bind the variable again, at any depth."""
    from portalis.compiler.analysis.liveness import bound_names

    for node in walk(body):
        match node:
            case h.Assign(targets=targets) if any(name in bound_names(x) for x in targets):
                return True
            case h.AugAssign(target=target) | h.For(target=target) if name in bound_names(target):
                return True
    return False


def _optional_local(ctx: FunctionContext, node: h.Expr) -> Local | None:
    if not isinstance(node, h.Local):
        return None
    local = ctx.lookup(node.name)
    if local is None or not isinstance(local.type, OptionalOf) or node.name in ctx.function.unbound:
        return None
    return local


def tested_absent(ctx: FunctionContext, test: h.Expr) -> Local | None:
    """The variable of `x is None`, or of `not x` where only None is false."""
    match test:
        case h.Compare(ops=("is" | "==",), left=left, rights=(h.Literal(value=None),)):
            return _optional_local(ctx, left)
        case h.Unary(op="not", operand=operand):
            return _truthy_local(ctx, operand)
    return None


def tested_present(ctx: FunctionContext, test: h.Expr) -> Local | None:
    """The variable of `x is not None`, or of `x` where only None is false."""
    match test:
        case h.Compare(ops=("is not" | "!=",), left=left, rights=(h.Literal(value=None),)):
            return _optional_local(ctx, left)
        case h.Local():
            return _truthy_local(ctx, test)
    return None


def _truthy_local(ctx: FunctionContext, node: h.Expr, known: Local | None = None) -> Local | None:
    local = known or _optional_local(ctx, node)
    if local is None or not isinstance(local.type, OptionalOf):
        return None
    inner = local.type.inner
    only_none = always_true(ctx, inner) or (isinstance(inner, TupleOf) and bool(inner.items))
    return local if only_none else None


def _settled(ctx: FunctionContext, local: Local) -> bool:
    """Whether the variable is never bound again, so that its narrowed form can replace it."""
    params = {p.name for p in ctx.function.params}
    return (
        ctx.facts.assignments[local.name] + (local.name in params) == 1
        and local.name not in ctx.facts.captured
        and local.block == ctx.block
        and local.name not in ctx.facts.mutations.names
    )


def inner_source(local: Local) -> t.Expr:
    """What `let Some(x)` matches: the option itself where that is a copy, else a borrow of it."""
    assert isinstance(local.type, OptionalOf)
    path = t.Path(local.rust)
    return path if is_copy(local.type) or local.form is Form.BORROWED else t.Ref(path)


def declare_inner(ctx: FunctionContext, outer: Local, *, owned: bool = False) -> Local:
    """The variable again, under its narrowed type."""
    assert isinstance(outer.type, OptionalOf)
    inner = outer.type.inner
    form = Form.OWNED if is_copy(inner) else Form.PLACE if owned else Form.BORROWED
    local = ctx.declare(outer.name, inner, form)
    local.form = form
    if outer.name in ctx.match_patterns:
        ctx.match_patterns[outer.name] = ctx.match_patterns[outer.name]
    return local


def _let_else(ctx: FunctionContext, local: Local, stmt: h.If) -> list[t.Stmt]:
    body = _branch(ctx, stmt.body)
    owned = local.form is Form.PLACE
    source = t.Path(local.rust)
    inner = declare_inner(ctx, local, owned=owned)
    return [t.Let(f"Some({inner.rust})", source, otherwise=body), *characters(ctx, inner)]
