"""The enums of unions stand in one file: a name means one class there."""

from __future__ import annotations

import pytest

from portalis.compiler.lowering.union_names import claim
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import FLOAT, INT, Instance, UnionOf
from portalis.diagnostics import Span

SPAN = Span(1, 1, 1, 1)


def test_a_second_class_of_a_name_is_refused() -> None:
    taken: dict[str, str] = {}
    claim(taken, UnionOf((FLOAT, Instance("a.Vector"))), SPAN)
    claim(taken, UnionOf((INT, Instance("a.Vector"))), SPAN)
    with pytest.raises(Refusal) as refused:
        claim(taken, UnionOf((FLOAT, Instance("b.Vector"))), SPAN)
    assert refused.value.diagnostic.code == "PT104"
