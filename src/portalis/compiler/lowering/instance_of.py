"""`isinstance` and `callable`, by the type where that is exact, by the value where it is a union.

isinstance(x, str)              matches!(x, IntOrStr::Str(_))
callable(f)                     true
isinstance(other, Vector)       matches!(other, FloatOrVector::Vector(_))
"""

from __future__ import annotations

import ast

from portalis.compiler.analysis.decided import CONCRETE, exact_class, is_instance
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.families import selected
from portalis.compiler.hir.special import plain
from portalis.compiler.hir.structs import StructInfo
from portalis.compiler.lowering import dynamic, families
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Value, instead
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import BOOL, CallableOf, Instance, OptionalOf, Type, UnionOf
from portalis.mapping.union_enum import enum_name, variant_name

_OF_THEMSELVES = frozenset(
    {"decimal.Decimal", "fractions.Fraction", "re.Pattern", "re.Match"}
    | {f"datetime.{name}" for name in ("date", "datetime", "time", "timedelta")}
)
"""Classes of the library with instances that are of no builtin class."""


def lower_isinstance(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`isinstance(x, T)` and `isinstance(x, (A, B))`."""
    if node.keywords or len(node.args) != 2:
        raise Refusal("PT305", node.span, "this form of `isinstance` is not translated")
    value_node, wanted = node.args
    value = ctx.whole(value_node)
    classes = class_names(wanted)
    listed = bool(classes)
    if dynamic.is_dynamic(value) and listed:
        return Value(dynamic.is_instance(ctx, value, classes, node.span), BOOL)
    inner = value.type.inner if isinstance(value.type, OptionalOf) else value.type
    if families.family(ctx, inner) is not None and listed and plain(value_node):
        return Value(families.which(ctx, value, classes, node.span), BOOL)
    if not listed or isinstance(value.type, OptionalOf):
        raise Refusal("PT210", node.span, "this `isinstance` is not decided by the types")
    if isinstance(value.type, UnionOf):
        return _which_member(ctx, value, classes, node)
    known = _told(ctx, value.type, classes, node)
    return Value(instead(value.expr, t.Lit("true" if known else "false")), BOOL)


def lower_callable(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`callable(x)`: whether it is a function, or its class has a `__call__`."""
    if node.keywords or len(node.args) != 1:
        raise Refusal("PT305", node.span, "this form of `callable` is not translated")
    value = ctx.whole(node.args[0])
    match value.type:
        case CallableOf():
            return Value(instead(value.expr, t.Lit("true")), BOOL)
        case OptionalOf(CallableOf()):
            return Value(t.Method(value.expr, "is_some"), BOOL)
    info = ctx.struct_of(value.type)
    if info is not None and not info.members:
        return Value(instead(value.expr, t.Lit("true" if "__call__" in info.methods else "false")), BOOL)
    if exact_class(value.type) is None:
        raise Refusal("PT210", node.span, f"whether a `{value.type}` can be called is not known")
    return Value(instead(value.expr, t.Lit("false")), BOOL)


def class_names(wanted: h.Expr) -> frozenset[str]:
    """The full names of the classes that a test is for; none where one of them is computed."""
    names = _alternatives(wanted)
    classes = [one.fullname for one in names if isinstance(one, h.External)]
    return frozenset(classes) if len(classes) == len(names) else frozenset()


def _alternatives(wanted: h.Expr) -> list[h.Expr]:
    """The classes of `(A, B)` and of `A | B`."""
    match wanted:
        case h.TupleDisplay(items=items):
            return [one for item in items for one in _alternatives(item)]
        case h.Binary(op="|", left=left, right=right):
            return [*_alternatives(left), *_alternatives(right)]
        case _:
            return [wanted]


def _which_member(ctx: FunctionContext, value: Value, classes: frozenset[str], node: h.CallExternal) -> Value:
    """`isinstance(x, str)` of a union → `matches!(x, IntOrStr::Str(_))`."""
    assert isinstance(value.type, UnionOf)
    ctx.rust_type(value.type, node.span)
    fitting = [member for member in value.type.members if _told(ctx, member, classes, node)]
    if not fitting or len(fitting) == len(value.type.members):
        return Value(instead(value.expr, t.Lit("true" if fitting else "false")), BOOL)
    patterns = [f"{enum_name(value.type)}::{variant_name(member)}(_)" for member in fitting]
    return Value(t.Macro("matches", (value.expr, t.Path(" | ".join(patterns)))), BOOL)


def _told(ctx: FunctionContext, type_: Type, classes: frozenset[str], node: h.CallExternal) -> bool:
    known = told(ctx, type_, classes)
    if known is None:
        raise Refusal("PT210", node.span, f"`isinstance` of a `{type_}` is not decided by the types")
    return known


def told(ctx: FunctionContext, type_: Type, classes: frozenset[str]) -> bool | None:
    """Whether values of the type are instances of one of the classes; None where the type doesn't tell."""
    known = is_instance(type_, classes)
    return _of_own_classes(ctx, type_, classes) if known is None else known


def _of_own_classes(ctx: FunctionContext, type_: Type, classes: frozenset[str]) -> bool | None:
    """The same where a class of the project is on one of the sides; None where it isn't known."""
    structs = ctx.project.symbols.structs
    others = classes - structs.keys()
    if any(_takes_any(structs[one]) for one in classes & structs.keys()):
        return None
    info = ctx.struct_of(type_)
    if info is None and isinstance(type_, Instance) and type_.name in _OF_THEMSELVES:
        return "builtins.object" in classes if classes <= CONCRETE else None
    if info is None:
        # A builtin value is no instance of a class that somebody wrote.
        if exact_class(type_) is None:
            return None
        return is_instance(type_, others) if others else False
    if info.members:
        chosen = selected(ctx.project.symbols, info, classes & structs.keys())
        whole = chosen is not None and len(chosen) in (0, len(info.members))
        return bool(chosen) if whole and others <= CONCRETE - {"builtins.object"} else None
    if info.enum is not None or info.named_tuple or info.record:
        return None
    if {info.fullname, *_above(info)} & classes:
        return True
    return "builtins.object" in others if others <= CONCRETE else None


def _above(info: StructInfo) -> set[str]:
    """The base classes of a class, by full name."""
    if info.line is None:
        return set()
    return {f"{m}.{one.name}" for m, one in zip(info.line.modules, info.line.classes, strict=True)}


def _takes_any(info: StructInfo) -> bool:
    """Whether other classes can be said to be of the class: abstract classes can have some registered."""
    classes = (info.node,) if info.line is None else info.line.classes
    return any(ast.unparse(base).rpartition(".")[2] == "ABC" for one in classes for base in one.bases)
