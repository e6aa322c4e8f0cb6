"""One call as the statements of a Rust test."""

from __future__ import annotations

import pytest

from portalis.compiler.types import INT, DictOf, ListOf, OptionalOf, Type
from portalis.compiler.unit import Param, RustFunction
from portalis.emit.rust_case import EquivalenceCase, statements

NUMBERS = ListOf(INT)


def shown(type_: Type, before: object, after: object) -> str:
    """The test of a function that changes its only argument and gives 1."""
    param = Param("xs", type_, "positional_or_keyword", has_default=False, mutated=True)
    function = RustFunction("shop::add", (param,), INT, raises=False, prints=False, callees=frozenset())
    return statements(EquivalenceCase("shop:add", (before,), (after,), 1), function, "add", {})


def test_what_is_changed_is_lent() -> None:
    assert "add(&mut xs)" in shown(NUMBERS, [1], [1, 2])


@pytest.mark.parametrize("type_", [OptionalOf(NUMBERS), OptionalOf(DictOf(INT, INT))])
def test_what_is_changed_and_may_be_none_is_lent_inside_its_option(type_: OptionalOf) -> None:
    value = [1] if type_.inner == NUMBERS else {1: 1}
    assert "add(xs.as_mut())" in shown(type_, value, value)
    assert "add(xs.as_mut())" in shown(type_, None, None)
