"""What is iterated: an instance by its `__iter__`, and what may be None by the empty list beside it.

for x in tree             →   for x in tree.__iter__()
for x in node or []       →   if node is not None: for x in node
list(tree), sum(tree)     →   list(tree.__iter__()), sum(tree.__iter__())
for x in countdown        →   while True: try: x = countdown.__next__() except StopIteration: break
"""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir import special
from portalis.compiler.hir.build_with import gives_itself
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import ANY, BOOL, OptionalOf, Type

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder
    from portalis.compiler.hir.structs import StructInfo

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


def stepped(b: FunctionBuilder, node: ast.For) -> list[h.Stmt] | None:
    """A loop over what an instance gives by its `__next__`; None where something else is iterated."""
    info = special.struct_of(b, b.type_of(node.iter))
    if info is None or info.enum is not None or info.kinds.get("__iter__") != "method":
        return None
    itself = gives_itself(info.methods["__iter__"])
    if not itself and special.struct_of(b, _given(b, info)) is None:
        return None
    if node.orelse:
        raise Refusal("PT214", b.span(node), "`else` of a loop over such an iterator is not translated")
    span = b.span(node.iter)
    source = b.expr(node.iter)
    made: list[h.Stmt] = []
    if itself != "only" and (not itself or info.shared):
        source = special.call(b, info, "__iter__", source, (), span)
    held, items = b.held("items", source)
    made += held
    if itself == "too" and not info.shared:
        made.append(h.ExprStmt(special.call(b, info, "__iter__", replace(items), (), span), span=span))
    steps = special.struct_of(b, items.type)
    if steps is None:
        return None
    following = special.call(b, steps, "__next__", items, (), span)
    take = h.Assign((b.expr(node.target),), following, span=span)
    over = h.Handler(("builtins.StopIteration",), None, [h.Break(span=span)], span=span)
    body: list[h.Stmt] = [h.Try([take], [over], [], [], span=span), *b.block(node.body)]
    forever = h.Literal(True, span=span, type=BOOL)
    return [*made, h.While(forever, body, [], **b.at_stmt(node))]


def _given(b: FunctionBuilder, info: StructInfo) -> Type:
    signature = b.answer.signature(info.written_in("__iter__"), info.written("__iter__"))
    return signature.returns if signature is not None else ANY
