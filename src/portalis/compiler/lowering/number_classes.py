"""Numbers that are neither ints nor floats: which module of the library knows about an operand."""

from __future__ import annotations

from typing import Protocol

from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Value
from portalis.compiler.rust import tree as t
from portalis.compiler.types import COMPLEX, DECIMAL, FRACTION, Instance
from portalis.diagnostics import Span


class NumberClass(Protocol):
    """What `stdlib.fraction`, `stdlib.decimal` and `stdlib.complexes` know of their numbers."""

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


class ExactClass(NumberClass, Protocol):
    """What `stdlib.fraction` and `stdlib.decimal` know of numbers that ints and floats are made of."""

    def whole(self, ctx: FunctionContext, fullname: str, value: Value, span: Span) -> Value:
        """`int(x)`, `math.floor(x)`, `round(x)` and their kin."""

    def to_float(self, ctx: FunctionContext, value: Value, span: Span) -> Value:
        """`float(x)`."""


def number_class(*values: Value) -> NumberClass | None:
    """The module for values of which one is a `Fraction`, a `Decimal` or a `complex`; None where none is."""
    from portalis.compiler.stdlib import complexes

    exact = exact_class(*values)
    if exact is not None:
        return exact
    names = {value.type.name for value in values if isinstance(value.type, Instance)}
    return complexes if COMPLEX in names else None


def exact_class(*values: Value) -> ExactClass | None:
    """The module for values of which one is a `Fraction` or a `Decimal`; None where none is."""
    from portalis.compiler.stdlib import decimal, fraction

    names = {value.type.name for value in values if isinstance(value.type, Instance)}
    if DECIMAL in names:
        return decimal
    return fraction if FRACTION in names else None
