"""Decorators that give back what they are given, or wrap it, don't stand in the way; others do."""

from __future__ import annotations

import pytest

from portalis import pipeline
from portalis.config import load_config

TEXT = """
from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, final

F = TypeVar("F", bound=Callable[..., object])
HANDLERS: dict[str, object] = {}


def register(function: F) -> F:
    HANDLERS[function.__name__] = function
    return function


def named(name: str, strict: bool = False):
    def keep(function):
        if strict and name in HANDLERS:
            raise ValueError(name)
        HANDLERS[name] = function
        return function

    return keep


def doubled(function: Callable[[int], int]) -> Callable[[int], int]:
    def inner(n: int) -> int:
        return 2 * function(n)

    return inner


def sometimes(function: Callable[[int], int]) -> Callable[[int], int]:
    if HANDLERS:
        function = abs
    return function


@register
def twice(n: int) -> int:
    return 2 * n


@named("thrice")
def three_times(n: int) -> int:
    return 3 * n


@register
@named("fourth", strict=True)
def four_times(n: int) -> str:
    return "x" * (4 * n)


@doubled
def changed(n: int) -> int:
    return n + 1


@sometimes
def replaced(n: int) -> int:
    return n + 1


class Counter:
    def __init__(self, start: int) -> None:
        self.value = start

    @final
    def add(self, n: int) -> int:
        self.value += n
        return self.value

    @register
    def take(self, n: int) -> int:
        self.value -= n
        return self.value


def all_of(n: int) -> tuple[int, int, str, int]:
    counter = Counter(n)
    return twice(n), three_times(n), four_times(n), counter.add(3) + counter.take(1)


def others(n: int) -> int:
    return changed(n) + replaced(n)


def recoded(function: F) -> F:
    function.__defaults__ = (3,)
    return function


@recoded
def defaulted(n: int = 2) -> int:
    return n
"""


@pytest.fixture(scope="module")
def codes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The first diagnostic of each item, "" where it is translatable."""
    file = tmp_path_factory.mktemp("decorators") / "decorated.py"
    file.write_text(TEXT, "utf-8")
    report = pipeline.check([file], load_config(file.parent))
    return {one.name: one.diagnostics[0].code if one.diagnostics else "" for one in report.items}


@pytest.mark.parametrize("name", ["twice", "three_times", "four_times", "Counter.add", "all_of"])
def test_the_same_function(codes: dict[str, str], name: str) -> None:
    assert codes[name] == ""


def test_a_wrapped_function(codes: dict[str, str]) -> None:
    assert codes["changed"] == ""


@pytest.mark.parametrize("name", ["replaced", "defaulted"])
def test_another_function(codes: dict[str, str], name: str) -> None:
    assert codes[name] == "PT203"


def test_callers_of_another_function(codes: dict[str, str]) -> None:
    assert codes["others"] == "PT501"
