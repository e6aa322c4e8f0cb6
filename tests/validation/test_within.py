"""Inputs that stand only inside running calls, and instances in states that take many calls."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portalis.compiler.types import BOOL, INT, Shared, Type
from portalis.validation.child.caught import Caught, Part
from portalis.validation.child.compare import copy
from portalis.validation.child.world import CLOCK
from portalis.validation.classes import ClassShape
from portalis.validation.evidence import Evidence

Verify = Callable[..., Evidence]

CHAIN = """
    class Chain:
        def __init__(self):
            self.items = []
            self.busy = False

        def add(self, item):
            self.items.append(item)

        def drain(self):
            self.busy = True
            taken = f(self, self.items)
            self.busy = False
            return taken

    def f(chain, items):
        if not chain.busy:
            return 0
        if items is not chain.items:
            return 1
        return len(items) + 2
"""
BOX = """
    class Box:
        def __init__(self):
            self.items = []

        def add(self, item):
            if item < 0:
                raise ValueError("no debts")
            self.items.append(item)

    def f(box):
        if len(box.items) >= 37:
            return "full"
        return "free"
"""
TWICE = """
    class Cell:
        def __init__(self, value):
            self.value = value

    def f(one, other):
        if one is other:
            return 0
        return one.value
"""


def _shape(
    name: str, constructor: tuple[Type, ...], *methods: tuple[str, tuple[Type, ...]]
) -> dict[str, object]:
    return {"classes": {f"pkg.mod.{name}": ClassShape(f"pkg.mod:{name}", constructor, methods)}}


@pytest.mark.parametrize(("added", "agrees"), [(2, True), (3, False)])
def test_what_callers_hand_over_in_the_middle_of_a_call_is_tried(
    run_one: Verify, added: int, agrees: bool
) -> None:
    own = Shared("pkg.mod.Chain")
    native = f"""
def f(chain, items):
    return mod.f(chain, items) if not chain.busy or items is not chain.items else len(items) + {added}
"""
    shape = _shape("Chain", (), ("add", (INT,)), ("drain", ()))
    params: list[tuple[str, Type]] = [("chain", own), ("items", own)]
    seen = run_one(CHAIN, native, params, INT, **shape)
    assert bool(seen.mismatches) != agrees
    if agrees:
        assert 5 not in seen.missed_lines
        assert seen.lines > 0.75


@pytest.mark.parametrize(("word", "agrees"), [("full", True), ("fool", False)])
def test_calls_are_repeated_until_a_count_is_reached(run_one: Verify, word: str, agrees: bool) -> None:
    native = f"def f(box):\n    return {word!r} if len(box.items) >= 37 else 'free'\n"
    shape = _shape("Box", (), ("add", (INT,)))
    seen = run_one(BOX, native, [("box", Shared("pkg.mod.Box"))], INT, **shape)
    assert bool(seen.mismatches) != agrees
    assert not agrees or seen.lines == 1.0


@pytest.mark.parametrize(("answer", "agrees"), [("0", True), ("one.value + 1", False)])
def test_one_instance_is_passed_twice(run_one: Verify, answer: str, agrees: bool) -> None:
    own = Shared("pkg.mod.Cell")
    native = f"def f(one, other):\n    return {answer} if one is other else one.value\n"
    seen = run_one(TWICE, native, [("one", own), ("other", own)], INT, **_shape("Cell", (INT,)))
    assert bool(seen.mismatches) != agrees
    assert not agrees or seen.lines == 1.0


def test_lines_that_the_whole_domain_does_not_reach_do_not_count(run_one: Verify) -> None:
    original = "def f(flag):\n    if flag and not flag:\n        return 1\n        return 2\n    return 3\n"
    seen = run_one(original, "def f(flag):\n    return 3\n", [("flag", BOOL)], INT)
    assert seen.exhaustive
    assert (seen.lines, seen.branches, seen.missed_lines) == (1.0, 1.0, ())


def test_lines_that_another_world_could_reach_count(run_one: Verify) -> None:
    original = "import time\n\ndef f():\n    if time.time() < 0:\n        return 1\n    return 3\n"
    seen = run_one(original, "def f():\n    return mod.f()\n", [], INT, effects=frozenset({CLOCK}))
    assert seen.exhaustive
    assert seen.lines < 1.0


def test_what_was_caught_together_comes_from_one_run() -> None:
    def inner(one: list[int], other: list[int]) -> int:
        return len(one) + len(other)

    def outer(size: int) -> int:
        rows = [0] * size
        inner([], rows)
        try:
            return inner(rows, rows)
        except Exception:  # noqa: BLE001 - what ends the run must pass such handlers
            return 0

    caught = Caught("outer", outer, (3,), inner.__code__, ("one", "other"), 1)
    one, other = copy((Part(caught, 0), Part(caught, 1)))  # type: ignore[misc]  # a tuple of two
    assert one is other
    assert one == [0, 0, 0]
    late = Caught("outer", outer, (3,), inner.__code__, ("one", "other"), 2)
    with pytest.raises(LookupError, match="makes no such call"):
        copy((Part(late, 0),))
