"""Planted faults are caught, those that are none are told apart, and the report says so."""

from __future__ import annotations

import json

import pytest

from portalis.bench import calibration
from portalis.bench.result import CAUGHT, Result

pytestmark = pytest.mark.slow


def test_the_functions_are_verified_before_faults_count(result: Result) -> None:
    assert {one.key: one.verified for one in result.functions} == {
        "grades:graded": True,
        "grades:doubled": True,
        "grades:same": True,
        "grades:total": True,
    }


@pytest.mark.parametrize(
    "operator",
    ["comparison", "constant", "condition", "exception", "message", "statement", "write-back", "overflow",
     "loop", "statement-order", "text-constant"],
)  # fmt: skip
def test_faults_of_the_operator_are_planted_and_caught(result: Result, operator: str) -> None:
    trials = [one for one in result.trials if one.fault.operator == operator]
    assert trials
    assert [one.fault.after for one in trials if one.ending == "survived"] == []
    assert any(one.ending in CAUGHT for one in trials)


def test_a_caught_fault_names_the_call_that_shows_it(result: Result) -> None:
    caught = [one for one in result.trials if one.ending == "mismatch" and one.fault.key == "grades:graded"]
    assert caught
    assert all(one.seen.counterexamples[0].call.startswith("grades.graded(") for one in caught)


def test_a_fault_that_is_compiled_to_the_same_code_is_none(result: Result) -> None:
    same = {one.fault.after for one in result.trials if one.ending == "same-code"}
    assert "x.wrapping_add(0)" in same


def test_what_rustc_rejects_is_not_planted(result: Result) -> None:
    assert result.stillborn
    assert not {one.id for one in result.stillborn} & {one.fault.id for one in result.trials}


def test_the_report_adds_up(result: Result) -> None:
    report = json.loads(json.dumps(result.as_json()))
    summary = report["summary"]
    endings = ("mismatch", "unverified", "same-code", "judged", "survived")
    assert report["schema"] == 1
    assert summary["planted"] == len(report["faults"]) == sum(summary[ending] for ending in endings)
    for column in ("planted", "stillborn", *endings):
        assert summary[column] == sum(row[column] for row in report["operators"].values())
    assert {"id", "function", "operator", "line", "before", "after", "ending", "cases", "seconds"} <= set(
        report["faults"][0]
    )


def test_a_fault_has_the_same_id_in_every_run(result: Result) -> None:
    ids = [one.fault.id for one in result.trials]
    assert len(ids) == len(set(ids))


def test_confidence_is_read_back_from_a_report(
    result: Result, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("report") / "result.json"
    file.write_text(json.dumps(result.as_json()), encoding="utf-8")
    points = calibration.read_points([file])
    caught = [one for one in result.trials if one.ending == "mismatch"]
    assert len([point for point in points if not point.stood]) == sum(
        len(one.seen.progress) for one in caught
    )
    assert all(0.0 <= point.stated <= 1.0 for point in points)
    assert sum(one.points for one in calibration.bins(points)) == len(points)
