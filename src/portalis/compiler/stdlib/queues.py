"""`deque` with a maximal length, and `queue.Queue`, `LifoQueue` and `PriorityQueue` that one thread uses.

    window = deque(maxlen=3)             let mut window: VecDeque<i64> = collections::deque([], Some(3))?;
    window.append(x)                →    collections::deque_append_max(&mut window, x, 3);

The length is known where the variable is bound once, to that call, and stays in its function. A queue blocks where
it is empty; Rust declines there, and Python waits as it did.
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import children, walk
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.comprehension import as_comprehension
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.iterate import iterate, require_order
from portalis.compiler.lowering.receivers import mutable_receiver
from portalis.compiler.lowering.targets import owned_items
from portalis.compiler.lowering.value import MAX_LEN, Form, Range, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.aggregates import ordered
from portalis.compiler.stdlib.held import held_types
from portalis.compiler.stdlib.sources import given
from portalis.compiler.types import BOOL, FLOAT, INT, NONE, Instance, Type, is_mutable

_DEQUE = "collections.deque"
_READERS = ("builtins.", "itertools.", "statistics.", "math.", "collections.", "functools.")


# deque(maxlen=…) --------------------------------------------------------------------------------


def written_length(node: h.Expr) -> h.Expr | None:
    """The maximal length that a call of `deque` gives; None where it gives none."""
    match node:
        case h.CallExternal(fullname="collections.deque", args=args, keywords=keywords):
            length = args[1] if len(args) == 2 else keywords.get("maxlen")
            return None if isinstance(length, h.Literal) and length.value is None else length
        case _:
            return None


def length_of(ctx: FunctionContext, node: h.Expr) -> h.Expr | None:
    """The maximal length of the queue that an expression names; None where it has none."""
    if not isinstance(node, h.Local):
        return None
    for one in walk(ctx.function.body):
        match one:
            case h.Assign(targets=(h.Local(name=name),), value=value) if name == node.name:
                if (length := written_length(value)) is not None:
                    return length
    return None


def limit(ctx: FunctionContext, node: h.CallExternal) -> t.Expr:
    """The maximal length of a queue that is made here.

    Raises:
        Refusal: another place could change the queue without knowing its length.
    """
    length = written_length(node)
    assert length is not None
    if not _steady(ctx, length):
        raise Refusal(
            "PT305", node.span, "the maximal length of a `deque` must be a number or a name that stays"
        )
    for one in walk(ctx.function.body):
        match one:
            case h.Assign(targets=(h.Local(name=name),), value=value) if value is node:
                if ctx.facts.assignments[name] == 1 and name not in ctx.facts.captured and _stays(ctx, name):
                    return ctx.i64(length)
    raise Refusal(
        "PT305",
        node.span,
        "a `deque` with a maximal length is translated as a variable that stays in its function",
    )


def _steady(ctx: FunctionContext, length: h.Expr) -> bool:
    match length:
        case h.Literal(value=int()):
            return True
        case h.Local(name=name):
            params = {p.name for p in ctx.function.params}
            return ctx.facts.assignments[name] + (name in params) <= 1
        case _:
            return False


def _stays(ctx: FunctionContext, name: str) -> bool:
    """Whether every use of the variable reads the queue, or is a method call on it."""

    def is_queue(one: object) -> bool:
        return isinstance(one, h.Local) and one.name == name

    for node in walk(ctx.function.body):
        uses = sum(map(is_queue, children(node)))
        match node:
            case h.CallMethod(receiver=receiver) | h.Subscript(value=receiver):
                uses -= is_queue(receiver)
            case h.For(iterable=source) | h.Clause(iterable=source):
                uses -= is_queue(source)
            case h.CallExternal(fullname=fullname) if fullname.startswith(_READERS):
                uses = 0
            case h.Compare() | h.Logical() | h.Unary() | h.If() | h.While():
                uses = 0
            case h.Assign(targets=targets):
                uses -= sum(map(is_queue, targets))
        if uses > 0:
            return False
    return True


def lower_bounded(ctx: FunctionContext, node: h.CallMethod, receiver: Value, length: h.Expr) -> Value | None:
    """A method that adds to a queue of a maximal length; None for any other method."""
    assert isinstance(receiver.type, Instance)
    elem = receiver.type.args[0]
    match node.method, node.args:
        case "append" | "appendleft" as name, (item,):
            stored = coerce.owned(ctx, ctx.expr(item, elem), elem, node.span)
            helper = "deque_append_max" if name == "append" else "deque_append_left_max"
            place = _mutable(ctx, node.receiver, receiver)
            return Value(ctx.rt(f"collections::{helper}", place, stored, ctx.i64(length)), NONE)
        case "extend" | "extendleft" as name, (source,):
            iteration = iterate(ctx, as_comprehension(ctx, source))
            require_order(iteration, node.span)
            items, type_, fallible = owned_items(ctx, iteration, node.span)
            if fallible or type_ != elem:
                raise Refusal("PT105", node.span, f"`{type_}` items are added to a `{receiver.type}`")
            helper = "deque_extend_max" if name == "extend" else "deque_extend_left_max"
            place = _mutable(ctx, node.receiver, receiver)
            return Value(ctx.rt(f"collections::{helper}", place, items, ctx.i64(length)), NONE)
        case "insert", _:
            raise Refusal(
                "PT301", node.span, "`insert` into a `deque` with a maximal length is not translated"
            )
        case _:
            return None


def _mutable(ctx: FunctionContext, node: h.Expr, receiver: Value) -> t.Expr:
    place = mutable_receiver(ctx, node, receiver)
    return place if receiver.form is Form.MUTREF or isinstance(place, t.Try) else t.Ref(place, mutable=True)


# The module queue -------------------------------------------------------------------------------


def lower_queue(ctx: FunctionContext, node: h.CallExternal, expect: Type | None) -> Value:
    """`Queue()`, `LifoQueue()`, `PriorityQueue()`: without a maximal size, with which `put` would wait."""
    if node.args or node.keywords:
        raise Refusal(
            "PT305", node.span, "a queue with a maximal size waits for other threads", "leave it out"
        )
    (elem,) = held_types(node.fullname, node, expect)
    if node.fullname == "queue.PriorityQueue" and (not ordered(elem) or elem is FLOAT):
        raise Refusal("PT214", node.span, f"a queue that orders `{elem}` items is not translated")
    if is_mutable(elem):
        raise Refusal(
            "PT401", node.span, f"a queue of `{elem}` items, which others may change, is not translated"
        )
    kind = Instance(node.fullname, (elem,))
    if node.fullname != "queue.Queue":
        return Value(t.Call(t.Path("Vec::new"), ()), kind)
    ctx.note_import("std::collections::VecDeque")
    return Value(t.Call(t.Path("VecDeque::new"), ()), kind)


def lower_method(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """A method of a queue: `put`, `get`, `empty`, `full`, `qsize`."""
    assert isinstance(receiver.type, Instance)
    kind, elem = receiver.type.name.rpartition(".")[2], receiver.type.args[0]
    match node.method:
        case "put" | "put_nowait":
            names = ("item", "block", "timeout") if node.method == "put" else ("item",)
            item, *_ = given(node, names, 1, node.method)
            assert item is not None
            stored = coerce.owned(ctx, ctx.expr(item, elem), elem, node.span)
            if kind == "PriorityQueue":
                return Value(ctx.rt("heap::push", _mutable(ctx, node.receiver, receiver), stored), NONE)
            method = "push_back" if kind == "Queue" else "push"
            return Value(t.Method(mutable_receiver(ctx, node.receiver, receiver), method, (stored,)), NONE)
        case "get" if not (node.args or node.keywords):
            place = _mutable(ctx, node.receiver, receiver)
            name = {"Queue": "queue_get", "LifoQueue": "lifo_get", "PriorityQueue": "priority_get"}[kind]
            return Value(ctx.rt(f"queues::{name}", place), elem)
        case "qsize" if not (node.args or node.keywords):
            return Value(t.Method(receiver.expr, "len"), INT, range=Range(0, MAX_LEN), unsigned=True)
        case "empty" if not (node.args or node.keywords):
            return Value(t.Method(receiver.expr, "is_empty"), BOOL)
        case "full" if not (node.args or node.keywords):
            return Value(t.Lit("false"), BOOL)
    raise Refusal("PT301", node.span, f"`{receiver.type.name}.{node.method}` is not translated in this form")


SPECIAL = {f"queue.{name}": lower_queue for name in ("Queue", "LifoQueue", "PriorityQueue")}
