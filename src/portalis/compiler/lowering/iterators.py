"""Iterators that have a name: what is taken from one is gone.

    it = iter(xs)            let mut it = xs.iter().copied();
    first = next(it)    →    let first = it.next().ok_or_else(…)?;
    for x in it: …           for x in it.by_ref() { … }

The name is bound once and is no value otherwise: it is not stored, returned or handed on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering.context import FunctionContext, Local
from portalis.compiler.lowering.generators import ended, lazily, stable
from portalis.compiler.lowering.iterate import Iteration, Leaf
from portalis.compiler.lowering.targets import owned_items
from portalis.compiler.lowering.value import Form
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import IterOf, ListOf, Type, is_mutable
from portalis.diagnostics import Span

_BUILTINS = frozenset(
    f"builtins.{name}" for name in ("iter", "zip", "map", "filter", "enumerate", "reversed")
)


def makes_iterator(ctx: FunctionContext, node: h.Expr) -> bool:
    """Whether the expression gives an iterator that is used up as it is read."""
    from portalis.compiler.stdlib.iterators import NAMES

    match node:
        case h.Comprehension(kind="generator"):
            return True
        case h.CallExternal(fullname=name):
            return name in _BUILTINS or name in NAMES
        case h.CallFunction(key=key, type=type_):
            callee = ctx.project.callees.get(key)
            again = isinstance(type_, IterOf) and type_.name == "Iterable"
            return callee is not None and callee.yields is not None and not again
        case _:
            return False


def bind_iterator(ctx: FunctionContext, target: h.Local, node: h.Expr, span: Span) -> list[t.Stmt]:
    """`it = iter(xs)`."""
    params = {p.name for p in ctx.function.params}
    if ctx.facts.assignments[target.name] > 1 or target.name in params | ctx.facts.captured:
        raise Refusal("PT202", span, f"the iterator `{target.name}` is bound again, or captured")
    stable(ctx, node)
    source = lazily(ctx, node)
    expr, elem, raises = owned_items(ctx, source, span)
    expr = ended(ctx, node, expr, raises=raises)
    if is_mutable(elem) and not _makes_its_items(node):
        raise Refusal("PT202", span, f"an iterator over `{elem}` is not stored")
    local = ctx.declare(target.name, IterOf(elem, "Iterator"), Form.PLACE)
    local.form, local.items = Form.PLACE, Leaf(elem, fallible=raises)
    ctx.assigned.add(local.web)
    made, expr = _kept_arguments(ctx, expr)
    return [*made, t.Let(local.rust, expr, mutable=local.web in ctx.known.mutable)]


def _makes_its_items(node: h.Expr) -> bool:
    """Whether each item is a new object."""
    return isinstance(node, h.CallExternal) and node.fullname in ("csv.reader", "csv.DictReader")


def _kept_arguments(ctx: FunctionContext, expr: t.Expr) -> tuple[list[t.Stmt], t.Expr]:
    """What a waiting generator borrows lives as long as it does.

    let points = spread(a, &Value::Float(h));   →   let step = Value::Float(h); let points = spread(a, &step);
    """
    if not isinstance(expr, t.Call):
        return [], expr
    made: list[t.Stmt] = []
    args: list[t.Expr] = []
    for arg in expr.args:
        match arg:
            case t.Ref(t.Path() | t.Field() | t.Lit()) | t.Path() | t.Field() | t.Lit():
                args.append(arg)
            case t.Ref(value, mutable=False):
                name = ctx.fresh("value")
                made.append(t.Let(name, value))
                args.append(t.Ref(t.Path(name)))
            case _:
                name = ctx.fresh("value")
                made.append(t.Let(name, arg))
                args.append(t.Path(name))
    borrows = any(isinstance(one, t.Ref) and two is not one for one, two in zip(expr.args, args, strict=True))
    return (made, replace(expr, args=tuple(args))) if borrows else ([], expr)


def rest_of(ctx: FunctionContext, local: Local) -> Iteration:
    """What is left of an iterator that has a name."""
    assert isinstance(local.items, Leaf)
    if _last_use(ctx, local):
        return Iteration(t.Path(local.rust), local.items, False, source=t.Path(local.rust))
    ctx.learned.mutable.add(local.web)
    rest = t.Method(t.Path(local.rust), "by_ref")
    return Iteration(rest, local.items, False, source=rest)


def _last_use(ctx: FunctionContext, local: Local) -> bool:
    """Whether this is the only time that the iterator is read."""
    reads = sum(isinstance(n, h.Local) and n.name == local.name for n in walk(ctx.function.body))
    return reads == 2 and local.loop_depth == ctx.loop_depth and not ctx.closure_depth


@dataclass(frozen=True, slots=True)
class Gathered:
    """A list that is Python's iterator, which is read once: it may be used up."""

    expr: t.Expr
    elem: Type


def gathered(ctx: FunctionContext, node: h.Expr) -> Gathered | None:
    """The list behind a variable that Python iterates over once (see `stdlib.grouping`), if it is one."""
    if not isinstance(node, h.Local) or not isinstance(node.type, IterOf):
        return None
    local = ctx.lookup(node.name)
    if local is None or not isinstance(local.type, ListOf) or local.form not in (Form.OWNED, Form.PLACE):
        return None
    return Gathered(t.Path(local.rust), local.type.elem)


def reads_on(stmt: h.For) -> bool:
    """Whether the body of a loop over an iterator with a name reads on from it."""
    name = stmt.iterable.name if isinstance(stmt.iterable, h.Local) else ""
    return any(isinstance(n, h.Local) and n.name == name for n in walk(stmt.body))
