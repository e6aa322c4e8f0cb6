"""Attributes are found by the names that the source gives them."""

from __future__ import annotations

import pytest

from portalis.validation.child.members import member


class _Base:
    def __hidden(self) -> str:
        return "hidden"

    def __len__(self) -> int:
        return 3


class Derived(_Base):
    """Has nothing of its own."""


def test_private_methods_are_found_under_the_name_of_their_class() -> None:
    found = member(_Base(), "__hidden")
    assert callable(found)
    assert found() == "hidden"
    assert callable(member(Derived, "__hidden"))


def test_special_methods_keep_their_names() -> None:
    length = member(_Base(), "__len__")
    assert callable(length)
    assert length() == 3


def test_what_is_missing_is_an_error() -> None:
    with pytest.raises(AttributeError, match="__other"):
        member(_Base, "__other")
