"""What calling a function value means, as a call of what it stands for.

str.upper, x                        →   x.upper()
operator.itemgetter(1), x           →   x[1]
functools.partial(power, 2), x      →   power(2, x)
"""

from __future__ import annotations

from portalis.compiler.analysis.mutation import changes_type
from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import ANY, CallableOf, TupleOf, Type

_TYPES_WITH_METHODS = ("builtins.str.", "builtins.bytes.", "builtins.int.", "builtins.float.")
_MAKERS = ("operator.itemgetter", "operator.attrgetter", "operator.methodcaller", "functools.partial")


def maker_of(node: h.Expr) -> str:
    """`operator.itemgetter` and its kin, where the expression calls one; else ""."""
    if not isinstance(node, h.CallExternal):
        return ""
    name = node.fullname.removeprefix("_")
    return name if name in _MAKERS else ""


def is_function(ctx: FunctionContext, node: h.Expr) -> bool:
    """Whether the expression names or writes a function, rather than holds one."""
    match node:
        case h.Lambda() | h.FunctionRef() | h.BoundMethod() | h.External():
            return True
        case h.Local(name=name):
            local = ctx.lookup(name)
            return local is not None and local.callee is not None
        case h.Attribute(value=value):
            return isinstance(node.type, CallableOf) and ctx.struct_of(value.type) is None
        case _:
            return bool(maker_of(node))


def applied_to(ctx: FunctionContext, function: h.Expr, given: tuple[h.Expr, ...], returns: Type) -> h.Expr:
    """The call of a function that is named or bound with these arguments."""
    span = function.span
    _bound_arguments(function)
    match function:
        case h.FunctionRef(key=key):
            return h.CallFunction(key, given, span=span, type=returns)
        case h.External(fullname=fullname) if fullname.startswith(_TYPES_WITH_METHODS) and given:
            method = fullname.rpartition(".")[2]
            _unchanging(given[0].type, method, function)
            return h.CallMethod(given[0], method, given[1:], {}, span=span, type=returns)
        case h.External(fullname=fullname) if fullname != "builtins.next":
            return h.CallExternal(fullname, given, {}, span=span, type=returns)
        case h.Local():
            return h.CallValue(function, given, span=span, type=returns)
        case h.BoundMethod(value=receiver, key=key):
            if any(ctx.mutated_params(key)[:1]):
                raise Refusal("PT215", span, "a method that changes its receiver is used as a value")
            return h.CallFunction(key, (receiver, *given), span=span, type=returns)
        case h.Attribute(value=receiver, name=name):
            _unchanging(receiver.type, name, function)
            return h.CallMethod(receiver, name, given, {}, span=span, type=returns)
    match maker_of(function), function:
        case "operator.itemgetter", h.CallExternal(args=(index,)):
            return h.Subscript(given[0], index, span=span, type=returns)
        case "operator.itemgetter", h.CallExternal(args=(_, _, *_) as places, keywords={}):
            parts = tuple(h.Subscript(given[0], place, span=span, type=ANY) for place in places)
            return h.TupleDisplay(parts, span=span, type=TupleOf((ANY,) * len(parts)))
        case "operator.attrgetter", h.CallExternal(args=(h.Literal(value=str(name)),)) if name.isidentifier():
            return h.Attribute(given[0], name, span=span, type=returns)
        case "operator.methodcaller", h.CallExternal(args=(h.Literal(value=str(name)), *rest), keywords={}):
            _unchanging(given[0].type, name, function)
            return h.CallMethod(given[0], name, tuple(rest), {}, span=span, type=returns)
        case "functools.partial", h.CallExternal(args=(inner, *first), keywords={}) if not isinstance(
            inner, h.Lambda
        ):
            return applied_to(ctx, inner, (*first, *given), returns)
    raise Refusal("PT215", span, "this callable is not translated here")


def _bound_arguments(node: h.Expr) -> None:
    """Refuses what Python evaluates once, when the function value is made, and a closure at each call."""
    if isinstance(node, h.Attribute | h.BoundMethod):
        fixed: tuple[h.Expr, ...] = (node.value,)
    elif isinstance(node, h.CallExternal) and maker_of(node):
        fixed = tuple(x for x in node.args if not isinstance(x, h.FunctionRef | h.External))
    else:
        return
    for part in fixed:
        while isinstance(part, h.Attribute):
            part = part.value
        if not isinstance(part, h.Literal | h.Local | h.GlobalName):
            raise Refusal(
                "PT215", part.span, "what this callable is made of is computed", "give it a name before"
            )


def _unchanging(type_: Type, method: str, node: h.Expr) -> None:
    if changes_type(type_, method):
        raise Refusal("PT215", node.span, f"the method `{method}`, which changes its receiver, as a value")
