"""Order: operands and statements evaluated the other way round, items of a container in another order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portalis.bench.operators.about import About
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.inspect import leaves, nodes

# What comes out is the same whichever way the items go in.
_ORDERLESS = frozenset({"count", "len", "rev", "all", "any", "min", "max", "sum", "next"})
_ITERATIONS = frozenset({"iter", "keys", "values", "into_iter", "chars", "drain"})
_SORTS = {"sort_by_key": "sort_unstable_by_key", "sort_by_cached_key": "sort_unstable_by_key"}


def operands(node: object, _about: About) -> Iterator[object]:
    """`f(a()?, b()?)` with `b` evaluated before `a`."""
    match node:
        case t.Binary("&&" | "||", left, right):
            if _seen(left) or _seen(right):
                yield replace(node, left=right, right=left)
        case t.Binary(_, left, right) if _seen(left) and _seen(right):
            yield _second_first(left, right, lambda a, b: replace(node, left=a, right=b))
        case t.Method(receiver, _, (argument,)) if _seen(receiver) and _seen(argument):
            yield _second_first(receiver, argument, lambda a, b: replace(node, receiver=a, args=(b,)))
        case t.Call(args=args) if len(args) > 1:
            for at in range(len(args) - 1):
                if _seen(args[at]) and _seen(args[at + 1]):
                    yield _second_first(
                        args[at], args[at + 1],
                        lambda a, b, at=at: replace(node, args=(*args[:at], a, b, *args[at + 2 :])),
                    )  # fmt: skip
        case t.Macro("vec", args, repeat=False):
            for at in range(len(args) - 1):
                if _seen(args[at]) and _seen(args[at + 1]):
                    yield _second_first(
                        args[at], args[at + 1],
                        lambda a, b, at=at: replace(node, args=(*args[:at], a, b, *args[at + 2 :])),
                    )  # fmt: skip


def _seen(expr: t.Expr) -> bool:
    """Whether it can be told when the expression is evaluated: it may raise, or changes something."""
    return leaves(expr) or any(isinstance(node, t.Ref) and node.mutable for node in nodes(expr))


def _second_first(first: t.Expr, second: t.Expr, whole: object) -> t.Expr:
    assert callable(whole)
    stmts = (t.Let("later", second), t.Let("sooner", first))
    return t.BlockExpr(t.Block(stmts, whole(t.Path("sooner"), t.Path("later"))))


def statements(node: object, _about: About) -> Iterator[object]:
    """Two statements that follow each other, swapped."""
    if isinstance(node, t.Block):
        stmts = node.stmts
        for at in range(len(stmts) - 1):
            one, other = stmts[at], stmts[at + 1]
            if one != other and not isinstance(one, t.Comment) and not isinstance(other, t.Comment):
                yield replace(node, stmts=(*stmts[:at], other, one, *stmts[at + 2 :]))


def items(node: object, _about: About) -> Iterator[object]:
    """The items of a container backwards, a dict's entry moved to its end, a sort that is not stable."""
    match node:
        case t.Method(t.Method(_, name, ()) as inner, outer) if name in _ITERATIONS:
            if outer not in _ORDERLESS:
                yield replace(node, receiver=t.Method(inner, "rev"))
        case t.For(iterable=iterable):
            yield replace(node, iterable=t.Method(t.Method(iterable, "into_iter"), "rev"))
        case t.Method(receiver, "rev", ()):
            yield receiver
        case t.Method(receiver, "insert", (key, value)):
            stmts = (
                t.Let("moved", key),
                t.ExprStmt(t.Method(receiver, "shift_remove", (t.Ref(t.Path("moved")),))),
            )
            again = t.Method(receiver, "insert", (t.Path("moved"), value))
            yield t.BlockExpr(t.Block(stmts, again))
        case t.Method(_, name) if name in _SORTS:
            yield replace(node, name=_SORTS[name])
        case t.Method(_, "push", (value,)):
            yield replace(node, name="insert", args=(t.Lit("0"), value))
