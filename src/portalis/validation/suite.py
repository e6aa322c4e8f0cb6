"""One run of a project's pytest suite in the sandbox: what became of each test.

A test that takes the process down, or does not end, costs itself; the rest is run in another child.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shlex
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from portalis.validation.child.codec import Json
from portalis.validation.child.suite import NO_PYTEST
from portalis.validation.sandbox import Child, ChildDiedError, Limits
from portalis.validation.suite_folder import SuiteError, SuiteFolder

_MAX_DEATHS = 5
_INTERNAL, _USAGE = 3, 4
_PASSED_ON = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DISABLE_PLUGIN_AUTOLOAD", "PYTHONWARNINGS")


@dataclass(frozen=True, slots=True)
class TestOutcome:
    """What became of a test: pytest's word, and `crashed` or `hung`; the exception's class, its text, what
    was captured, and seconds.
    """

    __test__ = False

    outcome: str
    exception: str = ""
    message: str = ""
    output: str = ""
    seconds: float = 0.0


@dataclass(slots=True)
class SuiteRun:
    """One run: outcomes by node id, in order; the files that the packages were imported from; calls that
    Rust and the fallback answered, by qualified name; seconds of the whole; the recorded calls; and why the
    run did not come to its end, if so.
    """

    tests: dict[str, TestOutcome] = field(default_factory=dict)
    imported: dict[str, set[str]] = field(default_factory=dict)
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    seconds: float = 0.0
    calls: dict[str, list[Json]] = field(default_factory=dict)
    cut: str = ""

    def require_collected(self) -> None:
        """Raise SuiteError where files could not be collected and so no test was run."""
        errors = [(name, found) for name, found in self.tests.items() if found.outcome == "error"]
        if errors and all("::" not in name for name in self.tests):
            name, found = errors[0]
            why = f"{found.exception}: {found.message}" if found.message else found.exception
            raise SuiteError(
                f"the tests can't be collected: {name}: {why or found.outcome}",
                f"install what they need beside {sys.executable}",
            )


@dataclass(frozen=True, slots=True)
class SuiteLimits:
    """Wall seconds for one test (and for collecting them), and for the whole run."""

    test_seconds: float = 120.0
    suite_seconds: float = 3600.0


@dataclass(frozen=True, slots=True)
class Side:
    """A copy of the project, ready to run: its folder, its import root, the environment of its tests."""

    suite: SuiteFolder
    project: Path
    root: Path
    environment: Mapping[str, str]
    limits: SuiteLimits
    bytecode: Path

    def run(
        self,
        arguments: Sequence[str],
        cwd: Path,
        *,
        only: frozenset[str] | None = None,
        record: Sequence[str] = (),
        ignored: Sequence[str] = (),
    ) -> SuiteRun:
        """Run pytest with `arguments` in `cwd` (a folder of the copy).

        Args:
            arguments: as the user gave them.
            cwd: where pytest starts.
            only: node ids to run, of those that the arguments select.
            record: modules whose calls are recorded.
            ignored: options of absent plugins to accept and pass over.

        Raises:
            SuiteError: pytest is missing, refuses its arguments, or finds no test.
        """
        run = SuiteRun()
        died: dict[str, TestOutcome] = {}
        with tempfile.TemporaryDirectory(prefix="portalis-suite-") as folder:
            work = Path(folder)
            request: dict[str, Json] = {
                "do": "suite",
                "folder": folder,
                "cwd": str(cwd),
                "project": str(self.project),
                "names": [*self.suite.import_names],
                "args": [*arguments],
                "only": None if only is None else [*sorted(only)],
                "record": [*record],
                "ignored": [*ignored],
            }
            status: int | None = None
            end = time.monotonic() + self.limits.suite_seconds
            run.cut = f"tests ended their process {_MAX_DEATHS} times"
            for _ in range(_MAX_DEATHS):
                with self._child(work) as child:
                    try:
                        request["skip"] = [*sorted(_results(work).keys() | died.keys())]
                        left = max(end - time.monotonic(), 1.0)
                        status, run.cut = _take(run, child.ask(request, left), work), ""
                    except ChildDiedError as error:
                        if time.monotonic() > end:
                            run.cut = f"it was ended after {self.limits.suite_seconds:.0f} s"
                        else:
                            self._lost(error, died, work)
                _add_calls(run, work)
                if status is not None or time.monotonic() > end:
                    break
            run.tests = {**_results(work), **died}
            _judge(run, status, work)
        return run

    def _child(self, work: Path) -> Child:
        limits = Limits(
            cpu_seconds=int(self.limits.suite_seconds),
            memory_mib=8192,
            file_mib=256,
            open_files=1024,
            scratch_mib=1024,
            processes=256,
            case_seconds=self.limits.test_seconds,
        )
        passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment = {**passed_on, "PYTHONPATH": str(self.root), **self.environment}
        return Child([self.root], limits, environment, self.bytecode, [work, self.project])

    def _lost(self, error: ChildDiedError, died: dict[str, TestOutcome], work: Path) -> None:
        """Count the test in flight as crashed or hung.

        Raises:
            SuiteError: it was no test that ended the process.
        """
        test = error.text if error.phase == "original" else ""
        if "::" not in test or test.startswith("collecting "):
            what = f" while {test}" if test else ""
            how = "took too long" if error.hung else f"ended ({error.detail})"
            raise SuiteError(f"the tests' process {how}{what}", _hint(work))
        if error.hung:
            died[test] = TestOutcome("hung", message=f"still running after {self.limits.test_seconds:.0f} s")
        else:
            died[test] = TestOutcome("crashed", message=error.detail)


class UsageRefusedError(SuiteError):
    """pytest refused its arguments; `unknown` are options that it does not know."""

    def __init__(self, unknown: Sequence[str], said: str) -> None:
        what = f": it does not know {' '.join(unknown)}" if unknown else ""
        hint = f"install the plugin beside {sys.executable}, or override addopts; {said}" if unknown else said
        super().__init__(f"pytest can't start{what}", hint)
        self.unknown = tuple(unknown)


def require_pytest() -> None:
    """Raise SuiteError where pytest is not installed for this Python."""
    if importlib.util.find_spec("pytest") is None:
        raise _no_pytest()


def _no_pytest() -> SuiteError:
    return SuiteError(NO_PYTEST, f"{shlex.quote(sys.executable)} -m pip install pytest")


@contextmanager
def prepared(
    suite: SuiteFolder,
    hybrid: Path | None = None,
    environment: Mapping[str, str] | None = None,
    limits: SuiteLimits | None = None,
) -> Iterator[Side]:
    """A copy of the project to run tests in, the hybrid's packages in place of the originals' where given.

    Raises SuiteError.
    """
    with tempfile.TemporaryDirectory(prefix="portalis-suite-") as folder:
        base = Path(folder)
        project = base / suite.folder.name
        bytecode = base / ".bytecode"
        bytecode.mkdir()
        root = suite.copy(project, hybrid)
        yield Side(suite, project, root, environment or {}, limits or SuiteLimits(), bytecode)


def _judge(run: SuiteRun, status: int | None, work: Path) -> None:
    """Raise SuiteError where pytest did not run, or found nothing."""
    if status == _USAGE:
        raise UsageRefusedError(_unknown_options(work), _hint(work))
    if status == _INTERNAL:
        raise SuiteError("pytest failed with an error of its own", _hint(work))
    if not run.tests and not run.cut:
        raise SuiteError("no tests were found", "name them after --, as you would for pytest")


def _take(run: SuiteRun, answer: dict[str, Json], work: Path) -> int:
    """Add what a child answered; pytest's exit status."""
    match answer:
        case {"problem": str(problem)}:
            raise _no_pytest() if problem == NO_PYTEST else SuiteError(problem, _hint(work))
        case {
            "status": int(status),
            "imported": dict(imported),
            "counts": dict(counts),
            "microseconds": int(micros),
        }:
            for name, files in imported.items():
                known = run.imported.setdefault(name, set())
                known.update(map(str, files if isinstance(files, list) else ()))
            for key, row in counts.items():
                match row:
                    case [int(rust), int(fallback)]:
                        run.counts[key] = rust, fallback
            run.seconds += micros / 1e6
            return status
    raise SuiteError("the tests gave no usable answer", _hint(work))


def _results(work: Path) -> dict[str, TestOutcome]:
    """The outcomes written so far, in order; a node id that comes again gets a number."""
    found: dict[str, TestOutcome] = {}
    try:
        lines = (work / "results.jsonl").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return found
    for line in lines:
        match _json(line):
            case {
                "id": str(nodeid),
                "outcome": str(outcome),
                "exception": str(exception),
                "message": str(message),
                "output": str(output),
                "microseconds": int(micros),
            }:
                name, again = nodeid, 1
                while name in found:
                    again += 1
                    name = f"{nodeid} #{again}"
                found[name] = TestOutcome(outcome, exception, message, output, micros / 1e6)
            case _:
                continue
    return found


def _add_calls(run: SuiteRun, work: Path) -> None:
    """Add the calls that the last child recorded."""
    try:
        found = _json((work / "calls.json").read_text(encoding="ascii"))
    except FileNotFoundError:
        return
    (work / "calls.json").unlink()
    for key, calls in found.items() if isinstance(found, dict) else ():
        if isinstance(calls, list):
            run.calls.setdefault(key, []).extend(calls)


def _json(text: str) -> Json:
    """The value, or None where a process died as it wrote."""
    try:
        value: Json = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def _hint(work: Path) -> str:
    """The end of what pytest printed."""
    return f"pytest said: {_said(work)}" if _said(work) else "run pytest by hand to see why"


def _said(work: Path) -> str:
    try:
        text = (work / "log").read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""
    return text.strip()[-1500:]


def _unknown_options(work: Path) -> tuple[str, ...]:
    """The options of which pytest said that it does not know them."""
    _, found, rest = _said(work).partition("unrecognized arguments: ")
    words = rest.partition("\n")[0].split() if found else []
    return tuple(dict.fromkeys(word.partition("=")[0] for word in words if word.startswith("--")))
