"""Numbers that are neither ints nor floats: which module of the library knows about an operand."""

from __future__ import annotations

from typing import Protocol

from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Value
from portalis.compiler.rust import tree as t
from portalis.compiler.types import COMPLEX, FRACTION, Instance
from portalis.diagnostics import Span


class NumberClass(Protocol):
    """What `stdlib.fraction` and `stdlib.complexes` know of their numbers."""

    PARTS: frozenset[str]

    def binary(self, ctx: FunctionContext, op: str, left: Value, right: Value, span: Span) -> Value:
        """An operator of which at least one side is such a number."""

    def unary(self, ctx: FunctionContext, op: str, value: Value, span: Span) -> Value:
        """`-x` and `+x`."""

    def compare(self, ctx: FunctionContext, op: str, a: Value, b: Value, span: Span) -> t.Expr:
        """A comparison of which at least one side is such a number."""

    def part(self, ctx: FunctionContext, value: Value, name: str, span: Span) -> Value:
        """One of the attributes in `PARTS`."""

    def absolute(self, ctx: FunctionContext, value: Value, span: Span) -> Value:
        """`abs(x)`."""

    def text(self, ctx: FunctionContext, value: Value, span: Span, *, shown: bool) -> Value:
        """`str(x)`, or `repr(x)` where it is `shown`."""

    def truth(self, ctx: FunctionContext, value: Value, span: Span) -> t.Expr:
        """`bool(x)`."""


def number_class(*values: Value) -> NumberClass | None:
    """The module for values of which one is a `Fraction` or a `complex`; None where none is."""
    from portalis.compiler.stdlib import complexes, fraction

    names = {value.type.name for value in values if isinstance(value.type, Instance)}
    if FRACTION in names:
        return fraction
    return complexes if COMPLEX in names else None
