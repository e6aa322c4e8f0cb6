"""A project's own tests on the original and on a hybrid package (made by hand, wrong in known ways)."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from portalis.validation.suite import SuiteLimits, TestOutcome, UsageRefusedError, prepared
from portalis.validation.suite_compare import Comparison, compare_suites, difference, to_json
from portalis.validation.suite_folder import SuiteError, SuiteFolder, find_suite

ORIGINAL = '''
def f(x):
    """
    >>> f(1)
    2
    """
    return x + 1

def g(x):
    raise ValueError(f"no {x}")
'''
WRONG = ORIGINAL.replace("return x + 1", "return x + (2 if x == 3 else 1)").replace("no {x}", "not {x}")
TESTS = """
import subprocess
import sys
import time
import unittest
from pathlib import Path

import pytest

import kit
from .values import ONE


def test_agrees(one):
    assert kit.f(one) == 2 == kit.f(ONE)

def test_differs():
    assert kit.f(3) == 4

def test_differs_in_a_subprocess():
    code = "import kit; print(kit.f(3))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "4\\n"

def test_fails_otherwise():
    kit.g(1)

def test_fails_alike(tmp_path):
    raise OSError(f"{tmp_path.parent.parent.parent}: {object()}")

def test_wavers():
    raise ValueError(time.time_ns())

def test_prints():
    print(kit.f(3))

def test_the_copy_is_imported(request):
    assert Path(kit.__file__).is_relative_to(request.config.rootpath)

@pytest.mark.xfail
def test_expected():
    assert kit.f(1) == 1

@pytest.mark.skip
def test_skipped():
    raise AssertionError

@pytest.fixture
def broken():
    raise KeyError("setup")

def test_error(broken):
    pass


class Case(unittest.TestCase):
    def test_unit(self):
        self.assertEqual(kit.f(1), 2)

    def test_parts(self):
        with self.subTest(n=1):
            kit.g(1)
"""


@pytest.fixture(scope="module", autouse=True)
def without_plugins() -> Iterator[None]:
    """The plugins that are installed here have no part in these suites, and take time to load."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        yield


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def hybrid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("hybrid"), {"kit/__init__.py": WRONG})


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(
        tmp_path_factory.mktemp("project"),
        {
            "pyproject.toml": '[tool.pytest.ini_options]\naddopts = "--doctest-glob=*.doctest"',
            "src/kit/__init__.py": ORIGINAL,
            "tests/__init__.py": "",
            "tests/values.py": "ONE = 1",
            "tests/conftest.py": "import pytest\n@pytest.fixture\ndef one():\n    return 1",
            "tests/test_kit.py": TESTS,
            "tests/more.doctest": ">>> import kit\n>>> kit.f(1)\n2\n",
        },
    )


@pytest.fixture(scope="module")
def compared(project: Path, hybrid: Path) -> Comparison:
    suite = find_suite(project / "src", ["kit"])
    assert suite is not None
    assert suite.folder == project
    return compare_suites(suite, hybrid, compare_output=True)


def standing(found: Comparison, name: str) -> tuple[str, str, str]:
    pair = next(pair for pair in found.tests if pair.nodeid.endswith(f"::{name}"))
    assert pair.python is not None
    assert pair.hybrid is not None
    return pair.standing, pair.python.outcome, pair.hybrid.outcome


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("test_agrees", ("same", "passed", "passed")),
        ("test_differs", ("different", "passed", "failed")),
        ("test_differs_in_a_subprocess", ("different", "passed", "failed")),
        ("test_fails_otherwise", ("different", "failed", "failed")),
        ("test_fails_alike", ("same", "failed", "failed")),
        ("test_wavers", ("flaky", "failed", "failed")),
        ("test_prints", ("different", "passed", "passed")),
        ("test_the_copy_is_imported", ("same", "passed", "passed")),
        ("test_expected", ("same", "xfailed", "xfailed")),
        ("test_skipped", ("same", "skipped", "skipped")),
        ("test_error", ("same", "error", "error")),
        ("test_unit", ("same", "passed", "passed")),
        ("test_parts", ("different", "failed", "failed")),
        ("more.doctest", ("same", "passed", "passed")),
    ],
)
def test_every_test_stands_as_it_does(
    compared: Comparison, name: str, expected: tuple[str, str, str]
) -> None:
    assert standing(compared, name) == expected


def test_a_comparison_says_what_was_raised(compared: Comparison) -> None:
    assert not compared.succeeded
    assert compared.foreign == ()
    document = json.loads(to_json(compared))
    assert document["schema"] == 1
    assert document["summary"]["different"] == 5
    rows = {row["id"]: row for row in document["tests"]}
    row = rows["tests/test_kit.py::test_fails_otherwise"]
    assert (row["python"]["exception"], row["python"]["message"]) == ("ValueError", "no 1")
    assert row["hybrid"]["message"] == "not 1"
    part = rows["tests/test_kit.py::Case::test_parts"]["python"]
    assert (part["exception"], part["message"]) == ("ValueError", "no 1")
    assert "AssertionError" in rows["tests/test_kit.py::test_differs"]["hybrid"]["exception"]


def test_the_project_itself_stays_as_it_was(compared: Comparison, project: Path) -> None:
    names = {path.name for path in project.rglob("*")}
    assert names == {
        "pyproject.toml", "src", "kit", "__init__.py", "tests", "values.py", "conftest.py", "test_kit.py",
        "more.doctest",
    }  # fmt: skip


def test_the_hybrid_is_imported_in_a_flat_layout_too(tmp_path: Path, hybrid: Path) -> None:
    folder = write(
        tmp_path / "flat",
        {
            "kit/__init__.py": ORIGINAL,
            "kit/test_inside.py": "from kit import f\ndef test_it(): assert f(3) == 4",
            "test_kit.py": "import kit\ndef test_it(): assert kit.f(1) == 2",
            "setup.cfg": "[tool:pytest]\ntestpaths = test_kit.py",
        },
    )
    suite = find_suite(folder, ["kit"])
    assert suite is not None
    found = compare_suites(suite, hybrid, ["--import-mode=importlib", "--doctest-modules", str(folder)])
    different = [pair.nodeid for pair in found.standing("different")]
    assert different == ["kit/test_inside.py::test_it"]
    by_name = {pair.nodeid: pair for pair in found.tests}
    assert by_name["kit/__init__.py::kit.f"].standing == "same"
    assert found.foreign == ()


def test_a_hybrid_that_is_not_imported_is_no_success(tmp_path: Path, hybrid: Path) -> None:
    folder = write(
        tmp_path / "trap",
        {
            "kit/__init__.py": ORIGINAL,
            "conftest.py": f"""
                import importlib.util, pathlib, sys
                file = pathlib.Path.home() / "elsewhere.py"
                file.write_text({ORIGINAL!r})
                spec = importlib.util.spec_from_file_location("kit", file)
                sys.modules["kit"] = importlib.util.module_from_spec(spec)
                spec.loader.exec_module(sys.modules["kit"])
            """,
            "test_kit.py": "import kit\ndef test_it(): assert kit.f(3) == 4",
        },
    )
    found = compare_suites(SuiteFolder(folder, folder, ("kit",)), hybrid)
    assert found.standing("different") == ()
    assert [Path(file).name for file in found.foreign] == ["elsewhere.py"]
    assert not found.succeeded


def test_tests_that_hang_or_end_the_process_cost_themselves(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "slow",
        {
            "kit/__init__.py": ORIGINAL,
            "test_kit.py": """
                import os
                def test_hangs():
                    while True: pass
                def test_ends(): os._exit(3)
                def test_goes_on(): pass
            """,
        },
    )
    with prepared(SuiteFolder(folder, folder, ("kit",)), limits=SuiteLimits(test_seconds=6.0)) as side:
        run = side.run([], side.project)
    outcomes = {name.partition("::")[2]: found.outcome for name, found in run.tests.items()}
    assert outcomes == {"test_hangs": "hung", "test_ends": "crashed", "test_goes_on": "passed"}
    assert run.imported == {"kit": set()}


@pytest.mark.parametrize(
    ("tests", "arguments", "message"),
    [
        ("import absent_module", [], "can't be collected: test_kit.py: ModuleNotFoundError"),
        ("", [], "no tests were found"),
        ("def test_it(): pass", ["--absent=1"], "it does not know --absent"),
    ],
)
def test_a_suite_that_cannot_be_run_says_why(
    tmp_path: Path, tests: str, arguments: list[str], message: str
) -> None:
    folder = write(tmp_path / "odd", {"kit/__init__.py": "", "test_kit.py": tests})
    with pytest.raises(SuiteError, match=message) as raised:
        compare_suites(SuiteFolder(folder, folder, ("kit",)), folder, arguments)
    assert str(raised.value).startswith("PT720: ")
    assert raised.value.hint
    if arguments:
        assert isinstance(raised.value, UsageRefusedError)
        assert raised.value.unknown == ("--absent",)


def test_a_project_is_the_folder_whose_tests_are_about_the_package(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "pyproject.toml": '[project]\nname = "other"',
            "tests/test_other.py": "",
            "src/other/__init__.py": "",
            "examples/kit/__init__.py": "",
        },
    )
    assert find_suite(tmp_path / "examples", ["kit"]) is None
    found = find_suite(tmp_path / "src", ["other"])
    assert found is not None
    assert found.folder == tmp_path


def test_output_counts_only_when_asked() -> None:
    one, two = TestOutcome("passed", output="1"), TestOutcome("passed", output="2")
    assert difference(one, two, compare_output=False) == ""
    assert difference(one, two, compare_output=True) == "other output"
    assert difference(one, None, compare_output=False) == "not there on one side"
