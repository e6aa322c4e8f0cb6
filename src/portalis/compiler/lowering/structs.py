"""Instances of the project's classes: making them, reading and storing their fields.

Point(1, 2)    →   Point { x: 1, y: 2 }
self.x += dx   →   self.x = self.x.strict_add(dx)
"""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.class_body import StructField
from portalis.compiler.hir.type_parts import parts
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.names import local_value, lower_literal
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import acts
from portalis.compiler.rust.vocabulary import rust_name
from portalis.compiler.types import BYTEARRAY, OBJECT, STR, Instance, OptionalOf, Type, is_copy, is_mutable
from portalis.diagnostics import Span


def lower_new(ctx: FunctionContext, node: h.NewInstance) -> Value:
    """An instance by its fields; they are evaluated in the order of the call."""
    info = ctx.project.symbols.structs[node.name]
    spelled = ctx.rust_type(node.type, node.span)
    fields: list[tuple[str, t.Expr]] = []
    for name, given in node.fields:
        field = info.field(name)
        assert field is not None
        value = coerce.owned(ctx, _given(ctx, field, given), field.type, given.span)
        fields.append((rust_name(name), value))
    if not info.shared:
        return Value(t.StructExpr(spelled, tuple(fields)), node.type)
    made = t.StructExpr(f"{spelled}Fields", tuple(fields))
    if info.module != ctx.function.module:
        ctx.note_import(f"crate::{ctx.project.paths[info.module]}::{spelled}Fields")
    return Value(t.Call(t.Path(f"{spelled}::from"), (made,)), node.type)


def _given(ctx: FunctionContext, field: StructField, node: h.Expr) -> Value:
    """What a field starts with; one that may have no value takes a variable that has none as it is."""
    local = ctx.lookup(node.name) if isinstance(node, h.Local) and node.name in ctx.function.unbound else None
    return local_value(ctx, local) if field.late and local is not None else ctx.expr(node, field.type)


def lower_field(ctx: FunctionContext, node: h.Attribute, owner: Value) -> Value:
    """`point.x`, unwrapped where the flow has narrowed it."""
    info = ctx.struct_of(owner.type)
    assert info is not None
    field = info.field(node.name)
    if field is None:
        raise Refusal(
            "PT201", node.span, f"`{info.qualname}.{node.name}` is not a field that `__init__` sets"
        )
    if info.shared:
        if is_mutable(field.type):
            lent = t.Accessor(owner.expr, rust_name(node.name), access=t.Access.LEND)
            return coerce.narrowed(ctx, Value(lent, field.type, Form.PLACE), node.type, node.span)
        read = Value(t.Accessor(owner.expr, rust_name(node.name)), field.type)
        read = coerce.unwrap(read) if field.late else read
        return coerce.narrowed(ctx, read, node.type, node.span)
    if owner.form is Form.OWNED and is_mutable(owner.type) and not (is_copy(field.type) or field.type is STR):
        raise Refusal(
            "PT201", node.span, "a field of an instance that has no name is not translated", "name it first",
            shares=owner.type,
        )  # fmt: skip
    place = t.Field(owner.expr, rust_name(node.name))
    form = Form.OWNED if is_copy(field.type) or owner.form is Form.OWNED else Form.PLACE
    value = Value(place, field.type, form)
    # An attribute that isn't there raises in Python; here the call is declined, so that it does.
    value = coerce.unwrap(value) if field.late else value
    return coerce.narrowed(ctx, value, node.type, node.span)


def lower_constant(ctx: FunctionContext, node: h.ClassConstant) -> Value:
    """`Stack::LIMIT`."""
    info = ctx.project.symbols.structs[node.owner]
    value = lower_literal(ctx, h.Literal(node.value, span=node.span, type=node.type))
    owner = ctx.rust_type(info.type, node.span)
    return replace(value, expr=t.Path(f"{owner}::{node.name.upper()}"), literal=None)


def store_field(ctx: FunctionContext, target: h.Attribute, value: h.Expr, span: Span) -> list[t.Stmt]:
    """`point.x = value`."""
    info = ctx.struct_of(_present(target.value.type))
    field = info.field(target.name) if info is not None else None
    if info is None or field is None:
        raise Refusal("PT209", span, f"the attribute `{target.name}` can't be bound here")
    if info.frozen:
        raise Refusal("PT201", span, f"`{info.qualname}` is frozen; binding a field raises in Python")
    return store_given(ctx, target, ctx.expr(value, field.type), span)


def store_given(ctx: FunctionContext, target: h.Attribute, value: Value, span: Span) -> list[t.Stmt]:
    """The same with a value that was evaluated before the instance."""
    info = ctx.struct_of(_present(target.value.type))
    field = info.field(target.name) if info is not None else None
    if info is None or field is None or info.frozen:
        raise Refusal("PT209", span, f"the attribute `{target.name}` can't be bound here")
    # What a struct comes to share is followed by the analysis of aliases. What a handle holds is not, and
    # an instance with two names is a reason for handles.
    followed = not info.shared and not _owns_instances(field.type)
    if is_mutable(field.type) and not followed and not coerce.moves(ctx, value):
        raise Refusal(
            "PT401", span, f"the field `{target.name}` would share a `{field.type}` with another name",
            "store a copy, for example `list(x)`", shares=field.type,
        )  # fmt: skip
    given = coerce.owned(ctx, value, field.type, span)
    if not info.shared:
        return [t.Assign(place_of(ctx, target), given)]
    owner = coerce.present(ctx.expr(target.value))
    before: list[t.Stmt] = []
    if not isinstance(owner.expr, t.Path) and acts(given):
        name = ctx.fresh("value")
        before.append(t.Let(name, given))
        given = t.Path(name)
    store = t.Accessor(owner.expr, info.setter(target.name), (given,), access=t.Access.STORE)
    return [*before, t.ExprStmt(store)]


def _owns_instances(type_: Type) -> bool:
    return isinstance(type_, Instance) or any(map(_owns_instances, parts(type_)))


def field_type(ctx: FunctionContext, target: h.Attribute) -> Type | None:
    """The type of the field that the place is, None where it is none."""
    info = ctx.struct_of(_present(target.value.type))
    field = info.field(target.name) if info is not None else None
    return field.type if field is not None else None


def _present(type_: Type) -> Type:
    return type_.inner if isinstance(type_, OptionalOf) else type_


def place_of(ctx: FunctionContext, node: h.Attribute) -> t.Expr:
    """A field as a place that may be changed."""
    from portalis.compiler.lowering.receivers import field_place, mutable_receiver

    whole = field_place(ctx, node)  # which may have no value yet
    return whole if whole is not None else mutable_receiver(ctx, node, ctx.expr(node))


def augment_field(ctx: FunctionContext, stmt: h.AugAssign, target: h.Attribute) -> list[t.Stmt]:
    """`point.x += value`; Python reads the field, then evaluates the value, then stores."""
    info = ctx.struct_of(_present(target.value.type))
    field = info.field(target.name) if info is not None else None
    if info is None or field is None or info.frozen:
        raise Refusal("PT209", stmt.span, f"the attribute `{target.name}` can't be bound here")
    if not _plain(target.value) and info.shared and not is_mutable(field.type):
        return _augment_reached(ctx, stmt, target)
    if field.type == BYTEARRAY and _plain(target.value) and not info.shared:
        from portalis.compiler.stdlib import bytearrays

        return bytearrays.augment(ctx, target, stmt.value, stmt.op, stmt.span)
    if not _plain(target.value) or is_mutable(field.type):
        raise Refusal("PT209", stmt.span, "this augmented assignment of a field is not translated")
    if (
        not info.shared
        and field.type is STR
        and stmt.op == "+"
        and not any(isinstance(n, h.Attribute) for n in walk(stmt.value))
    ):
        text = coerce.borrowed(ctx, ctx.expr(stmt.value), STR, stmt.span)
        return [t.ExprStmt(t.Method(place_of(ctx, target), "push_str", (text,)))]
    if field.type is OBJECT:
        from portalis.compiler.lowering.arithmetic import apply

        result = apply(ctx, stmt.op, ctx.expr(target), ctx.expr(stmt.value), stmt)
        return store_given(ctx, target, result, stmt.span)
    kind = _present(field.type) if field.late else field.type
    whole = h.Binary(stmt.op, target, stmt.value, span=stmt.span, type=kind)
    return store_field(ctx, target, whole, stmt.span)


def _augment_reached(ctx: FunctionContext, stmt: h.AugAssign, target: h.Attribute) -> list[t.Stmt]:
    """`self.kids[i].size += 1`: the instance is looked up once."""
    kind = _present(target.value.type)
    name = ctx.fresh("instance")
    made = t.Let(name, coerce.owned(ctx, ctx.expr(target.value), kind, stmt.span))
    ctx.declare(name, kind, Form.PLACE).form = Form.PLACE
    owner = h.Local(name, kind, span=stmt.span, type=kind)
    return [
        made,
        *augment_field(ctx, replace(stmt, target=replace(target, value=owner)), replace(target, value=owner)),
    ]


def _plain(node: h.Expr) -> bool:
    """Whether evaluating the owner twice is the same as once."""
    while isinstance(node, h.Attribute):
        node = node.value
    return isinstance(node, h.Local)
