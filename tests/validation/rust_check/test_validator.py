"""`TranslationValidator` as its users see it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from portalis.validation.rust_check import tools
from portalis.validation.rust_check.compile import foreign_crates
from portalis.validation.rust_check.metrics import measure
from portalis.validation.rust_check.syntax import grammar_issues, syntax_issues
from portalis.validation.validator import TranslationValidator, ValidationLevel

from .snippets import STANDALONE, accepted_by_rustc, functions_of_runtime, mutate

SYNTAX, SEMANTIC, FULL = (
    TranslationValidator(level=level)
    for level in (ValidationLevel.SYNTAX_ONLY, ValidationLevel.SEMANTIC, ValidationLevel.FULL)
)
GOOD = """\
/// The greatest common divisor.
pub fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}
"""
PYTHON = "def gcd(a: int, b: int) -> int:\n    return abs(a) if b == 0 else gcd(b, a % b)\n"


def codes(result: object) -> set[str]:
    return {issue.code for issue in result.issues}  # type: ignore[attr-defined]


def test_sound_rust_with_its_python_is_valid() -> None:
    result = FULL.validate(GOOD, PYTHON)
    assert result.is_valid()
    assert result.issues == ()
    assert result.metrics["functions"] == 1
    assert result.metrics["complexity_max"] == 2
    assert result.level is ValidationLevel.FULL


@pytest.mark.parametrize(
    ("text", "line"),
    [("fn f( {", 1), ("fn f() {\n    let = 3;\n}\n", 2), ("struct S {\n  a i64\n}", 2), ("fn f() { \0 }", 1)],
)
def test_what_does_not_parse_is_an_error_with_its_line(text: str, line: int) -> None:
    for validator in (SYNTAX, FULL):
        result = validator.validate(text)
        assert not result.is_valid()
        first = result.get_errors()[0]
        assert first.span is not None
        assert first.span.line == line
        assert first.message
        assert result.level is ValidationLevel.SYNTAX_ONLY


def test_the_empty_text_is_rust() -> None:
    assert FULL.validate("").is_valid()


def test_types_and_borrows_are_rustcs_matter() -> None:
    text = "pub fn f() -> i64 {\n    let s = String::new();\n    drop(s);\n    s.len()\n}\n"
    assert SYNTAX.validate(text).is_valid()
    result = SEMANTIC.validate(text)
    assert {"E0308", "E0382"} & codes(result)
    assert all(issue.span is not None and issue.judge == "rustc" for issue in result.get_errors())


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("unsafe { std::hint::unreachable_unchecked() }", "unsafe_code"),
        ('"5".parse::<i64>().unwrap();', "clippy::unwrap_used"),
        ('"5".parse::<i64>().expect("five");', "clippy::expect_used"),
        ('panic!("no")', "clippy::panic"),
        ("todo!()", "clippy::todo"),
        ('"5".parse::<i64>();', "unused_must_use"),
        ('let _ = "5".parse::<i64>();', "clippy::let_underscore_must_use"),
        ("std::process::exit(3)", "clippy::exit"),
        ('let a = String::from("a"); let b = a.clone(); drop(b);', "clippy::redundant_clone"),
    ],
)
def test_a_semantic_check_warns_of_what_a_reviewer_would(body: str, code: str) -> None:
    result = SEMANTIC.validate(f"pub fn f() {{ {body} }}")
    assert code in codes(result), result.issues
    assert result.is_valid()


def test_a_forbidden_lint_is_an_error_whatever_the_text_allows() -> None:
    text = "#[allow(unsafe_code)]\npub fn f() { unsafe { std::hint::unreachable_unchecked() } }"
    strict = TranslationValidator(ValidationLevel.SEMANTIC, forbid=["unsafe_code"])
    assert not strict.validate(text).is_valid()
    assert SEMANTIC.validate(text).is_valid()


def test_a_full_check_adds_style_documentation_and_layout() -> None:
    text = "pub fn Foo(x: &Vec<i64>) -> usize { return x.len(); }"
    full, semantic = codes(FULL.validate(text)), codes(SEMANTIC.validate(text))
    assert {"non_snake_case", "missing_docs", "clippy::needless_return", "PT814"} <= full
    assert not {"missing_docs", "clippy::needless_return", "PT814"} & semantic


@pytest.mark.parametrize(("limit", "amount"), [("SECONDS", 2.0), ("MEMORY", 1 << 30)])
def test_a_macro_without_end_is_ended(monkeypatch: pytest.MonkeyPatch, limit: str, amount: float) -> None:
    monkeypatch.setattr(tools, limit, amount)
    text = "macro_rules! m { ($($x:tt)*) => { m!($($x)* $($x)*) } }\npub fn f() { m!(a b) }"
    assert codes(SEMANTIC.validate(text)) == {"PT812"}


def test_unknown_crates_are_not_fetched() -> None:
    result = SEMANTIC.validate("use left_pad_of_evil::pad;\npub fn f() { pad() }")
    assert [issue.code for issue in result.get_errors()] == ["PT813"]
    assert foreign_crates("mod a;\npub use a::B;\npub(crate) use regex;\n") == {"regex"}
    assert foreign_crates("use std::fmt;\nfn f() -> fmt::Result { Ok(()) }") == frozenset()


@pytest.mark.parametrize(
    ("rust", "python", "code", "severity"),
    [
        ("", PYTHON, "PT815", "error"),
        ("pub fn gcd(a: i64) -> i64 { a }", PYTHON, "PT816", "error"),
        ("pub fn gcd(b: i64, a: i64) -> i64 { a % b }", PYTHON, "PT816", "warning"),
        ("pub fn f() {}", "class A:\n    pass\ndef f(): ...\n", "PT815", "error"),
        ("pub fn f() {}", "def f():\n    raise KeyError('x')\n", "PT817", "warning"),
        ("pub fn f() {}", "def f(:", "PT001", "error"),
        (
            "pub struct A; impl A { pub fn new() -> A { A } }",
            "class A:\n    def g(self, x): ...\n",
            "PT815",
            "error",
        ),
    ],
)
def test_what_the_python_has_and_the_rust_lacks(rust: str, python: str, code: str, severity: str) -> None:
    result = SEMANTIC.validate(rust, python)
    assert (code, severity) in {(issue.code, issue.severity) for issue in result.issues}


def test_a_class_finds_its_struct_its_constructor_and_its_traits() -> None:
    python = """\
class Point:
    def __init__(self, x: int, y: int) -> None: ...
    def __eq__(self, other: object) -> bool: ...
    def __str__(self) -> str: ...
    def moveBy(self, dx: int) -> None:
        if dx < 0:
            raise ValueError(dx)
"""
    rust = """\
#[derive(PartialEq)]
pub struct Point { x: i64, y: i64 }
pub enum Error { ValueError(String) }
impl std::fmt::Display for Point {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { write!(f, "{} {}", self.x, self.y) }
}
impl Point {
    pub fn new(x: i64, y: i64) -> Self { Point { x, y } }
    pub fn move_by(&mut self, dx: i64) -> Result<(), Error> {
        if dx < 0 { return Err(Error::ValueError(dx.to_string())); }
        self.x += dx;
        Ok(())
    }
}
"""
    assert SEMANTIC.validate(rust, python).issues == ()


def test_figures_count_what_is_there() -> None:
    text = """\
// A comment.
pub fn f(xs: &[i64]) -> i64 {
    let mut total = 0;
    for x in xs {
        if *x > 0 && *x < 9 {
            total += x.clone();
        } else if *x == 3 {
            panic!("three");
        }
    }
    total
}
"""
    figures = measure(text)
    wanted = {"lines": 12, "code_lines": 11, "comment_lines": 1, "clones": 1, "panics": 1}
    wanted |= {"complexity_max": 5, "nesting_max": 2, "longest_function": 11, "unsafe_blocks": 0}
    assert {name: figures[name] for name in wanted} == wanted


def test_the_verdict_is_rustcs_on_broken_rust(tmp_path: Path) -> None:
    """Both ways: what rustc accepts is valid, what it rejects is not."""
    rng = random.Random(20)
    snippets = [mutate(rng.choice(STANDALONE), rng) for _ in range(25)]
    verdicts = [SEMANTIC.validate(text).is_valid() for text in snippets]
    assert verdicts == accepted_by_rustc(snippets, tmp_path)
    assert len(set(verdicts)) == 2


def test_the_grammar_alone_finds_most_of_what_the_parser_does(tmp_path: Path) -> None:
    rng = random.Random(21)
    sources = functions_of_runtime()
    snippets = [mutate(rng.choice(sources), rng) for _ in range(40)]
    agree = sum(bool(grammar_issues(text)) == bool(syntax_issues(text, tmp_path)) for text in snippets)
    assert agree >= 36
