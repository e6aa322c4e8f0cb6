"""One set inside another: `a <= b`, `a < b`, `a.issubset(b)`, `a.isdisjoint(b)`.

A constant set holds `&'static str` where others hold `String`, so one is asked for the items of the other.
"""

from __future__ import annotations

from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.rust import tree as t
from portalis.compiler.types import STR, SetOf

_STRICT = {"<": "is_subset", ">": "is_superset"}
_NAMES = {**_STRICT, "<=": "is_subset", ">=": "is_superset"}


def ordered(ctx: FunctionContext, op: str, a: Value, b: Value) -> t.Expr | None:
    """`a op b` of two sets of one type of items; None for what is none."""
    if op not in _NAMES or not _alike(a, b):
        return None
    stmts: list[t.Stmt] = []
    a, b = (named(ctx, one, stmts) for one in (a, b))
    inside = related(_NAMES[op], a, b)
    if op in _STRICT:
        sizes = (t.Method(one.expr, "len") for one in (a, b))
        inside = t.Binary("&&", t.Binary(op, *sizes), inside)
    return t.BlockExpr(t.Block(tuple(stmts), inside)) if stmts else inside


def related(name: str, a: Value, b: Value) -> t.Expr:
    """`a.is_subset(&b)`, `a.is_superset(&b)` or `a.is_disjoint(&b)`."""
    assert isinstance(a.type, SetOf)
    if a.frozen == b.frozen or coerce.same_layout(a.type):
        return t.Method(a.expr, name, (b.expr if b.form is Form.BORROWED else coerce.as_ref(b),))
    if name == "is_superset":
        a, b = b, a
    item: t.Expr = t.Unary("*", t.Path("item")) if a.frozen else t.Method(t.Path("item"), "as_str")
    held = t.Closure(("item",), t.Method(b.expr, "contains", (item,)))
    items = t.Method(a.expr, "iter")
    if name == "is_disjoint":
        return t.Unary("!", t.Method(items, "any", (held,)))
    return t.Method(items, "all", (held,))


def mixed(a: Value, b: Value) -> bool:
    """Whether one of two sets is a constant whose items differ in Rust from those of the other."""
    return a.frozen != b.frozen and isinstance(a.type, SetOf) and not coerce.same_layout(a.type)


def _alike(a: Value, b: Value) -> bool:
    if not (isinstance(a.type, SetOf) and isinstance(b.type, SetOf)) or a.type.elem != b.type.elem:
        return False
    return not mixed(a, b) or a.type.elem is STR


def named(ctx: FunctionContext, value: Value, stmts: list[t.Stmt]) -> Value:
    """The value under a name, where its expression is more than one."""
    if isinstance(value.expr, (t.Path, t.Field)):
        return value
    name = ctx.fresh("items")
    stmts.append(t.Let(name, value.expr))
    return Value(t.Path(name), value.type, Form.BORROWED if value.form is Form.BORROWED else Form.PLACE)
