"""What must not stand in a crate of ours, and recursion that is watched."""

from __future__ import annotations

import pytest

from portalis.translation.engine.admission import NotAdmitted, admitted

GUARD = "let _depth = decline::enter();"


def test_a_function_that_calls_itself_is_watched() -> None:
    assert GUARD in admitted("fn f(n: i64) -> i64 { if n < 1 { 0 } else { f(n - 1) } }")
    assert GUARD in admitted("fn f(&self, n: i64) -> i64 { if n < 1 { 0 } else { self.f(n - 1) } }")
    assert GUARD not in admitted("fn f(n: i64) -> i64 { g(n) }")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("fn f(n: i64) -> i64 { fn g(n: i64) -> i64 { g(n) } g(n) }", "`g` inside the function calls itself"),
        ("fn f(n: i64) -> i64 { fn g(n: i64) { h(n) } fn h(n: i64) { g(n) } g(n) }", "calls itself"),
        ("fn f(n: i64) -> i64 { fn g(n: i64) -> i64 { f(n) } g(n); f(n) }", "only `f` itself may"),
        ('fn f(n: i64) -> i64 { println!("{n}"); n }', "`println!` must not be used"),
        (
            "fn f() -> Result<i64, Error> { Err(Error::Value(String::new())) }",
            "`Error::Value` does not exist",
        ),
    ],
)
def test_refused_with_a_reason_for_the_model(text: str, reason: str) -> None:
    with pytest.raises(NotAdmitted, match=reason):
        admitted(text)


def test_errors_are_pythons_or_the_projects() -> None:
    text = "fn f() -> Result<i64, Error> { Err(Error::InvalidLength(String::new())) }"
    assert admitted(text, {"InvalidLength"}) == text
    assert admitted(text.replace("InvalidLength", "KeyError"))
