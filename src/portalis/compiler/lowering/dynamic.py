"""Values of which only the run tells the type: `Any`, `object` and type variables are `Value` in Rust.

    def both(a: Any, b: Any) -> Any:        pub fn both(a: &Value, b: &Value) -> Result<Value, Error> {
        return a * 2 + b                →       dynamic::add(&dynamic::mul(a, &Value::Int(2))?, b)

A typed value becomes a `Value` by its variant. The other way round a place that must have a type takes
exactly that type; any other value declines there, since Python would go on with it.
"""

from __future__ import annotations

from collections.abc import Mapping

from portalis.compiler.analysis import decided
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.type_parts import parts
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Value, instead
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import (
    BOOL,
    BYTES,
    FLOAT,
    INT,
    OBJECT,
    STR,
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
    is_mutable,
)
from portalis.diagnostics import Span
from portalis.mapping.union_enum import enum_name, variant_name

VARIANTS: Mapping[Type, str] = {INT: "Int", FLOAT: "Float", BOOL: "Bool", STR: "Str", BYTES: "Bytes"}
"""The variants of `Value` by the type of what they hold."""
_BINARY = {
    "+": "add", "-": "sub", "*": "mul", "/": "div", "//": "floor_div", "%": "floor_mod", "**": "pow",
    "&": "and", "|": "or", "^": "xor", "<<": "shl", ">>": "shr",
}  # fmt: skip
_UNARY = {"-": "neg", "+": "pos", "~": "invert"}
_ORDER = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


def of_union(ctx: FunctionContext, value: Value, span: Span) -> Value:
    """A union of immutable builtins where an operator must look at which one it is; others as they are."""
    if isinstance(value.type, UnionOf) and all(member in VARIANTS for member in value.type.members):
        return wrap(ctx, value, span)
    return value


def is_dynamic(*values: Value) -> bool:
    """Whether only the run tells the type of one of the values."""
    return any(value.type is OBJECT for value in values)


# Typed to dynamic and back ------------------------------------------------------------------------


def wrap(ctx: FunctionContext, value: Value, span: Span) -> Value:
    """A typed value as a dynamic one.

    Raises:
        Refusal: it can be changed in place, or has no place in a `Value`.
    """
    if value.type is OBJECT:
        return value
    return Value(_wrapped(ctx, value, span), OBJECT)


def _only_variants(type_: Type) -> bool:
    """Whether it is a union of which each member has a variant of its own in a `Value`."""
    return isinstance(type_, UnionOf) and all(member in VARIANTS for member in type_.members)


def _wrapped(ctx: FunctionContext, value: Value, span: Span) -> t.Expr:
    name = ctx.rust_type(OBJECT, span)
    match value.type:
        case Prim.OBJECT:
            return coerce.owned(ctx, value, OBJECT, span)
        case Prim.NONE:
            return instead(value.expr, t.Path(f"{name}::None"))
        case Prim() if value.type in VARIANTS:
            inside = coerce.owned(ctx, value, value.type, span)
            return t.Call(t.Path(f"{name}::{VARIANTS[value.type]}"), (inside,))
        case TupleOf(items) if isinstance(value.expr, t.TupleExpr):
            parts = [Value(e, k) for e, k in zip(value.expr.items, items, strict=True)]
            return _tuple(name, [_wrapped(ctx, part, span) for part in parts])
        case TupleOf(items) if isinstance(value.expr, (t.Path, t.Field)):
            places = [Value(t.Field(value.expr, str(i)), k, Form.PLACE) for i, k in enumerate(items)]
            return _tuple(name, [_wrapped(ctx, part, span) for part in places])
        case OptionalOf(inner) if inner in VARIANTS or _only_variants(inner):
            ctx.rust_type(value.type, span)
            held = coerce.owned(ctx, value, value.type, span)
            return t.Call(t.Path(f"{name}::from"), (held,))
        case UnionOf() if _only_variants(value.type):
            ctx.rust_type(value.type, span)
            return t.Call(t.Path(f"{name}::from"), (coerce.owned(ctx, value, value.type, span),))
        case VarTuple(elem) if elem is OBJECT:
            return t.Call(t.Path(f"{name}::Tuple"), (coerce.owned(ctx, value, value.type, span),))
        case VarTuple(elem) if elem in VARIANTS:
            moved = value.form is Form.OWNED
            each: t.Expr = t.Method(value.expr, "into_iter" if moved else "iter")
            if not moved:
                each = t.Method(each, "cloned")
            made = t.Method(t.Method(each, "map", (t.Path(f"{name}::{VARIANTS[elem]}"),)), "collect")
            return t.Call(t.Path(f"{name}::Tuple"), (made,))
        case ListOf() | DictOf() | SetOf(frozen=False) if _fits_inside(value.type):
            return _boxed(ctx, value, name, span)
        case _:
            raise Refusal(
                "PT101", span, f"a `{value.type}` stands where the type is not known",
                "annotate the place with the type that it always has",
            )  # fmt: skip


def _tuple(name: str, parts: list[t.Expr]) -> t.Expr:
    return t.Call(t.Path(f"{name}::Tuple"), (t.Macro("vec", tuple(parts), "[]"),))


def _fits_inside(type_: Type) -> bool:
    """Whether the runtime can make a value of any type of it: see `From` in `runtime/value.rs`."""
    match type_:
        case ListOf(elem) | SetOf(elem, frozen=False) | OptionalOf(elem):
            return _fits_inside(elem)
        case DictOf(key, item):
            return _fits_inside(key) and _fits_inside(item)
        case TupleOf(items):
            return len(items) in (2, 3) and all(map(_fits_inside, items))
        case UnionOf(members):
            return all(member in VARIANTS for member in members)
        case _:
            return type_ in (INT, FLOAT, BOOL, STR, OBJECT) or type_ in (Prim.NEVER, Prim.ANY)


def _boxed(ctx: FunctionContext, value: Value, name: str, span: Span) -> t.Expr:
    """A container that becomes an object inside a value of any type, and is nobody else's afterwards.

    `analysis.aliasing` is told of it, and judges whether somebody could still reach the one that it was.
    """
    node = value.node
    kept = value.local in ctx.live or not value.movable  # a variable that is read here only may be copied
    seen = isinstance(node, h.Local) or (node is not None and not _unseen(node.type, value.type))
    if value.frozen or node is None or not seen or (kept and not coerce.moves(ctx, value)):
        raise Refusal(
            "PT401", span, f"a `{value.type}` is put into a value of any type, and may be used elsewhere",
            "copy it where it is stored, with `list(x)` or `dict(x)`",
        )  # fmt: skip
    ctx.boxed[id(node)] = node
    stem = _STEMS[type(value.type)]
    inside = coerce.owned(ctx, value, value.type, span)
    match inside:
        case t.Macro("vec", items, "[]", repeat=False) if items:
            inside = t.ArrayExpr(items)
        case t.Call(t.Path("Vec::new" | "dict::Dict::default" | "set::Set::default"), ()):
            return t.Call(t.Path(f"{name}::{stem}::<{_EMPTY[stem].format(name)}>"), (t.ArrayExpr(()),))
        case t.Call(t.Path("dict::from_pairs"), (t.ArrayExpr(items),)):
            inside = t.ArrayExpr(_with_plain_keys(items))
        case t.Call(t.Path("set::from_items"), (items,)):
            inside = items
    return t.Call(t.Path(f"{name}::{stem}"), (inside,))


def _with_plain_keys(entries: tuple[t.Expr, ...]) -> tuple[t.Expr, ...]:
    """`("a".to_string(), x)` → `("a", x)`, where every key is written out."""
    plain: list[t.Expr] = []
    for entry in entries:
        match entry:
            case t.TupleExpr((t.Method(t.Lit() as key, "to_string", ()), item)):
                plain.append(t.TupleExpr((key, item)))
            case _:
                return entries
    return tuple(plain)


def _unseen(said: Type, made: Type) -> bool:
    """Whether there are containers inside of which the analysis, which goes by what was said, is not told."""
    return said != made and any(is_mutable(part) for part in parts(made))


_STEMS: Mapping[type, str] = {ListOf: "list", DictOf: "dict", SetOf: "set"}
_EMPTY = {"list": "{0}", "dict": "{0}, {0}", "set": "{0}"}


def holds(type_: Type) -> bool:
    """Whether a value of the type has a place in a dynamic one, without a look at what is inside."""
    return type_ in VARIANTS or type_ in (OBJECT, Prim.NONE)


def list_of(ctx: FunctionContext, value: Value, elem: Type, span: Span) -> Value | None:
    """A list of values as one of typed items or the other way round, item by item; None for other lists.

    It is another list, so it may only be made of one that nobody else has, or for somebody who only reads it.
    """
    have = value.type.elem if isinstance(value.type, ListOf) else None
    if have is None or not (_both(have, elem) or _both(elem, have)) or value.frozen:
        return None
    moved = coerce.moves(ctx, value)
    form = Form.OWNED if moved or is_copy(have) else Form.BORROWED
    item = Value(t.Path("item"), have, form)
    pattern = "&item" if is_copy(have) and not moved else "item"
    (made, raises) = ctx.probe(lambda: coerce.owned(ctx, item, elem, span))
    if raises:
        return None
    mapped = t.Method(
        t.Method(value.expr, "into_iter" if moved else "iter"), "map", (t.Closure((pattern,), made),)
    )
    return Value(t.Method(mapped, "collect", (), "Vec<_>"), ListOf(elem))


def _both(one: Type, other: Type) -> bool:
    return one is OBJECT and other in VARIANTS


def takes(type_: Type) -> bool:
    """Whether a dynamic value can be taken as one of the type, by looking at it."""
    match type_:
        case OptionalOf(inner):
            return inner in VARIANTS
        case VarTuple(elem):
            return elem is OBJECT
        case UnionOf(members):
            held = [member for member in members if member in VARIANTS]
            return bool(held) and all(
                member in held or isinstance(member, (Instance, Shared)) for member in members
            )
        case _:
            return type_ in VARIANTS


def exactly(ctx: FunctionContext, value: Value, type_: Type, span: Span) -> Value:
    """A dynamic value as one of exactly this type; any other declines."""
    held = _borrow(value)
    match type_:
        case OptionalOf(inner):
            ctx.rust_type(OBJECT, span)
            absent = t.Arm("Value::None", t.Path("None"))
            name = ctx.fresh("held")
            inside = exactly(ctx, Value(t.Path(name), OBJECT, Form.BORROWED), inner, span)
            some = t.Call(t.Path("Some"), (inside.expr,))
            form = Form.OWNED if inside.form is Form.OWNED else Form.BORROWED
            return Value(t.Match(held, (absent, t.Arm(name, some))), type_, form)
        case UnionOf():
            return Value(_member(ctx, value, type_, span), type_)
        case VarTuple():
            stem = "tuple"
        case _:
            stem = str(type_)
    call = ctx.rt(f"value::exact_{stem}", held)
    if type_ in (INT, FLOAT, BOOL):
        return Value(call, type_)
    return Value(call, type_, Form.BORROWED, temporary=value.form is Form.OWNED)


def _member(ctx: FunctionContext, value: Value, union: UnionOf, span: Span) -> t.Expr:
    """`match a { Value::Int(inner) => IntOrStr::Int(inner), … }`."""
    name = ctx.rust_type(OBJECT, span)
    ctx.rust_type(union, span)
    arms = [
        t.Arm(
            f"{name}::{VARIANTS[member]}(inner)",
            t.Call(t.Path(f"{enum_name(union)}::{variant_name(member)}"), (t.Path("inner"),)),
        )
        for member in union.members
        if member in VARIANTS  # no value of any type is an instance
    ]
    other = t.Arm("_", ctx.rt("decline::decline", t.Lit(f'"not of `{union}`"')))
    return t.Match(coerce.owned(ctx, value, OBJECT, span), (*arms, other))


def _borrow(value: Value) -> t.Expr:
    return value.expr if value.form in (Form.BORROWED, Form.MUTREF) else t.Ref(value.expr)


def reference(ctx: FunctionContext, value: Value, span: Span) -> t.Expr:
    """Any value as a `&Value`."""
    return _borrow(wrap(ctx, value, span))


# Operators ----------------------------------------------------------------------------------------


def binary(
    ctx: FunctionContext, op: str, left: Value, right: Value, span: Span, *, augmented: bool = False
) -> Value:
    """`a + b` of which one is dynamic, or what `a += b` binds."""
    if op not in _BINARY:
        raise Refusal("PT214", span, f"`{op}` on a value of any type is not translated")
    sides = (reference(ctx, left, span), reference(ctx, right, span))
    suffix = "_assign" if augmented else ""
    return Value(ctx.rt_try(f"dynamic::{_BINARY[op]}{suffix}", *sides), OBJECT)


def unary(ctx: FunctionContext, op: str, value: Value, span: Span) -> Value:
    """`-a`, `+a`, `~a`."""
    return Value(ctx.rt_try(f"dynamic::{_UNARY[op]}", reference(ctx, value, span)), OBJECT)


def compared(ctx: FunctionContext, value: Value, span: Span) -> Value:
    """A typed container that is only looked at, as a value of any type: a copy of it serves."""
    if not isinstance(value.type, (ListOf, DictOf, SetOf)) or value.frozen or not _fits_inside(value.type):
        return value
    made = value.expr
    if value.form is not Form.OWNED:
        made = t.Method(made, "to_vec" if isinstance(value.type, ListOf) else "clone")
    stem = _STEMS[type(value.type)]
    return Value(t.Call(t.Path(f"{ctx.rust_type(OBJECT, span)}::{stem}"), (made,)), OBJECT)


def compare(ctx: FunctionContext, op: str, left: Value, right: Value, span: Span) -> t.Expr:
    """`a < b` and `a == b` of which one is dynamic."""
    if op in _ORDER:
        sides = [reference(ctx, compared(ctx, one, span), span) for one in (left, right)]
        return ctx.rt_try(f"dynamic_order::{_ORDER[op]}", *sides)
    left, right = compared(ctx, left, span), compared(ctx, right, span)
    if left.type is not OBJECT and not isinstance(left.expr, (t.Path, t.Lit)):
        return t.Binary(op, wrap(ctx, left, span).expr, _place(wrap(ctx, right, span)))
    if left.type is not OBJECT:
        left, right = right, left  # neither side does anything, and equality has no order
    if right.type is OBJECT:
        return _equal(op, left, right)
    if right.type is STR and right.form in (Form.STATIC, Form.BORROWED):
        return t.Binary(op, _place(left), right.expr)
    if right.type in (INT, FLOAT, BOOL):
        return t.Binary(op, _place(left), coerce.integer(right) if right.type is INT else right.expr)
    return t.Binary(op, _place(left), wrap(ctx, right, span).expr)


def _equal(op: str, left: Value, right: Value) -> t.Expr:
    if Form.BORROWED is left.form is right.form:
        return t.Binary(op, left.expr, right.expr)
    return t.Binary(op, _place(left), _place(right))


def _place(value: Value) -> t.Expr:
    return t.Unary("*", value.expr) if value.form in (Form.BORROWED, Form.MUTREF) else value.expr


def truth(ctx: FunctionContext, value: Value, span: Span) -> t.Expr:
    """`if a`."""
    return ctx.rt("value::is_true", reference(ctx, value, span))


def call(ctx: FunctionContext, name: str, value: Value, span: Span) -> t.Expr:
    """A function of the runtime on a dynamic value, which can raise."""
    return ctx.rt_try(f"dynamic_numbers::{name}", reference(ctx, value, span))


_CLASSES = {
    "builtins.int": ("Int(_)", "Bool(_)"),
    "builtins.bool": ("Bool(_)",),
    "builtins.float": ("Float(_)",),
    "builtins.str": ("Str(_)",),
    "builtins.bytes": ("Bytes(_)",),
    "builtins.tuple": ("Tuple(_)",),
    "builtins.list": ("List(_)",),
    "builtins.dict": ("Dict(_)",),
    "builtins.set": ("Set(_)",),
    "types.NoneType": ("None",),
}
_ABSTRACT = {
    "Mapping": ("Dict(_)",),
    "MutableMapping": ("Dict(_)",),
    "Sequence": ("Str(_)", "Bytes(_)", "Tuple(_)", "List(_)"),
    "MutableSequence": ("List(_)",),
    "Set": ("Set(_)",),
    "MutableSet": ("Set(_)",),
    "Iterable": ("Str(_)", "Bytes(_)", "Tuple(_)", "List(_)", "Dict(_)", "Set(_)"),
    "Collection": ("Str(_)", "Bytes(_)", "Tuple(_)", "List(_)", "Dict(_)", "Set(_)"),
}
_CLASSES |= {
    f"{module}.{name}": found
    for module in ("typing", "collections.abc", "_collections_abc")
    for name, found in _ABSTRACT.items()
}


def variant_of(fullname: str) -> str:
    """The pattern of the values whose class is exactly the one of that name."""
    return _CLASSES[fullname][0]


def is_instance(ctx: FunctionContext, value: Value, classes: frozenset[str], span: Span) -> t.Expr:
    """`isinstance(a, (int, str))` → `matches!(a, Value::Int(_) | Value::Bool(_) | Value::Str(_))`."""
    found = decided.is_instance(OBJECT, classes)
    if found is not None:
        return t.Lit("true" if found else "false")
    unknown = sorted(classes - _CLASSES.keys() - decided.CONCRETE)
    if unknown:
        raise Refusal("PT210", span, f"`isinstance` of `{unknown[0]}` is not decided by the types")
    name = ctx.rust_type(OBJECT, span)
    patterns = dict.fromkeys(one for key, found in _CLASSES.items() if key in classes for one in found)
    return t.Macro("matches", (value.expr, t.Path(" | ".join(f"{name}::{one}" for one in patterns))))


def is_none(ctx: FunctionContext, value: Value, span: Span) -> t.Expr:
    """`a is None`."""
    name = ctx.rust_type(OBJECT, span)
    return t.Macro("matches", (value.expr, t.Path(f"{name}::None")))
