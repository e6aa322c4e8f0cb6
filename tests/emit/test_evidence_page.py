"""docs/evidence.md names every field of the report, and none that isn't there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from portalis.emit.report import Counterexample, Evidence, ItemReport, ReportDiagnostic

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "evidence.md").read_text(encoding="utf-8")


def rows(heading: str) -> dict[str, str]:
    """The cells of the table under a heading, by the names in its first column."""
    table = PAGE.split(f"### {heading}\n", 1)[1].split("\n## ", 1)[0].split("\n### ", 1)[0]
    cells = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("| `")]
    return {name: cell[1] for cell in cells for name in re.findall(r"`(\w+)`", cell[0])}


def names(kind: type) -> set[str]:
    return {one.name for one in fields(kind)}


def test_the_tables_name_every_field() -> None:
    assert set(rows("An item")) == names(ItemReport)
    assert set(rows("Its evidence")) == names(Evidence)
    diagnostics = set(re.findall(r"`(\w+)`", rows("An item")["diagnostics"]))
    assert diagnostics == names(ReportDiagnostic)
    told = set(re.findall(r"`(\w+)`", rows("Its evidence")["counterexamples"].split("(")[0] + "`pytest`"))
    assert told == names(Counterexample)
