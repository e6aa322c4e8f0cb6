"""Methods of values whose types only the run tells.

    data.get("name", "")    →   dynamic_methods::get_key(data, "name", Value::Str(String::new()))?
    item.lower()            →   text::lower(dynamic_methods::text(&item, "lower")?)

A method that only texts have is that of a text, and AttributeError of anything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce, dynamic
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Value, lit_str
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import leaves
from portalis.compiler.types import INT, NONE, OBJECT, STR, Type


@dataclass(frozen=True, slots=True)
class _Method:
    """A method by its number of arguments: each lent (`&`) or handed over (`=`); what it gives."""

    rust: str
    args: str
    returns: Type


_METHODS: Mapping[tuple[str, int], _Method] = {
    ("append", 1): _Method("append", "=", NONE),
    ("extend", 1): _Method("extend", "&", NONE),
    ("insert", 2): _Method("insert", "&=", NONE),
    ("pop", 0): _Method("pop", "", OBJECT),
    ("pop", 1): _Method("pop_at", "&", OBJECT),
    ("pop", 2): _Method("pop_default", "&=", OBJECT),
    ("popitem", 0): _Method("pop_item", "", OBJECT),
    ("remove", 1): _Method("remove", "&", NONE),
    ("clear", 0): _Method("clear", "", NONE),
    ("copy", 0): _Method("copy", "", OBJECT),
    ("reverse", 0): _Method("reverse", "", NONE),
    ("count", 1): _Method("count", "&", INT),
    ("index", 1): _Method("index", "&", INT),
    ("get", 1): _Method("get", "&", OBJECT),
    ("get", 2): _Method("get", "&=", OBJECT),
    ("setdefault", 1): _Method("set_default", "&", OBJECT),
    ("setdefault", 2): _Method("set_default", "&=", OBJECT),
    ("update", 1): _Method("update", "&", NONE),
    ("add", 1): _Method("add", "=", NONE),
    ("discard", 1): _Method("discard", "&", NONE),
}
_WITH_NONE = frozenset({("get", 1), ("setdefault", 1)})
"""Methods whose last argument is None where it isn't given."""
_OF_CONTAINERS = frozenset(name for name, _ in _METHODS) | {"sort", "keys", "values", "items"}
_DISPLAYS = (h.ListDisplay, h.TupleDisplay, h.DictDisplay)


def lower(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """A method of a value of any type.

    Raises:
        Refusal: no list, dict, set or text has it in this form.
    """
    if node.method == "sort":
        return _sort(ctx, node, receiver)
    if node.method not in _OF_CONTAINERS:
        return _of_text(ctx, node, receiver)
    method = _METHODS.get((node.method, len(node.args)))
    if method is None or node.keywords:
        message = f"this form of the method `{node.method}` of a value of any type is not translated"
        raise Refusal("PT305", node.span, message)
    place = dynamic.reference(ctx, receiver, node.span)
    rust, args = method.rust, _arguments(ctx, node, method)
    if node.method == "get" and (key := ctx.expr(node.args[0])).type is STR:
        rust, args[0] = "get_key", coerce.borrowed(ctx, key, STR, node.span)
    call = ctx.rt_try(f"dynamic_methods::{rust}", place, *args)
    if any(map(leaves, args)):
        found = ctx.rt_try("dynamic_methods::look_up", place, lit_str(node.method))
        call = t.BlockExpr(t.Block((t.ExprStmt(found),), call))
    return Value(call, method.returns)


def _arguments(ctx: FunctionContext, node: h.CallMethod, method: _Method) -> list[t.Expr]:
    made: list[t.Expr] = []
    for way, arg in zip(method.args, node.args, strict=False):
        value = ctx.expr(arg, OBJECT if way == "=" or isinstance(arg, _DISPLAYS) else None)
        lent = way == "&"
        made.append(
            dynamic.reference(ctx, value, arg.span) if lent else coerce.owned(ctx, value, OBJECT, arg.span)
        )
    if (node.method, len(node.args)) in _WITH_NONE:
        made.append(t.Path(f"{ctx.rust_type(OBJECT, node.span)}::None"))
    return made


def _sort(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`a.sort(reverse=…)`."""
    from portalis.compiler.lowering.truth import truth_of

    if node.args or set(node.keywords) - {"reverse"}:
        raise Refusal("PT305", node.span, "`sort` by a key of a value of any type is not translated")
    given = node.keywords.get("reverse")
    reverse = t.Lit("false") if given is None else truth_of(ctx, ctx.expr(given), node.span)
    place = dynamic.reference(ctx, receiver, node.span)
    return Value(ctx.rt_try("dynamic_methods::sort", place, reverse), NONE)


def _of_text(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """A method that only a text has."""
    from portalis.compiler.lowering.methods import string_method
    from portalis.compiler.stdlib.str_methods import ROWS

    if node.method not in ROWS and node.method not in ("join", "split", "rsplit", "splitlines"):
        message = f"the method `{node.method}` of a value of any type"
        raise Refusal("PT101", node.span, message, "annotate the value with the type it always has")
    place = dynamic.reference(ctx, receiver, node.span)
    found = ctx.rt_try("dynamic_methods::text", place, lit_str(node.method))
    return string_method(ctx, node, Value(found, STR, Form.BORROWED, temporary=receiver.form is Form.OWNED))


def view(ctx: FunctionContext, node: h.CallMethod) -> t.Expr | None:
    """`a.items()`, `a.keys()` or `a.values()` of a value of any type, to be gone through; None of another."""
    receiver = ctx.expr(node.receiver)
    if receiver.type is not OBJECT:
        return None
    return ctx.rt_try(f"dynamic_methods::{node.method}", dynamic.reference(ctx, receiver, node.span))
