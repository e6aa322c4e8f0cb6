"""A project's own tests on the original and on the hybrid package, and every difference between the two.

A difference is looked at again before it is called one: the tests concerned are run once more on both sides,
alone and, where alone nothing differs, with all the others. A test that differs between two runs of the
original says nothing, and is flaky.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from portalis import __version__
from portalis.validation.suite import Side, SuiteLimits, SuiteRun, TestOutcome, prepared
from portalis.validation.suite_folder import SuiteError, SuiteFolder

SCHEMA = 1
_DECLINED = ".__portalis__.Declined"
FAILING = frozenset({"failed", "error", "crashed", "hung"})

Standing = Literal["same", "different", "declined", "flaky"]


@dataclass(frozen=True, slots=True)
class TestPair:
    """A test on both sides; a side is None where the test was not there.

    `declined` is a difference that is no wrong answer: with the fallback off, the hybrid raised `Declined`.
    """

    __test__ = False

    nodeid: str
    standing: Standing
    python: TestOutcome | None
    hybrid: TestOutcome | None
    reason: str = ""

    @property
    def fails_alike(self) -> bool:
        """Whether the original fails it as the hybrid does."""
        return self.standing == "same" and self.python is not None and self.python.outcome in FAILING


@dataclass(frozen=True, slots=True)
class Comparison:
    """The tests in the order of the original's run; `counts` are calls answered by Rust and by the fallback,
    by qualified name; seconds are those of the whole runs. `foreign` are the files that were imported, on
    the hybrid side, in place of the hybrid package.
    """

    folder: Path
    rust_only: bool
    tests: tuple[TestPair, ...]
    counts: Mapping[str, tuple[int, int]]
    python_seconds: float
    hybrid_seconds: float
    foreign: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    def standing(self, standing: Standing) -> tuple[TestPair, ...]:
        """The tests that stand so."""
        return tuple(pair for pair in self.tests if pair.standing == standing)

    @property
    def failing_alike(self) -> tuple[TestPair, ...]:
        """The tests that the original fails as the hybrid does."""
        return tuple(pair for pair in self.tests if pair.fails_alike)

    @property
    def succeeded(self) -> bool:
        """Whether the hybrid was what ran, and no test differs."""
        return not (self.standing("different") or self.standing("declined") or self.foreign)


def compare_suites(
    suite: SuiteFolder,
    hybrid: Path,
    arguments: Sequence[str] = (),
    *,
    rust_only: bool = False,
    compare_output: bool = False,
    limits: SuiteLimits | None = None,
    cwd: Path | None = None,
    progress: Callable[[str], None] = lambda _stage: None,
) -> Comparison:
    """Run the suite on both sides and compare.

    Args:
        suite: the project and its tests.
        hybrid: the folder of a package that `portalis build` made.
        arguments: for pytest, as the user gave them.
        rust_only: let calls that Rust declines raise (`PORTALIS_FALLBACK=off`).
        compare_output: whether captured output counts.
        limits: of time, for a test and for a run.
        cwd: the user's folder, which paths in `arguments` are relative to.
        progress: is told what runs.

    Raises:
        SuiteError: the suite can't be run.
    """
    environment = {"PORTALIS_FALLBACK": "off"} if rust_only else {}
    with (
        prepared(suite, limits=limits) as python,
        prepared(suite, hybrid, environment, limits) as rust,
    ):
        sides = _Sides(python, rust, tuple(arguments), (cwd or suite.folder).absolute(), compare_output)
        progress("tests of the original")
        first = sides.run_python()
        first.require_collected()
        progress("tests of the hybrid")
        second = sides.run_hybrid()
        names = [*first.tests, *(name for name in second.tests if name not in first.tests)]
        pairs = {name: sides.pair(name, first, second) for name in names}
        suspects = frozenset(name for name, pair in pairs.items() if pair.standing != "same")
        if suspects:
            progress("tests that differ, once more")
            pairs |= sides.confirm(pairs, suspects)
        return Comparison(
            suite.folder,
            rust_only,
            tuple(pairs.values()),
            second.counts,
            first.seconds,
            second.seconds,
            _foreign(rust, second),
            tuple(name for name in suite.import_names if not second.imported.get(name)),
        )


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both sides, and how pytest is called on each."""

    python: Side
    hybrid: Side
    arguments: tuple[str, ...]
    cwd: Path
    compare_output: bool

    def run_python(self, only: frozenset[str] | None = None) -> SuiteRun:
        return self._run(self.python, only)

    def run_hybrid(self, only: frozenset[str] | None = None) -> SuiteRun:
        run = self._run(self.hybrid, only)
        run.tests = {_as_module(name, self.hybrid): found for name, found in run.tests.items()}
        return run

    def _run(self, side: Side, only: frozenset[str] | None) -> SuiteRun:
        folder = side.suite.folder
        arguments = [_moved(argument, folder, side.project) for argument in self.arguments]
        run = side.run(arguments, side.project / self._start(folder), only=only)
        if run.cut:
            raise SuiteError(f"the tests did not come to their end: {run.cut}", "name fewer tests after --")
        return run

    def _start(self, folder: Path) -> Path:
        """Where pytest starts, from the project's folder: there, or where the user's paths begin."""
        named = any(
            not argument.startswith("-") and (self.cwd / argument.partition("::")[0]).exists()
            for argument in self.arguments
        )
        inside = self.cwd.is_relative_to(folder)
        return self.cwd.relative_to(folder) if named and inside else Path()

    def pair(self, name: str, python: SuiteRun, hybrid: SuiteRun) -> TestPair:
        left, right = python.tests.get(name), hybrid.tests.get(name)
        reason = difference(left, right, self.compare_output)
        declined = right is not None and right.exception.endswith(_DECLINED)
        standing: Standing = "same" if not reason else "declined" if declined else "different"
        return TestPair(name, standing, left, right, reason)

    def confirm(self, pairs: Mapping[str, TestPair], suspects: frozenset[str]) -> dict[str, TestPair]:
        """Run the tests that differ again: alone, and those that then agree with all others."""
        settled = self._again(pairs, suspects, suspects)
        agreed = frozenset(name for name, pair in settled.items() if pair.standing == "same")
        if agreed:
            settled |= self._again(pairs, agreed, None)
        return {
            name: replace(pairs[name], standing="flaky", reason=f"not again: {pairs[name].reason}")
            if pair.standing == "same"
            else pair
            for name, pair in settled.items()
        }

    def _again(
        self, pairs: Mapping[str, TestPair], names: frozenset[str], only: frozenset[str] | None
    ) -> dict[str, TestPair]:
        try:
            python, hybrid = self.run_python(_plain(only)), self.run_hybrid(_plain(only))
        except SuiteError:
            # What can't be looked at again, a module that one side can't collect, say, stands as it was.
            return {name: pairs[name] for name in names}
        found: dict[str, TestPair] = {}
        for name in sorted(names):
            wavering = difference(pairs[name].python, python.tests.get(name), self.compare_output)
            if wavering:
                reason = f"the original itself differs from run to run: {wavering}"
                found[name] = replace(pairs[name], standing="flaky", reason=reason)
            else:
                found[name] = self.pair(name, python, hybrid)
        return found


def difference(left: TestOutcome | None, right: TestOutcome | None, compare_output: bool) -> str:
    """How two outcomes of a test differ, in words; "" where they don't."""
    if left is None or right is None:
        return "" if left is right else "not there on one side"
    if left.outcome != right.outcome:
        return f"{left.outcome}, then {right.outcome}"
    if (left.exception, left.message) != (right.exception, right.message):
        return "another exception" if left.exception != right.exception else "another message"
    if compare_output and left.output != right.output:
        return "other output"
    return ""


def _plain(only: frozenset[str] | None) -> frozenset[str] | None:
    """Node ids without the numbers that tell repeated ones apart."""
    return None if only is None else frozenset(name.partition(" #")[0] for name in only)


def _as_module(nodeid: str, side: Side) -> str:
    """The node id on the original's side: there a module that is a file is one file."""
    start = side.root.relative_to(side.project).as_posix()
    for name in side.suite.import_names:
        if (side.suite.root / f"{name}.py").is_file():
            prefix = f"{name}/__init__.py" if start == "." else f"{start}/{name}/__init__.py"
            if nodeid.startswith(prefix):
                return f"{prefix.removesuffix('/__init__.py')}.py{nodeid.removeprefix(prefix)}"
    return nodeid


def _moved(argument: str, folder: Path, copy: Path) -> str:
    """The argument with the project's folder, where it is named, replaced by its copy."""
    option, equals, value = argument.partition("=") if argument.startswith("-") else ("", "", argument)
    if value == str(folder) or value.startswith(f"{folder}{os.sep}"):
        return f"{option}{equals}{copy}{value.removeprefix(str(folder))}"
    return argument


def _foreign(side: Side, run: SuiteRun) -> tuple[str, ...]:
    """Files that a package was imported from and that are not the hybrid's."""
    root = side.root.resolve()
    return tuple(
        sorted(
            file
            for files in run.imported.values()
            for file in files
            if not Path(file).resolve().is_relative_to(root)
        )
    )


def to_json(found: Comparison) -> str:
    """The comparison as indented JSON, schema 1."""
    rust, fallback = (sum(row[at] for row in found.counts.values()) for at in (0, 1))
    document = {
        "schema": SCHEMA,
        "portalis": __version__,
        "python": platform.python_version(),
        "project": str(found.folder),
        "rust_only": found.rust_only,
        "summary": {
            "tests": len(found.tests),
            "same": len(found.standing("same")),
            "failing_alike": len(found.failing_alike),
            "different": len(found.standing("different")),
            "declined": len(found.standing("declined")),
            "flaky": len(found.standing("flaky")),
            "seconds": {"python": round(found.python_seconds, 3), "hybrid": round(found.hybrid_seconds, 3)},
            "calls": {"rust": rust, "fallback": fallback},
        },
        "imported_elsewhere": [*found.foreign],
        "not_imported": [*found.unused],
        "calls": {key: {"rust": row[0], "fallback": row[1]} for key, row in sorted(found.counts.items())},
        "tests": [
            {
                "id": pair.nodeid,
                "standing": pair.standing,
                "reason": pair.reason,
                "python": _side(pair.python),
                "hybrid": _side(pair.hybrid),
            }
            for pair in found.tests
        ],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _side(outcome: TestOutcome | None) -> dict[str, str | float] | None:
    if outcome is None:
        return None
    return {
        "outcome": outcome.outcome,
        "exception": outcome.exception,
        "message": outcome.message,
        "output": outcome.output,
        "seconds": round(outcome.seconds, 6),
    }
