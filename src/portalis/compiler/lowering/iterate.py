"""Iteration: a Python iterable as a Rust iterator, lazily and in Python's order.

    for i, c in enumerate(reversed(s))   →   for (i, c) in s.chars().rev().enumerate()

An `Item` describes what the iterator yields: its tuple shape down to the leaves, whether a leaf
is a reference, and whether it still is a `Result` (a generator expression that can raise).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce, dynamic, dynamic_methods, enums
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.dict_like import as_dict, dict_of
from portalis.compiler.lowering.value import MAX_LEN, Form, Range, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.numbers import spelled
from portalis.compiler.stdlib.re_pattern import TranslatedPattern
from portalis.compiler.types import (
    ANY,
    BYTEARRAY,
    BYTES,
    INT,
    NEVER,
    OBJECT,
    STR,
    STRING_IO,
    TEXT_FILE,
    ClassObject,
    DictOf,
    Instance,
    IterOf,
    ListOf,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
    borrows_whole,
    is_copy,
)  # fmt: skip
from portalis.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Leaf:
    """One yielded value. `reference`: it is `&T` with T Copy. `fallible`: it is a `Result`."""

    type: Type
    form: Form = Form.OWNED
    reference: bool = False
    fallible: bool = False
    unsigned: bool = False
    range: Range | None = None
    length_of: str | None = None
    room: int = 0
    frozen: bool = False
    whole: bool = False
    """It is a reference to the owned type, as an element is: `&String`, `&Option<T>`."""
    behind: bool = False
    """A Copy value that a pattern yields by reference (a field of a borrowed tuple)."""
    pattern: TranslatedPattern | None = None
    """The regular expression, where a match is yielded."""


@dataclass(frozen=True, slots=True)
class Several:
    """A yielded Rust tuple."""

    items: tuple[Item, ...]


Item = Leaf | Several


@dataclass(frozen=True, slots=True)
class Iteration:
    """A Rust iterator expression. `reversible`: it is double-ended with known length. `ordered`: in
    Python's order.

    `source` is what a `for` loop may take directly instead (`0..n`, `xs`), where that reads better.
    """

    expr: t.Expr
    item: Item
    reversible: bool = True
    ordered: bool = True
    source: t.Expr | None = None


def item_type(item: Item) -> Type:
    """The Python type of what is yielded."""
    return item.type if isinstance(item, Leaf) else TupleOf(tuple(map(item_type, item.items)))


def iterate(ctx: FunctionContext, node: h.Expr) -> Iteration:
    """The iterator over an expression."""
    from portalis.compiler.lowering.iterators import gathered, rest_of

    match node:
        case h.CallExternal(fullname=fullname) if fullname in _SOURCES:
            return _SOURCES[fullname](ctx, node)
        case h.CallMethod(receiver=receiver, method="items" | "keys" | "values" as view, args=()):
            if isinstance(dict_of(receiver.type), DictOf):
                return _view(ctx, receiver, view)
            if receiver.type is OBJECT and (entries := dynamic_methods.view(ctx, node)) is not None:
                leaf: Item = Several((Leaf(OBJECT), Leaf(OBJECT))) if view == "items" else Leaf(OBJECT)
                return Iteration(entries, leaf, False, source=entries)
        case h.Local(name=name) if (local := ctx.lookup(name)) is not None and local.items is not None:
            return rest_of(ctx, local)
        case h.Local(type=IterOf()) if (group := gathered(ctx, node)) is not None:
            return Iteration(t.Method(group.expr, "into_iter"), Leaf(group.elem), source=group.expr)
        case h.CallFunction() if (items := called_generator(ctx, node)) is not None:
            return items
        case h.Comprehension(kind="generator"):
            from portalis.compiler.lowering.comprehension import generator

            return generator(ctx, node)
        case h.Slice(step=None) if isinstance(node.type, ListOf):
            return _slice(ctx, node)
        case h.External(type=ClassObject() as class_) if (info := enums.info_of(ctx, class_)) is not None:
            every = enums.all_members(ctx, info, node.span)
            return Iteration(t.Method(every, "into_iter"), Leaf(info.type), source=every)
        case h.TupleDisplay(items=items) | h.ListDisplay(items=items) if items and not any(
            isinstance(item, h.Starred) for item in items
        ):
            return _display(ctx, node)
        case h.Expr(type=type_) if type_ == STRING_IO:
            from portalis.compiler.stdlib import buffers

            lines = buffers.lines_of(ctx, node)
            return Iteration(t.Method(lines, "into_iter"), Leaf(STR), source=lines)
    from portalis.compiler.stdlib.iterators import library_iteration

    library = library_iteration(ctx, node)
    return library if library is not None else over(ctx, ctx.expr(node), node.span)


def called_generator(ctx: FunctionContext, node: h.CallFunction) -> Iteration | None:
    """The items of a generator function of the project; None where the call gives something else."""
    from portalis.compiler.lowering.calls import lower_call

    callee = ctx.project.callees.get(node.key)
    if callee is None or callee.yields is None:
        return None
    call = lower_call(ctx, node)
    return Iteration(call.expr, Leaf(callee.yields, fallible=callee.items_raise), False, source=call.expr)


def over(ctx: FunctionContext, value: Value, span: Span) -> Iteration:
    """The iterator over a lowered value."""
    value = as_dict(value)
    match value.type:
        case _ if value.type is STR:
            return _characters(ctx, value)
        case (
            ListOf(elem)
            | VarTuple(elem)
            | Instance(name="typing.Sequence" | "typing.Iterable", args=(elem,))
            | IterOf(elem)
        ):
            return _elements(value, elem)
        case DictOf(key, _):
            leaf = element(key, frozen=value.frozen)
            return Iteration(t.Method(value.expr, "keys"), leaf)
        case SetOf(elem):
            return Iteration(t.Method(value.expr, "iter"), element(elem, frozen=value.frozen), False, False)
        case Instance(name="collections.deque", args=(elem,)):
            return Iteration(t.Method(value.expr, "iter"), element(elem))
        case _ if value.type in (BYTES, BYTEARRAY):
            widened = t.Method(
                t.Method(value.expr, "iter"),
                "map",
                (t.Closure(("&byte",), t.Call(t.Path("i64::from"), (t.Path("byte"),))),),
            )
            return Iteration(widened, Leaf(INT, range=Range(0, 255)))
        case _ if value.type == TEXT_FILE:
            lines = ctx.attempt(t.Method(value.expr, "lines"))
            return Iteration(lines, Leaf(STR, fallible=True), False, source=lines)
        case TupleOf():
            from portalis.compiler.lowering.tuple_items import over_tuple

            return over_tuple(ctx, value, span)
        case _ if value.type is OBJECT:
            found = ctx.rt_try("dynamic_items::iter", dynamic.reference(ctx, value, span))
            return Iteration(found, Leaf(OBJECT), False, source=found)
        case _:
            code = "PT101" if value.type is ANY else "PT214"
            raise Refusal(code, span, f"iterating over a `{value.type}` is not translated")


def element(type_: Type, *, frozen: bool = False) -> Leaf:
    """What an iterator over borrowed values of the type yields."""
    if is_copy(type_):
        return Leaf(type_, reference=True)
    if frozen and type_ is STR:
        return Leaf(type_, Form.STATIC, reference=True)
    return Leaf(type_, Form.BORROWED, frozen=frozen, whole=borrows_whole(type_))


def _characters(ctx: FunctionContext, value: Value) -> Iteration:
    local = ctx.lookup(value.local) if value.local is not None else None
    if local is not None and local.chars is not None:
        items = t.Method(t.Method(t.Path(local.chars), "iter"), "copied")
        return Iteration(items, Leaf(STR, Form.CHAR))
    if value.form is Form.CHAR:
        return Iteration(t.Call(t.Path("std::iter::once"), (value.expr,)), Leaf(STR, Form.CHAR))
    return Iteration(t.Method(value.expr, "chars"), Leaf(STR, Form.CHAR))


def _elements(value: Value, elem: Type) -> Iteration:
    if elem is NEVER:
        return Iteration(t.Call(t.Path("std::iter::empty::<i64>"), ()), Leaf(INT))
    if value.form is Form.OWNED:
        return Iteration(t.Method(value.expr, "into_iter"), Leaf(elem), source=value.expr)
    leaf = replace(element(elem, frozen=value.frozen), range=value.elem_range)
    source = value.expr if value.form is Form.BORROWED else t.Ref(value.expr)
    lazy = value.frozen and value.form is Form.PLACE
    if value.form is Form.MUTREF or isinstance(value.expr, t.Accessor) or lazy:
        source = t.Method(value.expr, "iter")
    return Iteration(t.Method(value.expr, "iter"), leaf, source=source)


def _slice(ctx: FunctionContext, node: h.Slice) -> Iteration:
    """`for x in xs[1:]` borrows: nothing can change the list through the slice."""
    from portalis.compiler.lowering.subscript import lower_slice

    value = lower_slice(ctx, node)
    assert isinstance(value.type, ListOf)
    match value.expr:
        case t.Method(call, "to_vec", ()) if value.type not in ctx.facts.mutations.types:
            return _elements(Value(call, value.type, Form.BORROWED), value.type.elem)
    return _elements(value, value.type.elem)


def _display(ctx: FunctionContext, node: h.TupleDisplay | h.ListDisplay) -> Iteration:
    """`for x in (a, b)` over an array."""
    from portalis.compiler.lowering.displays import elements, literal_array

    if not any(isinstance(item, h.Starred) for item in node.items):
        numbers = literal_array(ctx, node.items, node.span)
        if numbers is not None:
            assert isinstance(numbers.type, VarTuple)
            form = Form.STATIC if numbers.type.elem is STR else Form.OWNED
            leaf = Leaf(numbers.type.elem, form, range=numbers.elem_range)
            return Iteration(t.Method(numbers.expr, "into_iter"), leaf, source=numbers.expr)
    elem, items = elements(ctx, node.items, None, node.span)
    array = t.ArrayExpr(items)
    return Iteration(t.Method(array, "into_iter"), Leaf(elem), source=array)


def _view(ctx: FunctionContext, receiver: h.Expr, view: str) -> Iteration:
    value = as_dict(ctx.expr(receiver))
    if not isinstance(value.type, DictOf):
        raise Refusal("PT101", receiver.span, f"what this `{value.type}` is, the flow tells only here")
    key, item = (
        element(value.type.key, frozen=value.frozen),
        element(value.type.value, frozen=value.frozen),
    )
    match view:
        case "keys":
            return Iteration(t.Method(value.expr, "keys"), key)
        case "values":
            return Iteration(t.Method(value.expr, "values"), item)
        case _:
            return Iteration(t.Method(value.expr, "iter"), Several((key, item)), source=None)


# Builtins that make iterators ------------------------------------------------------------------


def _range(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    if node.keywords or not 1 <= len(node.args) <= 3:
        raise Refusal("PT305", node.span, "this form of `range` is not translated")
    values = [ctx.expr(arg) for arg in node.args]
    for value, arg in zip(values, node.args, strict=True):
        if value.type is not INT:
            raise Refusal("PT105", arg.span, f"`range` of a `{value.type}` is not translated")
    bounds = [coerce.integer(v) for v in values]
    if len(bounds) == 3 and not (isinstance(values[2].literal, int) and values[2].literal == 1):
        return _stepped_range(ctx, values, bounds)
    start = values[0] if len(values) > 1 else Value(t.Lit("0"), INT, range=Range(0, 0))
    stop = values[1] if len(values) > 1 else values[0]
    low = start.range.low if start.range else None
    high = stop.range.high - 1 if stop.range else None
    known = None
    if low is not None:
        known = Range(low, max(low, high if high is not None else 2**63 - 2))
    owner, room = _length_bound(ctx, node.args[1] if len(values) > 1 else node.args[0])
    leaf = Leaf(INT, range=known, length_of=owner, room=room)
    first, last = coerce.integer(start), coerce.integer(stop)
    span = t.Range(spelled(first) if isinstance(last, t.Lit) else first, last)
    return Iteration(span, leaf, source=span)


def _stepped_range(ctx: FunctionContext, values: list[Value], bounds: list[t.Expr]) -> Iteration:
    step = values[2].literal
    start, stop = values[0].range, values[1].range
    known = None
    if isinstance(step, int) and start is not None and stop is not None:
        known = (
            Range(start.low, max(start.low, stop.high - 1))
            if step > 0
            else Range(min(start.high, stop.low + 1), start.high)
        )
    if step == -1:
        low = t.Binary("+", bounds[1], t.Lit("1"))
        if values[1].literal is not None and isinstance(values[1].literal, int):
            low_lit = values[1].literal + 1
            span: t.Expr = t.Range(t.Lit(str(low_lit)), bounds[0], inclusive=True)
            return Iteration(t.Method(span, "rev"), Leaf(INT, range=known))
        if values[1].range is not None and values[1].range.high < 2**62:
            span = t.Range(low, bounds[0], inclusive=True)
            return Iteration(t.Method(span, "rev"), Leaf(INT, range=known), reversible=False)
    if isinstance(step, int) and step != 0:
        return Iteration(ctx.rt("range::range_by", *bounds), Leaf(INT, range=known))
    return Iteration(ctx.rt_try("range::range", *bounds), Leaf(INT, range=known))


def _length_bound(ctx: FunctionContext, stop: h.Expr) -> tuple[str | None, int]:
    """`len(xs)` or `len(xs) - k` as the end of a range: the web of xs, and k."""
    room = 0
    while isinstance(stop, h.Binary) and stop.op in "+-":
        amount = ctx.expr(stop.right).range
        if stop.op == "-" and amount is not None and amount.low >= 0:
            room += amount.low
        elif stop.op == "+" and amount is not None and amount.low == amount.high >= 0:
            room -= amount.high
        else:
            return None, 0
        stop = stop.left
    match stop:
        case h.CallExternal(fullname="builtins.len", args=(h.Local(name=name),)):
            return length_owner(ctx, name), room
        case h.Local(name=name):
            counter = ctx.lookup(name)
            return (counter.counts if counter is not None else None), room
    return None, 0


def length_owner(ctx: FunctionContext, name: str) -> str | None:
    """The web of a sequence whose length stays what it is; element stores don't change it."""
    owner = ctx.lookup(name)
    stable = owner is not None and name not in ctx.facts.mutations.resized and _assigned_once(ctx, name)
    return owner.web if owner is not None and stable else None


def _assigned_once(ctx: FunctionContext, name: str) -> bool:
    """Whether the variable keeps its value once it is bound (element stores don't change its length)."""
    params = {p.name for p in ctx.function.params}
    return ctx.facts.assignments[name] + (name in params) <= 1


def _enumerate(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    if not node.args or len(node.args) > 2 or set(node.keywords) - {"start"}:
        raise Refusal("PT305", node.span, "this form of `enumerate` is not translated")
    inner = iterate(ctx, node.args[0])
    start = node.args[1] if len(node.args) > 1 else node.keywords.get("start")
    require_order(inner, node.span)
    if start is None or (isinstance(start, h.Literal) and start.value == 0):
        owner = None
        match node.args[0]:
            case h.Local(name=name):
                local = ctx.lookup(name)
                if local is not None and not ctx.facts.mutations.own(name) and _assigned_once(ctx, name):
                    owner = local.web
        index = Leaf(INT, unsigned=True, range=Range(0, MAX_LEN), length_of=owner)
        return Iteration(t.Method(inner.expr, "enumerate"), Several((index, inner.item)), inner.reversible)
    first = ctx.expr(start)
    if first.type is not INT:
        raise Refusal("PT105", node.span, "`enumerate` starts at an int")
    bounds = (
        Range(first.range.low, first.range.high + MAX_LEN)
        if first.range and first.range.high < 2**62
        else None
    )
    opening = coerce.integer(first)
    counter = t.Range(t.Lit(f"{opening.text}_i64") if isinstance(opening, t.Lit) else opening, None)
    zipped = t.Method(counter, "zip", (inner.expr,))
    return Iteration(zipped, Several((Leaf(INT, range=bounds), inner.item)), False)


def _zip(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    match node.args:
        case (h.Starred(value=rows),) if not node.keywords:
            from portalis.compiler.stdlib.zipping import columns

            return columns(ctx, node, rows)
    if len(node.args) < 2 or node.keywords:
        raise Refusal("PT305", node.span, "this form of `zip` is not translated")
    parts = [iterate(ctx, arg) for arg in node.args]
    for part in parts:
        require_order(part, node.span)
    if any(fallible(part.item) for part in parts[:-1]):
        return _zip_raising(ctx, parts, node)
    expr, item = parts[0].expr, parts[0].item
    for part in parts[1:]:
        expr = t.Method(expr, "zip", (part.expr if part.source is None else part.source,))
        item = Several((item, part.item))
    if len(parts) > 2:
        return _flatten(expr, [p.item for p in parts])
    return Iteration(expr, item)


def _zip_raising(ctx: FunctionContext, parts: list[Iteration], node: h.Expr) -> Iteration:
    """An error of the first iterable comes before the end of the second: Rust's `zip` would lose it."""
    from portalis.compiler.lowering.targets import owned_items

    match parts:
        case [Iteration(item=Leaf(type=left)) as first, second] if not fallible(second.item):
            expr, right, _ = owned_items(ctx, second, node.span)
            item = Leaf(TupleOf((left, right)), fallible=True)
            return Iteration(ctx.rt("itertools::zip_raising", first.expr, expr), item, False)
        case _:
            raise Refusal("PT214", node.span, "this `zip` of iterables that can raise is not translated")


def fallible(item: Item) -> bool:
    """Whether an item, or a part of it, is a `Result`."""
    return item.fallible if isinstance(item, Leaf) else any(map(fallible, item.items))


def _flatten(expr: t.Expr, items: list[Item]) -> Iteration:
    """`((a, b), c)` as Rust's nested zip yields it → `(a, b, c)` as Python does."""
    names = [chr(ord("a") + i) for i in range(len(items))]
    pattern = names[0]
    for name in names[1:]:
        pattern = f"({pattern}, {name})"
    flat = t.Closure((pattern,), t.TupleExpr(tuple(t.Path(n) for n in names)))
    return Iteration(t.Method(expr, "map", (flat,)), Several(tuple(items)))


def _reversed(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    if len(node.args) != 1:
        raise Refusal("PT305", node.span, "`reversed` takes one argument")
    inner = iterate(ctx, node.args[0])
    require_order(inner, node.span)
    if inner.reversible:
        return Iteration(t.Method(inner.expr, "rev"), inner.item)
    if fallible(inner.item) or not isinstance(node.args[0].type, ListOf):
        raise Refusal("PT214", node.span, "this iterable can't be reversed here")
    # A list that is made here, by an iterator that only goes forward: `reversed(text.split())`.
    from portalis.compiler.lowering.targets import owned_items

    items, elem, _ = owned_items(ctx, inner, node.span)
    listed = t.Method(t.Method(items, "collect", (), "Vec<_>"), "into_iter")
    return Iteration(t.Method(listed, "rev"), Leaf(elem))


def _map(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    from portalis.compiler.lowering.comprehension import mapped

    return mapped(ctx, node)


def _filter(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    from portalis.compiler.lowering.comprehension import filtered

    return filtered(ctx, node)


def _iter(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    if len(node.args) != 1:
        raise Refusal("PT305", node.span, "`iter` with a sentinel is not translated")
    return iterate(ctx, node.args[0])


def require_order(iteration: Iteration, span: Span) -> None:
    """Refuses what would show the order of a set."""
    if not iteration.ordered:
        raise Refusal(
            "PT404", span, "the order of a set would show in the result", "sort it first: `sorted(x)`"
        )


_SOURCES = {
    "builtins.range": _range,
    "builtins.enumerate": _enumerate,
    "builtins.zip": _zip,
    "builtins.reversed": _reversed,
    "builtins.map": _map,
    "builtins.filter": _filter,
    "builtins.iter": _iter,
}
