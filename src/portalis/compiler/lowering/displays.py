"""List, tuple, set and dict displays."""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.anything import of_anything
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.logic import unify
from portalis.compiler.lowering.value import Form, Range, Value
from portalis.compiler.lowering.variables import vague
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.numbers import spelled
from portalis.compiler.types import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    NEVER,
    OBJECT,
    STR,
    DictOf,
    ListOf,
    OptionalOf,
    SetOf,
    TupleOf,
    Type,
    UnionOf,
    VarTuple,
)  # fmt: skip
from portalis.diagnostics import Span

Display = h.ListDisplay | h.TupleDisplay | h.SetDisplay | h.DictDisplay


def lower_display(ctx: FunctionContext, node: Display, expect: Type | None) -> Value:
    """A display; the wanted type decides what the elements become."""
    if isinstance(expect, OptionalOf):
        expect = expect.inner
    if expect is OBJECT:
        expect = of_anything(node)
    if isinstance(expect, UnionOf):
        expect = _of_one_kind(expect, node.type)
    match node:
        case h.ListDisplay():
            wanted = expect.elem if isinstance(expect, ListOf) else None
            return _list(ctx, node.items, node.type, wanted, node.span)
        case h.TupleDisplay():
            return _tuple(ctx, node, expect)
        case h.SetDisplay():
            wanted = expect.elem if isinstance(expect, SetOf) else None
            if any(isinstance(item, h.Starred) for item in node.items):
                return _starred_set(ctx, node, wanted)
            elem, items = elements(ctx, node.items, wanted, node.span)
            ctx.hashable(elem, node.span)
            return Value(ctx.rt("set::from_items", t.ArrayExpr(items)), SetOf(elem))
        case h.DictDisplay():
            return _dict(ctx, node, expect)


def _of_one_kind(union: UnionOf, type_: Type) -> Type | None:
    """The member of a union that a display can only mean: its one list, or its one dict."""
    kinds = [member for member in union.members if type(member) is type(type_)]
    return kinds[0] if len(kinds) == 1 else None


def elements(
    ctx: FunctionContext, items: tuple[h.Expr, ...], wanted: Type | None, span: Span
) -> tuple[Type, tuple[t.Expr, ...]]:
    """The common element type and the owned elements."""
    if any(isinstance(item, h.Starred) for item in items):
        raise Refusal("PT214", span, "`*` in a display is not translated here")
    known = wanted if wanted is not None and wanted is not NEVER and not vague(wanted) else None
    values = [ctx.expr(item, known) for item in items]
    elem: Type = known if known is not None else NEVER
    if known is None:
        for value in values:
            elem = unify(elem, value.type, span)
    if elem is FLOAT and any(v.type is INT for v in values):
        raise Refusal(
            "PT102", span, "ints and floats are mixed in one container", "write floats, for example `0.0`"
        )
    return elem, tuple(coerce.owned(ctx, value, elem, span) for value in values)


def literal_array(ctx: FunctionContext, items: tuple[h.Expr, ...], span: Span) -> Value | None:
    """An array of numbers or literal strings, as a place of type `tuple[T, ...]`; None for other elements."""
    values = [ctx.expr(item) for item in items]
    kinds = {value.type for value in values}
    if len(kinds) != 1:
        return None
    elem = values[0].type
    if elem is STR and all(value.form is Form.STATIC for value in values):
        array = t.ArrayExpr(tuple(value.expr for value in values))
        return Value(array, VarTuple(STR), Form.OWNED, frozen=True)
    if elem not in (INT, FLOAT, BOOL):
        return None
    parts = [coerce.owned(ctx, value, elem, span) for value in values]
    if elem is INT and isinstance(parts[0], t.Lit):
        parts[0] = t.Lit(f"{parts[0].text}_i64")
    return Value(t.ArrayExpr(tuple(parts)), VarTuple(elem), Form.OWNED, elem_range=hull(values))


def hull(values: list[Value]) -> Range | None:
    """The interval that holds every one of some integers, where all of theirs are known."""
    ranges = [value.range for value in values if value.range is not None]
    if not ranges or len(ranges) != len(values):
        return None
    return Range(min(r.low for r in ranges), max(r.high for r in ranges))


def _list(
    ctx: FunctionContext, items: tuple[h.Expr, ...], type_: Type, wanted: Type | None, span: Span
) -> Value:
    if not items:
        elem = wanted if wanted is not None else type_.elem if isinstance(type_, ListOf) else NEVER
        return Value(t.Call(t.Path("Vec::new"), ()), ListOf(elem))
    if any(isinstance(item, h.Starred) for item in items):
        return _starred_list(ctx, items, wanted, span)
    elem, parts = elements(ctx, items, wanted, span)
    if elem is INT and isinstance(parts[0], t.Lit):
        parts = (t.Lit(f"{parts[0].text}_i64"), *parts[1:])
        return Value(
            t.Macro("vec", parts, "[]"), ListOf(elem), elem_range=hull([ctx.expr(item) for item in items])
        )
    return Value(t.Macro("vec", parts, "[]"), ListOf(elem))


def _starred_list(ctx: FunctionContext, items: tuple[h.Expr, ...], wanted: Type | None, span: Span) -> Value:
    """`[*a, b]` → `{ let mut items = a.to_vec(); items.push(b); items }`."""
    from portalis.compiler.lowering.comprehension import collect_list

    name = ctx.fresh("items")
    known = wanted if wanted is not None and not vague(wanted) else None
    if isinstance(items[0], h.Starred):
        source = items[0].value
        fresh = isinstance(source, (h.CallExternal, h.CallFunction, h.CallMethod)) and isinstance(
            source.type, ListOf
        )
        made = ctx.expr(source) if fresh else collect_list(ctx, source, known)
        if made.form is not Form.OWNED:
            made = collect_list(ctx, source, known)
        assert isinstance(made.type, ListOf)
        first, known, rest = made.expr, made.type.elem, items[1:]
        if not rest:
            return made
    else:
        star = next(at for at, item in enumerate(items) if isinstance(item, h.Starred))
        known, parts = elements(ctx, items[:star], known, span)
        first, rest = t.Macro("vec", parts, "[]"), items[star:]
    stmts, elem = _gathered(ctx, name, ("push", "extend"), rest, known, span)
    start = t.Let(name, first, mutable=True)
    return Value(t.BlockExpr(t.Block((start, *stmts), t.Path(name))), ListOf(elem))


def _starred_set(ctx: FunctionContext, node: h.SetDisplay, wanted: Type | None) -> Value:
    """`{a, *b}`, in any order of what is iterated."""
    name = ctx.fresh("items")
    stmts, elem = _gathered(ctx, name, ("insert", "extend"), node.items, wanted, node.span, ordered=False)
    ctx.hashable(elem, node.span)
    start = t.Let(name, ctx.rt("set::Set::default"), mutable=True)
    return Value(t.BlockExpr(t.Block((start, *stmts), t.Path(name))), SetOf(elem))


def _gathered(
    ctx: FunctionContext,
    name: str,
    methods: tuple[str, str],
    items: tuple[h.Expr, ...],
    wanted: Type | None,
    span: Span,
    *,
    ordered: bool = True,
) -> tuple[list[t.Stmt], Type]:
    """The elements of a display with stars into the collection of that name, in Python's order."""
    from portalis.compiler.lowering.iterate import iterate, require_order
    from portalis.compiler.lowering.targets import owned_items

    stmts: list[t.Stmt] = []
    elem: Type = wanted if wanted is not None and not vague(wanted) else NEVER
    for item in items:
        if isinstance(item, h.Starred):
            source = iterate(ctx, item.value)
            if ordered:
                require_order(source, span)
            given, kind, fallible = owned_items(ctx, source, span)
            if fallible:
                raise Refusal(
                    "PT214", span, "`*` of what can raise is not translated in a display", "name it first"
                )
            if elem is OBJECT and kind not in (ANY, OBJECT):
                item_value = coerce.owned(ctx, Value(t.Path("item"), kind), OBJECT, span)
                given, kind = t.Method(given, "map", (t.Closure(("item",), item_value),)), OBJECT
            argument, method = given, methods[1]
        else:
            value = ctx.expr(item, None if elem is NEVER else elem)
            kind = elem if elem is OBJECT else value.type
            argument, method = coerce.owned(ctx, value, kind, span), methods[0]
        elem = _joined(elem, kind, span)
        stmts.append(t.ExprStmt(t.Method(t.Path(name), method, (argument,))))
    return stmts, elem


def _joined(elem: Type, kind: Type, span: Span) -> Type:
    """The one type of elements that are stored as they are."""
    if ANY in (elem, kind):
        return elem if kind is ANY else kind
    joined = unify(elem, kind, span)
    if NEVER not in (elem, kind) and elem != kind:
        raise Refusal("PT104", span, f"the elements have the types `{elem}` and `{kind}`")
    return joined


def _tuple(ctx: FunctionContext, node: h.TupleDisplay, expect: Type | None) -> Value:
    if any(isinstance(item, h.Starred) for item in node.items):
        kind = expect if isinstance(expect, VarTuple) else node.type
        if not isinstance(kind, VarTuple):
            raise Refusal("PT214", node.span, "`*` in a tuple of several types is not translated")
        made = _starred_list(ctx, node.items, None if kind.elem is ANY else kind.elem, node.span)
        assert isinstance(made.type, ListOf)
        return replace(made, type=VarTuple(made.type.elem))
    if isinstance(expect, VarTuple) and not vague(expect):
        elem, parts = elements(ctx, node.items, expect.elem, node.span)
        return Value(t.Macro("vec", parts, "[]"), VarTuple(elem))
    wanted = expect.items if isinstance(expect, TupleOf) and len(expect.items) == len(node.items) else None
    values = [ctx.expr(item, wanted[i] if wanted is not None else None) for i, item in enumerate(node.items)]
    types = [
        wanted[i] if wanted is not None and wanted[i] is not ANY else value.type
        for i, value in enumerate(values)
    ]
    parts = tuple(coerce.owned(ctx, v, k, node.span) for v, k in zip(values, types, strict=True))
    return Value(t.TupleExpr(parts), TupleOf(tuple(types)))


def _dict(ctx: FunctionContext, node: h.DictDisplay, expect: Type | None) -> Value:
    keys = [key for key, _ in node.items]
    if any(key is None for key in keys):
        return _merged(ctx, node)
    known = expect if isinstance(expect, DictOf) and expect.key is not ANY else None
    if known is not None and known.value is ANY:
        known = DictOf(known.key, OBJECT)
    if known is None and isinstance(node.type, DictOf) and not node.items:
        known = node.type
    if not node.items:
        type_ = known or DictOf(NEVER, NEVER)
        ctx.runtime.add("dict")
        return Value(t.Call(t.Path("dict::Dict::default"), ()), type_)
    key_type, value_type = (known.key, known.value) if known is not None else (NEVER, NEVER)
    pairs = [(ctx.expr(k, key_type if known else None), ctx.expr(v, value_type if known else None))
             for k, v in node.items if k is not None]  # fmt: skip
    if known is None:
        for key, value in pairs:
            key_type = unify(key_type, key.type, node.span)
            value_type = unify(value_type, value.type, node.span)
    ctx.hashable(key_type, node.span)
    entries = tuple(
        t.TupleExpr((coerce.owned(ctx, k, key_type, node.span), coerce.owned(ctx, v, value_type, node.span)))
        for k, v in pairs
    )
    entries = (t.TupleExpr(tuple(map(spelled, entries[0].items))), *entries[1:])
    return Value(ctx.rt("dict::from_pairs", t.ArrayExpr(entries)), DictOf(key_type, value_type))


def _merged(ctx: FunctionContext, node: h.DictDisplay) -> Value:
    """`{**a, "k": 1, **b}`: a copy of `a`, into which the rest goes in its order."""
    type_ = node.type
    if not isinstance(type_, DictOf) or vague(type_):
        raise Refusal("PT101", node.span, f"the type of this dict is `{type_}`", "annotate it")
    ctx.hashable(type_.key, node.span)
    name = ctx.fresh("merged")
    empty = ctx.rt("dict::Dict::default")
    stmts: list[t.Stmt] = []
    for place, (key, item) in enumerate(node.items):
        held: t.Expr = t.Ref(t.Path(name), mutable=True)
        if key is not None:
            pair = (
                coerce.owned(ctx, ctx.expr(key, type_.key), type_.key, node.span),
                coerce.owned(ctx, ctx.expr(item, type_.value), type_.value, node.span),
            )
            stmts.append(t.ExprStmt(t.Method(t.Path(name), "insert", pair)))
            continue
        value = ctx.expr(item)
        if value.type != type_:
            raise Refusal("PT105", item.span, f"a `{value.type}` is merged into a `{type_}`")
        if place == 0:
            held_elsewhere = value.form in (Form.PLACE, Form.BORROWED, Form.MUTREF) and not value.frozen
            empty = (
                t.Method(value.expr, "clone")
                if held_elsewhere
                else coerce.owned(ctx, value, type_, item.span)
            )
        else:
            stmts.append(
                t.ExprStmt(ctx.rt("dict::update", held, coerce.borrowed(ctx, value, type_, item.span)))
            )
    made = t.Let(name, empty, ctx.rust_type(type_, node.span), mutable=True)
    return Value(t.BlockExpr(t.Block((made, *stmts), t.Path(name))), type_)
