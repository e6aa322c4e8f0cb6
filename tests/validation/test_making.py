"""Instances that only some arguments make, or that other functions must prepare."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from portalis.compiler.types import FLOAT, INT, NONE, ListOf, OptionalOf, Shared, Type
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
