"""Indexing what may be a list or a tuple: `Sequence[T]`.

The message of Python's IndexError says which of the two it is, and Rust doesn't know. So an index out of
range declines, but where a handler catches the error and nobody reads its message.

    def third(xs: Sequence[int]) -> int:    →   *sequence::at(xs, 2)
        return xs[2]
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.rust import tree as t

_CATCHES = frozenset(f"builtins.{name}" for name in ("IndexError", "LookupError", "Exception"))


def lower_sequence_index(ctx: FunctionContext, node: h.Subscript, items: t.Expr) -> t.Expr:
    """The element of a `Sequence` as a reference; the container is `items`."""
    index = ctx.i64(node.index)
    if _caught_unread(ctx.function, node):
        return ctx.rt_try("seq::at", items, index)
    return ctx.rt("sequence::at", items, index)


def _caught_unread(function: h.Function, node: h.Subscript) -> bool:
    """Whether an error of the expression ends in a handler that doesn't look at it."""
    around = [one for one in walk(function.body) if isinstance(one, h.Try) and _inside(one, node)]
    if not around:
        return False
    for handler in around[-1].handlers:
        if not handler.names or _CATCHES & set(handler.names):
            raises = any(isinstance(one, h.Raise) and one.exception is None for one in walk(handler.body))
            return handler.bound is None and not raises
    return False


def _inside(stmt: h.Try, node: h.Subscript) -> bool:
    return any(one is node for one in walk(stmt.body))
