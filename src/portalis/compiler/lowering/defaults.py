"""Optional parameters that get a new value where None was passed, and are changed after that.

    def fib(n: int, memo: dict[int, int] | None = None) -> int:
        if memo is None:                let mut made = Dict::default();
            memo = {}               →   let memo = memo.unwrap_or(&mut made);
        memo[n] = …                     memo.insert(n, …);

After the first statement that binds it, the parameter is a variable of its own, which looks either into what
the caller lent or into what was made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from portalis.compiler.analysis.aliasing.lending import is_empty, lent_default
from portalis.compiler.analysis.facts import FunctionFacts
from portalis.compiler.analysis.liveness import bound_names
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.rewrite import rewrite
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import BOOL, NONE, DictOf, ListOf, OptionalOf, SetOf


def with_defaults_apart(function: h.Function) -> h.Function:
    """The function in which such parameters are variables of their own, bound to one or the other."""
    for param in function.params:
        match param.type:
            case OptionalOf(ListOf() | DictOf() | SetOf(frozen=False)) if not param.kind.startswith("var_"):
                function = _apart(function, param)
    return function


def _apart(function: h.Function, param: h.Parameter) -> h.Function:
    at = next((at for at, stmt in enumerate(function.body) if _mentions(stmt, param.name)), None)
    if at is None or not isinstance(param.type, OptionalOf):
        return function
    found = _default(function.body[at], param)
    if found is None:
        return function
    name, given = found
    rest = function.body[at + 1 :]
    if name != param.name and any(_mentions(stmt, param.name) for stmt in rest):
        return function
    if any(_binds(stmt, {name, param.name}) for stmt in [*function.body[:at], *rest]):
        return function
    own, inner = f"{param.name}_own", param.type.inner
    if own in function.locals or any(p.name == own for p in function.params):
        return function

    def renamed(node: h.Node) -> h.Node:
        if isinstance(node, h.Local) and node.name == name:
            return replace(node, name=own, declared=inner, type=inner)
        return node

    target = h.Local(own, inner, span=function.body[at].span, type=inner)
    comments = function.body[at].comments
    bound = h.Assign((target,), given, span=function.body[at].span, comments=comments)
    body = [*function.body[:at], bound, *(rewrite(stmt, renamed) for stmt in rest)]
    spelled = {**function.spelled, own: function.spelled.get(name, name)}
    return replace(function, body=body, locals={**function.locals, own: inner}, spelled=spelled)


def _default(stmt: h.Stmt, param: h.Parameter) -> tuple[str, h.Conditional] | None:
    """The variable that the statement binds to the parameter or to a new value, and to which of the two."""
    match stmt:
        case h.If(test=test, body=[h.Assign(targets=(h.Local(name=name),), value=made)], orelse=[]):
            if name == param.name and _asks(test, name, "is"):
                return _either(name, made, param)
        case h.Assign(
            targets=(h.Local(name=name),), value=h.Conditional(test=test, body=body, orelse=orelse)
        ):
            if _is(orelse, param.name) and _asks(test, param.name, "is"):
                return _either(name, body, param)
            if _is(body, param.name) and _asks(test, param.name, "is not"):
                return _either(name, orelse, param)
            if _is(body, param.name) and _is(test, param.name):
                return _either(name, orelse, param, filled=True)
        case h.Assign(targets=(h.Local(name=name),), value=h.Logical(op="or", operands=(given, made))):
            if _is(given, param.name):
                return _either(name, made, param, filled=True)
    return None


def _either(
    name: str, made: h.Expr, param: h.Parameter, *, filled: bool = False
) -> tuple[str, h.Conditional] | None:
    """`param if param is not None else made`; where it has to be `filled`, `param if param else made`."""
    if not isinstance(param.type, OptionalOf) or _mentions(made, param.name):
        return None
    inner, span = param.type.inner, made.span
    given = h.Local(param.name, param.type, span=span, type=inner)
    test: h.Expr = h.Local(param.name, param.type, span=span, type=param.type)
    if not filled:
        nothing = h.Literal(None, span=span, type=NONE)
        test = h.Compare(test, ("is not",), (nothing,), span=span, type=BOOL)
    either = h.Conditional(test, given, made, span=span, type=inner)
    return (name, either) if lent_default(either) is not None else None


def _asks(test: h.Expr, name: str, op: str) -> bool:
    """Whether the test is `name is None`, or with `is not`."""
    match test:
        case h.Compare(left=left, ops=(found,), rights=(h.Literal(value=None),)):
            return found == op and _is(left, name)
        case _:
            return False


def _is(node: h.Expr, name: str) -> bool:
    return isinstance(node, h.Local) and node.name == name


def _mentions(node: h.Node, name: str) -> bool:
    return any(isinstance(one, h.Local) and one.name == name for one in walk(node))


def _binds(stmt: h.Stmt, names: set[str]) -> bool:
    """Whether the statement binds one of the names, or something in it outlives the statement."""
    for node in walk(stmt):
        match node:
            case h.NestedFunction() | h.Lambda():
                if any(_mentions(node, name) for name in names):
                    return True
            case h.Assign(targets=targets):
                if any(names & bound_names(target) for target in targets):
                    return True
            case h.AugAssign(target=target) | h.For(target=target) | h.Walrus(target=target):
                if names & bound_names(target):
                    return True
    return False


def lend_default(ctx: FunctionContext, target: h.Local, value: h.Conditional) -> list[t.Stmt] | None:
    """The variable as a reference into what was lent, or into what is made here; None where it owns one."""
    given = lent_default(value)
    lender = ctx.lookup(given.name) if given is not None else None
    changed = target.name in ctx.facts.loans
    if lender is None or not (changed or _only_read(ctx, target, lender.form)):
        return None
    made = ctx.fresh("made")
    fresh = coerce.owned(ctx, ctx.expr(value.orelse, target.type), target.type, value.span)
    form = Form.MUTREF if changed else Form.BORROWED
    local = ctx.declare(target.name, target.type, form)
    local.form = form
    ctx.assigned.add(local.web)
    lent: t.Expr = t.Ref(t.Path(made), mutable=changed)
    name = lender.rust
    filled = isinstance(value.test, h.Local)
    if not changed and is_empty(value.orelse) and isinstance(target.type, ListOf):
        return [t.Let(local.rust, t.Method(t.Path(name), "unwrap_or_default"))]
    if is_empty(value.orelse) and not (filled and changed):
        kind = ctx.rust_type(target.type, value.span)
        chosen: t.Expr = t.Method(t.Path(name), "unwrap_or", (lent,))
        return [t.Let(made, fresh, kind, mutable=changed), t.Let(local.rust, chosen)]
    if not changed and isinstance(target.type, ListOf):
        lent = t.Method(t.Path(made), "as_slice")
    make = t.BlockExpr(t.Block((t.Assign(t.Path(made), fresh),), lent))
    test = t.Unary("!", t.Method(t.Path(name), "is_empty")) if filled else None
    arms = (t.Arm(f"Some({name})", t.Path(name), test), t.Arm("_" if filled else "None", make))
    return [t.Let(made, mutable=changed), t.Let(local.rust, t.Match(t.Path(name), arms))]


def check_copies(
    function: h.Function, facts: FunctionFacts, shares: Iterable[tuple[int, int | None]]
) -> None:
    """Refuses a recursion of which every level would copy what it gathers in an argument.

    Raises:
        Refusal: a call of itself is followed by more, and the result is a copy of an argument that grows.
    """
    given = {at for at, other in shares if other is None}
    params = [p.name for at, p in enumerate(function.params) if at in given]
    gathered = [name for name in params if facts.mutations.any_depth(name)]
    returned = {id(n.value) for n in walk(function.body) if isinstance(n, h.Return)}
    for node in walk(function.body):
        if isinstance(node, h.CallFunction) and node.key == function.key and id(node) not in returned:
            for name in gathered:
                raise Refusal(
                    "PT402", node.span, f"each of these calls would copy what it gathers in `{name}`",
                    "return nothing, and let the caller make the list",
                )  # fmt: skip


def _only_read(ctx: FunctionContext, target: h.Local, form: Form) -> bool:
    """Whether the variable is bound once, read inside the function, and lent what the caller lends."""
    name, facts = target.name, ctx.facts
    once = facts.assignments[name] == 1 and name not in facts.captured and not facts.mutations.any_depth(name)
    owned = all(param.name != name for param in ctx.function.params)
    return once and owned and form is Form.BORROWED and ctx.function.yields is None
