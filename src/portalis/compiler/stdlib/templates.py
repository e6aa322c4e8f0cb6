"""`str.format` and `%` with templates that only the run knows, or with arguments that are unpacked.

template.format(name, n)   →   template::format(template, &[Value::Str(…), Value::Int(n)], &[])?
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce, dynamic
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Value, lit_str
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.sources import slice_of
from portalis.compiler.types import OBJECT, STR, DictOf, TupleOf, is_copy


def lower_format(ctx: FunctionContext, node: h.CallMethod) -> Value:
    """`template.format(…)`."""
    template = coerce.borrowed(ctx, ctx.expr(node.receiver), STR, node.span)
    named = [
        t.TupleExpr((lit_str(name), dynamic.wrap(ctx, ctx.expr(value), value.span).expr))
        for name, value in node.keywords.items()
    ]
    ctx.rust_type(OBJECT, node.span)
    args = _values(ctx, node.args, node, "str.format() argument")
    return Value(ctx.rt_try("template::format", template, args, t.Ref(t.ArrayExpr(tuple(named)))), STR)


def lower_percent(ctx: FunctionContext, node: h.Binary) -> Value:
    """`template % values`."""
    template = coerce.borrowed(ctx, ctx.expr(node.left), STR, node.span)
    ctx.rust_type(OBJECT, node.span)
    if isinstance(node.right, h.TupleDisplay):
        return Value(
            ctx.rt_try("template::percent", template, _values(ctx, node.right.items, node, "Value")), STR
        )
    value = ctx.expr(node.right)
    if isinstance(value.type, (TupleOf, DictOf)) or value.type is OBJECT:
        raise Refusal("PT303", node.span, f"a template that is computed, with a `{value.type}`")
    one = dynamic.wrap(ctx, value, node.span).expr
    return Value(ctx.rt_try("template::percent", template, t.Ref(t.ArrayExpr((one,)))), STR)


def _values(ctx: FunctionContext, args: tuple[h.Expr, ...], node: h.Expr, name: str) -> t.Expr:
    """The arguments as `&[Value]`; errors call what is unpacked by `name`."""
    match args:
        case (h.Starred(value=items),) if items.type is OBJECT:
            lent = coerce.borrowed(ctx, ctx.expr(items), OBJECT, node.span)
            return t.Ref(ctx.rt_try("dynamic::unpacked", lent, lit_str(name)))
        case (h.Starred(value=items),):
            listed, elem = slice_of(ctx, items)
            if elem is OBJECT:
                return listed
            form = Form.OWNED if is_copy(elem) else Form.BORROWED
            one = dynamic.wrap(ctx, Value(t.Path("item"), elem, form, whole=True), node.span).expr
            closure = t.Closure(("&item" if is_copy(elem) else "item",), one)
            mapped = t.Method(t.Method(listed, "iter"), "map", (closure,))
            return t.Ref(t.Method(mapped, "collect", (), "Vec<_>"))
    if any(isinstance(arg, h.Starred) for arg in args):
        raise Refusal("PT303", node.span, "a template with several unpacked arguments is not translated")
    wrapped = tuple(dynamic.wrap(ctx, ctx.expr(arg), arg.span).expr for arg in args)
    return t.Ref(t.ArrayExpr(wrapped))
