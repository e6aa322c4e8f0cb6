"""Arithmetic that may overflow, rewritten at the places that a lint names."""

from __future__ import annotations

import pytest

from portalis.translation.strict_arithmetic import NotStrict, made_strict, shifts, with_references_read


def strict(body: str, *places: tuple[int, int]) -> str:
    text = f"fn f(a: i64, b: i64) -> i64 {{\n{body}\n}}"
    return made_strict(text, set(places)).splitlines()[1]


def test_operators_become_calls_from_the_inside_out() -> None:
    assert strict("a + b * 2 - 1", (2, 1), (2, 5)) == "strict::sub(strict::add(a, strict::mul(b, 2)), 1)"
    assert strict("-a", (2, 1)) == "strict::neg(a)"
    assert strict("(a + b) * 2", (2, 2)) == "(strict::add(a, b)) * 2"


def test_places_that_the_lint_did_not_name_stay() -> None:
    assert strict("a + b", (9, 9)) == "a + b"
    assert strict('let é = "é"; a + b', (2, 14)) == 'let é = "é"; strict::add(a, b)'


def test_assignments_name_their_place_once_more() -> None:
    assert strict("v[i] += a;", (2, 1)) == "v[i] = strict::add(v[i], a);"
    with pytest.raises(NotStrict, match="name the place"):
        strict("v[next()] += a;", (2, 1))


def test_shifts_are_refused() -> None:
    with pytest.raises(NotStrict, match="lose bits"):
        strict("a >> b", (2, 1))
    assert list(shifts("fn f(a: i64) -> i64 { let b = a << 2; b }")) == ["a << 2"]
    assert not list(shifts("fn f(a: Vec<Vec<i64>>) -> i64 { 1 }"))


def test_references_are_read() -> None:
    text = "fn f(x: &i64) -> i64 {\nstrict::add(x, y)\n}"
    assert "strict::add(*x, y)" in with_references_read(text, {(2, 1)})
    assert "strict::add(x, *y)" in with_references_read(text, (), {(2, 16)})
    assert with_references_read("fn f() {\nother(x, y)\n}", {(2, 1)}, {(2, 7)}).count("*") == 0
