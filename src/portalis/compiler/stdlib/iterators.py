"""`itertools` and methods that are iterated at once, without a container in between."""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.iterate import Item, Iteration, Leaf, Several, element, iterate
from portalis.compiler.lowering.value import Form
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib import csv, re, selections
from portalis.compiler.stdlib.callables import over_two, predicate
from portalis.compiler.stdlib.grouping import groupby
from portalis.compiler.stdlib.joining import from_iterable, merge, zip_longest
from portalis.compiler.stdlib.sources import given, opt_int, owned
from portalis.compiler.types import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    STR,
    Instance,
    TupleOf,
    Type,
    is_mutable,
)


def library_iteration(ctx: FunctionContext, node: h.Expr) -> Iteration | None:
    """The iteration of a library call, or None when it is lowered as a value first."""
    match node:
        case h.CallExternal(fullname=fullname) if fullname in _FUNCTIONS:
            return _FUNCTIONS[fullname](ctx, node)
        case h.CallMethod(receiver=receiver, method="split" | "splitlines" as method, args=(), keywords={}):
            if receiver.type is STR:
                return _words(ctx, receiver, method, node)
        case h.CallMethod(
            receiver=h.Expr(type=Instance(name="collections.Counter", args=(elem,))) as counter,
            method="elements",
            args=(),
            keywords={},
        ):
            counts = coerce.borrowed(ctx, ctx.expr(counter), counter.type, node.span)
            return Iteration(ctx.rt("collections::counter_elements", counts), element(elem), False)
        case h.CallMethod(method="finditer") | h.CallExternal(fullname="re.finditer"):
            found = re.found_in(ctx, node)
            if found is not None:
                return Iteration(found[0], Leaf(re.MATCH, pattern=found[1]), False)
    return None


def _words(ctx: FunctionContext, receiver: h.Expr, method: str, node: h.Expr) -> Iteration:
    """`for word in text.split()` needs no list."""
    value = ctx.expr(receiver)
    if value.form is Form.OWNED or value.temporary or value.form is Form.CHAR:
        from portalis.compiler.lowering.iterate import over

        return over(ctx, ctx.expr(node), node.span)
    text = coerce.borrowed(ctx, value, STR, node.span)
    call = ctx.rt("text::words" if method == "split" else "text::lines", text)
    return Iteration(call, Leaf(STR, Form.BORROWED), False)


def _plain(node: h.CallExternal, *counts: int) -> tuple[h.Expr, ...]:
    if node.keywords or len(node.args) not in counts:
        raise Refusal("PT305", node.span, f"this form of `{node.fullname}` is not translated")
    return node.args


def item_of(type_: Type) -> Item:
    """What an iterator of owned items of the type yields."""
    return Several(tuple(map(Leaf, type_.items))) if isinstance(type_, TupleOf) else Leaf(type_)


def _chain(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    """`chain(a, b)`; `chain(*xss)` is `chain.from_iterable(xss)`."""
    match node.args:
        case (h.Starred(value=value),):
            return from_iterable(ctx, replace(node, args=(value,)))
    parts = [owned(ctx, arg) for arg in node.args]
    if not parts or len({type_ for _, type_ in parts}) != 1 or node.keywords:
        raise Refusal("PT305", node.span, "`chain` over several types is not translated")
    expr = parts[0][0]
    for part, _ in parts[1:]:
        expr = t.Method(expr, "chain", (part,))
    return Iteration(expr, item_of(parts[0][1]))


def _pairwise(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    expr, type_ = owned(ctx, _plain(node, 1)[0])
    return Iteration(ctx.rt("itertools::pairwise", expr), Several((Leaf(type_), Leaf(type_))), False)


def _repeat(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    value_node, times = given(node, ("object", "times"), 1, "repeat")
    assert value_node is not None
    value = ctx.expr(value_node)
    if is_mutable(value.type):
        raise Refusal("PT401", node.span, "`repeat` of a mutable value makes many names for it")
    kept = coerce.owned(ctx, value, value.type, node.span)
    if times is None:
        return Iteration(t.Call(t.Path("std::iter::repeat"), (kept,)), Leaf(value.type), False)
    return Iteration(ctx.rt("itertools::repeat_n", kept, ctx.i64(times)), Leaf(value.type), False)


def _count(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    start, step = given(node, ("start", "step"), 0, "count")
    bounds = (
        ctx.i64(start) if start is not None else t.Lit("0"),
        ctx.i64(step) if step is not None else t.Lit("1"),
    )
    return Iteration(ctx.rt("itertools::count", *bounds), Leaf(INT), False)


def _cycle(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    expr, type_ = owned(ctx, _plain(node, 1)[0])
    return Iteration(ctx.rt("itertools::cycle", expr), item_of(type_), False)


def _accumulate(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    if len(node.args) > 2:
        raise Refusal("PT305", node.span, "this form of `accumulate` is not translated")
    source, function, initial = given(node, ("iterable", "func", "initial"), 1, "accumulate")
    assert source is not None
    expr, type_ = owned(ctx, source)
    if function is None or (isinstance(function, h.Literal) and function.value is None):
        if type_ not in (INT, FLOAT):
            raise Refusal("PT305", node.span, f"`accumulate` of `{type_}` is not translated")
        a, b = t.Path("a"), t.Path("b")
        body = t.Method(a, "strict_add", (b,)) if type_ is INT else t.Binary("+", a, b)
        step: t.Expr = t.Closure(("a", "b"), body)
    else:
        step = over_two(ctx, function, type_)
    if initial is None or (isinstance(initial, h.Literal) and initial.value is None):
        return Iteration(ctx.rt("itertools::accumulate", expr, step), item_of(type_), False)
    first = coerce.owned(ctx, ctx.expr(initial, type_), type_, node.span)
    return Iteration(ctx.rt("itertools::accumulate_from", expr, first, step), item_of(type_), False)


def _islice(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    args = _plain(node, 2, 3, 4)
    expr, type_ = owned(ctx, args[0])
    bounds = [opt_int(ctx, arg) for arg in args[1:]]
    none = t.Path("None")
    start, stop, step = (none, bounds[0], none) if len(bounds) == 1 else (*bounds, none)[:3]
    return Iteration(ctx.rt_try("itertools::islice", expr, start, stop, step), item_of(type_), False)


def _while(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    """`takewhile`, `dropwhile` and `filterfalse`: the test sees what is yielded by reference."""
    function, source = _plain(node, 2)
    expr, type_ = owned(ctx, source)
    name = node.fullname.rpartition(".")[2]
    method = {"takewhile": "take_while", "dropwhile": "skip_while", "filterfalse": "filter"}[name]
    test = predicate(ctx, function, type_, negated=name == "filterfalse")
    return Iteration(t.Method(expr, method, (test,)), item_of(type_), False)


def _compress(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    data, selectors = given(node, ("data", "selectors"), 2, "compress")
    assert data is not None and selectors is not None
    expr, type_ = owned(ctx, data)
    chosen, kind = owned(ctx, selectors)
    if kind is INT:
        chosen = t.Method(
            chosen, "map", (t.Closure(("chosen",), t.Binary("!=", t.Path("chosen"), t.Lit("0"))),)
        )
    elif kind is not BOOL:
        raise Refusal("PT305", node.span, f"`compress` by `{kind}` items is not translated")
    return Iteration(ctx.rt("itertools::compress", expr, chosen), item_of(type_), False)


def _starmap(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    """`starmap(f, pairs)` → `(f(a, b) for a, b in pairs)`."""
    from portalis.compiler.lowering.comprehension import NotAChain, generator
    from portalis.compiler.lowering.iterate import item_type
    from portalis.compiler.stdlib.callables import call_of

    function, source = _plain(node, 2)
    kind = item_type(iterate(ctx, source).item)
    if not isinstance(kind, TupleOf):
        raise Refusal("PT305", node.span, "`starmap` is translated over tuples of a known length")
    parameters = function.params if isinstance(function, h.Lambda) else ()
    names = [name for name, _ in parameters] or [ctx.fresh("x") for _ in kind.items]
    if len(names) != len(kind.items):
        raise Refusal("PT305", node.span, "the function does not fit what `starmap` is given")
    locals_ = tuple(h.Local(name, ANY, span=node.span, type=ANY) for name in names)
    target = h.TupleDisplay(locals_, span=node.span, type=kind)
    clause = h.Clause(target, source, (), span=node.span)
    made = h.Comprehension(
        "generator", call_of(ctx, function, locals_), None, (clause,), span=node.span, type=node.type
    )
    try:
        return generator(ctx, made)
    except NotAChain:
        raise Refusal("PT214", node.span, "this `starmap` is not translated here") from None


_FUNCTIONS = {
    "csv.reader": csv.rows,
    "csv.DictReader": csv.dict_rows,
    "itertools.chain": _chain,
    "itertools.chain.from_iterable": from_iterable,
    "itertools.pairwise": _pairwise,
    "itertools.product": selections.product,
    "itertools.combinations": selections.combinations,
    "itertools.combinations_with_replacement": selections.combinations,
    "itertools.permutations": selections.permutations,
    "itertools.repeat": _repeat,
    "itertools.count": _count,
    "itertools.cycle": _cycle,
    "itertools.accumulate": _accumulate,
    "itertools.islice": _islice,
    "itertools.takewhile": _while,
    "itertools.dropwhile": _while,
    "itertools.filterfalse": _while,
    "itertools.compress": _compress,
    "itertools.zip_longest": zip_longest,
    "heapq.merge": merge,
    "itertools.starmap": _starmap,
    "itertools.groupby": groupby,
}
NAMES = frozenset(_FUNCTIONS)
"""Functions that are only translated where they are iterated at once."""
