"""What a loader of the project gives: `get("isbn").split(n)` is the same in Rust, and each thread keeps one.

See `hir.loaders` for what a loader is. The value is lent: nobody may change it, keep it or give it back.
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.loaders import Loader, Loaders
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.vocabulary import rust_name
from portalis.compiler.types import INT, STR
from portalis.diagnostics import Span


def lower_loaded(ctx: FunctionContext, node: h.CallFunction, loader: Loader) -> Value:
    """A call of a loader."""
    value = ctx.expr(node.args[0], loader.key)
    return _loaded(ctx, loader, coerce.borrowed(ctx, value, loader.key, node.span), node.span)


def lower_held(ctx: FunctionContext, node: h.GlobalName) -> Value | None:
    """A module-level name that holds what a loader gave at import; None for every other name."""
    held = ctx.project.loaders.constants.get((node.module, node.name))
    if held is None:
        return None
    key, given = held
    literal = h.Literal(given, span=node.span, type=STR if isinstance(given, str) else INT)
    return lower_loaded(
        ctx, h.CallFunction(key, (literal,), span=node.span, type=node.type), ctx.project.loaders.by_key[key]
    )


def _loaded(ctx: FunctionContext, loader: Loader, name: t.Expr, span: Span) -> Value:
    for reader in sorted(loader.readers):
        callee = ctx.project.callees.get(reader)
        if callee is None or any(mutated for _, _, mutated in callee.params):
            said = reader.replace(":", ".")
            raise Refusal(
                "PT407", span, f"what `{loader.name}` gives is kept, and `{said}` may change it",
                "change copies only, or make what is changed in a function of its own",
            )  # fmt: skip
    ctx.loaders.add(f"{loader.module}:{loader.name}")
    ctx.learned.sources |= {loader.source}
    ctx.structs.add(loader.gives.name)
    path = rust_name(loader.name)
    if loader.module != ctx.function.module:
        path = f"{ctx.module_path(loader.module)}::{path}"
    return Value(t.Ref(t.Call(t.Path(path), (name,))), loader.gives, Form.BORROWED, loaded=True)


def read_before(function: h.Function, loaders: Loaders) -> frozenset[str]:
    """The functions that must be lowered before one which calls loaders: those that read what these give."""
    found: set[str] = set()
    for node in walk(function.body):
        match node:
            case h.CallFunction(key=key) if key in loaders.by_key:
                found |= loaders.by_key[key].readers
            case h.GlobalName(module=module, name=name) if (module, name) in loaders.constants:
                found |= loaders.by_key[loaders.constants[module, name][0]].readers
    return frozenset(found - {function.key})
