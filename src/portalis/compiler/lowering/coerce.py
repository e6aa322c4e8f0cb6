"""Turns a lowered value into what its place wants: owned, borrowed, another width, wrapped in `Some`.

An implicit copy of a mutable value is only made when no one could see it: see `share`.
"""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.lowering import families
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Value, lit_str
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import (
    ANY,
    BIG,
    BOOL,
    BYTEARRAY,
    BYTES,
    FLOAT,
    INT,
    NEVER,
    NONE,
    OBJECT,
    STR,
    CallableOf,
    DictOf,
    Instance,
    ListOf,
    OptionalOf,
    Prim,
    SetOf,
    Shared,
    TupleOf,
    Type,
    UnionOf,
    VarTuple,
    is_copy,
)  # fmt: skip
from portalis.compiler.types import (
    dynamic as as_declared,
)
from portalis.diagnostics import Span
from portalis.mapping.union_enum import enum_name, variant_name


def owned(ctx: FunctionContext, value: Value, type_: Type, span: Span) -> t.Expr:
    """The value as an owned Rust value of the type."""
    made = _owned(ctx, value, type_, span)
    if ctx.project.lends:
        ctx.cuts[id(made)] = made  # it borrows nothing: a borrow inside may end here
    return made


def _owned(ctx: FunctionContext, value: Value, type_: Type, span: Span) -> t.Expr:
    value = convert(ctx, value, type_, span)
    type_ = value.type
    if is_copy(type_):
        return integer(value) if type_ is INT else value.expr
    if value.frozen and value.form is not Form.OWNED:
        _one_name(value, span)
        if isinstance(type_, CallableOf):
            function = t.Unary("*", value.expr) if value.form is Form.BORROWED else value.expr
            return t.Cast(t.Call(t.Path("Rc::new"), (function,)), ctx.rust_type(type_, span))
        if isinstance(type_, OptionalOf) and isinstance(type_.inner, CallableOf):
            kept = t.Cast(t.Call(t.Path("Rc::new"), (t.Path("*item"),)), ctx.rust_type(type_.inner, span))
            return t.Method(value.expr, "map", (t.Closure(("item",), kept),))
        return thaw(value.expr, type_)
    match value.form:
        case Form.OWNED:
            return value.expr
        case Form.CHAR:
            return t.Method(value.expr, "to_string")
        case Form.STATIC if value.literal == "":
            return t.Call(t.Path("String::new"), ())
        case Form.STATIC:
            return t.Method(value.expr, "to_string")
        case Form.PLACE:
            if value.movable and value.local is not None and _dead(ctx, value.local):
                return value.expr
            _one_name(value, span)
            return t.Method(value.expr, "clone")
        case Form.MUTREF:
            _one_name(value, span)
            return t.Method(value.expr, "to_vec" if isinstance(type_, ListOf) else "clone")
        case Form.BORROWED:
            if isinstance(value.type, CallableOf):
                raise Refusal("PT215", span, "a callable that is lent can't be stored here")
            _one_name(value, span)
            return own_borrow(value)


def own_borrow(value: Value) -> t.Expr:
    """What a borrow lends, as a value of its own."""
    match value.type:
        case _ if value.type is STR:
            return t.Method(value.expr, "to_string")
        case ListOf() | VarTuple() | Instance(name="typing.Sequence"):
            return t.Method(value.expr, "to_vec")
        case _ if value.type in (BYTES, BYTEARRAY):
            match value.expr:
                case t.Ref(t.Unary("*", t.Lit() as literal)):
                    return t.Method(literal, "to_vec")
            return t.Method(value.expr, "to_vec")
        case OptionalOf() if value.whole:
            return t.Method(value.expr, "clone")
        case OptionalOf(inner) if isinstance(value.expr, t.Call) and value.expr.func == t.Path("Some"):
            return t.Call(t.Path("Some"), (own_borrow(Value(value.expr.args[0], inner, Form.BORROWED)),))
        case OptionalOf(inner) if inner is STR:
            return t.Method(value.expr, "map", (t.Path("str::to_string"),))
        case OptionalOf(inner) if isinstance(inner, (ListOf, VarTuple)) or inner is BYTES:
            return t.Method(value.expr, "map", (t.Path("<[_]>::to_vec"),))
        case OptionalOf():
            return t.Method(value.expr, "cloned")
        case _:
            return t.Method(value.expr, "clone")


def _dead(ctx: FunctionContext, name: str) -> bool:
    """Whether the variable can be moved here: nobody reads it later and no closure or loop holds it."""
    local = ctx.lookup(name)
    return (
        local is not None
        and name not in ctx.live
        and ctx.loop_depth == ctx.statement_depth
        and ctx.closure_depth == 0
        and name not in ctx.facts.captured
        and ctx.facts_uses(name) <= 1
    )


def moves(ctx: FunctionContext, value: Value) -> bool:
    """Whether owning the value takes it from where it is, and copies nothing that another name means."""
    if value.form is Form.PLACE:
        return value.movable and value.local is not None and _dead(ctx, value.local)
    return value.form is Form.OWNED or value.frozen


def _one_name(value: Value, span: Span) -> None:
    """Refuses the copy of what has one name only. Of all others nobody can tell: see `analysis.aliasing`."""
    if value.loaded:
        raise Refusal("PT402", span, "what is loaded once is given away here", "use it where it is loaded")
    if isinstance(value.type, Instance) and value.type.name == "random.Random":
        raise Refusal("PT401", span, "a generator of random numbers has one name here")


def borrowed(ctx: FunctionContext, value: Value, type_: Type, span: Span) -> t.Expr:
    """The value as a function parameter takes it: `&str`, `&[T]`, `&T`, or by value when Copy."""
    if isinstance(type_, OptionalOf) and not isinstance(value.type, OptionalOf) and value.type is not NONE:
        return t.Call(t.Path("Some"), (borrowed(ctx, value, type_.inner, span),))
    if isinstance(type_, ListOf) and value.type != type_:
        value = _listed(ctx, value, type_.elem, span) or value
    value = convert(ctx, value, type_, span)
    type_ = value.type
    if is_copy(type_):
        return integer(value) if type_ is INT else value.expr
    if value.frozen and not same_layout(type_):
        made = thaw(value.expr, type_)
        if isinstance(type_, (ListOf, VarTuple)) and isinstance(made, t.Method) and made.name == "collect":
            made = replace(made, turbofish="Vec<_>")  # what takes a slice does not say what is collected
        return t.Ref(made)
    match value.form:
        case Form.BORROWED if value.whole and isinstance(type_, OptionalOf):
            return inside_of(value)
        case Form.BORROWED | Form.STATIC | Form.MUTREF:
            return value.expr
        case Form.CHAR:
            return char_as_str(value.expr)
    match type_:
        case CallableOf():
            return t.Ref(t.Unary("*", value.expr))
        case OptionalOf(inner):
            if isinstance(value.expr, t.Path) and value.expr.name == "None":
                return value.expr
            if isinstance(value.expr, t.Call) and value.expr.func == t.Path("Some"):
                return t.Call(t.Path("Some"), (as_ref(Value(value.expr.args[0], inner)),))
            return inside_of(value)
        case _:
            return as_ref(value)


def inside_of(value: Value) -> t.Expr:
    """`&Option<String>`, or a place that holds one, as `Option<&str>`."""
    assert isinstance(value.type, OptionalOf)
    inner = value.type.inner
    deref = inner in (STR, BYTES) or isinstance(inner, (ListOf, VarTuple, CallableOf))
    return t.Method(value.expr, "as_deref" if deref else "as_ref")


def slice_of(argument: t.Expr) -> t.Expr:
    """`&vec![1, 2]` → `&[1, 2]` and `&xs[1..].to_vec()` → `&xs[1..]`, where a slice is taken."""
    match argument:
        case t.Ref(t.Macro("vec", items, repeat=False), False) if items:
            return t.Ref(t.ArrayExpr(items))
        case t.Ref(t.Method(t.Call(t.Path("seq::slice")) as part, "to_vec", ()), False):
            return part
        case _:
            return argument


def same_layout(type_: Type) -> bool:
    """Whether a frozen container of this type has the very Rust type a parameter has."""
    match type_:
        case ListOf(elem) | VarTuple(elem) | SetOf(elem):
            return is_copy(elem)
        case DictOf(key, item):
            return is_copy(key) and is_copy(item)
        case TupleOf(items):
            return all(map(is_copy, items))
        case _:
            return True


def thaw(expr: t.Expr, type_: Type) -> t.Expr:
    """An owned copy of a frozen container."""
    match type_:
        case _ if is_copy(type_):
            return t.Unary("*", expr)
        case _ if type_ in (STR, BYTES):
            return t.Method(expr, "to_string" if type_ is STR else "to_vec")
        case CallableOf():
            return t.Call(t.Path("Rc::new"), (t.Unary("*", expr),))
        case ListOf(elem) | VarTuple(elem) if is_copy(elem):
            return t.Method(expr, "to_vec")
        case ListOf(elem) | VarTuple(elem) | SetOf(elem):
            inside = t.Closure(("item",), thaw(t.Path("item"), elem))
            return t.Method(t.Method(t.Method(expr, "iter"), "map", (inside,)), "collect")
        case DictOf(key, item):
            pair = t.TupleExpr((thaw(t.Path("key"), key), thaw(t.Path("item"), item)))
            inside = t.Closure(("(key, item)",), pair)
            return t.Method(t.Method(t.Method(expr, "iter"), "map", (inside,)), "collect")
        case TupleOf(items):
            parts = (thaw_field(t.Field(expr, str(i)), part) for i, part in enumerate(items))
            return t.TupleExpr(tuple(parts))
        case OptionalOf(inner):
            inside = t.Closure(("item",), thaw(t.Path("item"), inner))
            return t.Method(t.Method(expr, "as_ref"), "map", (inside,))
        case _:
            return t.Method(expr, "clone")


def thaw_field(expr: t.Expr, type_: Type) -> t.Expr:
    """As `thaw`, for a place rather than a reference."""
    if isinstance(type_, CallableOf):
        return t.Call(t.Path("Rc::new"), (expr,))
    return expr if is_copy(type_) else thaw(expr, type_)


def as_ref(value: Value) -> t.Expr:
    """`&x`, without a second borrow of what a literal already borrows."""
    expr = value.expr
    match expr:
        case t.Method(t.Lit() as literal, "to_string", ()):
            return literal
        case t.Method(t.Call() as slice_, "to_vec", ()):
            return slice_
        case t.Macro("vec", items, repeat=False):
            return t.Ref(t.ArrayExpr(items))
    return t.Ref(expr)


def char_as_str(expr: t.Expr) -> t.Expr:
    """A `char` where a `&str` is wanted, for the length of the statement."""
    if isinstance(expr, t.Lit):
        inner = expr.text[1:-1]
        inner = {"\\'": "'", '"': '\\"'}.get(inner, inner)
        return t.Lit(f'"{inner}"')
    buffer = t.Ref(t.Path("[0; 4]"), mutable=True)
    return t.Method(expr, "encode_utf8", (buffer,))


def integer(value: Value) -> t.Expr:
    """An `i64`, also from a `usize`."""
    return t.Cast(value.expr, "i64") if value.unsigned else value.expr


_ANYTHING_OR_NOT = OptionalOf(OBJECT)
"""What holds a value of any type where there may be none: see `analysis.unbound`."""


def convert(ctx: FunctionContext, value: Value, type_: Type, span: Span) -> Value:  # noqa: C901  a case a type
    """The value with the wanted Python type, where Python itself sees no difference; else a refusal."""
    if type_ == _ANYTHING_OR_NOT and value.type not in (type_, NONE):
        return Value(t.Call(t.Path("Some"), (owned(ctx, value, OBJECT, span),)), type_)
    if value.type in (type_, as_declared(type_)) or type_ is ANY or value.type is NEVER:
        return value
    if as_declared(value.type) == type_ and value.type is not ANY:
        return replace(value, type=type_)  # what nobody says the type of is held as any value
    if OBJECT in (type_, value.type) and type_ != OptionalOf(OBJECT):
        return _dynamic(ctx, value, type_, span)
    match type_:
        case OptionalOf(inner):
            if value.type is NONE:
                return Value(t.Path("None"), type_)
            if isinstance(value.type, OptionalOf):
                return _convert_optional(ctx, value, inner, span)
            if value.form in (Form.BORROWED, Form.STATIC):
                present = convert(ctx, value, inner, span)
                return Value(t.Call(t.Path("Some"), (present.expr,)), type_, Form.BORROWED)
            return Value(t.Call(t.Path("Some"), (owned(ctx, value, inner, span),)), type_)
        case Shared() if families.holds(ctx, type_, value.type):
            return families.widened(ctx, value, type_, span)
        case UnionOf() if (member := _member_for(ctx, value.type, type_)) is not None:
            inside = owned(ctx, value, member, span)
            ctx.rust_type(type_, span)
            path = t.Path(f"{enum_name(type_)}::{variant_name(member)}")
            return Value(t.Call(path, (inside,)), type_)
        case _ if type_ is BIG and value.type is INT:
            from portalis.compiler.lowering import big

            return big.widened(ctx, value, span)
        case _ if type_ is INT and value.type is BIG:
            from portalis.compiler.lowering import big

            return big.small(ctx, value)
        case _ if type_ is FLOAT and value.type in (INT, BOOL):
            raise Refusal(
                "PT102", span,
                f"an `{value.type}` stands where a `float` is declared; Python keeps it an int",
                "write a float, for example `0.0` or `float(x)`",
            )  # fmt: skip
        case _ if type_ is INT and value.type is BOOL:
            raise Refusal("PT105", span, "a `bool` stands where an `int` is declared", "write `int(x)`")
        case ListOf(elem) if isinstance(value.type, ListOf) and value.type.elem in (NEVER, ANY):
            return replace(value, type=type_)
        case ListOf(elem) if moves(ctx, value) and (listed := _listed(ctx, value, elem, span)) is not None:
            return listed
        case DictOf() if isinstance(value.type, DictOf) and value.type.key in (NEVER, ANY):
            return replace(value, type=type_)
        case SetOf() if isinstance(value.type, SetOf) and value.type.elem in (NEVER, ANY):
            return replace(value, type=type_)
        case TupleOf(items) if isinstance(value.type, TupleOf) and isinstance(value.expr, t.TupleExpr):
            if len(items) == len(value.type.items):
                return _convert_tuple(ctx, value, items, span)
        case VarTuple(elem) if isinstance(value.type, TupleOf) and isinstance(
            value.expr, (t.TupleExpr, t.Path)
        ):
            return _gathered(ctx, value, elem, span)
        case Instance(name="typing.Sequence", args=(elem,)) | Instance(name="typing.Iterable", args=(elem,)):
            if isinstance(value.type, (ListOf, VarTuple)) and value.type.elem == elem:
                return value
    if isinstance(value.type, OptionalOf) and not isinstance(type_, OptionalOf):
        return convert(ctx, unwrap(value), type_, span)
    if (
        isinstance(value.type, VarTuple)
        and isinstance(type_, TupleOf)
        and set(type_.items) == {value.type.elem}
    ):
        return _fixed_tuple(ctx, value, type_, span)
    raise Refusal("PT105", span, f"a `{value.type}` stands where a `{type_}` is expected")


def _listed(ctx: FunctionContext, value: Value, elem: Type, span: Span) -> Value | None:
    from portalis.compiler.lowering import dynamic

    return dynamic.list_of(ctx, value, elem, span)


def _dynamic(ctx: FunctionContext, value: Value, type_: Type, span: Span) -> Value:
    """To a value of any type, or back from one."""
    from portalis.compiler.lowering import dynamic

    if type_ is OBJECT:
        return dynamic.wrap(ctx, value, span)
    if not dynamic.takes(type_):
        raise Refusal("PT105", span, f"a value of any type stands where a `{type_}` is expected")
    return dynamic.exactly(ctx, value, type_, span)


def _convert_tuple(ctx: FunctionContext, value: Value, items: tuple[Type, ...], span: Span) -> Value:
    assert isinstance(value.expr, t.TupleExpr) and isinstance(value.type, TupleOf)
    parts = []
    for expr, have, want in zip(value.expr.items, value.type.items, items, strict=True):
        parts.append(owned(ctx, Value(expr, have), want, span))
    return Value(t.TupleExpr(tuple(parts)), TupleOf(items))


def _has_fields(value: Value) -> bool:
    """Whether the items of a tuple can be reached one by one, nothing evaluated twice."""
    return isinstance(value.expr, (t.TupleExpr, t.Path))


def _gathered(ctx: FunctionContext, value: Value, elem: Type, span: Span) -> Value:
    """A tuple of fixed length where any length may be: its items, each as what the place takes."""
    assert isinstance(value.type, TupleOf)
    if isinstance(value.expr, t.TupleExpr):
        parts = [Value(expr, have) for expr, have in zip(value.expr.items, value.type.items, strict=True)]
    else:
        fields = (t.Field(value.expr, str(i)) for i in range(len(value.type.items)))
        parts = [Value(expr, have, Form.PLACE) for expr, have in zip(fields, value.type.items, strict=True)]
    items = tuple(owned(ctx, part, elem, span) for part in parts)
    return Value(t.Macro("vec", items, "[]"), VarTuple(elem))


def _fixed_tuple(ctx: FunctionContext, value: Value, type_: TupleOf, span: Span) -> Value:
    """A tuple of any length where the annotation promises a length; another length declines."""
    assert isinstance(value.type, VarTuple)
    names = [f"item_{i}" for i in range(len(type_.items))]
    array = t.Call(t.Path(f"<[_; {len(names)}]>::try_from"), (owned(ctx, value, value.type, span),))
    reason = t.Lit('"a tuple of another length"')
    let = t.Let(f"[{', '.join(names)}]", ctx.rt("decline::or_decline", t.Method(array, "ok"), reason))
    return Value(t.BlockExpr(t.Block((let,), t.TupleExpr(tuple(map(t.Path, names))))), type_)


def _convert_optional(ctx: FunctionContext, value: Value, inner: Type, span: Span) -> Value:
    assert isinstance(value.type, OptionalOf)
    if value.type.inner in (NEVER, ANY):
        return replace(value, type=OptionalOf(inner))
    if isinstance(inner, UnionOf) and value.type.inner in inner.members:
        ctx.rust_type(inner, span)
        path = t.Path(f"{enum_name(inner)}::{variant_name(value.type.inner)}")
        return Value(t.Method(owned(ctx, value, value.type, span), "map", (path,)), OptionalOf(inner))
    if families.holds(ctx, inner, value.type.inner):
        made = families.maker(ctx, inner, value.type.inner, span)
        return Value(t.Method(owned(ctx, value, value.type, span), "map", (made,)), OptionalOf(inner))
    raise Refusal("PT105", span, f"a `{value.type}` stands where a `{inner} | None` is expected")


def present(value: Value) -> Value:
    """The value where Python would raise on None: an optional is unwrapped, and None declines."""
    return unwrap(value) if isinstance(value.type, OptionalOf) else value


def _member_for(ctx: FunctionContext, type_: Type, union: UnionOf) -> Type | None:
    """The member of a union that values of the type are held as."""
    if type_ in union.members:
        return type_
    return next((one for one in union.members if families.holds(ctx, one, type_)), None)


def unwrap(value: Value) -> Value:
    """The inside of an optional that the flow has shown not to be None."""
    assert isinstance(value.type, OptionalOf)
    inner = value.type.inner
    if is_copy(inner):
        return Value(t.Method(value.expr, "unwrap"), inner)
    if value.form in (Form.PLACE, Form.MUTREF) or value.whole:
        return Value(t.Method(inside_of(value), "unwrap"), inner, Form.BORROWED)
    return Value(t.Method(value.expr, "unwrap"), inner, value.form)


def member_of(ctx: FunctionContext, value: Value, member: Type, span: Span) -> Value:
    """The inside of a union that the flow has narrowed to one member; any other member declines."""
    assert isinstance(value.type, UnionOf)
    ctx.rust_type(value.type, span)
    pattern = f"{enum_name(value.type)}::{variant_name(member)}(inner)"
    inside: t.Expr = t.Unary("*", t.Path("inner")) if is_copy(member) else t.Path("inner")
    other = t.Arm("_", ctx.rt("decline::decline", t.Lit(f'"not a {member}"')))
    subject = value.expr if value.form is Form.BORROWED else t.Ref(value.expr)
    return Value(
        t.Match(subject, (t.Arm(pattern, inside), other)),
        member,
        Form.OWNED if is_copy(member) else Form.BORROWED,
    )


def narrowed(ctx: FunctionContext, value: Value, seen: Type, span: Span) -> Value:
    """A variable or field as the flow sees it at a place: without its None, or one member of a union."""
    match value.type:
        case Prim.OBJECT:
            return _seen_dynamic(ctx, value, seen, span)
        case OptionalOf(inner) if seen not in (ANY, value.type):
            if seen is NONE:
                return Value(t.Path("None"), NONE)
            if seen == inner:
                return unwrap(value)
            if isinstance(inner, UnionOf) and seen in inner.members:
                return member_of(ctx, unwrap(value), seen, span)
            if families.holds(ctx, inner, seen):
                return families.narrowed(ctx, unwrap(value), seen, span)
        case Shared() if families.holds(ctx, value.type, seen):
            return families.narrowed(ctx, value, seen, span)
        case UnionOf(members) if seen in members:
            return member_of(ctx, value, seen, span)
        case UnionOf() if seen is OBJECT:
            from portalis.compiler.lowering.unions import number_left

            return number_left(ctx, value, span)
        case UnionOf(members) if isinstance(seen, UnionOf) and set(seen.members) < set(members):
            from portalis.compiler.lowering.unions import fewer

            return fewer(ctx, value, seen, span)
    return value


def _seen_dynamic(ctx: FunctionContext, value: Value, seen: Type, span: Span) -> Value:
    """A value of any type, of which the flow tells one."""
    from portalis.compiler.lowering import dynamic

    if seen is NONE:
        return Value(t.Path("None"), NONE)
    if isinstance(seen, Prim) and seen is not FLOAT and dynamic.takes(seen):  # mypy's float may be an int
        return dynamic.exactly(ctx, value, seen, span)
    return value


def string_literal(value: str) -> Value:
    """A `str` literal."""
    return Value(lit_str(value), STR, Form.STATIC, literal=value)
