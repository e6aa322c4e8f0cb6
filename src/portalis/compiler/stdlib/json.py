"""`json.dumps`, and `json.loads`, which gives a value of any type."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce, dynamic
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.dict_like import as_dict
from portalis.compiler.lowering.value import Form, Value, lit_str
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.sources import flag
from portalis.compiler.types import (
    BOOL,
    FLOAT,
    INT,
    OBJECT,
    STR,
    DictOf,
    ListOf,
    OptionalOf,
    TupleOf,
    Type,
    VarTuple,
    is_copy,
)

_KEYWORDS = frozenset({"indent", "separators", "sort_keys", "ensure_ascii"})
_LONGEST_TUPLE = 4


def writable(type_: Type) -> bool:
    """Whether the runtime can write the type."""
    match type_:
        case ListOf(elem) | VarTuple(elem) | OptionalOf(elem):
            return writable(elem)
        case TupleOf(items):
            return 0 < len(items) <= _LONGEST_TUPLE and all(map(writable, items))
        case DictOf(key, item):
            return key in (STR, INT, BOOL) and writable(item)
        case _:
            return type_ in (STR, INT, BOOL, FLOAT)


def lower_dumps(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`json.dumps(value, indent=…, sort_keys=…, ensure_ascii=…, separators=…)`, all but the value written out."""
    if len(node.args) != 1 or set(node.keywords) - _KEYWORDS:
        raise Refusal("PT305", node.span, "this form of `dumps` is not translated")
    value = as_dict(ctx.expr(node.args[0]))
    if not writable(value.type):
        return _dumps_any(ctx, node, value)
    if value.frozen or isinstance(value.type, OptionalOf):
        passed: t.Expr = t.Ref(coerce.owned(ctx, value, value.type, node.span))
    elif is_copy(value.type):
        passed = t.Ref(coerce.integer(value))
    else:
        passed = coerce.borrowed(ctx, value, value.type, node.span)
    return Value(ctx.rt("json::dumps", passed, *_style(node)), STR, Form.OWNED)


def _style(node: h.CallExternal) -> tuple[t.Expr, ...]:
    indent = _indent(node)
    comma = ", " if indent is None else ","
    first, second = _separators(node) or (comma, ": ")
    return (
        t.TupleExpr((lit_str(first), lit_str(second))),
        t.Path("None") if indent is None else t.Call(t.Path("Some"), (t.Lit(str(indent)),)),
        t.Lit("true" if flag(node.keywords.get("sort_keys"), False, "sort_keys") else "false"),
        t.Lit("true" if flag(node.keywords.get("ensure_ascii"), True, "ensure_ascii") else "false"),
    )


def _dumps_any(ctx: FunctionContext, node: h.CallExternal, value: Value) -> Value:
    """Of a value of any type, or of what becomes one: it may be what can't be written."""
    try:
        passed = dynamic.reference(ctx, value, node.span)
    except Refusal as refusal:
        raise Refusal("PT214", node.span, f"`dumps` of a `{value.type}` is not translated") from refusal
    return Value(ctx.rt_try("json_value::dumps", passed, *_style(node)), STR, Form.OWNED)


def lower_loads(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`json.loads(text)`."""
    if len(node.args) != 1 or node.keywords:
        raise Refusal("PT305", node.span, "this form of `loads` is not translated")
    text = coerce.borrowed(ctx, ctx.expr(node.args[0]), STR, node.span)
    ctx.rust_type(OBJECT, node.span)
    return Value(ctx.rt("json_value::loads", text), OBJECT)


def _indent(node: h.CallExternal) -> int | None:
    given = node.keywords.get("indent")
    if given is None or (isinstance(given, h.Literal) and given.value is None):
        return None
    if isinstance(given, h.Literal) and type(given.value) is int and given.value >= 0:
        return given.value
    raise Refusal("PT305", node.span, "`indent` must be written as a number")


def _separators(node: h.CallExternal) -> tuple[str, str] | None:
    match node.keywords.get("separators"):
        case None | h.Literal(value=None):
            return None
        case h.TupleDisplay(items=(h.Literal(value=str(first)), h.Literal(value=str(second)))):
            return first, second
        case _:
            raise Refusal("PT305", node.span, "`separators` must be two written texts")


SPECIAL = {"json.dumps": lower_dumps, "json.loads": lower_loads}
