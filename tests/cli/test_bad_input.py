"""Bad input: a clear message, the right exit code, the good files unharmed, nothing half-written."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Outcome, Runner

GOOD = "def double(x: int) -> int:\n    return 2 * x\n"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "good.py").write_text(GOOD, encoding="utf-8")
    return folder


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def no_crash(done: Outcome) -> None:
    assert "Traceback" not in done.err
    assert "bug in Portalis" not in done.err


def test_good_code_passes(portalis: Runner, package: Path) -> None:
    done = portalis("check", package)
    no_crash(done)
    assert done.code == 0, done.out
    assert "1 translatable" in done.out
    assert done.err == ""


def test_standard_input(portalis: Runner) -> None:
    assert portalis("check", "-", stdin=GOOD.encode()).code == 0
    done = portalis("check", "-", stdin=b"def f(\n")
    assert done.code == 1
    assert "PT001" in done.out
    assert portalis("check", "-", "other.py").code == 2


@pytest.mark.parametrize(
    ("name", "data", "code", "place"),
    [
        ("syntax.py", b"def f(x: int) -> int\n    return x\n", "PT001", "syntax.py:1:"),
        ("latin.py", 'CITY = "Zürich"\n'.encode("latin-1"), "PT002", "latin.py:1:"),
        ("nul.py", b"x = 1\0\n", "PT002", "nul.py:1:"),
        ("big.py", b"# " + b"x" * 10_000_000 + b"\n", "PT003", "big.py:"),
        ("deep.py", b"x = " + b"(" * 2000 + b"1" + b")" * 2000 + b"\n", "PT00", "deep.py:"),
        (
            "deepif.py",
            b"".join(b" " * n + b"if 1:\n" for n in range(150)) + b" " * 150 + b"x = 1\n",
            "PT00",
            "deepif",
        ),
        ("plus.py", b"x = " + b"+".join([b"1"] * 20_000) + b"\n", "PT00", "plus.py:"),
    ],
)
def test_a_bad_file_is_named_and_the_good_one_still_checked(
    portalis: Runner, package: Path, name: str, data: bytes, code: str, place: str
) -> None:
    (package / name).write_bytes(data)
    before = snapshot(package)
    done = portalis("check", package)
    no_crash(done)
    assert done.code == 1
    assert code in done.out
    assert place in done.out
    report = json.loads(portalis("check", package, "--format", "json").out)
    assert {item["name"]: item["status"] for item in report["items"]}["double"] == "translatable"
    assert snapshot(package) == before


def test_sources_that_are_not_there(portalis: Runner, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("no code", encoding="utf-8")
    for source in ("missing.py", "missing", "empty", "notes", "notes/a.txt"):
        for command in (["check", source], ["verify", source], ["build", source, "-o", "out"]):
            done = portalis(*command)
            no_crash(done)
            assert done.code == 2, command
            assert Path(source).name in done.err
            assert done.out == ""
    assert not (tmp_path / "out").exists()


def test_symbolic_link_loops_end(portalis: Runner, package: Path) -> None:
    (package / "self").symlink_to(package, target_is_directory=True)
    (package / "loop.py").symlink_to(package / "loop.py")
    done = portalis("check", package)
    no_crash(done)
    assert done.code in (0, 1, 2)


def test_an_output_that_cannot_be_written(portalis: Runner, package: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for command in ("build", "translate"):
        done = portalis(command, package, "-o", tmp_path / "file" / "out")
        no_crash(done)
        assert done.code == 2
        assert "file" in done.err
        done = portalis(command, package, "-o", tmp_path / "file")
        no_crash(done)
        assert done.code == 2
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_output_without_permission(portalis: Runner, package: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(stat.S_IRUSR | stat.S_IXUSR)
    done = portalis("build", package, "-o", locked / "out")
    no_crash(done)
    assert done.code == 2


def test_a_folder_of_the_users_is_never_replaced(portalis: Runner, package: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work", encoding="utf-8")
    for command in ("build", "translate"):
        done = portalis(command, package, "-o", mine)
        no_crash(done)
        assert done.code == 2
        assert snapshot(mine) == {"thesis.txt": b"years of work"}


@pytest.mark.parametrize("command", ["build", "translate"])
def test_interrupting_leaves_nothing(
    package: Path, tmp_path: Path, environment: dict[str, str], command: str
) -> None:
    before = set(tmp_path.iterdir())
    child = subprocess.Popen(
        [sys.executable, "-m", "portalis", command, str(package), "-o", str(tmp_path / "out")],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(1.5)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=60)
    assert child.returncode == 130, err.decode()
    assert set(tmp_path.iterdir()) == before


def test_a_closed_pipe_is_no_error(package: Path, environment: dict[str, str]) -> None:
    for index in range(200):
        (package / f"bad{index}.py").write_text("def f(x):\n    return x\n", encoding="utf-8")
    command = f"{sys.executable} -m portalis check {package} | head -1"
    done = subprocess.run(
        ["bash", "-c", command], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
