"""Builtins that consume an iterable: `sum`, `any`, `all`, `min`, `max`, `sorted`, `len`, and the containers.

Each has an iterator form, and a loop form for when something in the iterable can raise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering import coerce, dynamic
from portalis.compiler.lowering.arithmetic import as_number, int_binary, negate, to_float
from portalis.compiler.lowering.comprehension import (
    Chain,
    NotAChain,
    as_comprehension,
    chain,
    collect_list,
    collect_set,
    collected,
    loop_over,
    try_chain,
)  # fmt: skip
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.dict_like import dict_of
from portalis.compiler.lowering.iterate import Leaf
from portalis.compiler.lowering.iterators import gathered
from portalis.compiler.lowering.truth import truth_of
from portalis.compiler.lowering.value import MAX_LEN, Form, Range, Value, instead, plain
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib import decimal, fraction
from portalis.compiler.stdlib.comparing import compare_closure, comparer_of, differ_though_equal
from portalis.compiler.stdlib.zipping import summed_lists
from portalis.compiler.types import (
    ANY,
    BOOL,
    BYTES,
    DECIMAL,
    FLOAT,
    FRACTION,
    INT,
    NEVER,
    OBJECT,
    STR,
    DictOf,
    EnumOf,
    Instance,
    ListOf,
    OptionalOf,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
    borrows_whole,
    is_copy,
    is_mutable,
)  # fmt: skip


def _one(node: h.CallExternal) -> h.Expr:
    if len(node.args) != 1 or node.keywords:
        raise Refusal(
            "PT305", node.span, f"this form of `{node.fullname.rpartition('.')[2]}` is not translated"
        )
    return node.args[0]


def _closure(made: Chain, body: t.Expr) -> t.Expr:
    inside = t.BlockExpr(t.Block(made.prelude, body)) if made.prelude else body
    return t.Closure((made.pattern,), inside)


def _as_chain(ctx: FunctionContext, source: h.Expr) -> Chain | None:
    """The source as an infallible chain; a plain iterable counts as `(x for x in source)`."""
    node = as_comprehension(ctx, source)
    if not (isinstance(node, h.Comprehension) and node.kind in ("generator", "list")):
        target = h.Local(ctx.fresh("x"), ANY, span=node.span, type=ANY)
        clause = h.Clause(target, node, (), span=node.span)
        node = h.Comprehension("generator", target, None, (clause,), span=node.span, type=node.type)
    try:
        return chain(ctx, node)
    except NotAChain:
        return None


def lower_len(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`len(x)`."""
    inner = _one(node)
    if isinstance(inner, h.CallExternal) and inner.fullname == "builtins.set" and len(inner.args) == 1:
        made = collect_set(ctx, inner.args[0])
        return Value(t.Method(made.expr, "len"), INT, range=Range(0, MAX_LEN), unsigned=True)
    if isinstance(inner, h.CallExternal) and inner.fullname == "builtins.range":
        counted = t.Method(ctx.rt_try("range::range", *_range_bounds(ctx, inner)), "len")
        return Value(counted, INT, range=Range(0, MAX_LEN), unsigned=True)
    value = ctx.expr(inner)
    size = Range(0, MAX_LEN)
    if value.type is INT and isinstance(inner, h.CallFunction):  # what a `__len__` gives
        return Value(ctx.rt_try("seq::length", value.expr), INT, range=size)
    match dict_of(value.type):
        case _ if value.type is STR:
            local = ctx.lookup(value.local) if value.local is not None else None
            if value.form is Form.CHAR:
                return _known_length(value.expr, 1)
            if local is not None and local.chars is not None:
                return Value(t.Method(t.Path(local.chars), "len"), INT, range=size, unsigned=True)
            count = t.Method(t.Method(value.expr, "chars"), "count")
            return Value(count, INT, range=size, unsigned=True)
        case (
            ListOf()
            | VarTuple()
            | DictOf()
            | SetOf()
            | Instance(name="collections.deque" | "typing.Sequence" | "builtins.bytearray")
        ):
            return Value(t.Method(value.expr, "len"), INT, range=size, unsigned=True)
        case _ if value.type is BYTES:
            return Value(t.Method(value.expr, "len"), INT, range=size, unsigned=True)
        case TupleOf(items):
            return _known_length(value.expr, len(items))
        case _ if value.type is OBJECT:
            return Value(ctx.rt_try("value::len", dynamic.reference(ctx, value, node.span)), INT, range=size)
        case _:
            raise Refusal("PT214", node.span, f"`len` of a `{value.type}` is not translated")


def _known_length(expr: t.Expr, length: int) -> Value:
    """A length that the type gives; what is measured is still evaluated."""
    literal = length if plain(expr) else None
    return Value(instead(expr, t.Lit(str(length))), INT, range=Range(length, length), literal=literal)


def _range_bounds(ctx: FunctionContext, node: h.CallExternal) -> list[t.Expr]:
    bounds = [ctx.i64(arg) for arg in node.args]
    if len(bounds) == 1:
        bounds.insert(0, t.Lit("0"))
    return bounds if len(bounds) == 3 else [*bounds, t.Lit("1")]


def lower_sum(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`sum(xs)`: exact for ints (declines beyond i64), left to right for floats."""
    if not 1 <= len(node.args) <= 2 or set(node.keywords) - {"start"}:
        raise Refusal("PT305", node.span, "this form of `sum` is not translated")
    if (exact := fraction.lower_sum(ctx, node) or decimal.lower_sum(ctx, node)) is not None:
        return exact
    if (rows := summed_lists(ctx, node)) is not None:
        return rows
    start_node = node.args[1] if len(node.args) > 1 else node.keywords.get("start")
    start = as_number(ctx.expr(start_node)) if start_node is not None else None
    made = _as_chain(ctx, node.args[0])
    if made is not None:
        return _sum_chain(ctx, made, start, node)
    return _sum_loop(ctx, node, start)


def _sum_chain(ctx: FunctionContext, made: Chain, start: Value | None, node: h.CallExternal) -> Value:
    element = as_number(made.element)
    if element.type is INT:
        items = made.expr
        if made.identity is None or made.identity.unsigned or made.element.type is not INT:
            items = t.Method(items, "map", (_closure(made, coerce.integer(element)),))
        elif made.identity.reference:
            items = t.Method(items, "copied")
        total = ctx.rt("int::sum", items)
        if start is None or start.literal == 0:
            low = 0 if element.range is not None and element.range.low >= 0 else -(2**63)
            return Value(total, INT, range=Range(low, 2**63 - 1))
        if start.type is INT:
            return int_binary(ctx, "+", start, Value(total, INT), node)
        raise Refusal("PT102", node.span, "`sum` of ints with a float start")
    if element.type is FLOAT and made.ordered:
        items = made.expr
        if made.identity is None:
            items = t.Method(items, "map", (_closure(made, element.expr),))
        elif made.identity.reference:
            items = t.Method(items, "copied")
        name = "sum" if ctx.project.python < (3, 12) else "sum_compensated"
        if start is None:
            return Value(ctx.rt(f"float::{name}", items), FLOAT)
        return Value(ctx.rt(f"float::{name}_from", to_float(start).expr, items), FLOAT)
    if element.type is OBJECT and made.ordered:
        items = made.expr
        if made.identity is None:
            inside = coerce.owned(ctx, element, OBJECT, node.span)
            items = t.Method(items, "map", (_closure(made, inside),))
        elif made.identity.form is Form.BORROWED:
            items = t.Method(items, "cloned")
        first = start if start is not None else Value(t.Lit("0"), INT)
        from_ = coerce.owned(ctx, first, OBJECT, node.span)
        return Value(ctx.rt_try("dynamic::sum", items, from_), OBJECT)
    if element.type in (FLOAT, OBJECT):
        raise Refusal("PT404", node.span, "the order of a set would show in a sum of floats")
    raise Refusal("PT214", node.span, f"`sum` of `{element.type}` is not translated")


def _sum_loop(ctx: FunctionContext, node: h.CallExternal, start: Value | None) -> Value:
    """{ let mut total = 0; for x in xs { total = total.strict_add(f(x)?); } total }"""
    tried = try_chain(ctx, as_comprehension(ctx, node.args[0]))
    if tried is not None and isinstance(tried.item, Leaf) and tried.item.type is INT and start is None:
        low = 0 if tried.item.range is not None and tried.item.range.low >= 0 else -(2**63)
        return Value(ctx.rt_try("int::try_sum", tried.expr), INT, range=Range(low, 2**63 - 1))
    if tried is not None and isinstance(tried.item, Leaf) and tried.item.type is FLOAT and tried.ordered:
        numbers = ctx.attempt(t.Method(tried.expr, "collect", (), "Result<Vec<f64>, Error>"))
        suffix = "sum" if ctx.project.python < (3, 12) else "sum_compensated"
        if start is None:
            return Value(ctx.rt(f"float::{suffix}", numbers), FLOAT)
        return Value(ctx.rt(f"float::{suffix}_from", to_float(start).expr, numbers), FLOAT)
    if tried is not None and isinstance(tried.item, Leaf) and tried.item.type is OBJECT and tried.ordered:
        # Each item is added before the next one is made: either may raise.
        first = coerce.owned(ctx, start or Value(t.Lit("0"), INT), OBJECT, node.span)
        return Value(ctx.rt_try("dynamic::try_sum", tried.expr, first), OBJECT)
    numbers_of = as_comprehension(ctx, node.args[0])
    if isinstance(numbers_of, h.Comprehension) and numbers_of.element.type is FLOAT and start is None:
        listed = collect_list(ctx, numbers_of, FLOAT)
        suffix = "sum" if ctx.project.python < (3, 12) else "sum_compensated"
        return Value(ctx.rt(f"float::{suffix}", listed.expr), FLOAT)
    name = ctx.fresh("total")
    natural: list[bool] = []

    def emit(value: Value) -> list[t.Stmt]:
        value = as_number(value)
        if value.type is not INT:
            raise Refusal("PT214", node.span, f"`sum` of `{value.type}` that can raise is not translated")
        natural.append(value.range is not None and value.range.low >= 0)
        added = t.Method(t.Path(name), "strict_add", (coerce.integer(value),))
        return [t.Assign(t.Path(name), added)]

    body = loop_over(ctx, as_comprehension(ctx, node.args[0]), emit)
    first = coerce.integer(start) if start is not None else t.Lit("0")
    if start is not None and start.type is not INT:
        raise Refusal("PT102", node.span, "`sum` of ints with a float start")
    bounds = Range(0, 2**63 - 1) if all(natural) and start is None else None
    return Value(collected(ctx, name, first, body, "i64"), INT, range=bounds)


def _quantifier(name: str, wanted: bool) -> Callable[[FunctionContext, h.CallExternal, Type | None], Value]:
    """`any` stops at the first true element, `all` at the first false one."""

    def lower(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
        source = _one(node)
        made = _as_chain(ctx, source)
        if made is not None:
            (test, raises) = ctx.probe(lambda: truth_of(ctx, made.element, node.span))
            if not raises:
                return Value(t.Method(made.expr, name, (_closure(made, test),)), BOOL)
        return _quantifier_loop(ctx, node, source, wanted)

    return lower


def _quantifier_loop(ctx: FunctionContext, node: h.CallExternal, source: h.Expr, wanted: bool) -> Value:
    label, value = ctx.fresh("search"), "true" if wanted else "false"

    def emit(element: Value) -> list[t.Stmt]:
        test = truth_of(ctx, element, node.span)
        found = t.ExprStmt(t.Break(label, t.Lit(value)))
        return [t.ExprStmt(t.IfExpr(test if wanted else negate(test), t.Block((found,))))]

    body = loop_over(ctx, as_comprehension(ctx, source), emit)
    return Value(t.BlockExpr(t.Block(tuple(body), t.Lit("false" if wanted else "true")), label), BOOL)


def _extreme(name: str) -> Callable[[FunctionContext, h.CallExternal, Type | None], Value]:
    """`min` and `max`, of several values or of one iterable."""

    def lower(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
        if set(node.keywords) - {"key", "default"} or not node.args:
            raise Refusal("PT305", node.span, f"this form of `{name}` is not translated")
        if any(isinstance(arg, h.Starred) for arg in node.args):
            return _extreme_of_starred(ctx, name, node)
        if len(node.args) > 1:
            if node.keywords:
                raise Refusal("PT305", node.span, f"`{name}` of several values with a key is not translated")
            return _extreme_of_values(ctx, name, node)
        return _extreme_of_items(ctx, name, node)

    return lower


def _extreme_of_values(ctx: FunctionContext, name: str, node: h.CallExternal) -> Value:
    values = [as_number(ctx.expr(arg)) for arg in node.args]
    kinds = {value.type for value in values}
    if kinds == {INT}:
        result = values[0]
        for value in values[1:]:
            bounds = None
            if result.range is not None and value.range is not None:
                pick = max if name == "max" else min
                bounds = Range(
                    pick(result.range.low, value.range.low), pick(result.range.high, value.range.high)
                )
            receiver = coerce.integer(result)
            receiver = t.Lit(f"{receiver.text}_i64") if isinstance(receiver, t.Lit) else receiver
            result = Value(t.Method(receiver, name, (coerce.integer(value),)), INT, range=bounds)
        return result
    if OBJECT in kinds or kinds == {INT, FLOAT}:  # what is found stays the int or the float that it is
        items = t.ArrayExpr(tuple(coerce.owned(ctx, value, OBJECT, node.span) for value in values))
        return Value(ctx.rt_try(f"dynamic_order::{name}", items), OBJECT)
    if len(kinds) != 1 or not ordered(values[0].type) or is_mutable(values[0].type):
        raise Refusal(
            "PT102",
            node.span,
            f"`{name}` of mixed or unordered types is not translated",
            "convert them first",
        )
    kind = values[0].type
    result = values[0]
    for value in values[1:]:
        pair = (coerce.owned(ctx, result, kind, node.span), coerce.owned(ctx, value, kind, node.span))
        result = Value(ctx.rt(f"extremes::{name}2", *pair), kind)
    return result


def _extreme_of_starred(ctx: FunctionContext, name: str, node: h.CallExternal) -> Value:
    """`max(a, *xs)` is `max([a, *xs])` where that makes two arguments or more."""
    display = h.ListDisplay(node.args, span=node.span, type=ANY)
    listed = ctx.expr(display)
    assert isinstance(listed.type, ListOf)
    held = ctx.fresh("values")
    sure = sum(not isinstance(arg, h.Starred) for arg in node.args) > 1
    let = t.Let(held, listed.expr if sure else ctx.rt("seq::several", listed.expr))
    with ctx.frame():
        local = ctx.declare(held, listed.type, Form.PLACE)
        local.form = Form.PLACE
        one = h.Local(held, listed.type, span=node.span, type=listed.type)
        value = _extreme_of_items(ctx, name, replace(node, args=(one,)))
    return replace(value, expr=t.BlockExpr(t.Block((let,), value.expr)))


def _extreme_of_items(ctx: FunctionContext, name: str, node: h.CallExternal) -> Value:
    source = node.args[0]
    key = node.keywords.get("key")
    default = node.keywords.get("default")
    unordered = key is not None and isinstance(source.type, SetOf)
    listed = collect_list(ctx, as_comprehension(ctx, source), None, ordered=key is not None and not unordered)
    assert isinstance(listed.type, ListOf)
    elem = listed.type.elem
    by_key = key is not None and ctx.struct_of(elem) is not None
    if not by_key and not ordered(elem) and (elem is not OBJECT or default is not None):
        raise Refusal("PT214", node.span, f"`{name}` of `{elem}` is not translated")
    items = _without_collect(listed.expr)
    if (function := comparer_of(key)) is not None and default is None:
        if unordered:
            raise Refusal("PT404", node.span, "the order of a set would show in the result")
        closure, _ = compare_closure(ctx, function, elem)
        return Value(ctx.rt_try(f"timsort::{name}_by", items, closure), elem)
    if key is not None:
        closure, raises = key_function(ctx, key, elem)
        if default is not None:
            if unordered:
                raise Refusal("PT404", node.span, "equal keys would show the order of a set")
            if not raises and isinstance(closure, t.Closure):
                closure = replace(closure, body=t.Call(t.Path("Ok"), (closure.body,)))
            other = coerce.owned(ctx, ctx.expr(default), elem, node.span)
            return Value(ctx.rt_try(f"extremes::{name}_by_key_or", items, closure, other), elem)
        if unordered and raises:
            raise Refusal("PT404", node.span, "which error comes first would show the order of a set")
        if unordered:
            return Value(ctx.rt_try(f"extremes::{name}_by_key_untied", items, closure), elem)
        return Value(ctx.rt_try(f"extremes::{name}_by_key{'_try' if raises else ''}", items, closure), elem)
    if default is not None:
        other = coerce.owned(ctx, ctx.expr(default), elem, node.span)
        return Value(ctx.rt(f"extremes::{name}_or", items, other), elem)
    family = "dynamic_order" if elem is OBJECT else "extremes"
    return Value(ctx.rt_try(f"{family}::{name}", items), elem)


def _without_collect(expr: t.Expr) -> t.Expr:
    """`xs.iter().copied().collect::<Vec<_>>()` where any iterator will do."""
    match expr:
        case t.Method(receiver, "collect", ()):
            return receiver
        case t.Method(receiver, "to_vec", ()):
            return t.Method(t.Method(receiver, "iter"), "cloned")
        case _:
            return expr


def ordered(type_: Type) -> bool:
    match type_:
        case ListOf(elem) | VarTuple(elem):
            return ordered(elem)
        case TupleOf(items):
            return all(map(ordered, items))
        case Instance(name, traits=traits):
            return name.startswith("datetime.") or name in (FRACTION, DECIMAL) or "ord" in traits
        case EnumOf(mixed=mixed):
            return mixed == "int"
        case _:
            return type_ in (INT, FLOAT, STR, BOOL, BYTES)


def total(type_: Type) -> bool:
    """Whether Rust's `Ord` is there: floats have none."""
    match type_:
        case ListOf(elem) | VarTuple(elem):
            return total(elem)
        case TupleOf(items):
            return all(map(total, items))
        case Instance(traits=traits) if traits:
            return "total" in traits
        case _:
            return type_ is not FLOAT and ordered(type_)


def key_function(ctx: FunctionContext, key: h.Expr, elem: Type) -> tuple[t.Expr, bool]:
    """A key function as a closure over `&T`, and whether it can raise."""
    from portalis.compiler.lowering.comprehension import applied, callable_name

    name = callable_name(key, ctx)
    target = h.Local(name, ANY, span=key.span, type=ANY)
    call = applied(ctx, key, target, key.span)

    def inside() -> tuple[str, t.Expr]:
        ctx.closure_depth += 1
        try:
            with ctx.frame():
                local = ctx.declare(name, elem, Form.OWNED if is_copy(elem) else Form.BORROWED)
                local.form = Form.OWNED if is_copy(elem) else Form.BORROWED
                local.whole = borrows_whole(elem)
                value = coerce.present(ctx.expr(call))
                if not ordered(value.type) and value.type is not OBJECT:
                    raise Refusal("PT214", key.span, f"a key of type `{value.type}` is not translated")
                body = coerce.owned(ctx, value, value.type, key.span)
                if value.type is OBJECT:
                    body = ctx.rt("dynamic_order::Key", body)
                elif not total(value.type):
                    ctx.runtime.add("float")
                    body = t.Call(t.Path("float::Key"), (body,))
                return local.rust, body
        finally:
            ctx.closure_depth -= 1

    (rust, body), raises = ctx.probe(inside)
    pattern = f"&{rust}" if is_copy(elem) else rust
    if raises:
        body = body.operand if isinstance(body, t.Try) else t.Call(t.Path("Ok"), (body,))
    return t.Closure((pattern,), body), raises


def lower_sorted(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`sorted(xs, key=…, reverse=…)`: stable, also in reverse."""
    if len(node.args) != 1 or set(node.keywords) - {"key", "reverse"}:
        raise Refusal("PT305", node.span, "this form of `sorted` is not translated")
    key = node.keywords.get("key")
    source = _peeled(node.args[0]) if key is None else node.args[0]
    listed = collect_list(ctx, as_comprehension(ctx, source), None, ordered=key is not None)
    assert isinstance(listed.type, ListOf)
    name = ctx.fresh("sorted")
    stmts = sort_statements(ctx, t.Path(name), listed.type.elem, key, node.keywords.get("reverse"), node)
    annotation = ctx.rust_type(listed.type, node.span)
    value = listed.expr
    if isinstance(value, t.Method) and value.name == "collect":
        value = t.Method(value.receiver, "collect")
    first = t.Let(name, value, annotation, mutable=True)
    return Value(t.BlockExpr(t.Block((first, *stmts), t.Path(name))), listed.type)


def _peeled(node: h.Expr) -> h.Expr:
    """`sorted(list(xs))` sorts what `sorted(xs)` does."""
    match node:
        case h.CallExternal(fullname="builtins.list" | "builtins.tuple", args=(inner,), keywords={}):
            return inner
    return node


def sort_statements(
    ctx: FunctionContext,
    place: t.Expr,
    elem: Type,
    key: h.Expr | None,
    reverse: h.Expr | None,
    node: h.Expr,
    lent: t.Expr | None = None,
) -> list[t.Stmt]:
    """Sorts a place in order; Python keeps equal elements in order even in reverse.

    `lent` is the place as `&mut`, where it is one already.
    """
    lent = lent or t.Ref(place, mutable=True)
    if key is not None and isinstance(key, h.Literal) and key.value is None:
        key = None
    if (function := comparer_of(key)) is not None:
        closure, raises = compare_closure(ctx, function, elem)
        if raises and not isinstance(node, h.CallExternal):
            raise Refusal("PT214", node.span, "`sort` by a comparing function that can raise", "use `sorted`")
        ascending: t.Expr = ctx.rt_try("timsort::sort_by", lent, closure)
    elif key is None:
        if elem is OBJECT:
            ascending = ctx.rt("dynamic_order::sort", lent)
        elif total(elem):
            ascending = t.Method(place, "sort_unstable" if is_copy(elem) else "sort")
        elif ordered(elem):
            ascending = ctx.rt("float::sort", lent)
        elif elem is NEVER:
            return []
        else:
            raise Refusal("PT214", node.span, f"sorting `{elem}` is not translated")
    else:
        closure, raises = key_function(ctx, key, elem)
        if raises and isinstance(reverse, h.Literal) and reverse.value:
            return [
                t.ExprStmt(ctx.rt_try("seq::sort_by_key_reversed_try", t.Ref(place, mutable=True), closure))
            ]
        name = "sort_by_cached_key" if _allocates(closure) or _calls_project(key) else "sort_by_key"
        ascending = t.Method(place, name, (closure,))
        if raises:
            ascending = ctx.rt_try("seq::sort_by_key_try", t.Ref(place, mutable=True), closure)
    if reverse is None or (isinstance(reverse, h.Literal) and not reverse.value):
        return [t.ExprStmt(ascending)]
    flip = t.ExprStmt(t.Method(place, "reverse"))
    body: list[t.Stmt] = [t.ExprStmt(ascending), flip]
    if key is not None or not total(elem) or differ_though_equal(elem):
        body.insert(0, flip)  # reversed, sorted stably, reversed: equal elements keep their order
    if isinstance(reverse, h.Literal):
        return body
    from portalis.compiler.lowering.truth import truth

    turned = t.IfExpr(truth(ctx, reverse), t.Block(tuple(body)), t.Block((t.ExprStmt(ascending),)))
    return [t.ExprStmt(turned)]


def _calls_project(key: h.Expr) -> bool:
    """Whether a key is the work of a function of the project, which Python calls once for each element."""
    return any(isinstance(node, (h.CallFunction, h.FunctionRef, h.BoundMethod)) for node in walk(key))


def _allocates(closure: t.Expr) -> bool:
    """Whether a key function makes a new value each time, so that each key is worth keeping."""
    match closure:
        case t.Closure(body=body):
            return _allocates(body)
        case t.TupleExpr(items):
            return any(map(_allocates, items))
        case t.Method(name=name):
            return name in ("to_string", "to_vec", "clone", "collect", "repeat")
        case t.Macro(name="format") | t.BlockExpr():
            return True
        case t.Call(t.Path("float::Key" | "dynamic_order::Key"), (inner,)):
            return _allocates(inner)
        case t.Call(func=t.Path(name)):
            return name.startswith("text::")
        case _:
            return False


def lower_list(ctx: FunctionContext, node: h.CallExternal, expect: Type | None) -> Value:
    """`list(xs)`."""
    wanted = expect.elem if isinstance(expect, ListOf) else None
    if not node.args:
        elem = wanted or (node.type.elem if isinstance(node.type, ListOf) else NEVER)
        return Value(t.Call(t.Path("Vec::new"), ()), ListOf(elem))
    if (group := gathered(ctx, _one(node))) is not None:
        return Value(group.expr, ListOf(group.elem))
    ordered = id(node) not in ctx.unordered
    return collect_list(ctx, as_comprehension(ctx, _one(node)), wanted, ordered=ordered)


def lower_tuple(ctx: FunctionContext, node: h.CallExternal, expect: Type | None) -> Value:
    """`tuple(xs)` is a tuple of any length."""
    expect = expect.inner if isinstance(expect, OptionalOf) else expect
    wanted = expect.elem if isinstance(expect, VarTuple) else None
    listed = collect_list(ctx, as_comprehension(ctx, _one(node)), wanted)
    assert isinstance(listed.type, ListOf)
    if isinstance(expect, TupleOf) and len(set(expect.items)) == 1 and expect.items[0] == listed.type.elem:
        size = len(expect.items)
        names = [chr(ord("a") + i) for i in range(size)]
        array = ctx.rt_try("seq::unpack", listed.expr)
        let = t.Let(f"[{', '.join(names)}]", array)
        return Value(t.BlockExpr(t.Block((let,), t.TupleExpr(tuple(map(t.Path, names))))), expect)
    return Value(listed.expr, VarTuple(listed.type.elem))


def lower_set(ctx: FunctionContext, node: h.CallExternal, expect: Type | None) -> Value:
    """`set(xs)` and `frozenset(xs)`."""
    frozen = node.fullname.endswith("frozenset")
    if not node.args:
        known = expect if isinstance(expect, SetOf) else node.type
        elem = known.elem if isinstance(known, SetOf) else NEVER
        ctx.runtime.add("set")
        return Value(t.Call(t.Path("set::Set::default"), ()), SetOf(elem, frozen))
    return collect_set(ctx, as_comprehension(ctx, _one(node)), frozen=frozen)


SPECIAL = {
    "builtins.len": lower_len,
    "builtins.sum": lower_sum,
    "builtins.any": _quantifier("any", True),
    "builtins.all": _quantifier("all", False),
    "builtins.min": _extreme("min"),
    "builtins.max": _extreme("max"),
    "builtins.sorted": lower_sorted,
    "builtins.list": lower_list,
    "builtins.tuple": lower_tuple,
    "builtins.set": lower_set,
    "builtins.frozenset": lower_set,
}
