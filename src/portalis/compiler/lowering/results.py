"""Functions of a module under `functools.cache` or `lru_cache`: Rust callers have a cache of their own.

    @lru_cache                      thread_local! {
    def fib(n: int) -> int:             static FIB_RESULTS: RefCell<memo::Results<i64, i64>> = …;
        …                       →   }
                                    pub fn fib(n: i64) -> i64 {
                                        memo::remember(&FIB_RESULTS, n, || …)
                                    }

Only for a function that does nothing but compute: nobody can tell then which cache an answer came from.
Python callers keep Python's cache with its `cache_info` and `cache_clear`: this one is for Rust callers only.
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.type_parts import parts
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.memo import only_computes
from portalis.compiler.lowering.value import Form, Value, lit_int
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.vocabulary import rust_name
from portalis.compiler.types import ANY, FLOAT, NONE, OBJECT, OptionalOf, TupleOf, Type, is_copy, is_mutable


def remembering(ctx: FunctionContext, body: t.Block) -> t.Block:
    """The body of a cached function behind its cache; any other body as it is.

    Raises:
        Refusal: the cache could be seen, or its keys have no exact Rust.
    """
    function = ctx.function
    if not function.cache:
        return body
    _check(ctx, function)
    key = [_key_part(ctx, param) for param in function.params]
    types = tuple(param.type for param in function.params)
    key_type = ctx.rust_type(types[0] if len(types) == 1 else TupleOf(types), function.span)
    returns = ctx.rust_type(ctx.returns, function.span)
    size: t.Expr = (
        t.Path("usize::MAX") if function.cache_size is None else lit_int(max(function.cache_size, 0))
    )
    name = f"{function.qualname.strip('_').upper()}_RESULTS"
    made = t.Call(t.Path("RefCell::new"), (t.Call(t.Path("memo::Results::new"), (size,)),))
    ctx.runtime.add("memo")
    ctx.note_import("std::cell::RefCell")
    type_ = f"RefCell<memo::Results<{key_type}, {returns}>>"
    ctx.patterns.append(t.StaticItem(name, type_, made, "thread_local"))
    path = "memo::remember_or_raise" if ctx.known.raises else "memo::remember"
    whole = key[0] if len(key) == 1 else t.TupleExpr(tuple(key))
    call: t.Expr = t.Call(t.Path(path), (t.Ref(t.Path(name)), whole, t.Closure((), t.BlockExpr(body))))
    if ctx.returns is OBJECT:  # what is kept may not change, and only the run tells whether it can
        fixed = "value::fixed"
        ctx.runtime.add("value")
        call = t.Method(call, "map", (t.Path(fixed),)) if ctx.known.raises else t.Call(t.Path(fixed), (call,))
    return t.Block((), call)


def _may_change(type_: Type) -> bool:
    """Whether a result may be, or hold, what can be changed; of a value of any type only the run tells."""
    return is_mutable(type_) or (
        type_ is not OBJECT and any(part is OBJECT or _may_change(part) for part in parts(type_))
    )


def _check(ctx: FunctionContext, function: h.Function) -> None:
    if not function.params or ctx.returns in (ANY, NONE) or _may_change(ctx.returns):
        raise Refusal("PT203", function.span, f"a cache of results of type `{ctx.returns}` is not translated")
    for param in function.params:
        if is_mutable(param.type) or _has_float(param.type):
            raise Refusal(
                "PT203", function.span, f"a cache by arguments of type `{param.type}` is not translated"
            )
    if ctx.known.prints or ctx.known.sources:
        raise Refusal("PT203", function.span, "a cache over a function with effects")
    only_computes(ctx.project, function, function)


def _has_float(type_: Type) -> bool:
    """Floats that are equal can differ: 0.0 and -0.0."""
    match type_:
        case TupleOf(items):
            return any(map(_has_float, items))
        case OptionalOf(inner):
            return _has_float(inner)
        case _:
            return type_ is FLOAT


def _key_part(ctx: FunctionContext, param: h.Parameter) -> t.Expr:
    """An argument as an owned part of the key."""
    form = Form.OWNED if is_copy(param.type) else Form.BORROWED
    value = Value(t.Path(rust_name(param.name)), param.type, form)
    return coerce.owned(ctx, value, param.type, ctx.function.span)
