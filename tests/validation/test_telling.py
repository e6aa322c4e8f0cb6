"""Differences that inputs drawn at random seldom show are found at the lowest effort."""

from __future__ import annotations

from pathlib import Path

from portalis.compiler.types import INT, STR, DictOf, ListOf
from portalis.validation.search import verify

from .conftest import target, write_hybrid

PROGRAM = """
    def moved(source, sink):
        sink.append(len(source))
        return len(source)

    def head(text, count):
        return text[:max(count, 0)]

    def bumped(table, key):
        table[key] += 1

    def same_letters(one, other):
        return sorted(one) == sorted(other)

    def summed(a, b, c, d):
        return a + b + c + d
"""
WRONG = """
    def moved(source, sink):
        count = len(source)
        sink.append(count)
        return count

    def head(text, count):
        return text.encode()[:max(count, 0)].decode(errors='ignore')

    def bumped(table, key):
        table[key] = (table[key] + 1 + 2**63) % 2**64 - 2**63

    def same_letters(one, other):
        return sorted(one[1:]) == sorted(other)

    def summed(a, b, c, d):
        return min(a + b + c, 2**63 - 1) + d
"""
TARGETS = [
    target("moved", [("source", ListOf(INT)), ("sink", ListOf(INT))], INT),
    target("head", [("text", STR), ("count", INT)], STR),
    target("bumped", [("table", DictOf(STR, INT)), ("key", STR)], INT),
    target("same_letters", [("one", STR), ("other", STR)], INT),
    target("summed", [("a", INT), ("b", INT), ("c", INT), ("d", INT)], INT),
]


def test_aliases_wide_characters_and_ends_are_tried_at_quick(tmp_path: Path) -> None:
    found = verify(write_hybrid(tmp_path, PROGRAM, WRONG), "pkg", TARGETS, effort="quick", seed=0, jobs=1)
    calls = {
        key.rpartition(":")[2]: [one.call for one in seen.counterexamples] for key, seen in found.items()
    }
    assert all(calls.values()), calls
