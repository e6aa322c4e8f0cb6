"""The first item of a generator expression whose conditions can raise.

next((x for x in xs if test(x)), None)   →   'search: {
                                                 for x in xs {
                                                     if test(x)? {
                                                         break 'search Some(x.clone());
                                                     }
                                                 }
                                                 None
                                             }
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.rust import tree as t
from portalis.compiler.types import Type


def first_by_loop(ctx: FunctionContext, node: h.Comprehension) -> tuple[t.Expr, Type] | None:
    """An `Option` with the first item, and the type of items; None where an iterator chain will do."""
    from portalis.compiler.lowering.comprehension import NotAChain, generator, loops

    if node.kind != "generator" or not any(clause.conditions for clause in node.clauses):
        return None  # without a condition the loop would not go round
    saved = ctx.snapshot_names()
    try:
        generator(ctx, node)
        return None
    except NotAChain:
        pass
    finally:
        ctx.restore_names(saved)
    label = ctx.fresh("search")
    kinds: list[Type] = []

    def emit() -> list[t.Stmt]:
        value = ctx.expr(node.element)
        kinds.append(value.type)
        found = t.Call(t.Path("Some"), (coerce.owned(ctx, value, value.type, node.span),))
        return [t.ExprStmt(t.Break(label, found))]

    body = loops(ctx, node, emit)
    return t.BlockExpr(t.Block(tuple(body), t.Path("None")), label), kinds[0]
