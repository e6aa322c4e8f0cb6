"""`portalis report`: the same report in every form, and the counts of processes."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from portalis.cli.run import run
from portalis.emit.report import REPORT_NAME, Evidence, ItemReport, ReportDiagnostic, make_report, write
from tests.cli.conftest import Outcome

Runner = Callable[..., Outcome]

REFUSED = ReportDiagnostic("PT203", "error", "a decorator", 1, 1, 1, 2)


@pytest.fixture
def portalis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    """The command line in this process, in an empty folder: nothing here is translated."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path) -> Outcome:
        before = signal.getsignal(signal.SIGTERM)
        code = run([*map(str, arguments)])
        signal.signal(signal.SIGTERM, before)
        return Outcome(code, *capsys.readouterr())

    return call


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder as `build` leaves it, of the single module `mod`."""
    folder = tmp_path / "out"
    (folder / "mod").mkdir(parents=True)
    (folder / "mod" / "__init__.py").write_text("@d\ndef f(): ...\ndef g():\n    return 1\n")
    seen = Evidence(80, 0, 0.9, 0.9, 0, missed_lines=(4,))
    items = [
        ItemReport("mod", "f", "function", "mod.py", 2, 2, "python", "python", diagnostics=(REFUSED,)),
        ItemReport("mod", "g", "function", "mod.py", 3, 4, "verified", "rust", confidence=0.9, evidence=seen),
    ]
    write(make_report(items, portalis="0.1", python="3.11", rustc="1.95.0"), folder / REPORT_NAME)
    return folder


def counts(folder: Path, process: str, **calls: tuple[int, int]) -> None:
    folder.mkdir(exist_ok=True)
    counted = {f"mod.{name}": {"rust": rust, "fallback": fell} for name, (rust, fell) in calls.items()}
    data = {"portalis_counts": 1, "package": "mod", "process": process, "counts": counted}
    (folder / f"mod-{process}.json").write_text(json.dumps(data))


def test_text_shows_evidence_diagnostics_and_summary(portalis: Runner, out: Path) -> None:
    done = portalis("report", out, "--verbose")
    assert done.code == 0
    assert "verified  mod.g  80 cases, 90% lines" in done.out
    assert "line 4 was never reached\n      4 |     return 1" in done.out
    assert "PT203 a decorator\n    1 | @d\n" in done.out
    assert "2 functions: 1 verified (50%), 1 python (50%)" in done.out
    assert "PT203" not in portalis("report", out / REPORT_NAME, "--quiet").out.split("(portalis explain")[0]


def test_json_is_the_report_itself(portalis: Runner, out: Path) -> None:
    done = portalis("report", out, "--format", "json")
    assert done.out == (out / REPORT_NAME).read_text()


def test_sarif_and_html_go_to_a_file(portalis: Runner, out: Path, tmp_path: Path) -> None:
    assert portalis("report", out, "--format", "sarif", "-o", "r.sarif").out == ""
    assert json.loads((tmp_path / "r.sarif").read_text())["version"] == "2.1.0"
    assert portalis("report", out, "--format", "html", "-o", "r.html").code == 0
    assert (tmp_path / "r.html").read_text().startswith("<!DOCTYPE html>")


def test_counts_of_several_processes_are_added(portalis: Runner, out: Path) -> None:
    counts(out / "portalis-counts", "1-1", g=(10, 0), f=(1, 3))
    counts(out / "portalis-counts", "2-1", g=(5, 1))
    text = portalis("report", out, "--runtime").out
    assert "calls counted in 2 processes:" in text
    assert "             1          3  mod.f  75.0% fell back to Python\n" in text
    assert "            15          1  mod.g  6.2% fell back to Python\n" in text
    data = json.loads(portalis("report", out, "--runtime", "--format", "json").out)
    assert data["runtime"]["calls"]["mod.g"] == {"rust": 15, "fallback": 1}
    assert data["items"] == json.loads((out / REPORT_NAME).read_text())["items"]


def test_what_was_never_called_is_said(portalis: Runner, out: Path, tmp_path: Path) -> None:
    counts(tmp_path / "elsewhere", "1-1")
    text = portalis("report", out, "--counts", tmp_path / "elsewhere").out
    assert "1 of 1 functions that run in Rust were never called" in text


@pytest.mark.parametrize(
    "content", ["", "[]", '{"portalis_counts": 2}', '{"portalis_counts": 1, "counts": 3}']
)
def test_what_are_no_counts_is_a_clear_error(portalis: Runner, out: Path, content: str) -> None:
    assert "PORTALIS_COUNTS=1" in portalis("report", out, "--runtime").err
    (out / "portalis-counts").mkdir()
    (out / "portalis-counts" / "x.json").write_text(content)
    done = portalis("report", out, "--runtime")
    assert done.code == 2
    assert "x.json" in done.err


def test_a_folder_without_a_report_is_a_clear_error(portalis: Runner, tmp_path: Path) -> None:
    done = portalis("report", tmp_path)
    assert done.code == 2
    assert "portalis-report.json" in done.err
    assert "portalis build" in done.err
