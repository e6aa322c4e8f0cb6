"""From evidence to statuses: the floor, the rule of closed items, confidence."""

from __future__ import annotations

import pytest

from portalis.compiler.types import INT
from portalis.compiler.unit import Item, Param, RustFunction
from portalis.validation.evidence import Counterexample, Evidence
from portalis.validation.status import decide

GOOD = {"cases": 200, "lines": 1.0, "branches": 1.0, "normal_return": True}


def item(name: str, *callees: str, rust: bool = True, effects: frozenset[str] = frozenset()) -> Item:
    calls = frozenset(f"m:{callee}" for callee in callees)
    made = RustFunction(f"m::{name}", (Param("n", INT),), INT, False, False, calls) if rust else None
    return Item("m", name, "function", "m.py", 3, 5, made, (), effects)


def seen(name: str, **changes: object) -> Evidence:
    return Evidence(f"m:{name}", **{**GOOD, **changes})  # type: ignore[arg-type]


def status(*pairs: tuple[Item, Evidence | None]) -> dict[str, str]:
    verdicts = decide([i for i, _ in pairs], {e.key: e for _, e in pairs if e is not None})
    return {key.partition(":")[2]: verdict.status for key, verdict in verdicts.items()}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"cases": 63}, "PT702"),
        ({"cases": 10, "declined": 50}, "PT706"),
        ({"lines": 0.89}, "PT703"),
        ({"normal_return": False, "lines": 0.95}, "PT704"),
        ({"reason": "nothing can be made"}, "PT702"),
    ],
)
def test_less_than_the_floor_is_compiled(changes: dict[str, object], code: str) -> None:
    verdict = decide([item("f")], {"m:f": seen("f", **changes)})["m:f"]
    assert verdict.status == "compiled"
    assert [diagnostic.code for diagnostic in verdict.diagnostics] == [code]


def test_the_floor_and_a_whole_domain_are_verified() -> None:
    assert status((item("f"), seen("f", cases=64))) == {"f": "verified"}
    assert status((item("f"), seen("f", cases=2, exhaustive=True))) == {"f": "verified"}
    assert status((item("f"), seen("f", normal_return=False))) == {"f": "verified"}


def test_without_rust_or_evidence() -> None:
    assert status((item("f", rust=False), None), (item("g"), None)) == {"f": "python", "g": "compiled"}


def test_effects_are_not_run() -> None:
    verdict = decide([item("f", effects=frozenset({"files"}))], {"m:f": Evidence("m:f")})["m:f"]
    assert verdict.status == "compiled"
    assert verdict.diagnostics[0].code == "PT707"


def test_a_mismatch_leaves_it_and_its_callers_in_python() -> None:
    bad = seen("a", mismatches=1, counterexamples=(Counterexample("m.a(1)", "value", "1", "2"),))
    pairs = [
        (item("a"), bad),
        (item("b", "a"), seen("b")),
        (item("c", "b"), seen("c")),
        (item("d"), seen("d")),
    ]
    assert status(*pairs) == {"a": "python", "b": "python", "c": "python", "d": "verified"}
    verdict = decide([item("a")], {"m:a": bad})["m:a"]
    assert verdict.diagnostics[0].code == "PT701"
    assert "`m.a(1)` gives 1 in python, 2 in the translation" in verdict.diagnostics[0].message


def test_a_crash_has_its_own_code() -> None:
    bad = seen("a", mismatches=1, counterexamples=(Counterexample("m.a(1)", "crash", "answers", "SIGABRT"),))
    assert decide([item("a")], {"m:a": bad})["m:a"].diagnostics[0].code == "PT708"


def test_an_unverified_callee_demotes_its_callers_to_compiled() -> None:
    pairs = [(item("a"), seen("a", cases=3)), (item("b", "a"), seen("b")), (item("c", "b"), seen("c"))]
    assert status(*pairs) == {"a": "compiled", "b": "compiled", "c": "compiled"}


def test_recursion_and_cycles_close() -> None:
    pairs = [(item("a", "b", "a"), seen("a")), (item("b", "a"), seen("b"))]
    assert status(*pairs) == {"a": "verified", "b": "verified"}


def test_confidence_is_the_bound_times_branches() -> None:
    assert seen("f", cases=0).confidence == 0.0
    assert seen("f", cases=64).confidence == pytest.approx(0.05 ** (1 / 64))
    assert seen("f", cases=1000, branches=0.5).confidence == pytest.approx(0.5 * 0.05**0.001)
    assert seen("f", cases=2, exhaustive=True).confidence == 1.0
