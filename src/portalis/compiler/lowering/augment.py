"""Augmented assignment, and `del`."""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.analysis.bound import surely_bound
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import root_local, walk
from portalis.compiler.lowering import big, coerce, dynamic, dynamic_items, structs
from portalis.compiler.lowering.arithmetic import apply as apply_operator
from portalis.compiler.lowering.context import FunctionContext, Local
from portalis.compiler.lowering.dict_like import COUNTER, ORDERED_DICT, as_dict, dict_of
from portalis.compiler.lowering.membership import key_ref
from portalis.compiler.lowering.receivers import mutable_receiver
from portalis.compiler.lowering.store import store_value
from portalis.compiler.lowering.subscript import plain_range, stepped_bounds
from portalis.compiler.lowering.value import Form, Value, lit_char
from portalis.compiler.lowering.variables import assign_local, store_local
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import leaves
from portalis.compiler.types import (
    BIG,
    BYTEARRAY,
    INT,
    NEVER,
    OBJECT,
    STR,
    DictOf,
    Instance,
    ListOf,
    SetOf,
    Type,
    VarTuple,
    is_copy,
    is_mutable,
)  # fmt: skip


def lower_augmented(ctx: FunctionContext, stmt: h.AugAssign) -> list[t.Stmt]:
    """`x += value`, in place where Python's is."""
    match stmt.target:
        case h.Local():
            return _augment_local(ctx, stmt, stmt.target)
        case h.Subscript():
            return _augment_element(ctx, stmt, stmt.target)
        case h.Attribute():
            return structs.augment_field(ctx, stmt, stmt.target)
        case _:
            raise Refusal("PT209", stmt.span, "this augmented assignment is not translated")


def _augment_local(ctx: FunctionContext, stmt: h.AugAssign, target: h.Local) -> list[t.Stmt]:
    current = ctx.expr(target)
    local = ctx.lookup(target.name)
    assert local is not None
    if current.type is STR and stmt.op == "+" and local.form is Form.PLACE:
        return _push(ctx, stmt, local)
    if isinstance(current.type, (ListOf, SetOf, DictOf)):
        return _augment_container(ctx, stmt, target, current)
    if current.type == BYTEARRAY:
        from portalis.compiler.stdlib import bytearrays

        return bytearrays.augment(ctx, target, stmt.value, stmt.op, stmt.span)
    value = ctx.expr(stmt.value)
    if current.type is BIG and stmt.op in ("+", "-", "*") and value.type in (INT, BIG):
        ctx.note_store(local)
        return [t.Assign(t.Path(local.rust), big.added(value), stmt.op)]
    result = apply_operator(ctx, stmt.op, current, value, stmt)
    match result.expr:
        case t.Binary(op, t.Path(name), right) if name == local.rust and is_copy(local.type):
            if local.type == result.type and ctx.block_local(local) is not None:
                ctx.note_store(local)
                ctx.learned.ranges[local.web] = None
                if local.range is not None:
                    result = apply_operator(ctx, stmt.op, Value(current.expr, current.type), value, stmt)
                    if not isinstance(result.expr, t.Binary):
                        local.range = None
                        return [t.Assign(t.Path(local.rust), result.expr)]
                local.range = None
                return [t.Assign(t.Path(local.rust), right, op)]
    if local.form in (Form.BORROWED, Form.STATIC, Form.CHAR) and not is_copy(local.type):
        return assign_local(ctx, target, result, stmt.span)
    if ctx.known.ranges.get(local.web, True) is not None and local.range is not None:
        ctx.learned.ranges[local.web] = None
    return [store_local(ctx, local, result, stmt.span)]


def _push(ctx: FunctionContext, stmt: h.AugAssign, local: Local) -> list[t.Stmt]:
    """`text += piece` → `text.push_str(piece)`, in amortised constant time as in CPython."""
    from portalis.compiler.lowering.sequences import format_macro

    ctx.learned.mutable.add(local.web)
    value = ctx.expr(stmt.value)
    if value.type is not STR:
        raise Refusal("PT105", stmt.span, f"a `{value.type}` is added to a string")
    place = t.Path(local.rust)
    if any(isinstance(n, h.Local) and n.name == local.name for n in walk(stmt.value)):
        return [store_local(ctx, local, Value(format_macro(ctx, [Value(place, STR), value]), STR), stmt.span)]
    if value.form is Form.CHAR:
        return [t.ExprStmt(t.Method(place, "push", (value.expr,)))]
    if isinstance(value.literal, str) and len(value.literal) == 1:
        return [t.ExprStmt(t.Method(place, "push", (lit_char(value.literal),)))]
    return [t.ExprStmt(t.Method(place, "push_str", (coerce.borrowed(ctx, value, STR, stmt.span),)))]


def _augment_container(
    ctx: FunctionContext, stmt: h.AugAssign, target: h.Local, current: Value
) -> list[t.Stmt]:
    """`xs += ys` extends in place; `s |= t` updates in place."""
    place = mutable_receiver(ctx, target, current)
    held = place if current.form is Form.MUTREF else t.Ref(place, mutable=True)
    value = ctx.expr(stmt.value, current.type)
    match current.type, stmt.op:
        case ListOf(elem), "+" if isinstance(value.type, (ListOf, VarTuple)) and value.type.elem in (
            elem,
            NEVER,
        ):
            if any(isinstance(n, h.Local) and n.name == target.name for n in walk(stmt.value)):
                raise Refusal("PT405", stmt.span, "a list is extended by itself")
            if (
                value.form is not Form.OWNED
                and value.type.elem == elem
                and not is_mutable(elem)
                and not value.frozen
            ):
                borrowed = coerce.borrowed(ctx, value, value.type, stmt.span)
                return [t.ExprStmt(t.Method(place, "extend_from_slice", (borrowed,)))]
            return [
                t.ExprStmt(t.Method(place, "extend", (coerce.owned(ctx, value, current.type, stmt.span),)))
            ]
        case ListOf(elem), "+" if elem is OBJECT and value.type is OBJECT:
            more = ctx.rt_try("dynamic_items::iter", dynamic.reference(ctx, value, stmt.span))
            return [t.ExprStmt(t.Method(place, "extend", (more,)))]
        case ListOf(elem), "*" if value.type is INT and not is_mutable(elem):
            return [t.ExprStmt(ctx.rt("seq::repeat_in_place", held, coerce.integer(value)))]
        case SetOf(), ("|" | "&" | "-" | "^") if value.type == current.type:
            names = {"|": "union", "&": "intersection", "-": "difference", "^": "symmetric_difference"}
            other = coerce.borrowed(ctx, value, value.type, stmt.span)
            return [t.ExprStmt(ctx.rt(f"set::{names[stmt.op]}_update", held, other))]
        case DictOf(), "|" if value.type == current.type:
            return [
                t.ExprStmt(ctx.rt("dict::update", held, coerce.borrowed(ctx, value, value.type, stmt.span)))
            ]
        case _:
            raise Refusal("PT214", stmt.span, f"`{stmt.op}=` of a `{current.type}` is not translated")


def _augment_element(ctx: FunctionContext, stmt: h.AugAssign, target: h.Subscript) -> list[t.Stmt]:
    """`xs[i] += v` → `*seq::at_mut(xs, i)? += v`, Python's order: element read, value, store.

    An index that a call computes is computed once, before the element is read.
    """
    named, target = _with_named_index(ctx, target)
    return [*named, *_augment_at(ctx, stmt, target)]


def _with_named_index(ctx: FunctionContext, target: h.Subscript) -> tuple[list[t.Stmt], h.Subscript]:
    """`xs[f(a)]` → `let index = f(a)?;` and `xs[index]`."""
    before: list[t.Stmt] = []
    holder = target.value
    if isinstance(holder, h.Subscript):
        before, holder = _with_named_index(ctx, holder)
    elif _calls(holder):
        message = "the place of this augmented assignment is computed by a call"
        raise Refusal("PT209", target.span, message, "name it first")
    index = target.index
    if _calls(index):
        value = ctx.expr(index)
        if is_mutable(value.type):
            raise Refusal("PT209", target.span, f"a `{value.type}` computed by a call is no key here")
        name = ctx.fresh("index" if value.type is INT else "key")
        made = coerce.owned(ctx, value, value.type, index.span)
        local = ctx.declare(name, value.type, Form.OWNED if is_copy(value.type) else Form.PLACE)
        before = [*before, t.Let(local.rust, made)]
        index = h.Local(name, value.type, span=index.span, type=value.type)
    return before, replace(target, value=holder, index=index)


def _calls(node: h.Expr) -> bool:
    """Whether a call of the project, or a binding, happens inside: twice is not the same as once."""
    return any(isinstance(n, (h.CallFunction, h.CallValue, h.CallMethod, h.Walrus)) for n in walk(node))


def _augment_at(ctx: FunctionContext, stmt: h.AugAssign, target: h.Subscript) -> list[t.Stmt]:
    container = ctx.expr(target.value)
    if isinstance(container.type, Instance) and container.type.name == ORDERED_DICT:
        container = as_dict(container)
    if container.type is OBJECT:
        return dynamic_items.augment(ctx, stmt, target, container)
    elem = getattr(container.type, "value", getattr(container.type, "elem", None))
    if container.type == BYTEARRAY:
        elem = INT
    elif not isinstance(container.type, (ListOf, DictOf)) or elem is None:
        return _augment_counter(ctx, stmt, target, container)
    current = ctx.expr(target)
    value = ctx.expr(stmt.value)
    result = apply_operator(ctx, stmt.op, current, value, stmt)
    if result.type != elem:
        raise Refusal("PT105", stmt.span, f"a `{result.type}` is stored where a `{elem}` was")
    name = ctx.fresh("value")
    owned = coerce.owned(ctx, result, elem, stmt.span)
    let = t.Let(name, owned)
    store = store_value(ctx, target, Value(t.Path(name), elem, range=result.range), stmt.span)
    match store, is_copy(elem):
        case ([t.Assign(place, t.Path(stored))], True) if stored == name:
            match owned:
                case t.Binary(op, left, right) if left == place:
                    return [t.Assign(place, right, op)]
            return [t.Assign(place, owned)]
    return [let, *store]


def _augment_counter(
    ctx: FunctionContext, stmt: h.AugAssign, target: h.Subscript, container: Value
) -> list[t.Stmt]:
    """`counts[k] += n` where a missing key counts as zero, or as what the factory makes.

    let count = counts.entry(key).or_insert(0);
    *count = count.strict_add(n);
    """
    from portalis.compiler.stdlib.collection_classes import counter_entry, default_entry

    match container.type:
        case Instance(name="collections.Counter"):
            elem: Type = INT
        case Instance(name="collections.defaultdict", args=(_, kind)) if is_copy(kind):
            elem = kind
        case _:
            message = f"`{stmt.op}=` on an element of a `{container.type}` is not translated"
            raise Refusal("PT209", stmt.span, message)
    root = root_local(target)
    value = ctx.expr(stmt.value)
    if (
        root is None
        or leaves(value.expr)
        or any(isinstance(n, h.Local) and n.name == root[0].name for n in walk(stmt.value))
    ):
        raise Refusal("PT209", stmt.span, "what is added here reads the dict, or can raise", "name it first")
    name = ctx.fresh("count" if elem is INT else "entry")
    make = counter_entry if container.type.name == "collections.Counter" else default_entry
    entry = make(ctx, target.value, container, target.index)
    result = apply_operator(ctx, stmt.op, Value(t.Unary("*", t.Path(name)), elem), value, stmt)
    if result.type != elem:
        raise Refusal("PT105", stmt.span, f"a `{result.type}` is stored where a `{elem}` was")
    changed = coerce.owned(ctx, result, elem, stmt.span)
    return [t.Let(name, entry), t.Assign(t.Unary("*", t.Path(name)), changed)]


def lower_delete(ctx: FunctionContext, stmt: h.Delete) -> list[t.Stmt]:
    """`del xs[i]`, `del d[k]`, `del xs[1:3]`; a name that is deleted is just not read any more."""
    target = stmt.target
    if isinstance(target, h.Local):
        return _delete_name(ctx, target, stmt)
    if isinstance(target, h.Slice):
        return _delete_slice(ctx, target, stmt)
    if isinstance(target, h.Subscript):
        container = ctx.expr(target.value)
        if container.type is OBJECT:
            return dynamic_items.delete(ctx, target, container, stmt.span)
        place = mutable_receiver(ctx, target.value, container)
        held = (
            place if container.form is Form.MUTREF or isinstance(place, t.Try) else t.Ref(place, mutable=True)
        )
        match dict_of(container.type):
            case _ if isinstance(container.type, Instance) and container.type.name == COUNTER:
                key_type = container.type.args[0]
                wanted = key_ref(ctx, ctx.expr(target.index), key_type, stmt.span)
                # One that is missing is no error.
                return [t.ExprStmt(t.Method(place, "shift_remove", (wanted,)))]
            case _ if container.type == BYTEARRAY:
                return [t.ExprStmt(ctx.rt_try("bytearray::delete", held, ctx.i64(target.index)))]
            case ListOf():
                return [t.ExprStmt(ctx.rt_try("seq::delete", held, ctx.i64(target.index)))]
            case DictOf(key, _):
                wanted = key_ref(ctx, ctx.expr(target.index), key, stmt.span)
                return [t.ExprStmt(ctx.rt_try("dict::delete", held, wanted))]
    raise Refusal("PT209", stmt.span, "this `del` is not translated")


def _delete_name(ctx: FunctionContext, target: h.Local, stmt: h.Delete) -> list[t.Stmt]:
    """Nothing is left to do where the variable surely is bound, and nobody asks for it afterwards."""
    local = ctx.lookup(target.name)
    if target.name in ctx.function.unbound and local is not None:
        lines: list[t.Stmt] = [t.Let("_", ctx.expr(target).expr)]  # without a value Python raises
        if target.name in ctx.live:
            ctx.note_store(local)
            lines.append(t.Assign(t.Path(local.rust), t.Path("None")))
        return lines
    if target.name not in surely_bound(ctx.function).before.get(id(stmt), frozenset()):
        raise Refusal("PT213", stmt.span, f"`{target.name}` may not be bound where it is deleted")
    if target.name in ctx.live or target.name in ctx.facts.captured:
        raise Refusal("PT213", stmt.span, f"`{target.name}` may be read after it is deleted")
    return []


def _delete_slice(ctx: FunctionContext, target: h.Slice, stmt: h.Delete) -> list[t.Stmt]:
    """`del xs[1:3]`."""
    container = ctx.expr(target.value)
    if not isinstance(container.type, ListOf) and container.type != BYTEARRAY:
        raise Refusal("PT209", stmt.span, f"`del` of a slice of a `{container.type}` is not translated")
    place = mutable_receiver(ctx, target.value, container)
    held = place if container.form is Form.MUTREF else t.Ref(place, mutable=True)
    bounds = plain_range(ctx, target) if target.step is None else None
    if bounds is not None:
        return [t.ExprStmt(ctx.rt("seq::delete_slice", held, bounds))]
    return [t.ExprStmt(ctx.rt_try("seq::delete_step", held, *stepped_bounds(ctx, target)))]
