"""Instances of a base class as a type: an enum with a variant for each class that they may have.

shapes.append(circle)              →   shapes.push(Shape::Circle(circle))
if isinstance(shape, Circle): …    →   if let Shape::Circle(shape) = shape { … }
"""

from __future__ import annotations

from dataclasses import dataclass

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.families import part_name, selected
from portalis.compiler.hir.structs import StructInfo
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext, Local
from portalis.compiler.lowering.seen import seen_as_one
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import OptionalOf, Shared, Type
from portalis.diagnostics import Span


def family(ctx: FunctionContext, type_: Type) -> StructInfo | None:
    """The family that a type is."""
    info = ctx.struct_of(type_)
    return info if info is not None and info.members else None


def holds(ctx: FunctionContext, type_: Type, other: Type) -> bool:
    """Whether every instance of the other type has a place in a family."""
    info = family(ctx, type_)
    return info is not None and type_ != other and _classes(ctx, other) <= frozenset(info.members)


def _classes(ctx: FunctionContext, type_: Type) -> frozenset[str]:
    """The classes that instances of the type may have, by full name."""
    if not isinstance(type_, Shared):
        return frozenset({""})
    info = family(ctx, type_)
    return frozenset(info.members if info is not None else (type_.name,))


def variant(ctx: FunctionContext, info: StructInfo, member: str, span: Span) -> str:
    """The path of the variant for a class: `Shape::Circle`."""
    return f"{ctx.rust_type(info.type, span)}::{ctx.project.symbols.structs[member].rust}"


def widened(ctx: FunctionContext, value: Value, type_: Type, span: Span) -> Value:
    """An instance of a class, or of a part of the family, as one of the family."""
    info = family(ctx, type_)
    assert info is not None and isinstance(value.type, Shared)
    inside = coerce.owned(ctx, value, value.type, span)
    if family(ctx, value.type) is not None:
        return Value(t.Call(t.Path(f"{ctx.rust_type(type_, span)}::from"), (inside,)), type_)
    return Value(t.Call(t.Path(variant(ctx, info, value.type.name, span)), (inside,)), type_)


def maker(ctx: FunctionContext, type_: Type, given: Type, span: Span) -> t.Expr:
    """The function that makes a value of the family of one of another type."""
    info = family(ctx, type_)
    assert info is not None and isinstance(given, Shared)
    if family(ctx, given) is not None:
        return t.Path(f"{ctx.rust_type(type_, span)}::from")
    return t.Path(variant(ctx, info, given.name, span))


def narrowed(ctx: FunctionContext, value: Value, seen: Type, span: Span) -> Value:
    """A value of a family where the flow has shown its class, or a part of the family; others decline."""
    info = family(ctx, value.type)
    assert info is not None and isinstance(seen, Shared)
    subject = value.expr if value.form is Form.BORROWED else t.Ref(value.expr)
    if family(ctx, seen) is not None:
        reason = t.Lit(f'"no `{ctx.project.symbols.structs[seen.name].node.name}`"')
        found = t.Method(value.expr, part_name(ctx.project.symbols.structs[seen.name]))
        return Value(ctx.rt("decline::or_decline", found, reason), seen)
    arm = t.Arm(f"{variant(ctx, info, seen.name, span)}(this)", t.Path("this"))
    if len(info.members) == 1:
        return Value(t.Match(subject, (arm,)), seen, Form.BORROWED)
    other = t.Arm(
        "_", ctx.rt("decline::decline", t.Lit(f'"no `{ctx.project.symbols.structs[seen.name].qualname}`"'))
    )
    return Value(t.Match(subject, (arm, other)), seen, Form.BORROWED)


@dataclass(frozen=True, slots=True)
class Tested:
    """A variable of which a test tells the class: the condition that binds it again, as `type`."""

    local: Local
    rust: str
    condition: t.Expr
    type: Type
    owned: bool


def tested(ctx: FunctionContext, test: h.Expr) -> Tested | None:
    """The variable of `isinstance(x, T)` where that leaves one class, or a part of the family."""
    exactly = False
    match test:
        case h.CallExternal(fullname="builtins.isinstance", args=(h.Local(name=name), wanted), keywords={}):
            pass
        case h.Compare(
            left=h.CallExternal(fullname="builtins.type", args=(h.Local(name=name),)),
            ops=("is" | "==",),
            rights=(h.External() as wanted,),
        ):
            exactly = True
        case _:
            return None
    local = ctx.lookup(name)
    if local is None or name in ctx.function.unbound:
        return None
    optional = isinstance(local.type, OptionalOf)
    info = family(ctx, local.type.inner if isinstance(local.type, OptionalOf) else local.type)
    if info is None:
        return None
    names = wanted.items if isinstance(wanted, h.TupleDisplay) else (wanted,)
    classes = frozenset(one.fullname for one in names if isinstance(one, h.External))
    chosen = classes & set(info.members) if exactly else selected(ctx.project.symbols, info, classes)
    if chosen is None or len(classes) < len(names):
        return None
    members = set(chosen)
    path: t.Expr = t.Path(local.rust)
    rust = "this" if local.rust == "self" else local.rust
    if len(members) == 1 and (len(info.members) > 1 or optional):
        (only,) = members
        pattern = f"{variant(ctx, info, only, test.span)}({rust})"
        pattern = f"Some({pattern})" if optional else pattern
        source = path if local.form is Form.BORROWED else t.Ref(path)
        return Tested(
            local, rust, t.LetCondition(pattern, source), ctx.project.symbols.structs[only].type, False
        )
    part = _part(ctx, members, info)
    if part is None or optional:
        return None
    found = t.Method(path, part_name(part))
    return Tested(local, rust, t.LetCondition(f"Some({rust})", found), part.type, True)


def _part(ctx: FunctionContext, members: set[str], info: StructInfo) -> StructInfo | None:
    """The family of exactly these classes, fewer than another's."""
    if not members < set(info.members):
        return None
    found = (one for one in ctx.project.symbols.structs.values() if set(one.members) == members)
    return next(found, None)


def declare(ctx: FunctionContext, found: Tested) -> None:
    """The variable again, as what the test has shown."""
    form = Form.PLACE if found.owned else Form.BORROWED
    inner = ctx.declare(found.local.name, found.type, form)
    inner.form, inner.rust = form, found.rust


def settled(ctx: FunctionContext, rest: list[h.Stmt]) -> list[t.Stmt]:
    """The variables that are of one class in all that follows a test, under that type from here on."""
    if not any(family(ctx, one.type) is not None for one in ctx.visible()):
        return []
    lets: list[t.Stmt] = []
    for local, kind in seen_as_one(ctx, rest):
        info = family(ctx, local.type)
        if info is None or not isinstance(kind, Shared) or kind.name not in info.members:
            continue
        span = rest[0].span
        rust = "this" if local.rust == "self" else local.rust
        source: t.Expr = t.Path(local.rust)
        reason = t.Lit(f'"no `{ctx.project.symbols.structs[kind.name].qualname}`"')
        other = t.Block((), ctx.rt("decline::decline", reason)) if len(info.members) > 1 else None
        pattern = f"{variant(ctx, info, kind.name, span)}({rust})"
        source = source if local.form is Form.BORROWED else t.Ref(source)
        lets.append(t.Let(pattern, source, otherwise=other))
        declare(ctx, Tested(local, rust, source, kind, False))
    return lets


def which(ctx: FunctionContext, value: Value, classes: frozenset[str], span: Span) -> t.Expr:
    """`isinstance(x, T)` as a value: `matches!(x, Shape::Circle(_))`."""
    kind = value.type.inner if isinstance(value.type, OptionalOf) else value.type
    info = family(ctx, kind)
    assert info is not None
    chosen = selected(ctx.project.symbols, info, classes)
    if chosen is None:
        raise Refusal("PT210", span, f"`isinstance` of a `{value.type}` is not decided by the types")
    found = [f"{variant(ctx, info, one, span)}(_)" for one in info.members if one in chosen]
    optional = isinstance(value.type, OptionalOf)
    if not found or (len(found) == len(info.members) and not optional):
        return t.Lit("true" if found else "false")
    if len(found) == len(info.members):
        return t.Method(value.expr, "is_some")
    pattern = " | ".join(found)
    return t.Macro("matches", (value.expr, t.Path(f"Some({pattern})" if optional else pattern)))


def of_class(ctx: FunctionContext, left: h.Expr, right: h.Expr) -> t.Expr | None:
    """`type(x) is Circle` of an instance of a base class: `matches!(x, Shape::Circle(_))`."""
    match left, right:
        case (
            h.CallExternal(fullname="builtins.type", args=(h.Local() as subject,), keywords={}),
            h.External(fullname=wanted),
        ):
            value = ctx.expr(subject)
        case _:
            return None
    info = family(ctx, value.type)
    if info is None or wanted not in ctx.project.symbols.classes:
        return None
    if wanted not in info.members:
        return t.Lit("false")
    return t.Macro("matches", (value.expr, t.Path(f"{variant(ctx, info, wanted, subject.span)}(_)")))
