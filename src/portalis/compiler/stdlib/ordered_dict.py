"""`collections.OrderedDict`: a dict whose order can be changed, and in which `==` looks at the order."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.dict_like import ORDERED_DICT, as_dict, dict_of
from portalis.compiler.lowering.membership import key_ref
from portalis.compiler.lowering.receivers import mutable_receiver
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.collection_methods import lower as dict_method
from portalis.compiler.stdlib.containers import lower_dict, lower_from_keys
from portalis.compiler.stdlib.held import held_types
from portalis.compiler.stdlib.sources import flag, given
from portalis.compiler.types import NONE, DictOf, Instance, TupleOf, Type

_AS_DICT = frozenset({"get", "items", "keys", "values", "pop", "setdefault", "clear", "update", "copy"})


def lower_ordered(ctx: FunctionContext, node: h.CallExternal, expect: Type | None) -> Value:
    """`OrderedDict()`, `OrderedDict(pairs)`, `OrderedDict(mapping)`, `OrderedDict.fromkeys(keys)`."""
    if not (node.args or node.keywords):
        key, item = held_types(ORDERED_DICT, node, expect)
        ctx.hashable(key, node.span)
        ctx.runtime.add("dict")
        return Value(t.Call(t.Path("dict::Dict::default"), ()), Instance(ORDERED_DICT, (key, item)))
    make = lower_from_keys if node.fullname.endswith("fromkeys") else lower_dict
    made = make(ctx, node, dict_of(expect) if expect is not None else None)
    assert isinstance(made.type, DictOf)
    return Value(made.expr, Instance(ORDERED_DICT, (made.type.key, made.type.value)))


def lower_method(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """A method of an `OrderedDict`."""
    kind = dict_of(receiver.type)
    assert isinstance(kind, DictOf)
    match node.method:
        case "move_to_end":
            key, last = given(node, ("key", "last"), 1, "move_to_end")
            assert key is not None
            place = key_ref(ctx, ctx.expr(key), kind.key, node.span)
            end = t.Lit("true" if flag(last, True, "last") else "false")
            moved = ctx.rt_try("collections::move_to_end", _mutable(ctx, node.receiver, receiver), place, end)
            return Value(moved, NONE)
        case "popitem":
            (last,) = given(node, ("last",), 0, "popitem")
            name = "pop_last" if flag(last, True, "last") else "pop_first"
            taken = ctx.rt_try(f"collections::{name}", _mutable(ctx, node.receiver, receiver))
            return Value(taken, TupleOf((kind.key, kind.value)))
        case name if name in _AS_DICT:
            made = dict_method(ctx, node, as_dict(receiver), None)
            return made if name != "copy" else Value(made.expr, receiver.type)
    raise Refusal("PT301", node.span, f"`OrderedDict.{node.method}` is not in the library table")


def _mutable(ctx: FunctionContext, node: h.Expr, receiver: Value) -> t.Expr:
    place = mutable_receiver(ctx, node, receiver)
    return place if receiver.form is Form.MUTREF or isinstance(place, t.Try) else t.Ref(place, mutable=True)


SPECIAL = {
    "collections.OrderedDict": lower_ordered,
    "collections.OrderedDict.fromkeys": lower_ordered,
}
