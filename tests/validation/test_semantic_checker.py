"""SemanticChecker: right Rust is equivalent, wrong Rust is caught and told how, hostile Rust is contained."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from portalis.compiler.types import INT
from portalis.emit import cargo
from portalis.validation.foreign import crate
from portalis.validation.foreign.adapter import Adapter
from portalis.validation.semantic_checker import CheckError, EquivalenceResult, Pair, SemanticChecker

from .semantic_pairs import ALL, GCD, IS_EVEN, MEAN, PARSE, PARSE_ENUM, SCALE, SECONDS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "semantic-checker.md"


@pytest.fixture(scope="module")
def verdicts() -> dict[str, EquivalenceResult]:
    """The verdict on each pair, all judged in one batch: what one does must not touch another."""
    pairs = [Pair(case.python, case.rust, case.name) for case in ALL.values()]
    return dict(zip(ALL, SemanticChecker().check_batch(pairs), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_each_pair_gets_its_verdict(verdicts: dict[str, EquivalenceResult], name: str) -> None:
    case, found = ALL[name], verdicts[name]
    told = [f"{one.call} {one.expected} {one.actual}" for one in found.counterexamples]
    told += [*map(str, found.diagnostics), *found.notes]
    assert (found.status, told) == (case.status, told)
    assert case.tells in " ".join(told)
    assert found.equivalent == (case.status == "equivalent")
    if case.difference:
        assert case.difference in {one.difference for one in found.counterexamples}


@pytest.mark.slow
def test_a_verdict_comes_with_its_evidence(verdicts: dict[str, EquivalenceResult]) -> None:
    good = verdicts["agree: text"]
    assert good.evidence is not None
    assert good.evidence.cases >= 64
    assert good.evidence.lines >= 0.9
    assert good.evidence.recorded == 1
    assert 0.9 < good.confidence < 1.0
    assert good.speedup is not None
    assert good.seconds > 0
    assert verdicts["differ: division truncates"].confidence == 0.0


@pytest.mark.slow
def test_names_in_counterexamples_are_those_of_the_source(verdicts: dict[str, EquivalenceResult]) -> None:
    for found in verdicts.values():
        for one in found.counterexamples:
            assert one.call.startswith(f"{found.name}(")
            assert crate.PACKAGE not in "".join((one.call, one.expected, one.actual, one.pytest))
            ast.parse(one.call)
            ast.parse(one.pytest)


@pytest.mark.slow
def test_strict_errors_panics_as_exceptions_and_checked_arithmetic() -> None:
    checker = SemanticChecker(errors="exact", panics_raise=True, overflow_checks=True)
    text_error = MEAN, "fn mean(values: &[f64]) -> Result<f64, String> { Err(String::new()) }"
    panics = SECONDS, "fn largest(items: &[i64]) -> i64 { *items.iter().max().unwrap() }"
    overflows = SCALE, "fn scale(x: i64) -> i64 { x * 3 + 1 }"
    found = checker.check_batch([text_error, panics, overflows, (PARSE, PARSE_ENUM, "parse_pair")])
    assert [one.status for one in found] == ["invalid", "equivalent", "equivalent", "equivalent"]
    assert "don't say which exception" in found[0].diagnostics[0].message
    assert found[2].evidence is not None
    assert found[2].evidence.declined > 0


@pytest.mark.slow
def test_a_build_that_does_not_end_is_ended(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    package = '[package]\nname = "endless"\nversion = "0.1.0"\nedition = "2024"\n'
    profile = '[workspace]\n[profile.verify]\ninherits = "dev"\n'
    (tmp_path / "Cargo.toml").write_text(package + profile)
    endless = "{ let mut i: i64 = 0; while i >= 0 { i = (i + 1) % 1000; } i }"
    (tmp_path / "src" / "lib.rs").write_text(
        f"#[allow(long_running_const_eval)]\npub const X: i64 = {endless};\n"
    )
    with pytest.raises(cargo.CargoOverBounds, match="longer than 3 s"):
        cargo.build(tmp_path, tmp_path / "target", "verify", cargo.Bounds(seconds=3.0, memory_mib=3072))


def test_the_text_that_passes_the_bounds_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def build(candidates: Sequence[crate.Candidate], folder: Path, *_: object) -> Path:
        if any("endless" in one.text for one in candidates):
            raise cargo.CargoOverBounds("compiling took longer than 90 s", "")
        return folder / "-".join(one.module for one in candidates)

    monkeypatch.setattr(crate, "_build", build)
    adapter = Adapter("", (), INT, None, (), False)
    texts = ("a", "endless b", "c", "d", "endless e")
    candidates = [crate.Candidate(text[-1], "f", text, adapter, False, frozenset()) for text in texts]
    found = crate.build(candidates, tmp_path, tmp_path)
    assert found.native == tmp_path / "a-c-d"
    assert {module: one.code for module, (one,) in found.rejected.items()} == {"b": "PT746", "e": "PT746"}


def test_signatures() -> None:
    checker = SemanticChecker()
    code = """
def merge(target: dict[str, list[int]], pairs: list[tuple[str, int]], limit: int | None = None) -> set[str]:
    for key, value in pairs:
        target[key].append(value)
    return set(target)
"""
    head = "fn merge(target: &mut IndexMap<String, Vec<i64>>, pairs: &[(String, i64)], limit: Option<i64>)"
    assert checker.signature(code) == f"{head} -> HashSet<String>\n{head} -> Result<HashSet<String>, Error>"
    assert checker.signature(IS_EVEN + GCD, "gcd").startswith("fn gcd(a: i64, b: i64) -> i64\n")


@pytest.mark.parametrize(
    ("code", "name", "says"),
    [
        (
            "def f(x: int):\n    return [x, None]\n\ndef g(y) -> int:\n    return 1\n",
            "g",
            "python 4:7: PT101",
        ),
        ("def f(x: list) -> int:\n    return 1\n", None, "PT101"),
        ("x = 1\n", None, "PT741"),
        (IS_EVEN, "odd", "PT741"),
        ("class C: pass\ndef f(x: C) -> int:\n    return 1\n", None, "PT745"),
        ("def f(*xs: int) -> int:\n    return 1\n", None, "PT206"),
    ],
)
def test_python_that_cannot_be_judged(code: str, name: str | None, says: str) -> None:
    with pytest.raises(CheckError, match=re.escape(says)) as error:
        SemanticChecker().signature(code, name)
    assert error.value.findings


@pytest.mark.slow
def test_the_example_of_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    text = PAGE.read_text(encoding="utf-8")
    blocks = re.findall(r"```(python|text)\n(.*?)```", text, re.DOTALL)
    assert [kind for kind, _ in blocks[:2]] == ["python", "text"]
    exec(compile(blocks[0][1], str(PAGE), "exec"), {})
    assert capsys.readouterr().out == blocks[1][1]
