"""Truth of a value as Python tests it: empty is false, zero is false, None is false."""

from __future__ import annotations

import itertools

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import big, dynamic
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.dict_like import dict_of
from portalis.compiler.lowering.number_classes import number_class
from portalis.compiler.lowering.value import Form, Value, instead, lit_int
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import (
    BIG,
    BOOL,
    FLOAT,
    INT,
    NONE,
    OBJECT,
    STR,
    CallableOf,
    DictOf,
    Instance,
    ListOf,
    OptionalOf,
    Prim,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
    is_copy,
)  # fmt: skip
from portalis.diagnostics import Span

_PRESENCE = frozenset({"is_none", "is_some"})


def truth(ctx: FunctionContext, node: h.Expr) -> t.Expr:
    """A condition: a Rust `bool` that is the truth of the expression."""
    match node:
        case h.Logical(op=op, operands=operands):
            parts = [truth(ctx, operand) for operand in operands]
            result = parts[0]
            for before, part in itertools.pairwise(parts):
                # `not isinstance(node, Node) or not node` asks the same twice.
                if not (part == before and isinstance(part, t.Method) and part.name in _PRESENCE):
                    result = t.Binary("&&" if op == "and" else "||", result, part)
            return result
        case h.CallExternal(fullname="builtins.bool", args=(inner,)):
            return truth(ctx, inner)
        case (
            h.CallMethod(method="match" | "fullmatch" | "search")
            | h.CallExternal(fullname="re.match" | "re.fullmatch" | "re.search")
        ):
            from portalis.compiler.stdlib.re import truth_of_match

            known = truth_of_match(ctx, node)
            if known is not None:
                return known
    return truth_of(ctx, ctx.optional(node), node.span)


def truth_of(ctx: FunctionContext, value: Value, span: Span) -> t.Expr:
    """The truth of a lowered value."""
    value = dynamic.of_union(ctx, value, span)
    expr = value.expr
    match dict_of(value.type):
        case _ if value.type is BOOL:
            return expr
        case _ if value.type is INT:
            return t.Binary("!=", expr, lit_int(0))
        case _ if value.type is BIG:
            return big.truth(value)
        case _ if value.type is FLOAT:
            return t.Binary("!=", expr, t.Lit("0.0"))
        case Instance() if (numbers := number_class(value)) is not None:
            return numbers.truth(ctx, value, span)
        case _ if value.type is OBJECT:
            return dynamic.truth(ctx, value, span)
        case _ if value.type is NONE:
            return instead(expr, t.Lit("false"))
        case _ if value.type is STR and value.form is Form.CHAR:
            return instead(expr, t.Lit("true"))
        case (
            Prim.STR
            | Prim.BYTES
            | ListOf()
            | VarTuple()
            | DictOf()
            | SetOf()
            | Instance(name="typing.Sequence" | "collections.deque" | "builtins.bytearray")
        ):
            return t.Unary("!", t.Method(expr, "is_empty"))
        case TupleOf(items):
            return instead(expr, t.Lit("true" if items else "false"))
        case OptionalOf(inner):
            if isinstance(inner, (TupleOf,)) or always_true(ctx, inner):
                return t.Method(expr, "is_some")
            inside = Value(t.Path("value"), inner, Form.OWNED if is_copy(inner) else Form.BORROWED)
            test = t.Closure(("value",), truth_of(ctx, inside, span))
            lent = value.form is Form.BORROWED and not value.whole
            receiver = expr if is_copy(inner) or lent else t.Method(expr, "as_ref")
            return t.Method(receiver, "is_some_and", (test,))
        case instance if always_true(ctx, instance):
            return instead(expr, t.Lit("true"))
        case _:
            raise Refusal("PT214", span, f"the truth of a `{value.type}` is not translated")


def always_true(ctx: FunctionContext, type_: Type) -> bool:
    """Whether every instance is true: no `__bool__`, no `__len__`."""
    own = ctx.struct_of(type_)
    if own is not None:
        return not {"__bool__", "__len__"} & own.methods.keys()
    if isinstance(type_, CallableOf):
        return True  # functions only: no instance stands for a callable in Rust
    return isinstance(type_, Instance) and type_.name in {
        "datetime.date", "datetime.datetime", "datetime.time", "re.Match", "re.Pattern",
    }  # fmt: skip
