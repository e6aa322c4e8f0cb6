"""Assignment: which of the ways an assignment takes, and the forms that need no copy."""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.analysis.bags import is_bag
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering import coerce, structs
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.defaults import lend_default
from portalis.compiler.lowering.iterators import bind_iterator, makes_iterator
from portalis.compiler.lowering.lend import lend_place
from portalis.compiler.lowering.store import store_element, store_slice
from portalis.compiler.lowering.unpack import store_part, unpack
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.lowering.variables import assign_local, note_pattern, store_local, wanted_type
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import (
    STR,
    ListOf,
    SetOf,
    VarTuple,
    is_copy,
    is_mutable,
)  # fmt: skip
from portalis.diagnostics import Span


def lower_assign(ctx: FunctionContext, stmt: h.Assign) -> list[t.Stmt]:
    """`a = value`, `a = b = value`, `a, b = value`, `x[i] = value`."""
    if len(stmt.targets) == 1:
        if _makes_bag(ctx, stmt):
            ctx.unordered.add(id(stmt.value))
        return _assign(ctx, stmt.targets[0], stmt.value, stmt.span)
    first, *rest = stmt.targets
    if isinstance(stmt.value, h.Literal):
        return [line for target in stmt.targets for line in _assign(ctx, target, stmt.value, stmt.span)]
    if is_mutable(stmt.value.type):
        raise Refusal(
            "PT401", stmt.span, "several names are bound to one mutable value", "make a value for each",
            shares=stmt.value.type,
        )  # fmt: skip
    if not isinstance(first, h.Local):
        return _chained(ctx, stmt)
    lowered = _assign(ctx, first, stmt.value, stmt.span)
    for target in rest:
        again = h.Local(first.name, stmt.value.type, span=stmt.span, type=stmt.value.type)
        lowered += _assign(ctx, target, again, stmt.span)
    return lowered


def _makes_bag(ctx: FunctionContext, stmt: h.Assign) -> bool:
    """`rows = list(seen)`, where the order of a set would be that of a list whose order never shows."""
    match stmt:
        case h.Assign(
            targets=(h.Local(name=name, type=ListOf()),),
            value=h.CallExternal(fullname="builtins.list") | h.Comprehension(kind="list") as value,
        ):
            of_set = any(isinstance(node, h.Expr) and isinstance(node.type, SetOf) for node in walk(value))
            return of_set and name not in ctx.facts.captured and is_bag(ctx.function, stmt, name)
    return False


def _chained(ctx: FunctionContext, stmt: h.Assign) -> list[t.Stmt]:
    """`self.head = self.tail = node`: the value has a name while it is stored, from the left."""
    if not all(isinstance(target, (h.Attribute, h.Local)) for target in stmt.targets):
        raise Refusal(
            "PT209", stmt.span, "this chained assignment is not translated", "assign the name first"
        )
    first = stmt.targets[0]
    wanted = structs.field_type(ctx, first) if isinstance(first, h.Attribute) else None
    value = ctx.expr(stmt.value, wanted)
    name = ctx.fresh("value")
    lines: list[t.Stmt] = [t.Let(name, coerce.owned(ctx, value, value.type, stmt.span))]
    for target in stmt.targets:
        form = Form.OWNED if is_copy(value.type) else Form.PLACE
        lines += store_part(ctx, target, Value(t.Path(name), value.type, form, movable=False), stmt.span)
    return lines


def _assign(ctx: FunctionContext, target: h.Expr, value: h.Expr, span: Span) -> list[t.Stmt]:
    match target:
        case h.Local() if isinstance(value, h.Lambda) and _named_once(ctx, target):
            return _named_lambda(ctx, target, value, span)
        case h.Local() if makes_iterator(ctx, value):
            return bind_iterator(ctx, target, value, span)
        case h.Local() if isinstance(value, h.Conditional) and (lent := lend_default(ctx, target, value)):
            return lent
        case h.Local() if target.name in ctx.facts.loans:
            return lend_place(ctx, target, value)
        case h.Local():
            note_pattern(ctx, target, value)
            subject, value = _held_subject(ctx, value)
            if subject:
                return [*subject, *assign_local(ctx, target, ctx.expr(value), span)]
            if isinstance(value, (h.DictDisplay, h.SetDisplay)) and _static_table(ctx, target, value):
                return []
            if isinstance(value, (h.TupleDisplay, h.ListDisplay)) and target.name in ctx.facts.arrays:
                array = _array(ctx, target, value)
                if array is not None:
                    return assign_local(ctx, target, array, span)
            lowered = assign_local(ctx, target, ctx.expr(value, wanted_type(ctx, target)), span)
            _note_length(ctx, target, value)
            return lowered
        case h.TupleDisplay(items=targets) | h.ListDisplay(items=targets):
            return unpack(ctx, targets, value, span)
        case h.Subscript():
            return store_element(ctx, target, value, span)
        case h.Slice():
            return store_slice(ctx, target, value, span)
        case h.Attribute():
            return structs.store_field(ctx, target, value, span)
        case _:
            raise Refusal("PT209", span, "this assignment target is not translated")


def _named_once(ctx: FunctionContext, target: h.Local) -> bool:
    """Whether the variable only ever is that one function, which nothing keeps."""
    once = ctx.facts.assignments[target.name] == 1 and target.name not in ctx.facts.kept
    return once and all(param.name != target.name for param in ctx.function.params)


def lower_walrus(ctx: FunctionContext, node: h.Walrus) -> Value:
    """`(n := value)` inside an expression: `{ n = value; n }`; the variable stands before the statement."""
    local = ctx.lookup(node.target.name)
    if local is None:
        raise Refusal(
            "PT214", node.span, f"`{node.target.name} := …` is not translated here", "assign it before"
        )
    store = store_local(ctx, local, ctx.expr(node.value, wanted_type(ctx, node.target)), node.span)
    read = ctx.expr(h.Local(node.target.name, node.target.declared, span=node.span, type=node.type))
    form = Form.OWNED if is_copy(read.type) else Form.BORROWED
    tail = read.expr if is_copy(read.type) else coerce.borrowed(ctx, read, read.type, node.span)
    return Value(t.BlockExpr(t.Block((store,), tail)), read.type, form)


def _named_lambda(ctx: FunctionContext, target: h.Local, node: h.Lambda, span: Span) -> list[t.Stmt]:
    """`f = lambda x: x + 1` is a nested function of one `return`."""
    from portalis.compiler.lowering.nested import lower_nested

    params = tuple(h.Parameter(name, type_, "positional_or_keyword") for name, type_ in node.params)
    qualname = f"{ctx.function.qualname}.<locals>.{target.name}"
    returned = h.Return(node.body, span=node.body.span)
    function = h.Function(
        ctx.function.module, qualname, params, node.body.type, [returned], "", dict(node.params), span=span
    )
    return lower_nested(ctx, h.NestedFunction(function, span=span))


def _note_length(ctx: FunctionContext, target: h.Local, value: h.Expr) -> None:
    """Remembers `n = len(xs)`, so that `range(n)` gives indices of `xs`."""
    from portalis.compiler.lowering.iterate import length_owner

    match value:
        case h.CallExternal(fullname="builtins.len", args=(h.Local(name=name),)):
            local = ctx.lookup(target.name)
            if local is not None and ctx.facts.assignments[target.name] == 1:
                local.counts = length_owner(ctx, name)


def _held_subject(ctx: FunctionContext, node: h.Expr) -> tuple[list[t.Stmt], h.Expr]:
    """A match borrows its text: a computed text gets a name that lives as long as the match.

    m = PATTERN.match(f(x))   →   let subject = f(x); let m = re::match_(&PATTERN, &subject);
    """
    from portalis.compiler.stdlib.re import PATTERN

    match node:
        case h.CallMethod(receiver=receiver, args=(subject,)) if receiver.type == PATTERN:
            before: tuple[h.Expr, ...] = ()
        case h.CallExternal(
            fullname="re.match" | "re.fullmatch" | "re.search", args=(pattern, subject, *rest)
        ):
            before = (pattern,)
        case _:
            return [], node
    if isinstance(subject, (h.Local, h.Literal)):
        return [], node
    value = ctx.expr(subject)
    if value.type is not STR or (value.form is Form.BORROWED and not value.temporary):
        return [], node
    name = ctx.fresh("subject")
    let = t.Let(name, coerce.owned(ctx, value, STR, node.span))
    local = ctx.declare(name, STR, Form.PLACE)
    local.form = Form.PLACE
    argument = h.Local(name, STR, span=node.span, type=STR)
    if isinstance(node, h.CallMethod):
        return [let], replace(node, args=(argument,))
    return [let], replace(node, args=(*before, argument, *rest))


def _array(ctx: FunctionContext, target: h.Local, node: h.TupleDisplay | h.ListDisplay) -> Value | None:
    """A tuple or list of numbers or texts that is only read by element, as an array."""
    from portalis.compiler.lowering.displays import literal_array

    if len(node.items) < 2 or any(isinstance(item, h.Starred) for item in node.items):
        return None
    if isinstance(node, h.ListDisplay) and ctx.facts.assignments[target.name] > 1:
        return None
    if ctx.facts.mutations.any_depth(target.name):
        return None
    array = literal_array(ctx, node.items, node.span)
    if array is None or isinstance(node, h.TupleDisplay):
        return array
    assert isinstance(array.type, VarTuple)
    return replace(array, type=ListOf(array.type.elem))


def _static_table(ctx: FunctionContext, target: h.Local, node: h.DictDisplay | h.SetDisplay) -> bool:
    """A literal table that is only looked up is made once, not at every call: it becomes a `static`."""
    from portalis.compiler.lowering.freeze import Unfreezable, freeze

    name = target.name
    params = {p.name for p in ctx.function.params}
    once = ctx.facts.assignments[name] == 1 and name not in params and name not in ctx.facts.captured
    if not once or ctx.facts.mutations.any_depth(name) or name not in ctx.facts.looked_up or not node.items:
        return False
    value = literal_value(node)
    if value is None:
        return False
    stem = ctx.function.qualname.replace(".<locals>.", "_").strip("_")
    try:
        frozen = freeze(f"{stem}_{name}", value, None)
    except Unfreezable:
        return False
    ctx.patterns.append(frozen.item)
    ctx.runtime |= frozen.runtime
    ctx.modules |= frozen.imports
    local = ctx.declare(name, frozen.type, frozen.form)
    local.rust, local.form = frozen.item.name, frozen.form
    ctx.frozen_locals.add(local.web)
    return True


def literal_value(node: h.DictDisplay | h.SetDisplay) -> object:
    """The table as a Python value, when it is made of literals alone; None otherwise."""
    if isinstance(node, h.SetDisplay):
        values = [item.value for item in node.items if isinstance(item, h.Literal)]
        return set(values) if len(values) == len(node.items) else None
    pairs = [
        (key.value, item.value)
        for key, item in node.items
        if isinstance(key, h.Literal) and isinstance(item, h.Literal)
    ]
    return dict(pairs) if len(pairs) == len(node.items) else None
