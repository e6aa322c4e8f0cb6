"""Instances that only some arguments make, or that other functions must prepare."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from portalis.compiler.types import (
    FLOAT,
    INT,
    NONE,
    STR,
    CallableOf,
    ListOf,
    OptionalOf,
    Shared,
    Type,
    UnionOf,
    VarTuple,
)
from portalis.validation.classes import ClassShape
from portalis.validation.evidence import MINIMUM_CASES, Evidence
from portalis.validation.search import verify

from .conftest import target, write_hybrid

Verify = Callable[..., Evidence]

POLYNOMIAL = """
    class Polynomial:
        def __init__(self, degree, coefficients):
            if len(coefficients) != degree + 1:
                raise ValueError("one more coefficient than the degree")
            self.coefficients = coefficients

    def f(polynomial):
        return len(polynomial.coefficients)
"""
NODES = """
    class Node:
        def __init__(self, data):
            self.data = data

    def make_set(node):
        node.rank = 0
        node.parent = node

    def f(node):
        if node.parent is node:
            return node.rank
        return -1
"""
KEEPS = """
    class Keeps:
        def __init__(self, items):
            self.items = items
            self.size = len(items)
"""


@pytest.mark.parametrize(("added", "agrees"), [(0, True), (1, False)])
def test_arguments_that_a_constructor_takes_are_found(run_one: Verify, added: int, agrees: bool) -> None:
    own = Shared("pkg.mod.Polynomial")
    classes = {"pkg.mod.Polynomial": ClassShape("pkg.mod:Polynomial", (INT, ListOf(FLOAT)), ())}
    native = f"def f(polynomial):\n    return len(polynomial.coefficients) + {added}\n"
    seen = run_one(POLYNOMIAL, native, [("polynomial", own)], INT, classes=classes)
    assert seen.reason == ""
    assert (seen.cases >= MINIMUM_CASES) == agrees
    assert bool(seen.mismatches) != agrees


@pytest.mark.parametrize(("answer", "agrees"), [("mod.f(node)", True), ("mod.f(node) or 1", False)])
def test_functions_of_the_module_prepare_instances(run_one: Verify, answer: str, agrees: bool) -> None:
    own = Shared("pkg.mod.Node")
    methods: tuple[tuple[str, tuple[Type, ...]], ...] = (
        ("&make_set", ()),
        ("=rank", (OptionalOf(INT),)),
        ("=parent", (OptionalOf(own),)),
        ("@parent", ()),
    )
    classes = {"pkg.mod.Node": ClassShape("pkg.mod:Node", (INT,), methods)}
    native = f"def f(node):\n    return {answer}\n"
    seen = run_one(NODES, native, [("node", own)], INT, classes=classes)
    assert bool(seen.mismatches) != agrees
    assert seen.normal_return
    assert (seen.lines == 1.0) == agrees


@pytest.mark.parametrize(("size", "agrees"), [("len(items)", True), ("len(items) + 1", False)])
def test_what_a_constructor_keeps_is_compared_by_value(tmp_path: Path, size: str, agrees: bool) -> None:
    native = f"""
        def made(items):
            one = mod.Keeps(items[:])
            one.size = {size}
            return one
        globals()["Keeps.__init__"] = made
    """
    folder = write_hybrid(tmp_path, KEEPS, native)
    wanted = target("Keeps.__init__", [("items", ListOf(INT))], NONE)
    seen = verify(folder, "pkg", [wanted], effort="quick", jobs=1)[wanted.key]
    assert bool(seen.mismatches) != agrees


FILLED = """
    class Bag:
        def __init__(self):
            self.items = []

        def put(self, first, *others):
            self.items.append(first)
            self.items.extend(others)

    def f(bag):
        if len(bag.items) > 3:
            return bag.items[3]
        return -1
"""


@pytest.mark.parametrize(("added", "agrees"), [(0, True), (1, False)])
def test_methods_fill_instances_with_any_number_of_arguments(
    run_one: Verify, added: int, agrees: bool
) -> None:
    own = Shared("pkg.mod.Bag")
    classes = {"pkg.mod.Bag": ClassShape("pkg.mod:Bag", (), (("*put", (INT, VarTuple(INT))),))}
    native = f"def f(bag):\n    return bag.items[3] + {added} if len(bag.items) > 3 else -1\n"
    seen = run_one(FILLED, native, [("bag", own)], INT, classes=classes)
    assert seen.reason == ""
    assert bool(seen.mismatches) != agrees
    assert (seen.lines == 1.0) or not agrees


CHOOSES = """
    class Keyed:
        def __init__(self, key=None, other=None):
            self.key = key or abs

    def f(keyed, n):
        return keyed.key(n)
"""


def test_a_constructor_is_given_what_values_can_be_made_of(run_one: Verify) -> None:
    own = Shared("pkg.mod.Keyed")
    anything = OptionalOf(CallableOf(None, INT))
    either = UnionOf((CallableOf(None, INT), STR))
    classes = {"pkg.mod.Keyed": ClassShape("pkg.mod:Keyed", (anything, OptionalOf(either)), ())}
    native = "def f(keyed, n):\n    return abs(n)\n"
    seen = run_one(CHOOSES, native, [("keyed", own), ("n", INT)], INT, classes=classes)
    assert seen.reason == ""
    assert seen.cases >= MINIMUM_CASES


def test_a_parameter_of_several_types_is_drawn_of_all_or_not_at_all(run_one: Verify) -> None:
    either = UnionOf((CallableOf(None, INT), STR))
    seen = run_one("def f(x):\n    return 1\n", "def f(x):\n    return 1\n", [("x", either)], INT)
    assert seen.reason.startswith("no inputs can be made")


INSIDE = """
    class Tree:
        def __init__(self, items):
            self.items = items
            self.sums = [0] * (4 * len(items))
            if items:
                self.build(1, 0, len(items) - 1)

        def build(self, at, left, right):
            if left == right:
                self.sums[at] = self.items[left]
            else:
                middle = (left + right) // 2
                self.build(2 * at, left, middle)
                self.build(2 * at + 1, middle + 1, right)
                self.sums[at] = self.sums[2 * at] + self.sums[2 * at + 1]
"""


def test_what_a_constructor_calls_is_met_inside_it(tmp_path: Path) -> None:
    own = Shared("pkg.mod.Tree")
    classes = {"pkg.mod.Tree": ClassShape("pkg.mod:Tree", (ListOf(INT),), ())}
    native = "def f(self, at, left, right):\n    mod.Tree.build(self, at, left, right)\n"
    params = [("self", own), ("at", INT), ("left", INT), ("right", INT)]
    wanted = target("Tree.build", params, NONE, classes=classes, native="pkg.mod:f")
    seen = verify(write_hybrid(tmp_path, INSIDE, native), "pkg", [wanted])[wanted.key]
    assert seen.lines == 1.0


MOVES = "def f(rows):\n    rows.reverse()\n"
ANEW = """
    def f(rows):
        if type(rows) is not list or len({*map(id, rows)}) < len(rows):
            return DECLINED
        rows[:] = [list(row) for row in reversed(rows)]
"""
SHARES = "def f(rows):\n    rows[:] = [rows[-1] for row in rows]\n"


@pytest.mark.parametrize(
    ("native", "moving", "agrees"),
    [(ANEW, False, False), (ANEW, True, True), (SHARES, True, False), (MOVES, False, True)],
)
def test_where_objects_may_move_their_values_are_compared(
    run_one: Verify, native: str, moving: bool, agrees: bool
) -> None:
    rows = [("rows", ListOf(ListOf(INT)))]
    seen = run_one(MOVES, native, rows, NONE, moving=frozenset({0} if moving else ()))
    assert seen.reason == ""
    assert bool(seen.mismatches) != agrees
