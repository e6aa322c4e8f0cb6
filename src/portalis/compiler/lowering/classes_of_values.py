"""`type(x)` where it is compared, or asked for its name.

type(x) is list         →   matches!(x, Value::List(_))
type(a) == type(b)      →   value::type_name(a) == value::type_name(b)
type(x).__name__        →   value::type_name(x)
"""

from __future__ import annotations

from portalis.compiler.analysis.decided import exact_class
from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import dynamic
from portalis.compiler.lowering.arithmetic import negate
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Value, lit_str, plain
from portalis.compiler.rust import tree as t
from portalis.compiler.types import OBJECT, STR

_EQUAL = ("is", "==")
_NAMED = frozenset(f"builtins.{name}" for name in ("int", "bool", "float", "str", "bytes", "tuple")) | {
    "builtins.list", "builtins.dict", "builtins.set"
}  # fmt: skip


def name_of(ctx: FunctionContext, node: h.Expr) -> Value | None:
    """`type(x).__name__`, from what gives `type(x)`; None of any other expression."""
    if not _is_type(node):
        return None
    value = ctx.expr(_subject(node))
    if value.type is OBJECT:
        name = ctx.rt("value::type_name", dynamic.reference(ctx, value, node.span))
        return Value(name, STR, Form.STATIC)
    known = exact_class(value.type)
    if known is None or not plain(value.expr):
        return None
    text = known.rpartition(".")[2]
    return Value(lit_str(text), STR, Form.STATIC, literal=text)


def compare(ctx: FunctionContext, op: str, left: h.Expr, right: h.Expr) -> t.Expr | None:
    """`type(x) is list` and `type(a) == type(b)` of values of any type; None of other comparisons."""
    if op not in ("is", "is not", "==", "!=") or not _is_type(left):
        return None
    match right:
        case h.External(fullname=fullname) if fullname in _NAMED:
            value = ctx.expr(_subject(left))
            if value.type is not OBJECT:
                return None
            variant = dynamic.variant_of(fullname)
            pattern = t.Path(f"{ctx.rust_type(OBJECT, left.span)}::{variant}")
            test: t.Expr = t.Macro("matches", (value.expr, pattern))
            return test if op in _EQUAL else negate(test)
        case h.CallExternal() if _is_type(right):
            one, other = name_of(ctx, left), name_of(ctx, right)
            if one is None or other is None:
                return None
            return t.Binary("==" if op in _EQUAL else "!=", one.expr, other.expr)
        case _:
            return None


def _is_type(node: h.Expr) -> bool:
    match node:
        case h.CallExternal(fullname="builtins.type", args=(_,)):
            return not node.keywords
        case _:
            return False


def _subject(node: h.Expr) -> h.Expr:
    assert isinstance(node, h.CallExternal)
    return node.args[0]
