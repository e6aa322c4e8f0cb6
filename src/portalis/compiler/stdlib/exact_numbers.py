"""Operands of `Decimal` and `Fraction`: an int, a bool, or a number of that kind."""

from __future__ import annotations

from dataclasses import dataclass

from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.types import BIG, INT, Instance
from portalis.diagnostics import Span


@dataclass(frozen=True, slots=True)
class ExactNumbers:
    """A kind of exact numbers.

    Attributes:
        kind: the type.
        family: the module of the runtime that has them.
        big: whether integers beyond 64 bits are operands.
    """

    kind: Instance
    family: str
    big: bool = False

    def own(self, ctx: FunctionContext, value: Value, span: Span) -> t.Expr:
        """A value as a number of its own.

        Raises:
            Refusal: PT214 for values of other types.
        """
        from portalis.compiler.lowering.arithmetic import as_number

        value = as_number(value)
        if value.type is INT:
            return ctx.rt(f"{self.family}::whole", coerce.integer(value))
        if value.type is BIG and self.big:
            return ctx.rt(f"{self.family}::of_big", coerce.borrowed(ctx, value, BIG, span))
        if value.type != self.kind:
            name = self.kind.name.rpartition(".")[2]
            raise Refusal("PT214", span, f"a `{value.type}` where a `{name}` is computed is not translated")
        return coerce.owned(ctx, value, self.kind, span)

    def lent(self, ctx: FunctionContext, value: Value, span: Span) -> t.Expr:
        """A value as a borrowed number."""
        if value.type == self.kind:
            return coerce.borrowed(ctx, value, self.kind, span)
        return t.Ref(self.own(ctx, value, span))
