"""The report: written, read back, counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portalis.diagnostics import Diagnostic, Span
from portalis.emit import report
from tests.emit.kit_project import kit

EVIDENCE = report.Evidence(
    cases=1024,
    recorded=6,
    lines=1.0,
    branches=0.93,
    mismatches=0,
    speedup=3.5,
    missed_lines=(12,),
    missed_branches=((8, 12), (9, -1)),
    counterexamples=(report.Counterexample("kit.root(4)", "2", "3", "value", "def test() -> None: ..."),),
)
FINDING = Diagnostic("PT203", "a decorator", Span(12, 8, 12, 20), hint="remove it")


def _sample() -> report.Report:
    first, second, third = kit().items[:3]
    items = [
        report.item_entry(first, "verified", "rust", evidence=EVIDENCE, confidence=0.997),
        report.item_entry(second, "compiled", "python"),
        report.item_entry(third, "python", "python", extra=[FINDING]),
    ]
    lost = report.diagnostic_entry(FINDING, file="kit/broken.py")
    seconds = {"type": 0.41234, "lower": 1.0}
    return report.make_report(
        items, portalis="0.1", python="3.11", rustc="1.95.0", seconds=seconds, diagnostics=[lost]
    )


def test_json_has_the_published_form() -> None:
    data = json.loads(report.to_json(_sample()))
    assert list(data)[:6] == ["schema", "portalis", "python", "rustc", "summary", "items"]
    assert data["schema"] == 1
    counted = {
        name: data["summary"][name] for name in ("items", "functions", "verified", "compiled", "python")
    }
    assert counted == {"items": 3, "functions": 3, "verified": 1, "compiled": 1, "python": 1}
    assert data["summary"]["seconds"] == {"type": 0.412, "lower": 1.0}
    first = data["items"][0]
    assert (first["module"], first["name"], first["status"], first["runs"]) == (
        "kit",
        "root",
        "verified",
        "rust",
    )
    wanted: dict[str, object] = {
        "cases": 1024,
        "recorded": 6,
        "lines": 1.0,
        "branches": 0.93,
        "mismatches": 0,
        "declined": 0,
        "discarded": 0,
        "exhaustive": False,
        "speedup": 3.5,
        "missed_lines": [12],
        "missed_branches": [[8, 12], [9, -1]],
        "counterexamples": [
            {
                "call": "kit.root(4)",
                "expected": "2",
                "actual": "3",
                "difference": "value",
                "pytest": "def test() -> None: ...",
            }
        ],
        "cached": False,
    }
    assert {name: first["evidence"][name] for name in wanted} == wanted
    assert first["rust"] == "root"
    finding = data["items"][2]["diagnostics"][0]
    assert {name: finding[name] for name in ("code", "severity", "message", "line", "column", "hint")} == {
        "code": "PT203",
        "severity": "error",
        "message": "a decorator",
        "line": 12,
        "column": 8,
        "hint": "remove it",
    }


def test_read_gives_what_was_written(tmp_path: Path) -> None:
    sample = _sample()
    report.write(sample, tmp_path / report.REPORT_NAME)
    assert report.read(tmp_path) == sample
    assert report.read(tmp_path / report.REPORT_NAME) == sample


def test_a_report_of_an_earlier_version_is_read() -> None:
    data = json.loads(report.to_json(_sample()))
    for entry in data["items"]:
        del entry["rust"]
        if entry["evidence"]:
            entry["evidence"] = {
                name: entry["evidence"][name]
                for name in ("cases", "recorded", "lines", "branches", "mismatches")
            }
    (first, *_) = report.from_json(json.dumps(data)).items
    assert first.evidence == report.Evidence(1024, 6, 1.0, 0.93, 0)


def test_evidence_that_is_not_ours_is_refused() -> None:
    data = json.loads(report.to_json(_sample()))
    for name, value in (("missed_lines", 3), ("missed_branches", [1]), ("counterexamples", [{"call": 1}])):
        wrong = json.loads(json.dumps(data))
        wrong["items"][0]["evidence"][name] = value
        with pytest.raises(report.ReportError):
            report.from_json(json.dumps(wrong))


@pytest.mark.parametrize(
    "text", ["", "[]", '{"schema": 2}', '{"schema": 1}', '{"schema": 1, "portalis": 1, "items": [{}]}']
)
def test_what_is_no_report_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text(text)
    with pytest.raises(report.ReportError):
        report.read(tmp_path / "r.json")


def test_a_missing_report_is_refused(tmp_path: Path) -> None:
    with pytest.raises(report.ReportError, match="cannot read"):
        report.read(tmp_path)
