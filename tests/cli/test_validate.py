"""`portalis validate` on files, with and without the Python."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Runner

_GOOD = "/// Twice.\npub fn twice(x: i64) -> i64 {\n    x * 2\n}\n"
_BAD = "pub fn twice(x: i64) -> i64 {\n    y * 2\n}\n"


def test_sound_rust_exits_with_0(portalis: Runner, tmp_path: Path) -> None:
    (tmp_path / "a.rs").write_text(_GOOD)
    (tmp_path / "a.py").write_text("def twice(x: int) -> int:\n    return x * 2\n")
    done = portalis("validate", "a.rs", "--python", "a.py")
    assert done.code == 0, done
    assert done.out == "a.rs: valid; 0 errors, 0 warnings\n"


def test_errors_are_shown_with_their_line_and_exit_with_1(portalis: Runner, tmp_path: Path) -> None:
    (tmp_path / "b.rs").write_text(_BAD)
    done = portalis("validate", "b.rs")
    assert done.code == 1
    assert "b.rs:2:5: E0425 cannot find value `y` in this scope" in done.out
    assert "    2 |     y * 2\n      |     ^" in done.out


def test_json_has_every_issue_and_the_figures(portalis: Runner) -> None:
    done = portalis("validate", "-", "--format", "json", "--level", "semantic", stdin=_BAD.encode())
    result = json.loads(done.out)["files"]["-"]
    assert (done.code, result["valid"], result["level"]) == (1, False, "SEMANTIC")
    assert result["issues"][0]["code"] == "E0425"
    assert result["issues"][0]["span"] == [2, 5, 2, 6]
    assert result["metrics"]["functions"] == 1


def test_a_file_that_is_not_there_is_said(portalis: Runner) -> None:
    done = portalis("validate", "none.rs")
    assert done.code == 2
    assert "can't read none.rs: No such file or directory" in done.err
