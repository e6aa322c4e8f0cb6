"""The end of a program: `sys.exit(status)`, `raise SystemExit(message)`.

sys.exit(2)             →   return Err(program::exit(2))
sys.exit(main())        →   the status that `main` gives; 0 for None
sys.exit("no input")    →   return Err(program::exit_saying("no input"))
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import BOOL, INT, NONE, STR, OptionalOf

SYSTEM_EXIT = "builtins.SystemExit"


def system_exit(ctx: FunctionContext, node: h.NewException) -> t.Expr:
    """The exception that ends the program, with its status."""
    ctx.exceptions.add(SYSTEM_EXIT)
    ctx.learned.sources |= {"program::exit"}
    if not node.args:
        return ctx.rt("program::leave")
    if len(node.args) > 1:
        raise Refusal("PT305", node.span, "`SystemExit` with several arguments is not translated")
    value = ctx.expr(node.args[0])
    text = coerce.string_literal("" if isinstance(node, h.LeaveProgram) else "None").expr
    match value.type:
        case _ if value.type is INT:
            return ctx.rt("program::exit", coerce.integer(value))
        case _ if value.type is BOOL:
            return ctx.rt("program::exit_flag", value.expr)
        case _ if value.type is STR:
            return ctx.rt("program::exit_saying", coerce.borrowed(ctx, value, STR, node.span))
        case _ if value.type is NONE:
            nothing = ctx.rt("program::exit_with", t.Path("None"), text)
            if value.expr == t.Path("None"):
                return nothing
            return t.BlockExpr(t.Block((t.ExprStmt(value.expr),), nothing))
        case OptionalOf(inner) if inner is INT:
            return ctx.rt("program::exit_with", value.expr, text)
    raise Refusal("PT305", node.span, f"the exit status `{value.type}` is not translated")
