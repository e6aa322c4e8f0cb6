"""The receivers of methods that change them: variables, elements and fields, as places in Rust."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext, Local
from portalis.compiler.lowering.dict_like import dict_of
from portalis.compiler.lowering.membership import key_ref
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.vocabulary import rust_name
from portalis.compiler.types import DictOf, Instance, ListOf, OptionalOf, Type, is_shared


def place(ctx: FunctionContext, node: h.CallMethod | h.Expr, receiver: Value) -> t.Expr:
    """The receiver as a place that may be changed."""
    target = node.receiver if isinstance(node, h.CallMethod) else node
    return mutable_receiver(ctx, target, receiver)


def mutable_receiver(ctx: FunctionContext, target: h.Expr, receiver: Value) -> t.Expr:
    """A variable, or an element reached through variables, as a place that may be changed."""
    match target:
        case h.Local(name=name):
            local = ctx.lookup(name)
            if local is not None and _inside_optional(local, receiver):
                ctx.learned.mutable.add(local.web)
                return inside_place(t.Path(local.rust))
            if local is None or receiver.form not in (Form.PLACE, Form.MUTREF):
                raise Refusal(
                    "PT401", target.span, f"`{name}` may be shared with another name, and is changed",
                    shares=receiver.type,
                )  # fmt: skip
            if receiver.form is Form.PLACE:
                ctx.learned.mutable.add(local.web)
            return receiver.expr
        case h.Subscript(value=inner, index=index):
            return _element_place(ctx, inner, index, target)
        case h.Attribute() if (whole := field_place(ctx, target)) is not None:
            held = _field_type(ctx, target)
            inside = isinstance(held, OptionalOf) and not isinstance(receiver.type, OptionalOf)
            return inside_place(whole) if inside else whole
        case h.CallMethod(receiver=owner, method="setdefault", args=(key, default)) if _makes_empty(
            default
        ) and isinstance(kind := dict_of(owner.type), DictOf):
            wanted = coerce.owned(ctx, ctx.expr(key, kind.key), kind.key, key.span)
            base = mutable_receiver(ctx, owner, ctx.expr(owner))
            return t.Method(t.Method(base, "entry", (wanted,)), "or_default")
        case h.CallFunction() | h.NewInstance() if receiver.form is Form.OWNED and ctx.struct_of(target.type):
            return receiver.expr  # an instance that nobody else has
        case _:
            raise Refusal("PT406", target.span, "what is changed here is not a variable or its element")


def field_place(ctx: FunctionContext, node: h.Attribute) -> t.Expr | None:
    """A field of an instance of the project as a place, what may be None or absent as a whole."""
    if is_shared(node.value.type):
        owner = coerce.present(ctx.expr(node.value)).expr
        return t.Accessor(owner, f"{node.name}_mut", access=t.Access.LEND_MUT)
    if ctx.struct_of(node.value.type) is None:
        return None
    return t.Field(mutable_receiver(ctx, node.value, ctx.expr(node.value)), rust_name(node.name))


def _field_type(ctx: FunctionContext, node: h.Attribute) -> Type | None:
    info = ctx.struct_of(node.value.type)
    field = info.field(node.name) if info is not None else None
    return field.type if field is not None else None


def _inside_optional(local: Local, receiver: Value) -> bool:
    """Whether the receiver is what a variable holds that may hold None."""
    optional = isinstance(local.type, OptionalOf) and not isinstance(receiver.type, OptionalOf)
    return optional and local.form is Form.PLACE


def inside_place(optional: t.Expr) -> t.Expr:
    """What an `Option` holds, as a place that may be changed; without a value the call declines."""
    return t.Unary("*", t.Method(t.Method(optional, "as_mut"), "unwrap"))


def _makes_empty(node: h.Expr) -> bool:
    """Whether a value is `[]`, `{}`, `set()` …: what Rust's `Default` makes of the type."""
    match node:
        case h.ListDisplay(items=()) | h.DictDisplay(items=()):
            return True
        case h.CallExternal(fullname=fullname, args=(), keywords=keywords):
            return not keywords and fullname in ("builtins.list", "builtins.dict", "builtins.set")
        case _:
            return False


def _lent(base: t.Expr) -> bool:
    """Whether a place found by `mutable_receiver` is a `&mut` already."""
    return isinstance(base, t.Try) or (isinstance(base, t.Method) and base.name == "or_default")


def _element_place(ctx: FunctionContext, inner: h.Expr, index: h.Expr, target: h.Expr) -> t.Expr:
    outer = ctx.expr(inner) if not isinstance(inner, h.Subscript) else None
    kind = outer.type if outer is not None else inner.type
    if isinstance(kind, DictOf):
        base = mutable_receiver(ctx, inner, ctx.expr(inner))
        key = key_ref(ctx, ctx.expr(index), kind.key, target.span)
        return ctx.rt_try("dict::get_mut", _as_mut(base, outer), key)
    if isinstance(kind, Instance) and kind.name == "collections.defaultdict":
        from portalis.compiler.stdlib.collection_classes import default_entry

        return default_entry(ctx, inner, ctx.expr(inner), index)
    if isinstance(kind, Instance) and isinstance(known := dict_of(kind), DictOf):
        base = mutable_receiver(ctx, inner, ctx.expr(inner))
        return ctx.rt_try(
            "dict::get_mut", _as_mut(base, outer), key_ref(ctx, ctx.expr(index), known.key, target.span)
        )
    if not isinstance(kind, ListOf):
        raise Refusal("PT406", target.span, f"an element of a `{kind}` is changed in place")
    base = mutable_receiver(ctx, inner, outer if outer is not None else ctx.expr(inner))
    from portalis.compiler.lowering.subscript import in_bounds

    if in_bounds(ctx, inner, index):
        return t.Index(base, t.Cast(ctx.i64(index), "usize"))
    return ctx.rt_try("seq::at_mut", _as_mut(base, outer), ctx.i64(index))


def _as_mut(base: t.Expr, value: Value | None) -> t.Expr:
    """`&mut x`, or what already is a `&mut`."""
    if (value is not None and value.form is Form.MUTREF) or _lent(base):
        return base
    return t.Ref(base, mutable=True)


def mutated(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> t.Expr:
    """The receiver as a `&mut`."""
    base = place(ctx, node, receiver)
    return base if receiver.form is Form.MUTREF or _lent(base) else t.Ref(base, mutable=True)


def lent_receiver(receiver: Value) -> t.Expr:
    """The receiver as a reference."""
    return receiver.expr if receiver.form in (Form.BORROWED, Form.MUTREF) else t.Ref(receiver.expr)


def stored(ctx: FunctionContext, node: h.Expr, type_: Type) -> t.Expr:
    """A value as a container of such elements takes it."""
    return coerce.owned(ctx, ctx.expr(node, type_), type_, node.span)
