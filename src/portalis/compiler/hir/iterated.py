"""What is iterated: an instance by its `__iter__`, and what may be None by the empty list beside it.

for x in tree             →   for x in tree.__iter__()
for x in node or []       →   if node is not None: for x in node
list(tree), sum(tree)     →   list(tree.__iter__()), sum(tree.__iter__())
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir import special
from portalis.compiler.types import OptionalOf

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder

CONSUMERS = frozenset(
    [
        f"builtins.{name}"
        for name in (
            "all", "any", "dict", "enumerate", "filter", "frozenset", "iter", "list", "map", "max", "min",
            "set", "sorted", "sum", "tuple", "zip",
        )
    ]
    + [
        f"itertools.{name}"
        for name in (
            "accumulate", "chain", "combinations", "compress", "cycle", "dropwhile", "filterfalse", "islice",
            "pairwise", "permutations", "product", "starmap", "takewhile", "zip_longest",
        )
    ]
    + ["collections.Counter", "collections.deque", "functools.reduce", "math.fsum", "math.prod"]
)  # fmt: skip
"""Functions that iterate over the instances they are given."""


def iterated(b: FunctionBuilder, node: h.Expr) -> h.Expr:
    """The expression as a place takes it that iterates over it."""
    info = special.struct_of(b, node.type)
    if info is None or info.enum is not None or "__iter__" not in info.methods:
        return node
    return special.call(b, info, "__iter__", node, (), node.span)


def loop(b: FunctionBuilder, made: h.For) -> h.Stmt:
    """A `for` loop over what is iterated."""
    match made.iterable:
        case h.Logical(op="or", operands=(first, h.ListDisplay(items=()) | h.TupleDisplay(items=()))) if (
            special.plain(first) and not made.orelse
        ):
            kind = first.type.inner if isinstance(first.type, OptionalOf) else first.type
            if special.struct_of(b, kind) is None:
                return made
            there = iterated(b, replace(first, type=kind))
            inside = replace(made, iterable=there, comments=())
            test = special.test(b, first)
            return h.If(test, [inside], [], span=made.span, comments=made.comments)
        case iterable:
            return replace(made, iterable=iterated(b, iterable))
