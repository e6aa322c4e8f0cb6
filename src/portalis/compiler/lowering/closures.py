"""Functions as values: lent as `&dyn Fn` where they are only called, else kept as `Rc<dyn Fn>`.

apply(square, 3)                    →   apply(&square, 3)?
apply(lambda x: x + n, 3)           →   apply(&|x| Ok(x.strict_add(n)), 3)?
return lambda x: x + n              →   Rc::new(move |x| Ok(x.strict_add(n)))

Python looks a captured variable up when the function runs. A closure that is kept takes a copy when it is
made: the same where the variable is bound once, before, outside of loops, and its value never changes.
"""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.analysis.facts import gather
from portalis.compiler.analysis.fresh import makes_container
from portalis.compiler.analysis.kept import captured_names
from portalis.compiler.analysis.liveness import bound_names
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.applied import applied_to, is_function
from portalis.compiler.lowering.calls import function_path
from portalis.compiler.lowering.context import FunctionContext, Local
from portalis.compiler.lowering.names import local_value
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.vocabulary import rust_name
from portalis.compiler.types import ANY, CallableOf, OptionalOf, Type, is_copy, is_mutable
from portalis.diagnostics import Span


def callable_type(type_: Type | None) -> CallableOf | None:
    """The callable that a place wants, if it does."""
    inside = type_.inner if isinstance(type_, OptionalOf) else type_
    return inside if isinstance(inside, CallableOf) and inside.params is not None else None


def lent(ctx: FunctionContext, node: h.Expr, type_: Type) -> t.Expr:
    """A callable as a parameter takes it that only calls it: `&dyn Fn(…)`, or that in an `Option`."""
    wanted = callable_type(type_)
    if wanted is None:
        raise Refusal("PT215", node.span, f"what a `{type_}` takes and gives is not known")
    if not is_function(ctx, node):
        return coerce.borrowed(ctx, ctx.expr(node, type_), type_, node.span)
    function = _lent_function(ctx, node, wanted)
    return t.Call(t.Path("Some"), (function,)) if isinstance(type_, OptionalOf) else function


def _lent_function(ctx: FunctionContext, node: h.Expr, wanted: CallableOf) -> t.Expr:
    direct = _directly(ctx, node, wanted)
    if direct is not None:
        return t.Ref(direct)
    closure, _ = _closure(ctx, _as_function(ctx, node, wanted))
    return t.Ref(closure)


def kept(ctx: FunctionContext, node: h.Expr, expect: Type | None) -> Value:
    """A callable as a value of its own: `Rc<dyn Fn(…)>`."""
    wanted = callable_type(expect) or callable_type(node.type)
    if wanted is None:
        raise Refusal("PT215", node.span, "what this function takes and gives is not known here")
    direct = _directly(ctx, node, wanted)
    if direct is not None:
        return _shared(ctx, direct, wanted, node.span)
    function = _as_function(ctx, node, wanted)
    return kept_function(ctx, function, node.span)


def kept_function(ctx: FunctionContext, function: h.Function, span: Span) -> Value:
    """A function inside a function as a value that may outlive its owner."""
    captured = sorted(captured_names(function))
    with ctx.frame():
        before = [line for name in captured for line in _own(ctx, function, name)]
        closure, returns = _closure(ctx, function)
        closure = replace(closure, move=bool(captured))
    params = tuple(param.type for param in function.params)
    spelled = (ctx.rust_type(type_, span, "param") for type_ in params)
    typed = tuple(f"{name}: {type_}" for name, type_ in zip(closure.params, spelled, strict=True))
    value = _shared(ctx, replace(closure, params=typed), CallableOf(params, returns), span)
    if before:
        value = replace(value, expr=t.BlockExpr(t.Block(tuple(before), value.expr)))
    return value


def pointer(ctx: FunctionContext, node: h.Expr, wanted: CallableOf) -> t.Expr:
    """A callable that captures nothing, where a `fn(…)` is wanted: its name, or a closure."""
    direct = _directly(ctx, node, wanted)
    if direct is not None:
        return direct
    closure, returns = _closure(ctx, _as_function(ctx, node, wanted))
    if returns != wanted.returns:
        raise Refusal("PT215", node.span, f"a function that gives a `{returns}` stands for a `{wanted}`")
    given = tuple(map(t.Path, closure.params))
    match closure.body:
        case t.BlockExpr(t.Block((), t.Call(t.Path() as path, args))) if args == given:
            return path
    return closure


def pointer_type(ctx: FunctionContext, type_: CallableOf, span: Span) -> str:
    """The Rust type of a callable that captures nothing."""
    assert type_.params is not None
    taken = ", ".join(ctx.rust_type(param, span, "param") for param in type_.params)
    return f"fn({taken}) -> Result<{ctx.rust_type(type_.returns, span)}, Error>"


def _shared(ctx: FunctionContext, function: t.Expr, type_: CallableOf, span: Span) -> Value:
    """`Rc::new(f) as Rc<dyn Fn(…)>`; places that say their type do without the cast."""
    return Value(t.Cast(t.Call(t.Path("Rc::new"), (function,)), ctx.rust_type(type_, span)), type_)


def _directly(ctx: FunctionContext, node: h.Expr, wanted: CallableOf) -> t.Expr | None:
    """The Rust function itself, where it takes and gives just what is wanted."""
    match node:
        case h.FunctionRef(key=key):
            callee = ctx.project.callees.get(key)
            path = function_path(ctx, callee) if callee is not None and not callee.owner else ""
        case h.Local(name=name):
            local = ctx.lookup(name)
            callee, path = (local.callee, local.rust) if local is not None else (None, "")
        case _:
            return None
    if callee is None or not path or not callee.raises or any(callee.keeps):
        return None
    if callee.gives_back is not None or callee.handed or callee.yields is not None or callee.stops:
        return None
    if any(mutated for _, _, mutated in callee.params) or callee.returns != wanted.returns:
        return None
    if tuple(type_ for _, type_, _ in callee.params) != wanted.params:
        return None
    if isinstance(node, h.FunctionRef):
        ctx.callees.add(node.key)
        ctx.learned.prints = ctx.learned.prints or callee.prints
        ctx.learned.sources |= callee.sources
    return t.Path(path)


def _as_function(ctx: FunctionContext, node: h.Expr, wanted: CallableOf) -> h.Function:
    """`lambda x: f(x)` for whatever can be called, as a function inside the one being lowered."""
    assert wanted.params is not None
    names: tuple[str, ...]
    if isinstance(node, h.Lambda):
        names, body = tuple(name for name, _ in node.params), node.body
    else:
        names = _parameter_names(ctx, node, len(wanted.params))
        given = tuple(
            h.Local(name, type_, span=node.span, type=type_)
            for name, type_ in zip(names, wanted.params, strict=True)
        )
        body = applied_to(ctx, node, given, wanted.returns)
    if len(names) != len(wanted.params):
        raise Refusal("PT215", node.span, f"a function of {len(names)} parameters stands for a `{wanted}`")
    params = tuple(
        h.Parameter(name, type_, "positional_or_keyword")
        for name, type_ in zip(names, wanted.params, strict=True)
    )
    qualname = f"{ctx.function.qualname}.<locals>.<lambda>"
    returned = h.Return(body, span=body.span)
    types = {param.name: param.type for param in params}
    return h.Function(
        ctx.function.module, qualname, params, wanted.returns, [returned], "", types, span=node.span
    )


def _parameter_names(ctx: FunctionContext, node: h.Expr, count: int) -> tuple[str, ...]:
    """Names that nothing captured has: the function's own, or `x`, `y`, …"""
    callee = ctx.project.callees.get(node.key) if isinstance(node, h.FunctionRef) else None
    stems = [name for name, _, _ in callee.params] if callee is not None else ["x", "y", "z"]
    stems += [f"x{at}" for at in range(len(stems), count)]
    captured = {n.name for n in walk(node) if isinstance(n, h.Local)}
    return tuple(f"{stem}_" if stem in captured else stem for stem in stems[:count])


def _closure(ctx: FunctionContext, function: h.Function) -> tuple[t.Closure, Type]:
    """The closure, which returns a `Result`, and the Python type of what it gives.

    Rust knows the types of its parameters: a closure only stands where a callable is wanted.
    """
    from portalis.compiler.lowering.function import run_passes

    if any(p.type is ANY for p in function.params):
        raise Refusal("PT101", function.span, "the types of this function's parameters are not known")
    facts = gather(function, ctx.mutated_params, ctx.project.kept_params)
    own = {p.name for p in function.params}
    for name in sorted({*own, *captured_names(function)}):
        if facts.mutations.any_depth(name) or (name not in own and facts.assignments[name]):
            raise Refusal("PT211", function.span, f"a function used as a value changes `{name}`")
    inner, body = run_passes(ctx.project, function, facts, ctx, fallible=True)
    ctx.absorb(inner)
    for type_ in (*(p.type for p in function.params), inner.returns):
        ctx.rust_type(type_, function.span)
    params = tuple(
        f"{'mut ' if f'{p.name}#0' in inner.known.mutable else ''}{rust_name(p.name)}"
        for p in function.params
    )
    return t.Closure(params, t.BlockExpr(body)), inner.returns


def _own(ctx: FunctionContext, function: h.Function, name: str) -> list[t.Stmt]:
    """A captured variable as the closure's own: `let name = name.clone();`."""
    local = ctx.lookup(name)
    if local is None:
        return []
    if local.items is not None:
        raise Refusal("PT211", function.span, f"the iterator `{name}` is captured by a function that is kept")
    _settled(ctx, local, function.span)
    if is_copy(local.type):
        return []
    if is_mutable(local.type) and not _made_here(ctx, name):
        raise Refusal(
            "PT211", function.span, f"`{name}` of type `{local.type}` is captured by a function that is kept",
            "capture a copy, for example `list(x)`",
        )  # fmt: skip
    value = local_value(ctx, local)
    if local.form is Form.PLACE and _only_here(ctx, function, local):
        return []
    made = t.Let(local.rust, coerce.owned(ctx, replace(value, movable=False), local.type, function.span))
    own = ctx.declare(name, local.type, Form.PLACE)
    own.form, own.rust, own.chars = Form.PLACE, local.rust, None
    return [made]


def _only_here(ctx: FunctionContext, function: h.Function, local: Local) -> bool:
    """Whether the closure is all that reads the variable, so that it can have it."""
    if ctx.loop_depth != local.loop_depth or ctx.closure_depth:
        return False
    everywhere = sum(isinstance(n, h.Local) and n.name == local.name for n in walk(ctx.function.body))
    bound = ctx.facts.assignments[local.name]
    return everywhere - bound == sum(
        isinstance(n, h.Local) and n.name == local.name for n in walk(function.body)
    )


def _settled(ctx: FunctionContext, local: Local, span: Span) -> None:
    """Refuses to capture a variable that may have another value when the function runs."""
    ctx = _owner_of(ctx, local.name)
    bound = ctx.facts.assignments[local.name] + (local.name in {p.name for p in ctx.function.params})
    if bound != 1 or local.loop_depth > 0 or local.web in ctx.known.mutable or _in_clause(ctx, local.name):
        raise Refusal(
            "PT211", span, f"`{local.name}` is captured, and may be bound again before the function runs",
            "make the function in a function of its own, which is handed the value",
        )  # fmt: skip
    if ctx.facts.mutations.any_depth(local.name):
        raise Refusal("PT211", span, f"`{local.name}` is captured and changed in place")


def _owner_of(ctx: FunctionContext, name: str) -> FunctionContext:
    """The function whose variable it is: this one, or one around it."""
    while name not in ctx.function.locals and name not in {p.name for p in ctx.function.params}:
        if ctx.outer is None:
            break
        ctx = ctx.outer
    return ctx


def _in_clause(ctx: FunctionContext, name: str) -> bool:
    """Whether a comprehension binds the name, again and again."""
    return any(isinstance(n, h.Clause) and name in bound_names(n.target) for n in walk(ctx.function.body))


def _made_here(ctx: FunctionContext, name: str) -> bool:
    """Whether the variable holds a container that nothing else can mean."""
    for node in walk(ctx.function.body):
        if isinstance(node, h.Assign) and name in bound_names(node.targets[0]):
            return len(node.targets) == 1 and makes_container(node.value)
    return False
