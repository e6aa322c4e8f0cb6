"""Indexing and slicing with Python's negative and out-of-range bounds."""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.records import as_record
from portalis.compiler.lowering import coerce, dynamic_items, records
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.dict_like import as_dict
from portalis.compiler.lowering.membership import key_ref
from portalis.compiler.lowering.sequence_index import lower_sequence_index
from portalis.compiler.lowering.value import Form, Range, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import (
    BYTEARRAY,
    BYTES,
    INT,
    OBJECT,
    STR,
    DictOf,
    Instance,
    ListOf,
    OptionalOf,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
    borrows_whole,
    is_copy,
)  # fmt: skip


def lower_subscript(ctx: FunctionContext, node: h.Subscript) -> Value:
    """`x[i]`: an element as a copy, a `char` or a place."""
    if isinstance(node.value, (h.TupleDisplay, h.ListDisplay)) and node.value.items:
        found = _of_display(ctx, node, node.value)
        if found is not None:
            return found
    match node:
        case h.Subscript(
            value=h.CallExternal(
                fullname="builtins.list" | "builtins.tuple" as made, args=(h.Expr(type=SetOf(elem)) as given,)
            ),
            index=h.Literal(value=0),
        ):
            return _only_of(ctx, given, elem, made)
    container = coerce.present(ctx.expr(node.value))
    match container.type:
        case _ if container.type is STR:
            return _char(ctx, node, container)
        case ListOf(elem) | VarTuple(elem) | Instance(name="typing.Sequence", args=(elem,)):
            return _element(ctx, node, container, elem)
        case TupleOf(items):
            return _field(ctx, node, container, items)
        case DictOf() | Instance(name="collections.OrderedDict"):
            return _lookup(ctx, node, as_dict(container))
        case _ if container.type is BYTES:
            place = coerce.borrowed(ctx, container, BYTES, node.span)
            return Value(ctx.rt_try("bytes::at", place, ctx.i64(node.index)), INT, range=Range(0, 255))
        case _ if container.type is OBJECT:
            return dynamic_items.at(ctx, container, ctx.expr(node.index), node.span)
        case _ if container.type == BYTEARRAY:
            from portalis.compiler.stdlib import bytearrays

            return bytearrays.element(ctx, node, container)
        case Instance():
            from portalis.compiler.lowering.methods import subscript_instance

            if as_record(container.type):
                return records.lower_item(ctx, node, container)

            return subscript_instance(ctx, node, container)
        case _:
            raise Refusal("PT214", node.span, f"indexing a `{container.type}` is not translated")


def _of_display(
    ctx: FunctionContext, node: h.Subscript, display: h.TupleDisplay | h.ListDisplay
) -> Value | None:
    """`(3, 1)[i % 2]` → `[3, 1][(i % 2) as usize]`."""
    from portalis.compiler.lowering.displays import literal_array

    if any(isinstance(item, h.Starred) for item in display.items) or isinstance(node.index, h.Literal):
        return None
    array = literal_array(ctx, display.items, node.span)
    index = ctx.expr(node.index)
    if array is None or index.type is not INT or not isinstance(array.type, VarTuple):
        return None
    elem = array.type.elem
    form = Form.STATIC if elem is STR else Form.OWNED
    if index.range is not None and index.range.low >= 0 and index.range.high < len(display.items):
        place = index.expr if index.unsigned else t.Cast(index.expr, "usize")
        return Value(t.Index(array.expr, place), elem, form, range=array.elem_range)
    name = "at_tuple" if isinstance(display, h.TupleDisplay) else "at"
    call = ctx.rt_try(f"seq::{name}", t.Ref(array.expr), coerce.integer(index))
    return Value(t.Unary("*", call), elem, form, range=array.elem_range)


def in_bounds(ctx: FunctionContext, container: h.Expr, index: h.Expr) -> bool:
    """Whether a loop has shown the index to be valid for this very variable.

    for i in range(1, len(xs)): xs[i - 1], xs[i]     # both are
    """
    if not isinstance(container, h.Local):
        return False
    offset = 0
    match index:
        case h.Binary("+" | "-" as op, h.Local() as base, h.Literal(value=int(amount))):
            offset = amount if op == "+" else -amount
            index = base
    if not isinstance(index, h.Local):
        return False
    local = ctx.lookup(index.name)
    owner = ctx.lookup(container.name)
    if local is None or owner is None or local.length_of != owner.web or local.range is None:
        return False
    return local.range.low + offset >= 0 and offset <= local.room


def _index_expr(ctx: FunctionContext, node: h.Expr) -> t.Expr:
    """An index known to be valid, as `usize`."""
    value = ctx.expr(node)
    if value.unsigned or isinstance(value.expr, t.Lit):
        return value.expr
    return t.Cast(value.expr, "usize")


def _char(ctx: FunctionContext, node: h.Subscript, container: Value) -> Value:
    if container.form is Form.CHAR:
        container = Value(coerce.char_as_str(container.expr), STR, Form.BORROWED)
    name = container.local
    local = ctx.lookup(name) if name is not None else None
    if local is not None and local.chars is not None:
        if in_bounds(ctx, node.value, node.index):
            return Value(t.Index(t.Path(local.chars), _index_expr(ctx, node.index)), STR, Form.CHAR)
        call = ctx.rt_try("chars::at", t.Ref(t.Path(local.chars)), ctx.i64(node.index))
        return Value(call, STR, Form.CHAR)
    if local is not None and name in ctx.facts.indexed and ctx.hoistable(local):
        ctx.learned.hoisted.add(local.web)
    text = coerce.borrowed(ctx, container, STR, node.span)
    return Value(ctx.rt_try("text::char_at", text, ctx.i64(node.index)), STR, Form.CHAR)


def element_value(container: Value, expr: t.Expr, elem: Type, *, reference: bool) -> Value:
    """An element reached by `expr`, which is a place or (with `reference`) a `&T`."""
    if is_copy(elem):
        return Value(t.Unary("*", expr) if reference else expr, elem)
    if container.frozen and elem in (STR, BYTES):
        plain = t.Unary("*", expr) if reference else expr
        return Value(plain, elem, Form.STATIC if elem is STR else Form.BORROWED)
    form = Form.BORROWED if reference else Form.PLACE
    temporary = container.temporary or (reference and container.form is Form.OWNED)
    return Value(
        expr,
        elem,
        form,
        frozen=container.frozen,
        temporary=temporary,
        whole=reference and borrows_whole(elem),
    )


def _element(ctx: FunctionContext, node: h.Subscript, container: Value, elem: Type) -> Value:
    if node.sure:
        return element_value(container, _sure_element(ctx, node, container), elem, reference=False)
    if in_bounds(ctx, node.value, node.index):
        return element_value(
            container, t.Index(container.expr, _index_expr(ctx, node.index)), elem, reference=False
        )
    literal = node.index.value if isinstance(node.index, h.Literal) else None
    place = _slice_ref(ctx, container, node)
    assert literal is None or isinstance(literal, (int, bool))
    if isinstance(container.type, Instance):
        item = lower_sequence_index(ctx, node, place)
        return element_value(container, item, elem, reference=True)
    name = "at_tuple" if isinstance(container.type, VarTuple) else "at"
    call = ctx.rt_try(f"seq::{name}", place, ctx.i64(node.index))
    found = element_value(container, call, elem, reference=True)
    return replace(found, range=container.elem_range) if elem is INT else found


def _sure_element(ctx: FunctionContext, node: h.Subscript, container: Value) -> t.Expr:
    """`xs[0]`, `xs[xs.len() - 1]`: a test of the length stands before."""
    assert isinstance(node.index, h.Literal) and isinstance(node.index.value, int)
    index = node.index.value
    if index >= 0:
        return t.Index(container.expr, t.Lit(str(index)))
    return t.Index(container.expr, t.Binary("-", t.Method(container.expr, "len"), t.Lit(str(-index))))


def _slice_ref(ctx: FunctionContext, container: Value, node: h.Node) -> t.Expr:
    """The container as `&[T]`, without thawing a frozen one."""
    if container.form in (Form.BORROWED, Form.MUTREF):
        return container.expr
    return t.Ref(container.expr)


def _field(ctx: FunctionContext, node: h.Subscript, container: Value, items: tuple[Type, ...]) -> Value:
    index = node.index.value if isinstance(node.index, h.Literal) else None
    if not isinstance(index, int) or not -len(items) <= index < len(items):
        if items and len(set(items)) == 1 and is_copy(items[0]):
            return _uniform(ctx, node, container, items)
        raise Refusal("PT214", node.span, "a tuple of several types is only indexed by a literal in range")
    index %= len(items)
    return element_value(container, t.Field(container.expr, str(index)), items[index], reference=False)


def _uniform(ctx: FunctionContext, node: h.Subscript, container: Value, items: tuple[Type, ...]) -> Value:
    """A tuple of one Copy type under a computed index, through an array."""
    if not isinstance(container.expr, t.Path):
        raise Refusal("PT214", node.span, "a computed tuple is only indexed by a literal")
    array = t.ArrayExpr(tuple(t.Field(container.expr, str(i)) for i in range(len(items))))
    return Value(t.Unary("*", ctx.rt_try("seq::at_tuple", t.Ref(array), ctx.i64(node.index))), items[0])


def _lookup(ctx: FunctionContext, node: h.Subscript, container: Value) -> Value:
    assert isinstance(container.type, DictOf)
    key = key_ref(ctx, ctx.expr(node.index), container.type.key, node.span, frozen=container.frozen)
    place = container.expr if container.form in (Form.BORROWED, Form.MUTREF) else t.Ref(container.expr)
    call = ctx.rt_try("dict::get_item", place, key)
    return element_value(container, call, container.type.value, reference=True)


def _only_of(ctx: FunctionContext, given: h.Expr, elem: Type, made: str) -> Value:
    """`list(s)[0]` of a set that has one item."""
    from portalis.compiler.stdlib.cursor import only

    message = f"{made.rpartition('.')[2]} index out of range"
    text = t.Method(t.Lit(f'"{message}"'), "to_string")
    ctx.exceptions.add("builtins.IndexError")
    error = t.Call(t.Path("Error::IndexError"), (text,))
    return Value(ctx.attempt(t.Method(only(ctx, given), "ok_or_else", (t.Closure((), error),))), elem)


def lower_slice(ctx: FunctionContext, node: h.Slice) -> Value:
    """`x[a:b]` borrows, `x[a:b:c]` makes a new value."""
    container = coerce.present(ctx.expr(node.value))
    stepped = node.step is not None and not _is_literal(node.step, 1)
    match container.type:
        case _ if container.type is STR:
            return _slice_text(ctx, node, container, stepped)
        case ListOf() | VarTuple() | Instance(name="typing.Sequence"):
            return _slice_list(ctx, node, container, stepped)
        case _ if container.type is BYTES:
            return _slice_list(ctx, node, container, stepped)
        case _ if container.type == BYTEARRAY:
            from portalis.compiler.stdlib.bytearrays import as_bytes

            part = _slice_list(ctx, node, as_bytes(container), stepped)
            return Value(coerce.owned(ctx, part, BYTES, node.span), BYTEARRAY)
        case _ if container.type is OBJECT:
            return dynamic_items.part(ctx, container, node)
        case TupleOf(items):
            return _slice_tuple(ctx, node, container, items)
        case _:
            raise Refusal("PT214", node.span, f"slicing a `{container.type}` is not translated")


def _is_literal(node: h.Expr, value: object) -> bool:
    return isinstance(node, h.Literal) and node.value == value


def _nonzero(step: h.Expr) -> bool:
    return isinstance(step, h.Literal) and isinstance(step.value, int) and step.value != 0


def _bound(ctx: FunctionContext, node: h.Expr | None) -> Value | None:
    if node is None or (isinstance(node, h.Literal) and node.value is None):
        return None
    return ctx.expr(node)


def plain_range(ctx: FunctionContext, node: h.Slice) -> t.Expr | None:
    """`a..b` when both bounds are ints or absent; None when one may be None at run time."""
    low, high = _bound(ctx, node.lower), _bound(ctx, node.upper)
    if any(v is not None and v.type is not INT for v in (low, high)):
        return None
    start = None if low is None or low.literal == 0 else coerce.integer(low)
    stop = None if high is None else coerce.integer(high)
    return t.Range(start, stop)


def stepped_bounds(ctx: FunctionContext, node: h.Slice) -> tuple[t.Expr, t.Expr, t.Expr]:
    """Start, stop and step of a slice for the runtime; no step is 1."""
    step = t.Lit("1") if node.step is None else ctx.i64(node.step)
    return _optional_bound(ctx, node.lower), _optional_bound(ctx, node.upper), step


def _optional_bound(ctx: FunctionContext, node: h.Expr | None) -> t.Expr:
    value = _bound(ctx, node)
    if value is None:
        return t.Path("None")
    if isinstance(value.type, OptionalOf):
        return value.expr
    if value.type is not INT:
        raise Refusal("PT105", node.span if node else None, "a slice bound is not an int")  # type: ignore[arg-type]
    return t.Call(t.Path("Some"), (coerce.integer(value),))


def _slice_text(ctx: FunctionContext, node: h.Slice, container: Value, stepped: bool) -> Value:
    text = coerce.borrowed(ctx, container, STR, node.span)
    temporary = container.form in (Form.OWNED, Form.CHAR) or container.temporary
    if stepped:
        assert node.step is not None
        if node.lower is None and node.upper is None and _is_literal(node.step, -1):
            return Value(ctx.rt("text::reverse", text), STR)
        bounds = (_optional_bound(ctx, node.lower), _optional_bound(ctx, node.upper))
        if _nonzero(node.step):
            return Value(ctx.rt("text::slice_by", text, *bounds, ctx.i64(node.step)), STR)
        return Value(ctx.rt_try("text::slice_step", text, *bounds, ctx.i64(node.step)), STR)
    plain = plain_range(ctx, node)
    if plain is not None:
        return Value(ctx.rt("text::slice", text, plain), STR, Form.BORROWED, temporary=temporary)
    bounds = (_optional_bound(ctx, node.lower), _optional_bound(ctx, node.upper))
    return Value(ctx.rt("text::slice_between", text, *bounds), STR, Form.BORROWED, temporary=temporary)


def _slice_list(ctx: FunctionContext, node: h.Slice, container: Value, stepped: bool) -> Value:
    """A slice of a list borrows; where an owned list is wanted, the copy is one that Python makes too."""
    items = _slice_ref(ctx, container, node)
    if container.frozen and not coerce.same_layout(container.type):
        items, container = (
            t.Ref(coerce.thaw(container.expr, container.type)),
            Value(t.Path(""), container.type),
        )
    if stepped:
        assert node.step is not None
        bounds = (_optional_bound(ctx, node.lower), _optional_bound(ctx, node.upper))
        if _nonzero(node.step):
            return Value(ctx.rt("seq::slice_by", items, *bounds, ctx.i64(node.step)), container.type)
        return Value(ctx.rt_try("seq::slice_step", items, *bounds, ctx.i64(node.step)), container.type)
    plain = plain_range(ctx, node)
    args = (
        (plain,)
        if plain is not None
        else (_optional_bound(ctx, node.lower), _optional_bound(ctx, node.upper))
    )
    name = "seq::slice" if plain is not None else "seq::slice_between"
    call = ctx.rt(name, items, *args)
    if not isinstance(container.type, ListOf):
        temporary = container.form is Form.OWNED
        return Value(call, container.type, Form.BORROWED, temporary=temporary)
    return Value(t.Method(call, "to_vec"), container.type)


def _slice_tuple(ctx: FunctionContext, node: h.Slice, container: Value, items: tuple[Type, ...]) -> Value:
    bounds: list[int | None] = []
    if not isinstance(container.expr, t.Path):
        raise Refusal("PT214", node.span, "a tuple of several types is only sliced where it is a variable")
    for bound in (node.lower, node.upper, node.step):
        match bound:
            case None | h.Literal(value=None):
                bounds.append(None)
            case h.Literal(value=int(place)):
                bounds.append(place)
            case _:
                raise Refusal("PT214", node.span, "a tuple of several types is only sliced by literals")
    chosen = list(range(len(items)))[bounds[0] : bounds[1] : bounds[2]]
    parts = tuple(
        coerce.owned(ctx, Value(t.Field(container.expr, str(i)), items[i], Form.PLACE), items[i], node.span)
        for i in chosen
    )
    return Value(t.TupleExpr(parts), TupleOf(tuple(items[i] for i in chosen)))
