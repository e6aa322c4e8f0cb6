"""`portalis test` as users run it, on a small project in the `src` layout."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Runner

MODULE = '''
def gcd(a: int, b: int) -> int:
    """The greatest common divisor.

    >>> gcd(4, 6)
    2
    """
    while b:
        a, b = b, a % b
    return a
'''
TESTS = """
from pathlib import Path

import kit.numbers
from kit.numbers import gcd


def test_small():
    assert gcd(12, 18) == 6

def test_big():
    assert gcd(10**30, 10**20) == 10**20

def test_where(request):
    assert Path(kit.numbers.__file__).is_relative_to(request.config.rootpath)

def test_wrong():
    assert gcd(2, 4) == 3

def test_peeks():
    assert gcd.__code__.co_nlocals == 2
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("suite") / "kit"
    (folder / "src" / "kit").mkdir(parents=True)
    (folder / "src" / "kit" / "__init__.py").write_text("")
    (folder / "src" / "kit" / "numbers.py").write_text(MODULE)
    (folder / "tests").mkdir()
    (folder / "tests" / "test_numbers.py").write_text(TESTS)
    (folder / "pyproject.toml").write_text('[project]\nname = "kit"\nversion = "1"\n')
    return folder


@pytest.mark.slow
def test_only_a_test_that_differs_is_a_failure(portalis: Runner, project: Path, tmp_path: Path) -> None:
    done = portalis(
        "test", project, "--effort", "quick", "--", "--deselect", "tests/test_numbers.py::test_peeks"
    )
    assert done.code == 0, done.err
    lines = done.out.splitlines()
    assert lines[0] == "fails in the original too  tests/test_numbers.py::test_wrong  (failed)"
    assert "4 tests: 4 same, 1 failing in the original too" in lines
    assert "calls: 2 answered by rust, 1 by the python fallback" in done.out
    assert "declined most often: kit.numbers.gcd (1)" in lines

    # The build is there now, so what follows only runs the tests.
    whole = portalis("test", project, "--effort", "quick", "--format", "json")
    assert whole.code == 1
    found = json.loads(whole.out)
    assert found["summary"]["different"] == 1
    assert found["calls"]["kit.numbers.gcd"]["rust"] == 2
    row = next(row for row in found["tests"] if row["id"].endswith("::test_peeks"))
    assert (row["python"]["outcome"], row["hybrid"]["outcome"]) == ("passed", "failed")

    alone = portalis("test", project, "--effort", "quick", "--rust-only", "--", "-k", "small or big")
    assert alone.code == 1
    assert "declined  tests/test_numbers.py::test_big  (kit.numbers.gcd)" in alone.out
    assert "2 tests: 1 same, 1 declined by rust" in alone.out

    built = portalis("build", project, "-o", tmp_path / "out", "--effort", "quick", "--format", "json")
    (item,) = (one for one in json.loads(built.out)["items"] if one["name"] == "gcd")
    assert item["evidence"]["recorded"] == 3  # (12, 18) and (2, 4) of the tests, (4, 6) of the doctest


def test_a_project_without_tests_is_told_so(portalis: Runner, project: Path, tmp_path: Path) -> None:
    shutil.copytree(project / "src", tmp_path / "bare" / "src")
    done = portalis("test", tmp_path / "bare")
    assert done.code == 2
    assert "error: PT720: no tests were found that belong to" in done.err
    assert "help: " in done.err
