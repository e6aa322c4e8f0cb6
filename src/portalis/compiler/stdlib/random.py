"""`random.Random(seed)`, a generator with a state of its own, and the one that the module's functions share.

rng = random.Random(42)      →   let mut rng = random::Random::new(42);
rng.randint(1, 6)            →   rng.randint(1, 6)
random.randint(1, 6)         →   shared_random::generator().randint(1, 6)

In a hybrid package the binding has the shared one draw from Python's, which a call that declines winds back.
"""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.arithmetic import as_number, to_float
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.receivers import mutable_receiver
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import inspect
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.rows import argument
from portalis.compiler.stdlib.sources import given, slice_of
from portalis.compiler.types import FLOAT, INT, NONE, STR, Instance, ListOf, Type, VarTuple, is_copy

RANDOM = Instance("random.Random")


def lower_random(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`random.Random(seed)` of an int."""
    if len(node.args) != 1 or node.keywords:
        raise Refusal("PT503", node.span, "a generator without a seed touches randomness")
    seed = as_number(ctx.expr(node.args[0]))
    if seed.type is not INT:
        raise Refusal("PT305", node.span, f"a seed of type `{seed.type}` is not translated")
    return Value(ctx.rt("random::Random::new", coerce.integer(seed)), RANDOM)


_FLOATS: dict[str, tuple[tuple[str, ...], tuple[str, ...], bool]] = {
    "random": ((), (), False),
    "uniform": (("a", "b"), (), False),
    "gauss": (("mu", "sigma"), ("0.0", "1.0"), True),
    "normalvariate": (("mu", "sigma"), ("0.0", "1.0"), True),
    "expovariate": (("lambd",), (), True),
    "lognormvariate": (("mu", "sigma"), (), True),
    "paretovariate": (("alpha",), (), True),
    "weibullvariate": (("alpha", "beta"), (), True),
    "gammavariate": (("alpha", "beta"), (), True),
    "betavariate": (("alpha", "beta"), (), True),
    "vonmisesvariate": (("mu", "kappa"), (), True),
    "triangular": (("low", "high"), ("0.0", "1.0"), True),
}
"""By method: its parameters, the defaults of the last of them, whether it raises."""


def lower_method(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """A method of a generator."""
    name = node.method
    if name == "triangular" and (len(node.args) > 2 or "mode" in node.keywords):
        return _triangular(ctx, node, receiver)
    if name in _FLOATS:
        return _float(ctx, node, receiver)
    match name:
        case "getrandbits":
            (bits,) = given(node, ("k",), 1, name)
            return Value(ctx.attempt(_call(ctx, node, receiver, _ints(ctx, bits))), INT)
        case "randint":
            return Value(_call(ctx, node, receiver, _ints(ctx, *given(node, ("a", "b"), 2, name))), INT)
        case "randrange":
            return _randrange(ctx, node, receiver)
        case "choice" | "sample" | "choices" | "shuffle":
            return _of_items(ctx, node, receiver)
    raise Refusal("PT301", node.span, f"`random.Random.{name}` is not in the library table")


def _call(ctx: FunctionContext, node: h.CallMethod, receiver: Value, args: tuple[t.Expr, ...]) -> t.Expr:
    if receiver.form is Form.OWNED:
        return t.Method(receiver.expr, node.method, args)
    place = mutable_receiver(ctx, node.receiver, receiver)
    if isinstance(place, t.Path) and any(inspect.mentions(arg, place.name) for arg in args):
        return ctx.rt(f"random::Random::{node.method}", t.Ref(place, mutable=True), *args)
    return t.Method(place, node.method, args)


def _ints(ctx: FunctionContext, *nodes: h.Expr | None) -> tuple[t.Expr, ...]:
    return tuple(ctx.i64(node) for node in nodes if node is not None)


def _float(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    names, defaults, raises = _FLOATS[node.method]
    found = given(node, names, len(names) - len(defaults), node.method)
    args: list[t.Expr] = []
    for place, one in enumerate(found):
        if one is None:
            args.append(t.Lit(defaults[place - len(names)]))
            continue
        value = to_float(as_number(ctx.expr(one)))
        args.append(coerce.borrowed(ctx, value, FLOAT, node.span))
    call = _call(ctx, node, receiver, tuple(args))
    return Value(ctx.attempt(call) if raises else call, FLOAT)


def _triangular(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`triangular(low, high, mode)`, all given."""
    found = given(node, ("low", "high", "mode"), 3, node.method)
    args = tuple(argument(ctx, "float", ctx.expr(one), node) for one in found if one is not None)
    return Value(ctx.attempt(_call(ctx, replace(node, method="triangular_at"), receiver, args)), FLOAT)


def _randrange(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    start, stop, step = given(node, ("start", "stop", "step"), 1, "randrange")
    bounds = [start, stop] if stop is not None else [None, start]
    args = tuple(ctx.i64(bound) if bound is not None else t.Lit("0") for bound in bounds)
    by = ctx.i64(step) if step is not None else t.Lit("1")
    return Value(_call(ctx, node, receiver, (*args, by)), INT)


def _of_items(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    name = node.method
    if name == "shuffle":
        (items,) = given(node, ("x",), 1, name)
        assert items is not None
        value = ctx.expr(items)
        if not isinstance(value.type, ListOf):
            raise Refusal("PT214", node.span, f"`shuffle` of a `{value.type}` is not translated")
        place = mutable_receiver(ctx, items, value)
        lent = place if isinstance(place, t.Try) or value.form is Form.MUTREF else t.Ref(place, mutable=True)
        return Value(_call(ctx, node, receiver, (lent,)), NONE)
    source, count = _source(ctx, node)
    if isinstance(source, h.CallExternal) and source.fullname == "builtins.range":
        return _of_range(ctx, node, receiver, source, count)
    if source.type is STR and name == "choice":
        return _character(ctx, node, receiver, source)
    value = ctx.expr(source)
    if not isinstance(value.type, (ListOf, VarTuple)):
        raise Refusal("PT214", node.span, f"`{name}` of a `{value.type}` is not translated")
    elem = value.type.elem
    as_it_is = value.frozen and name == "choice" and elem is STR and value.form is Form.BORROWED
    items_ref = value.expr if as_it_is else coerce.borrowed(ctx, value, value.type, node.span)
    items_ref = coerce.slice_of(items_ref)
    args: tuple[t.Expr, ...] = (items_ref,) if name == "choice" else (items_ref, count)
    if name == "choices" and (weights := _weights(ctx, node)) is not None:
        node, args = replace(node, method="choices_weighted"), (items_ref, weights, count)
    call = ctx.attempt(_call(ctx, node, receiver, args))
    if name != "choice":
        return Value(call, ListOf(elem))
    if is_copy(elem):
        return Value(t.Unary("*", call), elem)
    if elem is STR:
        return Value(t.Method(call, "to_string"), STR)
    raise Refusal("PT214", node.span, f"`choice` of `{elem}` items is not translated")


def _weights(ctx: FunctionContext, node: h.CallMethod) -> t.Expr | None:
    """The weights of `choices`, as floats."""
    found = node.args[1] if len(node.args) > 1 else node.keywords.get("weights")
    if found is None or (isinstance(found, h.Literal) and found.value is None):
        return None
    items, elem = slice_of(ctx, found)
    if elem is INT:
        return t.Ref(ctx.rt("random::whole_weights", items))
    if elem is not FLOAT:
        raise Refusal("PT214", node.span, f"weights of type `{elem}` are not translated", "use floats")
    return items


def _of_range(
    ctx: FunctionContext, node: h.CallMethod, receiver: Value, source: h.CallExternal, count: t.Expr
) -> Value:
    """`choice(range(…))` and `sample(range(…), k)`: the range is not made a list."""
    start, stop, step = given(source, ("start", "stop", "step"), 1, "range")
    bounds = [start, stop] if stop is not None else [None, start]
    args = [ctx.i64(bound) if bound is not None else t.Lit("0") for bound in bounds]
    args.append(ctx.i64(step) if step is not None else t.Lit("1"))
    if node.method == "choice":
        call = _call(ctx, replace(node, method="choice_of_range"), receiver, tuple(args))
        return Value(ctx.attempt(call), INT)
    if node.method == "sample":
        call = _call(ctx, replace(node, method="sample_of_range"), receiver, (*args, count))
        return Value(ctx.attempt(call), ListOf(INT))
    raise Refusal("PT305", node.span, f"`{node.method}` of a range is not translated")


def _source(ctx: FunctionContext, node: h.CallMethod) -> tuple[h.Expr, t.Expr]:
    """What is drawn from, and how often."""
    match node.method:
        case "choice":
            (items,) = given(node, ("seq",), 1, node.method)
            count: h.Expr | None = None
        case "sample":
            items, count = given(node, ("population", "k"), 2, node.method)
        case _ if 0 < len(node.args) <= 2 and not set(node.keywords) - {"k", "weights"}:
            items, count = node.args[0], node.keywords.get("k")
        case _:
            raise Refusal("PT305", node.span, f"this form of `{node.method}` is not translated")
    assert items is not None
    return items, ctx.i64(count) if count is not None else t.Lit("1")


def _character(ctx: FunctionContext, node: h.CallMethod, receiver: Value, source: h.Expr) -> Value:
    text = coerce.borrowed(ctx, ctx.expr(source), STR, node.span)
    chars = t.Ref(t.Method(t.Method(text, "chars"), "collect", (), "Vec<char>"))
    call = ctx.attempt(_call(ctx, node, receiver, (chars,)))
    return Value(t.Unary("*", call), STR, Form.CHAR)


def lower_shared(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """A function of the module: a method of the generator that all share."""
    name = node.fullname.rpartition(".")[2]
    ctx.learned.sources |= {"shared_random::GENERATOR"}
    itself = h.Local("random", RANDOM, span=node.span, type=RANDOM)
    call = h.CallMethod(itself, name, node.args, node.keywords, span=node.span, type=node.type)
    return lower_method(ctx, call, Value(ctx.rt("shared_random::generator"), RANDOM))


METHODS = frozenset(
    {*_FLOATS, "getrandbits", "randint", "randrange", "choice", "sample", "choices", "shuffle"}
)
SPECIAL = {
    "random.Random": lower_random,
    **{f"random.{name}": lower_shared for name in METHODS},
}
