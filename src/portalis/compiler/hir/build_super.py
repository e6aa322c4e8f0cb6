"""`super()`: what a method of a base class does, done for the class that is built.

super().__init__(name)   →   the statements of the base class's `__init__`, its parameters as variables
super().greet()          →   a call of the base class's `greet`, as it is for this class
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.scope import function_scope
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import ANY

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder


def super_method(b: FunctionBuilder, node: ast.Call) -> h.Expr | None:
    """`super().greet(…)` as a call on this instance; None where the call is of something else."""
    from portalis.compiler.hir.build_call import bind_method

    match node.func:
        case ast.Attribute(value=ast.Call(func=ast.Name(id="super")) as made, attr=name):
            pass
        case _:
            return None
    line = b.owner.line if b.owner is not None else None
    base = line.definer(name, b.defining) if line is not None else None
    if b.owner is None or base is None or made.args or not b.receiver or name == "__init__":
        raise Refusal("PT201", b.span(node), f"this `super().{name}` is not translated")
    reached = f"{name}@{base.name}"
    if b.owner.kinds.get(reached) != "method":
        raise Refusal("PT201", b.span(node), f"`super().{name}` is not a plain method")
    key = f"{b.owner.module}:{b.owner.qualname}.{reached}"
    receiver = h.Local(b.receiver, b.owner.type, span=b.span(node), type=b.owner.type)
    found = bind_method(b, node, key, b.owner.methods[reached])
    order = (0, *(place + 1 for place in found.order)) if found.order else ()
    return h.CallFunction(key, (receiver, *found.args), order, **b.at(node))


def super_init(b: FunctionBuilder, node: ast.stmt) -> list[h.Stmt] | None:
    """`super().__init__(…)` as the statements of that `__init__`; None for every other statement."""
    match node:
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(value=ast.Call(func=ast.Name(id="super"), args=[]), attr="__init__")
            ) as call
        ):
            pass
        case _:
            return None
    line = b.owner.line if b.owner is not None else None
    if line is None or not b.receiver:
        raise Refusal("PT201", b.span(node), "this `super().__init__` is not translated")
    base = line.definer("__init__", b.defining)
    if base is None:
        if call.args or call.keywords:
            raise Refusal("PT502", b.span(node), "`object` takes no arguments")
        return []
    init = next(s for s in base.body if isinstance(s, ast.FunctionDef) and s.name == "__init__")
    return _inlined(b, call, base.name, init)


def _inlined(b: FunctionBuilder, call: ast.Call, owner: str, init: ast.FunctionDef) -> list[h.Stmt]:
    from portalis.compiler.hir.build_call import bind_method

    assert b.owner is not None and b.owner.line is not None
    span = b.span(call)
    spec = init.args
    if spec.kwonlyargs or spec.vararg or spec.kwarg or [one.arg for one in spec.args[:1]] != [b.receiver]:
        raise Refusal("PT201", span, f"this `__init__` of `{owner}` can't be reached by `super()`")
    if any(isinstance(n, (ast.Return, ast.FunctionDef, ast.Lambda)) for s in init.body for n in ast.walk(s)):
        raise Refusal("PT201", span, f"the `__init__` of `{owner}` returns early, or defines functions")
    home = b.owner.line.module_of(owner)
    found = bind_method(b, call, f"{home}:{owner}.__init__", init)
    args = found.args
    if found.order:
        why = "keyword arguments of `super().__init__` are evaluated out of parameter order"
        raise Refusal("PT305", span, why)
    inner = function_scope(init, f"{owner}.__init__", None)
    stored = {n.id for n in ast.walk(init) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    params = [a.arg for a in (*spec.posonlyargs, *spec.args)][1:]
    kept = {
        name
        for name, arg in zip(params, args, strict=True)
        if isinstance(arg, h.Local) and arg.name == name and name not in stored
    }
    fresh = inner.names - kept - {b.receiver}
    clash = next((name for name in sorted(fresh) if name in b.scope.names), None)
    if clash is not None:
        why = f"`{clash}` is a variable here and in the `__init__` of `{owner}`"
        raise Refusal("PT201", span, why, "rename one of the two")
    for name in fresh:
        b.scope.names.add(name)
        b.scope.types[name] = b.answer.variable(home, inner.qualname, name) or ANY
    made: list[h.Stmt] = []
    for name, arg in zip(params, args, strict=True):
        if name not in kept:
            target = h.Local(name, b.scope.types[name], span=span, type=b.scope.types[name])
            made.append(h.Assign((target,), arg, span=span))
    outer, b.defining = b.defining, owner
    try:
        with b.written_in(home):
            return [*made, *b.block(init.body[1:] if ast.get_docstring(init) else init.body)]
    finally:
        b.defining = outer
