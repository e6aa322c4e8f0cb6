"""`itertools.groupby`, where a loop takes each group and reads it once.

for key, group in groupby(xs, f):   →   for (key, group) in itertools::group_by(xs.iter().copied(), |&x| f(x)) {
    sizes[key] = len(list(group))           sizes.insert(key, group.len() as i64);

Python's group reads on from the source, and is empty once it was read or the loop went on. Rust gathers each group
before the loop begins, which nobody can tell where the source and the key only compute and a group is read once.
"""

from __future__ import annotations

from collections.abc import Iterator

from portalis.compiler.analysis.once import times_read
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import children, walk
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.comprehension import applied, callable_name
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.iterate import Iteration, Leaf, Several
from portalis.compiler.lowering.value import Form
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.read_ahead import read_at_once
from portalis.compiler.stdlib.sources import given, owned
from portalis.compiler.types import (
    ANY,
    BOOL,
    BYTES,
    INT,
    STR,
    EnumOf,
    IterOf,
    ListOf,
    OptionalOf,
    TupleOf,
    Type,
    borrows_whole,
    is_copy,
)

_READERS = frozenset(
    {
        *(
            f"builtins.{name}"
            for name in "list tuple set frozenset sum min max sorted any all enumerate".split()
        ),
        *(f"builtins.{name}" for name in ("zip", "map", "filter")),
        *("collections.Counter", "collections.deque", "functools.reduce", "_functools.reduce"),
        *("itertools.chain", "itertools.islice", "itertools.pairwise", "itertools.accumulate"),
    }
)
"""What reads an iterable from its beginning to its end, or does no other with a list."""


def groupby(ctx: FunctionContext, node: h.CallExternal) -> Iteration:
    """`groupby(items, key)`: the keys, and the items of each group as a list."""
    source, key = given(node, ("iterable", "key"), 1, "groupby")
    assert source is not None
    _read_once(ctx, node)
    _only_computes(ctx, source)
    read_at_once(ctx, node, [source, *([key] if key is not None else [])])
    items, elem = owned(ctx, source)
    closure, kind = _key(ctx, key, elem, node)
    if not _compared(kind):
        raise Refusal("PT214", node.span, f"`groupby` by a `{kind}` is not translated")
    groups = ctx.rt("itertools::group_by", items, closure)
    return Iteration(
        t.Method(groups, "into_iter"), Several((Leaf(kind), Leaf(ListOf(elem)))), False, source=groups
    )


def _compared(kind: Type) -> bool:
    """Whether `==` of keys is all that tells groups apart: a nan is only the same as itself."""
    match kind:
        case TupleOf(items):
            return all(map(_compared, items))
        case OptionalOf(inner):
            return _compared(inner)
        case EnumOf():
            return True
        case _:
            return kind in (INT, STR, BOOL, BYTES)


def _key(ctx: FunctionContext, key: h.Expr | None, elem: Type, node: h.Expr) -> tuple[t.Expr, Type]:
    """The key function as a closure over `&T`, and what it gives."""
    if key is None or (isinstance(key, h.Literal) and key.value is None):
        item = t.Path("item")
        return t.Closure(("item",), t.Unary("*", item) if is_copy(elem) else t.Method(item, "clone")), elem
    name = callable_name(key, ctx)
    call = applied(ctx, key, h.Local(name, ANY, span=key.span, type=ANY), key.span)

    def inside() -> tuple[str, t.Expr, Type]:
        ctx.closure_depth += 1
        try:
            with ctx.frame():
                local = ctx.declare(name, elem, Form.OWNED if is_copy(elem) else Form.BORROWED)
                local.form = Form.OWNED if is_copy(elem) else Form.BORROWED
                local.whole = borrows_whole(elem)
                value = ctx.expr(call)
                return local.rust, coerce.owned(ctx, value, value.type, key.span), value.type
        finally:
            ctx.closure_depth -= 1

    printed, ctx.learned.prints = ctx.learned.prints, False
    (rust, body, kind), raises = ctx.probe(inside)
    if raises or ctx.learned.prints:
        raise Refusal(
            "PT214", node.span, "`groupby` by a function that can raise or prints is not translated"
        )
    ctx.learned.prints = printed
    return t.Closure((f"&{rust}" if is_copy(elem) else rust,), body), kind


def _only_computes(ctx: FunctionContext, source: h.Expr) -> None:
    """Refuses sources that another reader could see being read ahead."""
    for part in (source, *walk(source)):
        match part:
            case h.Local(name=name) if (local := ctx.lookup(name)) is not None and local.items is not None:
                raise Refusal("PT202", part.span, f"`groupby` of the iterator `{name}` is not translated")
            case (
                h.CallFunction(type=IterOf()) | h.CallExternal(fullname="itertools.count" | "itertools.cycle")
            ):
                raise Refusal(
                    "PT202", part.span, "`groupby` of a generator is not translated", "make it a list"
                )


def _read_once(ctx: FunctionContext, node: h.CallExternal) -> None:
    """Refuses loops in which a group might be read twice, or is no iterable."""
    target, body = _loop_of(ctx, node)
    match target:
        case h.TupleDisplay(items=(_, h.Local(name=name))):
            pass
        case _:
            raise Refusal(
                "PT202", node.span, "`groupby` is translated where a loop takes key and group apart",
                "write `for key, group in groupby(…)`",
            )  # fmt: skip
    reads = sum(times_read(one, name) for one in body)
    everywhere = sum(isinstance(one, h.Local) and one.name == name for one in walk(ctx.function.body))
    if reads > 1 or everywhere > reads + 1:
        message = f"the group `{name}` is read more than once, or after its loop"
        raise Refusal("PT202", node.span, message, "make it a list first")
    if reads and not any(_reads(one, name) for part in body for one in (part, *walk(part))):
        raise Refusal("PT202", node.span, f"the group `{name}` is not read by a loop or a builtin here")


def _loop_of(ctx: FunctionContext, node: h.CallExternal) -> tuple[h.Expr | None, list[h.Node]]:
    """The target of the loop or clause that runs through the call, and what is done for each group."""
    for one in walk(ctx.function.body):
        match one:
            case h.For() if one.iterable is node:
                return one.target, list(one.body)
            case h.Comprehension(clauses=(first, *rest)) if first.iterable is node:
                return first.target, [*_made(one), *first.conditions, *rest]
    return None, []


def _made(node: h.Comprehension) -> Iterator[h.Node]:
    yield node.element
    if node.key is not None:
        yield node.key


def _reads(node: h.Node, name: str) -> bool:
    """Whether the node reads the group as an iterable."""

    def is_group(one: h.Node) -> bool:
        return isinstance(one, h.Local) and one.name == name

    match node:
        case h.For(iterable=iterable) | h.Clause(iterable=iterable):
            return is_group(iterable)
        case h.CallExternal(fullname=fullname) if fullname in _READERS:
            return any(map(is_group, children(node)))
        case h.CallMethod(method="join" | "extend" | "update", args=args):
            return any(map(is_group, args))
        case _:
            return False
