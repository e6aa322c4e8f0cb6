"""How findings are shown, on reports made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portalis.cli.diagnostic_text import diagnostic_lines
from portalis.cli.evidence_text import evidence_lines
from portalis.cli.findings import findings
from portalis.cli.github import github
from portalis.cli.outcome import answer_code, output_code
from portalis.cli.sarif import sarif
from portalis.cli.summary_text import summary_lines
from portalis.emit.report import (
    Counterexample,
    Evidence,
    ItemReport,
    Report,
    ReportDiagnostic,
    Status,
    make_report,
)

REFUSED = ReportDiagnostic("PT203", "error", "a decorator", 2, 6, 2, 9, hint="call it, or 100%: not\nthis")


def item(
    name: str, status: Status, *diagnostics: ReportDiagnostic, evidence: Evidence | None = None
) -> ItemReport:
    return ItemReport(
        "pkg.mod",
        name,
        "function",
        "pkg/mod.py",
        1,
        3,
        status,
        "python",
        evidence=evidence,
        diagnostics=diagnostics,
    )


def report(*items: ItemReport, diagnostics: tuple[ReportDiagnostic, ...] = ()) -> Report:
    return make_report(items, portalis="1", python="3.11", rustc="1.95", diagnostics=diagnostics)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "pkg"
    folder.mkdir()
    (folder / "mod.py").write_text("import x\n\t名 = @b(3)\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.mark.parametrize("below", ["", "pkg", "pkg/mod.py"])
def test_files_are_found_again_from_any_source(package: Path, below: str) -> None:
    source = package.parent / below
    found = findings(report(item("f", "python", REFUSED)), [source])
    assert [one.path for one in found] == [package / "mod.py"]
    assert found[0].shown == str(Path("pkg") / "mod.py")


def test_text_points_at_the_code_whatever_its_width(package: Path) -> None:
    lines = list(diagnostic_lines(findings(report(item("f", "python", REFUSED)), [package])))
    assert lines[0] == f"{Path('pkg') / 'mod.py'}:2:6: \x1b[31m\x1b[1mPT203\x1b[0m a decorator"
    assert lines[1] == "    2 | \t名 = @b(3)"
    assert lines[2] == "      | \t     \x1b[31m^^^\x1b[0m"
    assert "call it" in lines[3]


def test_standard_input_is_quoted_too() -> None:
    entry = ReportDiagnostic("PT001", "error", "bad", 1, 3, 1, 4, file="<stdin>")
    lines = list(diagnostic_lines(findings(report(diagnostics=(entry,)), ["-"]), b"a b c\n"))
    assert lines[0].startswith("<stdin>:1:3: ")
    assert "a b c" in lines[1]


def test_a_place_outside_the_file_is_shown_without_its_line(package: Path) -> None:
    entry = ReportDiagnostic("PT901", "error", "lost", 99, 1)
    assert len(list(diagnostic_lines(findings(report(item("f", "python", entry)), [package])))) == 1


def test_one_diagnostic_on_two_items_is_shown_once(package: Path) -> None:
    both = report(item("f", "python", REFUSED), item("g", "python", REFUSED))
    assert len(findings(both, [package])) == 1


def test_sarif_is_complete(package: Path) -> None:
    log = json.loads(sarif(findings(report(item("f", "python", REFUSED)), [package])))
    run = log["runs"][0]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["PT203"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "pkg/mod.py"
    assert place["region"] == {"startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 9}


def test_github_escapes_what_would_end_the_command(package: Path) -> None:
    lines = list(github(findings(report(item("f", "python", REFUSED)), [package])))
    place = "title=PT203,file=pkg/mod.py,line=2,col=6,endLine=2,endColumn=9"
    assert lines == [f"::error {place}::a decorator%0Acall it, or 100%25: not%0Athis"]


def test_summary_counts_shares_and_what_stands_in_the_way() -> None:
    text = "\n".join(summary_lines(report(item("f", "python", REFUSED), item("g", "verified"))))
    assert "2 functions: " in text
    assert "1 verified" in text
    assert "(50%)" in text
    assert "    1  PT203  a decorator that is not translated" in text


def test_evidence_is_one_line_per_function() -> None:
    shown = item("f", "verified", evidence=Evidence(128, 4, 1.0, 0.5, 0))
    lines = [line for line in evidence_lines(report(shown)) if line]
    assert len(lines) == 1
    assert "128 cases, 4 recorded, 100% lines, 50% branches" in lines[0]


def test_what_was_never_reached_is_shown_with_its_source() -> None:
    seen = Evidence(80, 0, 0.8, 0.5, 0, missed_lines=(3,), missed_branches=((2, 3), (2, -1)))
    source = {"pkg/mod.py": ["def f(x):", "    if x:", "        return 1\x1b"]}
    shown = "\n".join(evidence_lines(report(item("f", "compiled", evidence=seen)), source))
    assert "  line 3 was never reached\n      3 |         return 1\N{REPLACEMENT CHARACTER}\n" in shown
    assert "  from line 2, control never went to the end of the function\n      2 |     if x:\n" in shown
    assert "to line 3" not in shown
    quiet = list(evidence_lines(report(item("f", "verified", evidence=seen)), source))
    assert len([line for line in quiet if line]) == 1
    loud = evidence_lines(report(item("f", "verified", evidence=seen)), source, verbose=True)
    assert "line 3 was never reached" in "\n".join(loud)


def test_a_counterexample_is_shown_with_both_answers_and_its_test(package: Path) -> None:
    test = "def test_f() -> None:\n    assert f(4) == '```'\n"
    example = Counterexample("pkg.mod.f(4)", "2", "3", "value", test)
    seen = Evidence(80, 0, 1.0, 1.0, 1, counterexamples=(example,))
    told = ReportDiagnostic("PT701", "error", "`pkg.mod.f(4)` gives 2 in python, 3 in the translation", 2, 1)
    shown = report(item("f", "python", told, evidence=seen))
    text = "\n".join(evidence_lines(shown))
    assert "pkg.mod.f(4)" in text
    assert "    python: 2\n    rust:   3\n" in text
    assert "      def test_f() -> None:\n          assert f(4) == '```'\n" in text
    (result,) = json.loads(sarif(findings(shown, [package])))["runs"][0]["results"]
    assert test in result["message"]["text"]
    assert f"````python\n{test}````" in result["message"]["markdown"]


def test_exit_codes_of_answers() -> None:
    good, bad, kept = item("g", "verified"), item("b", "python", REFUSED), item("k", "python")
    assert answer_code(report(good), "verified", None) == 0
    assert answer_code(report(good, kept), "verified", None) == 0
    assert answer_code(report(good, bad), "verified", None) == 1
    assert answer_code(report(good, bad), "verified", 50.0) == 0
    assert answer_code(report(good, bad), "verified", 51.0) == 1
    assert answer_code(report(), "verified", None) == 0
    broken = ReportDiagnostic("PT001", "error", "syntax", 1, 1, file="pkg/x.py")
    assert answer_code(report(good, diagnostics=(broken,)), "verified", None) == 1


def test_exit_codes_of_outputs() -> None:
    half = report(item("g", "verified"), item("b", "python", REFUSED))
    assert output_code(half, None) == 0
    assert output_code(half, 50.0) == 0
    assert output_code(half, 50.1) == 1
