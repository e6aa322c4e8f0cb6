"""Comprehensions over what may be None: the condition that rules None out is the iterator's `flatten`.

[len(x) for x in xs if x is not None]   →   xs.iter().flatten().map(|x| x.len()).collect()
"""

from __future__ import annotations

from dataclasses import replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.iterate import Iteration, Leaf, element
from portalis.compiler.lowering.truth import always_true
from portalis.compiler.lowering.value import Form
from portalis.compiler.rust import tree as t
from portalis.compiler.types import OptionalOf, TupleOf, Type, is_copy


def flattened(ctx: FunctionContext, clause: h.Clause, source: Iteration) -> tuple[Iteration, h.Clause]:
    """The source without its Nones, and the clause without the condition that leaves them out."""
    item = source.item
    if not isinstance(clause.target, h.Local) or not isinstance(item, Leaf) or item.fallible or item.frozen:
        return source, clause
    if not isinstance(item.type, OptionalOf) or not clause.conditions:
        return source, clause
    if not (item.reference or item.whole or item.form in (Form.OWNED, Form.BORROWED)):
        return source, clause
    first, *others = _operands(clause.conditions[0]) + list(clause.conditions[1:])
    inner = item.type.inner
    match first:
        case h.Compare(ops=("is not" | "!=",), left=h.Local(name=name), rights=(h.Literal(value=None),)):
            kept = others
        case h.Local(name=name):
            kept = others if _surely_true(ctx, inner) else [replace(first, type=inner), *others]
        case _:
            return source, clause
    if name != clause.target.name:
        return source, clause
    borrowed = item.reference or item.whole
    leaf = element(inner) if borrowed else Leaf(inner, Form.OWNED if is_copy(inner) else item.form)
    flat = t.Method(source.expr, "flatten")
    changed = replace(source, expr=flat, item=leaf, reversible=False, source=flat)
    return changed, replace(clause, conditions=tuple(kept))


def _operands(condition: h.Expr) -> list[h.Expr]:
    match condition:
        case h.Logical(op="and", operands=operands):
            return list(operands)
        case _:
            return [condition]


def _surely_true(ctx: FunctionContext, type_: Type) -> bool:
    return always_true(ctx, type_) or (isinstance(type_, TupleOf) and bool(type_.items))
