"""Methods of list, dict, set, tuple, and of `Counter`, `deque`, `defaultdict`."""

from __future__ import annotations

from collections.abc import Callable

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.applied import is_function
from portalis.compiler.lowering.comprehension import (
    as_comprehension,
    collect_list,
)
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.iterate import iterate, require_order
from portalis.compiler.lowering.membership import key_ref
from portalis.compiler.lowering.receivers import lent_receiver, mutated, place, stored
from portalis.compiler.lowering.targets import owned_items
from portalis.compiler.lowering.value import MAX_LEN, Form, Range, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import inspect
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib import set_methods
from portalis.compiler.types import (
    INT,
    NONE,
    OBJECT,
    STR,
    CallableOf,
    DictOf,
    ListOf,
    OptionalOf,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
    is_copy,
)  # fmt: skip

_Method = Callable[[FunctionContext, h.CallMethod, Value], Value]
_Rows = dict[tuple[str, int], _Method]
_SIZE = Range(0, MAX_LEN)


def lower(ctx: FunctionContext, node: h.CallMethod, receiver: Value, expect: Type | None) -> Value:
    """A method of a builtin container."""
    if node.keywords and node.method not in ("sort",):
        raise Refusal("PT305", node.span, f"keyword arguments of `{node.method}` are not translated")
    if isinstance(receiver.type, SetOf):
        return set_methods.lower(ctx, node, receiver)
    method = _TABLES[type(receiver.type)].get((node.method, len(node.args)))
    if method is None:
        raise Refusal("PT301", node.span, f"`{receiver.type}.{node.method}` is not translated in this form")
    return method(ctx, node, receiver)


def _unit(expr: t.Expr) -> Value:
    return Value(expr, NONE)


def _elem(receiver: Value) -> Type:
    assert isinstance(receiver.type, (ListOf, VarTuple, SetOf))
    return receiver.type.elem


def _append(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    value = stored(ctx, node.args[0], _elem(receiver))
    return _unit(t.Method(place(ctx, node, receiver), "push", (value,)))


def _extend(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    source = as_comprehension(ctx, node.args[0])
    iteration = iterate(ctx, source)
    require_order(iteration, node.span)
    items, type_, fallible = owned_items(ctx, iteration, node.span)
    if fallible:
        listed = collect_list(ctx, source, _elem(receiver))
        items, type_ = listed.expr, _elem(listed)
    if type_ != _elem(receiver):
        raise Refusal("PT105", node.span, f"`{type_}` items are added to a `{receiver.type}`")
    return _unit(t.Method(place(ctx, node, receiver), "extend", (items,)))


def _pop(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    target = mutated(ctx, node, receiver)
    if not node.args:
        return Value(ctx.rt_try("seq::pop", target), _elem(receiver))
    return Value(ctx.rt_try("seq::pop_at", target, ctx.i64(node.args[0])), _elem(receiver))


def _insert(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    index = ctx.i64(node.args[0])
    value = stored(ctx, node.args[1], _elem(receiver))
    return _unit(ctx.rt("seq::insert", mutated(ctx, node, receiver), index, value))


def _remove(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    key = _item_ref(ctx, node.args[0], receiver)
    base = mutated(ctx, node, receiver)
    root = inspect.root(receiver.expr)
    if root is None or not inspect.mentions(key, root):
        return _unit(ctx.rt_try("seq::remove", base, key))
    # An element of the list itself: it is taken out under a name of its own, then looked for.
    elem = _elem(receiver)
    item = coerce.owned(ctx, ctx.expr(node.args[0], elem), elem, node.span)
    name = ctx.fresh("item")
    call = ctx.rt_try("seq::remove", base, t.Ref(t.Path(name)))
    return _unit(t.BlockExpr(t.Block((t.Let(name, item),), call)))


def _item_ref(ctx: FunctionContext, node: h.Expr, receiver: Value) -> t.Expr:
    """An element to look for, by reference."""
    elem = _elem(receiver)
    value = coerce.convert(ctx, ctx.expr(node, elem), elem, node.span)
    if is_copy(elem):
        return t.Ref(coerce.integer(value))
    if elem is STR:
        return coerce.borrowed(ctx, value, STR, node.span)
    return coerce.as_ref(value) if value.form is not Form.BORROWED else value.expr


def _index(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    name = "index_of_tuple" if isinstance(receiver.type, VarTuple) else "index_of"
    call = ctx.rt_try(f"seq::{name}", lent_receiver(receiver), _item_ref(ctx, node.args[0], receiver))
    return Value(call, INT, range=_SIZE)


def _count(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    return Value(
        ctx.rt("seq::count", lent_receiver(receiver), _item_ref(ctx, node.args[0], receiver)),
        INT,
        range=_SIZE,
    )


def _sort(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    from portalis.compiler.stdlib.aggregates import sort_statements

    if set(node.keywords) - {"key", "reverse"}:
        raise Refusal("PT305", node.span, "this form of `sort` is not translated")
    base = place(ctx, node, receiver)
    stmts = sort_statements(
        ctx, base, _elem(receiver), node.keywords.get("key"), node.keywords.get("reverse"), node,
        mutated(ctx, node, receiver),
    )  # fmt: skip
    if len(stmts) == 1 and isinstance(stmts[0], t.ExprStmt):
        return _unit(stmts[0].expr)
    return _unit(t.BlockExpr(t.Block(tuple(stmts))))


def _simple(name: str) -> _Method:
    def method(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
        return _unit(t.Method(place(ctx, node, receiver), name))

    return method


def _copy(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    if receiver.frozen:
        return Value(coerce.thaw(receiver.expr, receiver.type), receiver.type)
    name = "to_vec" if isinstance(receiver.type, ListOf) else "clone"
    return Value(t.Method(receiver.expr, name), receiver.type)


# dict -------------------------------------------------------------------------------------------


def _get(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`d.get(k)` is an `Option`, `d.get(k, default)` the value."""
    assert isinstance(receiver.type, DictOf)
    item = receiver.type.value
    key = key_ref(ctx, ctx.expr(node.args[0]), receiver.type.key, node.span, frozen=receiver.frozen)
    found = t.Method(receiver.expr, "get", (key,))
    if len(node.args) == 2:
        if receiver.frozen and isinstance(item, CallableOf) and is_function(ctx, node.args[1]):
            return _function_or(ctx, found, item, node.args[1])
        default = ctx.expr(node.args[1], item)
        empty = isinstance(node.args[1], (h.ListDisplay, h.TupleDisplay)) and not node.args[1].items
        if isinstance(item, (ListOf, VarTuple)) and empty and not receiver.frozen:
            as_slice = t.Method(found, "map", (t.Path("Vec::as_slice"),))
            return Value(t.Method(as_slice, "unwrap_or_default"), item, Form.BORROWED)
        if default.type is NONE and item is not OBJECT:
            return _get_optional(receiver, found, item)
        if is_copy(item):
            plain = coerce.owned(ctx, default, item, node.span)
            return Value(t.Method(t.Method(found, "copied"), "unwrap_or", (plain,)), item)
        if item is STR:
            as_str = t.Method(
                found,
                "copied" if receiver.frozen else "map",
                () if receiver.frozen else (t.Path("String::as_str"),),
            )
            text = coerce.borrowed(ctx, default, STR, node.span)
            return Value(t.Method(as_str, "unwrap_or", (text,)), STR, Form.BORROWED, temporary=True)
        if receiver.frozen:
            raise Refusal("PT301", node.span, "`get` with a default on this constant is not translated")
        other = coerce.owned(ctx, default, item, node.span)
        return Value(t.Method(t.Method(found, "cloned"), "unwrap_or", (other,)), item)
    if item is OBJECT:
        ctx.rust_type(OBJECT, node.span)
        return Value(t.Method(t.Method(found, "cloned"), "unwrap_or", (t.Path("Value::None"),)), OBJECT)
    return _get_optional(receiver, found, item)


def _function_or(ctx: FunctionContext, found: t.Expr, item: CallableOf, default: h.Expr) -> Value:
    """`TABLE.get(k, f)` of a table of functions: a function of the module stands for itself."""
    from portalis.compiler.lowering.closures import pointer, pointer_type

    if not isinstance(default, h.FunctionRef):
        raise Refusal("PT215", default.span, "name a function of the module as the default")
    other = t.Ref(t.Cast(pointer(ctx, default, item), pointer_type(ctx, item, default.span)))
    return Value(t.Method(found, "unwrap_or", (other,)), item, Form.BORROWED, frozen=True)


def _get_optional(receiver: Value, found: t.Expr, item: Type) -> Value:
    if receiver.frozen and isinstance(item, CallableOf):
        return Value(found, OptionalOf(item), Form.BORROWED, frozen=True)
    if is_copy(item):
        return Value(t.Method(found, "copied"), OptionalOf(item))
    if item is STR:
        found = (
            t.Method(found, "copied")
            if receiver.frozen
            else t.Method(found, "map", (t.Path("String::as_str"),))
        )
        return Value(found, OptionalOf(STR), Form.BORROWED)
    if isinstance(item, OptionalOf):
        return Value(t.Method(t.Method(found, "cloned"), "flatten"), item)
    return Value(found, OptionalOf(item), Form.BORROWED, frozen=receiver.frozen)


def _dict_pop(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    assert isinstance(receiver.type, DictOf)
    key = key_ref(ctx, ctx.expr(node.args[0]), receiver.type.key, node.span)
    target = mutated(ctx, node, receiver)
    if len(node.args) == 1:
        return Value(ctx.rt_try("dict::pop", target, key), receiver.type.value)
    default = ctx.expr(node.args[1], receiver.type.value)
    if default.type is NONE and receiver.type.value is not OBJECT:
        return Value(
            t.Method(place(ctx, node, receiver), "shift_remove", (key,)), OptionalOf(receiver.type.value)
        )
    other = coerce.owned(ctx, default, receiver.type.value, node.span)
    return Value(ctx.rt("dict::pop_default", target, key, other), receiver.type.value)


def _set_default(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    assert isinstance(receiver.type, DictOf)
    key = stored(ctx, node.args[0], receiver.type.key)
    value = stored(ctx, node.args[1], receiver.type.value)
    call = ctx.rt("dict::set_default", mutated(ctx, node, receiver), key, value)
    if is_copy(receiver.type.value):
        return Value(t.Unary("*", call), receiver.type.value)
    return Value(call, receiver.type.value, Form.MUTREF)


def _pop_item(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    assert isinstance(receiver.type, DictOf)
    taken = ctx.rt_try("dict::pop_item", mutated(ctx, node, receiver))
    return Value(taken, TupleOf((receiver.type.key, receiver.type.value)))


def _update(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    assert isinstance(receiver.type, DictOf)
    other = ctx.expr(node.args[0], receiver.type)
    given = coerce.borrowed(ctx, other, receiver.type, node.span)
    return _unit(ctx.rt("dict::update", mutated(ctx, node, receiver), given))


_LIST: _Rows = {
    ("append", 1): _append, ("extend", 1): _extend, ("pop", 0): _pop, ("pop", 1): _pop, ("insert", 2): _insert,
    ("remove", 1): _remove, ("index", 1): _index, ("count", 1): _count, ("sort", 0): _sort,
    ("reverse", 0): _simple("reverse"), ("clear", 0): _simple("clear"), ("copy", 0): _copy,
}  # fmt: skip
_TUPLE: _Rows = {("index", 1): _index, ("count", 1): _count}
_DICT: _Rows = {
    ("get", 1): _get, ("get", 2): _get, ("pop", 1): _dict_pop, ("pop", 2): _dict_pop, ("setdefault", 2): _set_default,
    ("update", 1): _update, ("clear", 0): _simple("clear"), ("copy", 0): _copy,
    ("popitem", 0): _pop_item,
}  # fmt: skip
_TABLES: dict[type[Type], _Rows] = {
    ListOf: _LIST, VarTuple: _TUPLE, DictOf: _DICT,
}  # fmt: skip
