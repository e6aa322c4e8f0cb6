"""Mutation operators: each takes a node of the Rust tree and gives wrong ones to stand in its place.

An operator is a function of a node and of what is around it; the table gives it its name. rustc throws out
what is no Rust, so an operator need not know types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from portalis.bench.operators import (
    arguments,
    arithmetic,
    bounds,
    conditions,
    constants,
    exceptions,
    loops,
    order,
    ownership,
    statements,
)
from portalis.bench.operators.about import About
from portalis.bench.operators.twins import renamed

Operator = Callable[[object, About], Iterator[object]]

OPERATORS: Mapping[str, Operator] = MappingProxyType(
    {
        "arithmetic": arithmetic.operator,
        "overflow": renamed("overflow"),
        "division": arithmetic.division,
        "rounding": arithmetic.rounding,
        "comparison": conditions.comparison,
        "condition": conditions.condition,
        "logic": conditions.logic,
        "constant": constants.number,
        "text-constant": constants.text,
        "bounds": bounds.bounds,
        "slice-end": bounds.ends,
        "argument-swap": arguments.swapped,
        "argument-value": arguments.value,
        "statement": statements.dropped,
        "rebinding": statements.rebinding,
        "write-back": ownership.write_back,
        "clone": ownership.taken,
        "exception": exceptions.kind,
        "message": exceptions.message,
        "handler": exceptions.handler,
        "operand-order": order.operands,
        "statement-order": order.statements,
        "item-order": order.items,
        "text-method": renamed("text"),
        "length": renamed("length"),
        "default": renamed("default"),
        "loop": loops.loop,
    }
)
"""Every operator by name, in the order in which reports list them."""

__all__ = ["OPERATORS", "About", "Operator"]
