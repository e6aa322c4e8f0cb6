"""Callees come before callers, and cycles together."""

from __future__ import annotations

from portalis.compiler.callgraph import Group, order


def test_callees_first() -> None:
    calls = {"a": frozenset({"b", "outside"}), "b": frozenset({"c"}), "c": frozenset[str]()}
    assert [group.keys for group in order(calls)] == [("c",), ("b",), ("a",)]


def test_cycles_are_one_group() -> None:
    calls = {"even": frozenset({"odd"}), "odd": frozenset({"even"}), "main": frozenset({"even"})}
    assert order(calls) == [Group(("even", "odd"), True), Group(("main",), False)]


def test_a_function_that_calls_itself_is_recursive() -> None:
    assert order({"f": frozenset({"f"})}) == [Group(("f",), True)]


def test_a_long_chain_needs_no_deep_stack() -> None:
    calls = {f"f{i}": frozenset({f"f{i + 1}"}) for i in range(5000)} | {"f5000": frozenset[str]()}
    groups = order(calls)
    assert (groups[0].keys, groups[-1].keys) == (("f5000",), ("f0",))
