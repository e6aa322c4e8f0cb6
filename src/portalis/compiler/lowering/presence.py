"""What is done with a value that may be None, under a name of its own where it is there.

node.up == other      →   node.up().is_some_and(|up| up.equals(other))
f"{node.up}"          →   match node.up() { Some(up) => up.text(), None => "None".to_string() }
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import leaves
from portalis.compiler.types import BOOL, INT, OptionalOf, Type, is_copy


def lower_when_there(ctx: FunctionContext, node: h.WhenThere, expect: Type | None) -> Value:
    """The value of one of two expressions, of which the first has the value that is there."""
    subject = ctx.optional(node.subject)
    inner = subject.type.inner if isinstance(subject.type, OptionalOf) else subject.type
    held = subject.expr
    if not isinstance(subject.type, OptionalOf):
        held = t.Call(t.Path("Some"), (coerce.borrowed(ctx, subject, inner, node.span),))
    place = subject.form is Form.PLACE and not is_copy(inner)
    form = Form.OWNED if is_copy(inner) else Form.BORROWED
    if subject.form is Form.OWNED and not is_copy(inner) and isinstance(subject.type, OptionalOf):
        form = Form.PLACE
    with ctx.frame():
        local = ctx.declare(node.bound.name, inner, form)
        local.form = form
        then = ctx.expr(node.then, expect)
        yes = _whole(ctx, then, then.type, node)
    other = ctx.expr(node.otherwise, expect)
    no = _whole(ctx, other, then.type, node)
    if then.type is BOOL and no == t.Lit("false") and not leaves(yes):
        receiver = t.Method(held, "as_ref") if place else held
        return Value(t.Method(receiver, "is_some_and", (t.Closure((local.rust,), yes),)), BOOL)
    arms = (t.Arm(f"Some({local.rust})", yes), t.Arm("None", no))
    return Value(t.Match(t.Ref(held) if place else held, arms), then.type)


def _whole(ctx: FunctionContext, value: Value, type_: Type, node: h.Expr) -> t.Expr:
    if type_ is INT and value.type is INT:
        return coerce.integer(value)
    return coerce.owned(ctx, value, type_, node.span)
