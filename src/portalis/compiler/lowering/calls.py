"""Calls of project functions, of nested functions and lambdas, of the library, and exceptions made."""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.analysis.liveness import reads
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.type_parts import parts
from portalis.compiler.hir.walk import root_local
from portalis.compiler.lowering import big, coerce, families
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.displays import elements
from portalis.compiler.lowering.handed_back import received
from portalis.compiler.lowering.lent import lent
from portalis.compiler.lowering.loaded import lower_loaded
from portalis.compiler.lowering.project_context import Callee
from portalis.compiler.lowering.runtime_calls import unborrowed
from portalis.compiler.lowering.upcalls import upcall
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.lowering.variables import forget
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import acts, uncast
from portalis.compiler.types import (
    ANY,
    BIG,
    INT,
    NONE,
    OBJECT,
    STR,
    CallableOf,
    DictOf,
    ListOf,
    OptionalOf,
    SetOf,
    Type,
    UnionOf,
    VarTuple,
    is_copy,
)
from portalis.mapping.library_exceptions import library_exception


def lower_call(ctx: FunctionContext, node: h.CallFunction, *, dropped: bool = False) -> Value:
    """A call of a project function, whose result may be `dropped`."""
    callee = ctx.project.callees.get(node.key)
    if callee is None and node.key in ctx.project.loaders.by_key:
        return lower_loaded(ctx, node, ctx.project.loaders.by_key[node.key])
    if callee is None:
        callee = upcall(ctx, node)
        function = t.Path(f"upcalls::{callee.path}")
        return _call(ctx, function, callee, node.args, node, node.order)
    if callee.gives_back is not None and not dropped:
        fresh = _given_fresh(ctx, node, callee.gives_back)
        if fresh is not None:
            return fresh
        raise Refusal(
            "PT402", node.span, f"`{node.key.replace(':', '.')}` gives back the argument that it changes",
            "call it as a statement, and use the argument", shares=callee.params[callee.gives_back][1],
        )  # fmt: skip
    if callee.stops and ctx.function.yields is not None:
        raise Refusal(
            "PT202", node.span, "the StopIteration that this call may raise would leave the generator"
        )
    if callee.returns is BIG and node.type is INT:
        return big.small(ctx, lower_call(ctx, replace(node, type=BIG), dropped=dropped))
    if node.key not in ctx.inside and ".<locals>." not in node.key:
        ctx.callees.add(node.key)
    ctx.learned.prints = ctx.learned.prints or callee.prints
    ctx.learned.sources |= callee.sources
    if callee.owner:
        value = _call_method(ctx, callee, node)
    else:
        value = _call(ctx, t.Path(function_path(ctx, callee)), callee, node.args, node, node.order)
    return value if dropped else received(callee, node, value)


def function_path(ctx: FunctionContext, callee: Callee) -> str:
    """How this module's Rust names a module-level function."""
    module = callee.key.partition(":")[0]
    name = callee.path.rpartition("::")[2]
    return name if module == ctx.function.module else f"{ctx.module_path(module)}::{name}"


def _given_fresh(ctx: FunctionContext, node: h.CallFunction, place: int) -> Value | None:
    """`sort(list(xs))` → `{ let mut items = xs.to_vec(); sort(&mut items); items }`."""
    before = node.args[:place]
    if (
        node.order
        or isinstance(node.args[place], h.Local)
        or not all(isinstance(a, (h.Local, h.Literal)) for a in before)
    ):
        return None
    value = ctx.expr(node.args[place])
    if value.form is not Form.OWNED or isinstance(node.args[place], h.CallFunction):
        return None
    name = ctx.fresh("items")
    with ctx.frame():
        local = ctx.declare(name, value.type, Form.PLACE)
        local.form = Form.PLACE
        item = h.Local(name, value.type, span=node.span, type=value.type)
        args = (*before, item, *node.args[place + 1 :])
        call = lower_call(ctx, replace(node, args=args), dropped=True)
    made = t.Let(name, value.expr, ctx.rust_type(value.type, node.span), mutable=True)
    return Value(t.BlockExpr(t.Block((made, t.ExprStmt(call.expr)), t.Path(name))), value.type)


def _call(
    ctx: FunctionContext,
    function: t.Expr,
    callee: Callee,
    args: tuple[h.Expr, ...],
    node: h.Expr,
    order: tuple[int, ...],
) -> Value:
    if len(args) != len(callee.params):
        raise Refusal("PT502", node.span, f"`{callee.key}` takes {len(callee.params)} arguments")
    lowered = []
    changed = {
        root[0].name
        for argument, (_, _, mutated) in zip(args, callee.params, strict=True)
        if mutated and (root := root_local(argument)) is not None
    }
    for at, (argument, (_, type_, mutated)) in enumerate(zip(args, callee.params, strict=True)):
        if at < len(callee.keeps) and callee.keeps[at]:
            lowered.append(_handed_over(ctx, argument, type_))
        elif mutated:
            lowered.append(_mutable_argument(ctx, argument, type_))
        elif not is_copy(type_) and changed & reads(argument):
            value = ctx.expr(argument, type_)  # no borrow of what another argument lends as `&mut`
            lowered.append(t.Ref(coerce.owned(ctx, value, type_, argument.span)))
        else:
            given = lent(ctx, argument, type_, callee, at)
            lowered.append(given if given is not None else _argument(ctx, argument, type_))
    held = _evaluated(ctx, lowered, order)
    told = [one for one, (_, type_, _) in zip(lowered, callee.params, strict=True) if type_ is not NONE]
    if len(told) < len(lowered) and not all(_is_none(one) for one in args if one.type is NONE):
        raise Refusal("PT305", node.span, "an argument that is computed, and always None")
    passed, before = unborrowed(ctx, tuple(told))
    before = (*held, *before)
    call: t.Expr = t.Call(function, passed)
    if callee.raises:
        call = ctx.attempt(call)
    return Value(t.BlockExpr(t.Block(before, call)) if before else call, callee.returns)


def _is_none(node: h.Expr) -> bool:
    return isinstance(node, (h.Literal, h.Local))


def _call_method(ctx: FunctionContext, callee: Callee, node: h.CallFunction) -> Value:
    """`stack.push(x)`, or `Stack::new(x)` where there is no receiver yet."""
    name = callee.path.rpartition("::")[2]
    if not callee.receiver:
        module = callee.key.partition(":")[0]
        info = ctx.project.symbols.structs[f"{module}.{callee.owner}"]
        owner = ctx.rust_type(info.type, node.span)
        return _call(ctx, t.Path(f"{owner}::{name}"), callee, node.args, node, node.order)
    first, *rest = node.args
    _, type_, mutated = callee.params[0]
    value = coerce.present(ctx.whole(first) if isinstance(first, h.Local) else ctx.expr(first))
    if isinstance(value.type, UnionOf) or (value.type != type_ and families.family(ctx, value.type)):
        value = coerce.narrowed(ctx, value, type_, first.span)
    if value.type != type_ and families.holds(ctx, type_, value.type):
        value = families.widened(ctx, value, type_, first.span)
    if value.type != type_:
        raise Refusal("PT105", node.span, f"a `{value.type}` stands where a `{type_}` is expected")
    if mutated and value.loaded:
        raise Refusal("PT407", node.span, "what is loaded once is changed here")
    if mutated:
        from portalis.compiler.lowering.receivers import mutable_receiver

        receiver = mutable_receiver(ctx, first, value)
    else:
        receiver = value.expr.operand if value.loaded and isinstance(value.expr, t.Ref) else value.expr
    once = frozenset(at - 1 for at in callee.once)
    others = replace(callee, params=callee.params[1:], keeps=callee.keeps[1:], once=once)
    order = tuple(place - 1 for place in node.order if place > 0)
    plain = _call(ctx, t.Path(name), others, tuple(rest), node, order)
    return replace(plain, expr=_on(receiver, name, plain.expr))


def _on(receiver: t.Expr, name: str, call: t.Expr) -> t.Expr:
    """The call of a function of that name as a call of a method on the receiver."""
    match call:
        case t.Call(t.Path(found), args) if found == name:
            return t.Method(receiver, name, args)
        case t.Try(inner):
            return t.Try(_on(receiver, name, inner))
        case t.Match(subject, arms):
            return t.Match(_on(receiver, name, subject), arms)
        case t.BlockExpr(t.Block(stmts, tail), label) if tail is not None:
            return t.BlockExpr(t.Block(stmts, _on(receiver, name, tail)), label)
        case _:
            raise AssertionError(f"no call of {name} in {call}")


def _evaluated(ctx: FunctionContext, args: list[t.Expr], order: tuple[int, ...]) -> list[t.Let]:
    """Arguments that Python evaluates in another order, under names bound in that order.

    f(b=g(), a=h())   →   { let b = g(); let a = h(); f(a, b) }
    """
    held: list[t.Let] = []
    if not any(map(acts, args)):
        return held
    for place in order:
        if not isinstance(args[place], t.Lit):
            name = ctx.fresh("argument")
            held.append(t.Let(name, args[place]))
            args[place] = t.Path(name)
    return held


def _handed_over(ctx: FunctionContext, argument: h.Expr, type_: Type) -> t.Expr:
    """A callable that outlives the call, as an `Rc` of its own."""
    return uncast(coerce.owned(ctx, ctx.expr(argument, type_), type_, argument.span))


def _argument(ctx: FunctionContext, argument: h.Expr, type_: Type) -> t.Expr:
    if isinstance(type_.inner if isinstance(type_, OptionalOf) else type_, CallableOf):
        from portalis.compiler.lowering.closures import lent

        return lent(ctx, argument, type_)
    if isinstance(argument, h.TupleDisplay) and isinstance(type_, VarTuple):
        return _gathered(ctx, argument, type_)
    value = ctx.whole(argument) if isinstance(argument, h.Local) else ctx.expr(argument, type_)
    if value.type != type_ and isinstance(argument, h.Local):
        value = ctx.expr(argument, type_)
    return coerce.slice_of(uncast(coerce.borrowed(ctx, value, type_, argument.span)))


def _gathered(ctx: FunctionContext, node: h.TupleDisplay, type_: VarTuple) -> t.Expr:
    """What goes to `*args` as a slice: an array, or the sequence itself where all of it is passed on."""
    match node.items:
        case ():
            return t.Ref(t.ArrayExpr(()))
        case (h.Starred(value=passed),) if passed.type in (ListOf(type_.elem), type_):
            value = ctx.expr(passed)
            if not value.frozen and value.type == passed.type:
                whole = coerce.borrowed(ctx, value, value.type, node.span)
                return coerce.slice_of(whole)
        case items if not any(isinstance(item, h.Starred) for item in items):
            return t.Ref(t.ArrayExpr(elements(ctx, items, type_.elem, node.span)[1]))
    value = ctx.expr(node, type_)
    return coerce.slice_of(coerce.borrowed(ctx, value, type_, node.span))


def _mutable_argument(ctx: FunctionContext, argument: h.Expr, type_: Type) -> t.Expr:
    """`&mut x` for a parameter that the callee changes; what a display makes nobody else has."""
    if isinstance(type_, OptionalOf) and isinstance(type_.inner, ListOf | DictOf | SetOf):
        return _mutable_optional(ctx, argument, type_.inner)
    if isinstance(argument, h.DictDisplay):
        return t.Ref(coerce.owned(ctx, ctx.expr(argument, type_), type_, argument.span), mutable=True)
    local = ctx.lookup(argument.name) if isinstance(argument, h.Local) else None
    if local is not None and not _any_alike(local.type, type_):
        why = f"a `{local.type}` is handed over to be changed as a `{type_}`"
        raise Refusal("PT502", argument.span, why, "annotate the parameter as what it is given")
    return mutable_place(ctx, argument)


def _any_alike(one: Type, other: Type) -> bool:
    """Whether values of any type stand at the same places in values of two types, None aside."""
    one, other = (each.inner if isinstance(each, OptionalOf) else each for each in (one, other))
    if OBJECT in (one, other):
        return one is other
    inside = parts(one), parts(other)
    if len(inside[0]) != len(inside[1]):
        return not any(map(_holds_any, (one, other)))
    return all(map(_any_alike, *inside))


def _holds_any(type_: Type) -> bool:
    """Whether values of any type stand in a value of the type."""
    return type_ is OBJECT or any(map(_holds_any, parts(type_)))


def _mutable_optional(ctx: FunctionContext, argument: h.Expr, inner: Type) -> t.Expr:
    """`Some(&mut x)` or `None`; what is a `&mut` itself is lent again, not given away."""
    if isinstance(argument, h.Literal) and argument.value is None:
        return t.Path("None")
    lent = _mutable_argument(ctx, argument, inner)
    if not isinstance(lent, t.Ref):
        lent = t.Ref(t.Unary("*", lent), mutable=True)
    return t.Call(t.Path("Some"), (lent,))


def mutable_place(ctx: FunctionContext, node: h.Expr) -> t.Expr:
    """`&mut x` for a parameter that the callee changes: a variable, what is inside one, or a new value."""
    value = ctx.expr(node)
    if not isinstance(node, h.Local):
        if value.form is Form.OWNED and not is_copy(value.type):
            return t.Ref(value.expr, mutable=True)
        from portalis.compiler.lowering.receivers import mutable_receiver

        reached = mutable_receiver(ctx, node, value)
        place = isinstance(reached, (t.Index, t.Field, t.Unary))
        return t.Ref(reached, mutable=True) if place else reached
    local = ctx.lookup(node.name)
    assert local is not None
    if is_copy(local.type):
        forget(ctx, local)
        return t.Ref(t.Path(local.rust), mutable=True)
    if value.form is Form.MUTREF:
        return value.expr
    from portalis.compiler.lowering.receivers import mutable_receiver

    return t.Ref(mutable_receiver(ctx, node, value), mutable=True)


def lower_value_call(ctx: FunctionContext, node: h.CallValue) -> Value:
    """A call of a nested function, or of a value that is a function."""
    if isinstance(node.callee, h.Local):
        local = ctx.lookup(node.callee.name)
        if local is not None and local.callee is not None:
            return _call(ctx, t.Path(local.rust), local.callee, node.args, node, node.order)
    value = coerce.present(ctx.expr(node.callee))
    match value.type:
        case CallableOf(tuple() as params, returns) if ANY not in (*params, returns):
            callee = Callee("", "", tuple(("", type_, False) for type_ in params), returns, True, False)
            if node.order or len(params) != len(node.args):
                raise Refusal("PT215", node.span, f"this call of a `{value.type}` is not translated")
            return _call(ctx, value.expr, callee, node.args, node, ())
        case CallableOf():
            message = f"what a `{value.type}` takes and gives is not known"
            raise Refusal("PT215", node.span, message, "annotate it, for example `Callable[[int], int]`")
        case _:
            raise Refusal("PT215", node.span, f"a call of a `{value.type}` is not translated")


def lower_external_call(ctx: FunctionContext, node: h.CallExternal, expect: Type | None) -> Value:
    """A builtin or library function, from the tables."""
    from portalis.compiler.stdlib.registry import lower_function

    return lower_function(ctx, node, expect)


def new_exception(ctx: FunctionContext, node: h.NewException) -> t.Expr:
    """`Error::ValueError("…".to_string())`; a project class keeps whether it had an argument."""
    from portalis.compiler.lowering.formatting import repr_of

    name = node.name
    variant = variant_of(ctx, name)
    if len(node.args) > 1:
        raise Refusal("PT305", node.span, "an exception with several arguments is not translated")
    if name in ctx.project.symbols.exceptions:
        if ctx.project.symbols.exceptions[name].has_init:
            raise Refusal("PT201", node.span, f"the exception `{name}` has its own `__init__`")
        if not node.args:
            return t.Call(t.Path(f"Error::{variant}"), (t.Path("None"),))
        argument = node.args[0]
        if ctx.project.symbols.exceptions[name].shows_repr:
            text = repr_of(ctx, ctx.expr(argument), argument.span)
        else:
            text = _message(ctx, argument)
        return t.Call(t.Path(f"Error::{variant}"), (t.Call(t.Path("Some"), (text,)),))
    if not node.args:
        return t.Call(t.Path(f"Error::{variant}"), (t.Call(t.Path("String::new"), ()),))
    argument = node.args[0]
    if variant == "KeyError":
        return t.Call(t.Path("Error::KeyError"), (repr_of(ctx, ctx.expr(argument), argument.span),))
    return t.Call(t.Path(f"Error::{variant}"), (_message(ctx, argument),))


_CONSTRUCTIBLE = frozenset(
    [
        "ValueError",
        "TypeError",
        "KeyError",
        "IndexError",
        "ZeroDivisionError",
        "ArithmeticError",
        "OverflowError",
        "RuntimeError",
        "NotImplementedError",
        "AssertionError",
        "LookupError",
        "AttributeError",
        "Exception",
        "FloatingPointError",
        "NameError",
        "RecursionError",
        "EOFError",
        "BufferError",
        "MemoryError",
    ]
)


def variant_of(ctx: FunctionContext, name: str) -> str:
    """The `Error` variant of an exception class, and a note that the crate needs it."""
    if name in ctx.project.symbols.exceptions:
        ctx.exceptions.add(name)
        return ctx.project.symbols.exceptions[name].variant
    ctx.exceptions.add(name)
    library = library_exception(name)
    return library.variant if library is not None else name.removeprefix("builtins.")


def constructible(name: str) -> bool:
    """Whether raising this builtin exception with one text has no more to it than the text."""
    return name.removeprefix("builtins.") in _CONSTRUCTIBLE


def _message(ctx: FunctionContext, node: h.Expr) -> t.Expr:
    value = ctx.expr(node)

    if value.type is not STR:
        raise Refusal(
            "PT305",
            node.span,
            f"an exception argument of type `{value.type}` is not translated",
            "raise it with a text",
        )
    return coerce.owned(ctx, value, STR, node.span)
