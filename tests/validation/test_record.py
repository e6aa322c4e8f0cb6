"""Recording the calls that doctests and a project's own tests make."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis.validation.child.kept import KeptCalls
from portalis.validation.record import Recording, record, record_suite
from portalis.validation.suite_folder import SuiteFolder, find_suite

HELPER = '''
def twice(xs, times=2, *, sep="-"):
    """
    >>> twice([1], sep="+")
    '1+1'
    >>> twice([3])
    'wrong on purpose'
    """
    text = sep.join(str(x) for x in xs * times)
    xs.clear()
    return text
'''
USER = '''
"""
>>> use(4)
'4-4'
>>> import missing_module
>>> use(object) and use(5)
'5-5'
"""
from helper import twice

class Box:
    @staticmethod
    def make(n):
        return twice([n])

def use(n):
    return Box.make(n)

def spread(*args):
    return args
'''


def test_calls_are_taken_down_before_they_change_their_arguments(tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text(HELPER)
    (tmp_path / "user.py").write_text(USER)
    seen = record(tmp_path, ["helper", "user"])
    assert seen.calls["helper:twice"] == [([1], 2, "+"), ([3], 2, "-"), ([4], 2, "-"), ([5], 2, "-")]
    assert seen.calls["user:Box.make"] == [(4,), (5,)]
    assert seen.calls["user:use"] == [(4,), (5,)]
    assert seen.attempted == {"helper": 2, "user": 3}
    assert seen.failed == {"helper": 1, "user": 1}
    assert seen.problems == {}


def test_functions_written_alike_in_two_modules_are_told_apart(tmp_path: Path) -> None:
    for name in ("here", "there"):
        (tmp_path / f"{name}.py").write_text("def f(n):\n    return n\n")
    (tmp_path / "user.py").write_text('"""\n>>> import here, there\n>>> here.f(1) + there.f(2)\n3\n"""\n')
    seen = record(tmp_path, ["here", "there", "user"])
    assert seen.calls == {"here:f": [(1,)], "there:f": [(2,)]}


def test_doctests_that_end_the_process_cost_only_their_module(tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text('"""\n>>> import os; os._exit(1)\n"""\n')
    (tmp_path / "leaves.py").write_text(
        'def f(n):\n    """\n    >>> f(1)\n    >>> raise SystemExit\n    """\n'
    )
    (tmp_path / "good.py").write_text('def f(n):\n    """\n    >>> f(1)\n    1\n    """\n    return n\n')
    seen = record(tmp_path, ["bad", "leaves", "good"])
    assert "ends the process" in seen.problems["bad"]
    assert seen.calls["good:f"] == [(1,)]
    assert seen.calls["leaves:f"] == [(1,)]


def test_calls_that_a_docstring_writes_down_are_inputs(tmp_path: Path) -> None:
    (tmp_path / "told.py").write_text(
        "def valid(date: str, strict: bool) -> bool:\n"
        '    """For example valid("03-11-2000", True) => True, but valid(date, False) says nothing."""\n'
        "    return strict\n",
        encoding="utf-8",
    )
    recording = record(tmp_path, ["told"])
    assert recording.calls == {"told:valid": [("03-11-2000", True)]}
    assert recording.attempted == {"told": 0}


@pytest.fixture(autouse=True)
def without_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plugins that are installed here have no part in these suites, and take time to load."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def project(folder: Path, tests: str, options: str = "") -> SuiteFolder:
    """A project in the `src` layout, whose module `kit` has a function `half` and a class `Box`."""
    package = folder / "src" / "kit"
    package.mkdir(parents=True)
    (folder / "pyproject.toml").write_text(f'[tool.pytest.ini_options]\naddopts = "{options}"\n')
    (package / "__init__.py").write_text(
        "def half(n, *, exact=False):\n"
        "    if exact and n % 2:\n"
        '        raise ValueError("odd")\n'
        "    return n // 2\n"
        "class Box:\n"
        "    @staticmethod\n"
        "    def size(text): return len(text)\n"
        "    def area(self, n): return half(n)\n"
        "def each(xs):\n"
        "    yield from xs\n"
    )
    (folder / "tests").mkdir()
    (folder / "tests" / "test_kit.py").write_text(tests)
    found = find_suite(folder / "src", ["kit"])
    assert found is not None
    return found


def suite_calls(suite: SuiteFolder, seconds: float = 60.0) -> Recording:
    recording = Recording()
    record_suite(recording, suite, ["kit"], (), seconds)
    return recording


def test_calls_of_the_projects_own_tests_are_recorded(tmp_path: Path) -> None:
    tests = (
        "import kit, pytest, unittest\n"
        "@pytest.mark.parametrize('n', [4, 6])\n"
        "def test_half(n): assert kit.half(n) == n / 2\n"
        "def test_odd():\n"
        "    with pytest.raises(ValueError): kit.half(5, exact=True)\n"
        "class T(unittest.TestCase):\n"
        "    def setUp(self): kit.Box.size('set up')\n"
        "    def test_box(self): self.assertEqual(kit.Box().area(8), 5)\n"
        "def test_lazily(): assert list(kit.each([1, 2])) == [1, 2]\n"
    )
    seen = suite_calls(project(tmp_path, tests, "--cov=kit --cov-report=html"))
    assert seen.note == ""
    assert seen.tests == 5
    assert seen.calls == {
        "kit:half": [(4, False), (6, False), (5, True), (8, False)],
        "kit:Box.size": [("set up",)],
        "kit:each": [([1, 2],)],
    }


def test_tests_that_end_or_stop_the_process_cost_only_themselves(tmp_path: Path) -> None:
    tests = (
        "import kit, os\n"
        "def test_first(): kit.half(2)\n"
        "def test_dies(): kit.half(4); os._exit(1)\n"
        "def test_last(): kit.half(6)\n"
    )
    seen = suite_calls(project(tmp_path, tests))
    assert seen.note == ""
    assert (6, False) in seen.calls["kit:half"]


@pytest.mark.parametrize(
    ("tests", "why"),
    [
        ("import absent_module\n", "can't be collected: tests/test_kit.py: ModuleNotFoundError"),
        ("", "no tests were found"),
    ],
)
def test_a_suite_that_cannot_be_run_costs_its_recordings_only(tmp_path: Path, tests: str, why: str) -> None:
    seen = suite_calls(project(tmp_path, tests))
    assert why in seen.note
    assert seen.calls == {}


def test_a_run_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    tests = "import kit, time\ndef test_slow():\n    kit.half(2)\n    time.sleep(600)\n"
    seen = suite_calls(project(tmp_path, tests), seconds=8.0)
    assert seen.note == "the tests were run in part: it was ended after 8 s"


def test_calls_of_many_kinds_are_kept_rather_than_the_first_ones() -> None:
    kept = KeptCalls(4)
    for n in range(50):
        kept.add(str(n), n, "common", telling=n == 0)
    for n, kind in ((100, "rare"), (101, "odd"), (102, "odd")):
        kept.add(str(n), n, kind, telling=False)
    assert kept.all() == [0, 1, 100, 101]
    kept.add("103", 103, "common", telling=True)
    assert kept.all() == [0, 100, 101, 103]
    assert kept.take() == [0, 100, 101, 103]
    kept.add("104", 104, "new", telling=True)
    assert kept.all() == [0, 100, 101, 103]
    assert kept.take() == []
