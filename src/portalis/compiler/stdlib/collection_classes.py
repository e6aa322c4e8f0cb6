"""`collections`: `Counter`, `defaultdict` and `deque` as values with methods.

    groups = defaultdict(list)               let mut groups: Dict<String, Vec<String>> = Dict::default();
    groups[word[0]].append(word)       →     collections::get_or_default(&mut groups, key).push(word);

A `defaultdict` is translated when its factory makes what Rust's `Default` makes.
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.comprehension import as_comprehension
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.dict_like import COUNTER, DEFAULT_DICT, DEQUE, as_dict, dict_of
from portalis.compiler.lowering.iterate import iterate, require_order
from portalis.compiler.lowering.membership import key_ref
from portalis.compiler.lowering.receivers import mutable_receiver
from portalis.compiler.lowering.targets import owned_items
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib import deques
from portalis.compiler.stdlib.collection_methods import lower as dict_method
from portalis.compiler.stdlib.held import held_types
from portalis.compiler.types import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    STR,
    DictOf,
    Instance,
    ListOf,
    SetOf,
    TupleOf,
    Type,
    is_copy,
)  # fmt: skip

# Making them ------------------------------------------------------------------------------------


def lower_default_dict(ctx: FunctionContext, node: h.CallExternal, expect: Type | None) -> Value:
    """`defaultdict(factory)`."""
    if len(node.args) != 1 or node.keywords:
        raise Refusal("PT305", node.span, "this form of `defaultdict` is not translated")
    key, item = held_types(DEFAULT_DICT, node, expect)
    if not _makes_default(node.args[0], item):
        raise Refusal(
            "PT305", node.span, f"this factory of `{item}` is not translated", "use `int` or `list`"
        )
    ctx.hashable(key, node.span)
    ctx.runtime.add("dict")
    return Value(t.Call(t.Path("dict::Dict::default"), ()), Instance(DEFAULT_DICT, (key, item)))


_FACTORIES: dict[str, Type] = {
    "builtins.int": INT, "builtins.float": FLOAT, "builtins.str": STR, "builtins.bool": BOOL,
}  # fmt: skip
_CONTAINERS: dict[str, type] = {"builtins.list": ListOf, "builtins.dict": DictOf, "builtins.set": SetOf}


def _makes_default(factory: h.Expr, item: Type) -> bool:
    """Whether the factory makes what `Default` makes for the type: zero, or something empty."""
    match factory:
        case h.External(fullname=name) if name in _FACTORIES:
            return item is _FACTORIES[name]
        case h.External(fullname=name) if name in _CONTAINERS:
            return isinstance(item, _CONTAINERS[name]) and not getattr(item, "frozen", False)
        case h.Lambda(params=(), body=h.Literal(value=value)):
            return (
                item in _FACTORIES.values()
                and value in (0, "")
                and repr(value) != "-0.0"
                and (type(value).__name__ == str(item))
            )
        case h.Lambda(params=(), body=h.CallExternal(fullname="collections.defaultdict", args=(inner,))):
            return (
                isinstance(item, Instance)
                and item.name == DEFAULT_DICT
                and _makes_default(inner, item.args[1])
            )
        case _:
            return False


# Methods ----------------------------------------------------------------------------------------

_READ = frozenset({"get", "items", "keys", "values"})
_DEFAULT_DICT_METHODS = frozenset({"get", "pop", "setdefault", "clear", "update"})


def lower_method(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """A method of one of the classes."""
    assert isinstance(receiver.type, Instance)
    if node.method == "copy" and receiver.type.name != DEQUE and not (node.args or node.keywords):
        return Value(t.Method(receiver.expr, "clone"), receiver.type)
    match receiver.type.name:
        case "collections.Counter":
            elem = receiver.type.args[0]
            if node.method == "most_common" and len(node.args) <= 1 and not node.keywords:
                given = (ctx.i64(node.args[0]),) if node.args else ()
                limit: t.Expr = t.Call(t.Path("Some"), given) if given else t.Path("None")
                call = ctx.rt("collections::most_common", _borrowed(receiver), limit)
                return Value(call, ListOf(TupleOf((elem, INT))))
            if node.method == "total" and not (node.args or node.keywords):
                return Value(ctx.rt("collections::counter_total", _borrowed(receiver)), INT)
            if node.method in ("update", "subtract") and len(node.args) == 1 and not node.keywords:
                return _count_more(ctx, node, receiver, elem)
            if node.method in _READ or node.method in ("pop", "clear"):
                return dict_method(ctx, node, as_dict(receiver), None)
        case "collections.defaultdict" if node.method in _DEFAULT_DICT_METHODS:
            return dict_method(ctx, node, as_dict(receiver), None)
        case "collections.deque":
            return deques.lower_method(ctx, node, receiver)
    raise Refusal("PT301", node.span, f"`{receiver.type.name}.{node.method}` is not in the library table")


def _count_more(ctx: FunctionContext, node: h.CallMethod, receiver: Value, elem: Type) -> Value:
    """`counter.update(items)` and `subtract`, of items to be counted or of counts."""
    (source,) = node.args
    helper = f"collections::counter_{node.method}"
    if dict_of(source.type) == DictOf(elem, INT):
        other = as_dict(ctx.expr(source))
        counts = coerce.borrowed(ctx, other, DictOf(elem, INT), node.span)
        return Value(ctx.rt(f"{helper}_counts", _mutable(ctx, node.receiver, receiver), counts), NONE)
    iteration = iterate(ctx, as_comprehension(ctx, source))
    require_order(iteration, node.span)
    items, type_, fallible = owned_items(ctx, iteration, node.span)
    if fallible or type_ != elem:
        raise Refusal("PT105", node.span, f"`{type_}` items are counted in a `{receiver.type}`")
    return Value(ctx.rt(helper, _mutable(ctx, node.receiver, receiver), items), NONE)


_COUNTER_OPERATORS = {"+": "add", "-": "sub", "&": "and", "|": "or"}


def counter_arithmetic(ctx: FunctionContext, op: str, left: Value, right: Value, node: h.Node) -> Value:
    """`a + b` of two counters: counts are added, and only positive ones stay."""
    name = _COUNTER_OPERATORS.get(op)
    if isinstance(node, h.AugAssign):
        # It changes the counter itself, which other names may mean.
        raise Refusal(
            "PT214", node.span, f"`{op}=` of a `{left.type}` is not translated", "write `c = c + …`"
        )
    if name is None or left.type != right.type:
        message = f"`{op}` between `{left.type}` and `{right.type}` is not translated"
        raise Refusal("PT214", node.span, message)
    return Value(ctx.rt(f"collections::counter_{name}", _borrowed(left), _borrowed(right)), left.type)


def _borrowed(receiver: Value) -> t.Expr:
    return receiver.expr if receiver.form in (Form.BORROWED, Form.MUTREF) else t.Ref(receiver.expr)


def _mutable(ctx: FunctionContext, node: h.Expr, receiver: Value) -> t.Expr:
    place = mutable_receiver(ctx, node, receiver)
    return place if receiver.form is Form.MUTREF or isinstance(place, t.Try) else t.Ref(place, mutable=True)


# Elements ---------------------------------------------------------------------------------------


def subscript(ctx: FunctionContext, node: h.Subscript, container: Value) -> Value:
    """`counter[x]`, `defaultdict[k]`, `deque[i]`, `match[1]`."""
    assert isinstance(container.type, Instance)
    match container.type:
        case Instance(name="collections.Counter", args=(elem,)):
            key = key_ref(ctx, ctx.expr(node.index), elem, node.span)
            return Value(ctx.rt("collections::count_of", _borrowed(container), key), INT)
        case Instance(name="collections.defaultdict", args=(_, item)):
            call = default_entry(ctx, node.value, container, node.index)
            if is_copy(item):
                return Value(t.Unary("*", call), item)
            return Value(call, item, Form.MUTREF, temporary=True)
        case Instance(name="collections.deque", args=(elem,)):
            call = ctx.rt_try("collections::deque_at", _borrowed(container), ctx.i64(node.index))
            if is_copy(elem):
                return Value(t.Unary("*", call), elem)
            return Value(call, elem, Form.BORROWED, temporary=True)
        case Instance(name="re.Match"):
            from portalis.compiler.stdlib.re import lower_match_method

            group = h.CallMethod(node.value, "group", (node.index,), {}, span=node.span, type=node.type)
            return lower_match_method(ctx, group, container)
    raise Refusal("PT214", node.span, f"indexing a `{container.type}` is not translated")


def default_entry(ctx: FunctionContext, owner: h.Expr, container: Value, index: h.Expr) -> t.Expr:
    """The element of a `defaultdict` as `&mut`, made where it is missing, as reading it does in Python."""
    assert isinstance(container.type, Instance)
    key_type = container.type.args[0]
    key = coerce.owned(ctx, ctx.expr(index, key_type), key_type, index.span)
    return ctx.rt("collections::get_or_default", _mutable(ctx, owner, container), key)


def counter_entry(ctx: FunctionContext, owner: h.Expr, container: Value, index: h.Expr) -> t.Expr:
    """The count of an element as `&mut`, starting at 0."""
    assert isinstance(container.type, Instance) and container.type.name == COUNTER
    key_type = container.type.args[0]
    key = coerce.owned(ctx, ctx.expr(index, key_type), key_type, index.span)
    entry = t.Method(mutable_receiver(ctx, owner, container), "entry", (key,))
    return t.Method(entry, "or_insert", (t.Lit("0"),))


SPECIAL = {
    "collections.defaultdict": lower_default_dict,
    "collections.deque": deques.lower_deque,
}
