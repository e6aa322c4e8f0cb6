"""Tests that leave one member of a union: the branch has the variable as that.

if isinstance(x, str):                      if let IntOrStr::Str(x) = x {
if not isinstance(x, (int, float)):         if let FloatOrIntOrStr::Str(x) = x {
if isinstance(x, str): … else: …            match x { IntOrStr::Str(x) => …, &IntOrStr::Int(x) => … }
if isinstance(p, Point) and p.x > 0:        if let PointOrStr::Point(p) = p && p.x > 0 {
"""

from __future__ import annotations

from dataclasses import dataclass

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.lowering.context import FunctionContext, Local
from portalis.compiler.lowering.instance_of import class_names, told
from portalis.compiler.lowering.seen import seen_as_one
from portalis.compiler.lowering.value import Form
from portalis.compiler.rust import tree as t
from portalis.compiler.types import Type, UnionOf, is_copy
from portalis.diagnostics import Span
from portalis.mapping.union_enum import enum_name, variant_name

_TWO = 2


@dataclass(frozen=True, slots=True)
class Member:
    """The variable, and the member of its union that it holds where the test holds."""

    local: Local
    type: Type

    def pattern(self, ctx: FunctionContext, span: Span, *, lent: bool = False) -> str:
        """What matches it; where it is found through a reference, a Copy member is taken out by value."""
        assert isinstance(self.local.type, UnionOf)
        ctx.rust_type(self.local.type, span)
        taken = "&" if lent and is_copy(self.type) else ""
        return f"{taken}{enum_name(self.local.type)}::{variant_name(self.type)}({self.local.rust})"

    def declare(self, ctx: FunctionContext) -> Local:
        """The variable again, as that member."""
        form = Form.OWNED if is_copy(self.type) else Form.BORROWED
        inner = ctx.declare(self.local.name, self.type, form)
        inner.form, inner.rust = form, self.local.rust
        return inner

    def source(self) -> t.Expr:
        """What the pattern matches: a Copy member is taken out by value, any other lent."""
        path, copied = t.Path(self.local.rust), is_copy(self.type)
        if copied != (self.local.form is Form.BORROWED):
            return path
        return t.Unary("*", path) if copied else t.Ref(path)


def tested_member(ctx: FunctionContext, test: h.Expr) -> Member | None:
    """What a test, or the first operand of its `and`, leaves of a union, if that is one member."""
    match test:
        case h.Logical(op="and", operands=(first, *others)):
            inner = (node for one in others for node in walk(one))
            if any(isinstance(node, (h.Walrus, h.Lambda, h.Comprehension)) for node in inner):
                return None
            test = first
    wanted = True
    while isinstance(test, h.Unary) and test.op == "not":
        test, wanted = test.operand, not wanted
    match test:
        case h.CallExternal(fullname="builtins.isinstance", args=(h.Local(name=name), tested), keywords={}):
            local, classes = ctx.lookup(name), class_names(tested)
        case _:
            return None
    if local is None or not isinstance(local.type, UnionOf) or not classes:
        return None
    answers = {member: told(ctx, member, classes) for member in local.type.members}
    left = [member for member, answer in answers.items() if answer is wanted]
    return Member(local, left[0]) if len(left) == 1 and None not in answers.values() else None


def other_of_two(ctx: FunctionContext, test: h.Expr) -> tuple[Member, Member] | None:
    """What a test leaves of a union of two to each of its branches."""
    found = None if isinstance(test, h.Logical) else tested_member(ctx, test)
    if found is None or not isinstance(found.local.type, UnionOf) or len(found.local.type.members) != _TWO:
        return None
    other = next(one for one in found.local.type.members if one != found.type)
    return found, Member(found.local, other)


def member_condition(ctx: FunctionContext, found: Member, test: h.Expr) -> t.Expr:
    """`let IntOrStr::Str(x) = x`, and what else must hold; a Copy member is taken out by value."""
    from portalis.compiler.lowering.truth import truth

    condition: t.Expr = t.LetCondition(found.pattern(ctx, test.span), found.source())
    if isinstance(test, h.Logical):
        with ctx.frame():
            found.declare(ctx)
            for operand in test.operands[1:]:
                condition = t.Binary("&&", condition, truth(ctx, operand))
    return condition


def settled(ctx: FunctionContext, rest: list[h.Stmt]) -> list[t.Stmt]:
    """The variables that hold one member of a union in all that follows a test, as that from here on.

    if not isinstance(other, Point): return …       let FloatOrPoint::Point(other) = other else { … };
    """
    if not any(isinstance(one.type, UnionOf) for one in ctx.visible()):
        return []
    lets: list[t.Stmt] = []
    for local, kind in seen_as_one(ctx, rest):
        if not isinstance(local.type, UnionOf) or kind not in local.type.members:
            continue
        member = Member(local, kind)
        other = ctx.rt("decline::decline", t.Lit(f'"not a `{variant_name(kind)}`"'))
        pattern = member.pattern(ctx, rest[0].span)
        lets.append(t.Let(pattern, member.source(), otherwise=t.Block((), other)))
        member.declare(ctx)
    return lets
