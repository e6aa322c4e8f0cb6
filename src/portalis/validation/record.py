"""Real calls: the arguments that a project's functions get while its doctests and its tests run, in the
sandbox.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portalis.validation.child.codec import Json, Value, decode
from portalis.validation.child.kept import KEPT_PER_FUNCTION
from portalis.validation.containment import WORDS, Cause, cause_named, spoiled
from portalis.validation.sandbox import Child, ChildDiedError, Limits, RequestFailedError
from portalis.validation.suite import SuiteLimits, SuiteRun, UsageRefusedError, prepared, require_pytest
from portalis.validation.suite_folder import SuiteError, SuiteFolder

_DOCTEST_SECONDS = 20.0
_STARTS = 3
_TEST_SECONDS = 20.0

Arguments = tuple[Value, ...]


@dataclass(slots=True)
class Recording:
    """Recorded calls by `module:qualname`, each a tuple of arguments in parameter order, defaults filled in,
    without repeats.

    `attempted` and `failed` count the doctest examples run, `tests` the tests of the project's own suite;
    `problems` says, by module, why its doctests were not run, or not all, and `causes` which limit or wall of
    the sandbox they ran into, if they did; `note` why the suite was not, or not all of it.
    """

    calls: dict[str, list[Arguments]] = field(default_factory=dict)
    attempted: dict[str, int] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    causes: dict[str, Cause] = field(default_factory=dict)
    tests: int = 0
    note: str = ""


def record(root: Path | Sequence[Path], modules: Iterable[str], bytecode: Path | None = None) -> Recording:
    """Run the doctests of `modules` in a sandboxed child with `root` on its path, and take down the
    project's own calls.

    Up to 200 different calls are kept for each function, as various as can be, taken down as the call
    begins. Functions with `*args` or `**kwargs`, and values other than plain data, are passed over. Raises
    OSError where no child can be started.
    """
    path = [root] if isinstance(root, Path) else list(root)
    names = list(modules)
    recording = Recording()
    waiting = list(names)
    deaths = 0
    while waiting:
        with Child(path, Limits(case_seconds=_DOCTEST_SECONDS), bytecode=bytecode) as child:
            try:
                child.ask({"do": "learn", "modules": [*names]}, 30.0)
            except ChildDiedError as error:
                # Something else may have killed it; then it does better the next time.
                deaths += 1
                if deaths < _STARTS:
                    continue
                reason = f"running its doctests {WORDS[error.cause]} ({error.detail})"
                recording.problems.update(dict.fromkeys(waiting, reason))
                recording.causes.update(dict.fromkeys(waiting, error.cause))
                return recording
            while waiting:
                name = waiting.pop(0)
                try:
                    answer = child.ask({"do": "record", "module": name}, 2 * _DOCTEST_SECONDS)
                    _take(recording, name, answer)
                    if spoiled(answer):
                        break
                except RequestFailedError as error:
                    # We failed where we should not: the process may not be what it was.
                    recording.problems[name] = str(error)
                    break
                except ChildDiedError as error:
                    recording.problems[name] = f"running its doctests {WORDS[error.cause]} ({error.detail})"
                    recording.causes[name] = error.cause
                    break
                except ValueError:
                    recording.problems[name] = "the sandbox gave no usable answer"
                    recording.causes[name] = "channel"
    return recording


def record_suite(
    recording: Recording,
    suite: SuiteFolder,
    modules: Sequence[str],
    tests: Sequence[Path],
    seconds: float,
) -> None:
    """Run the project's own tests in the sandbox, and add the calls they make to a recording.

    Args:
        recording: gets the calls that it does not have yet.
        suite: the project.
        modules: whose functions are recorded.
        tests: files or folders of the project to run; none: what pytest finds by its configuration.
        seconds: wall time for the run. What was recorded until then is kept.
    """
    limits = SuiteLimits(min(_TEST_SECONDS, seconds), seconds)
    try:
        require_pytest()
        with prepared(suite, limits=limits) as side:
            arguments = [str(side.project / _inside(path, suite)) for path in tests]
            try:
                run = side.run(arguments, side.project, record=modules)
            except UsageRefusedError as error:
                if not error.unknown:
                    raise
                # Options of plugins that are not here, coverage mostly, don't change which calls are made.
                run = side.run(arguments, side.project, record=modules, ignored=error.unknown)
            run.require_collected()
    except (SuiteError, RequestFailedError) as error:
        recording.note = str(error).removeprefix("PT720: ")
        return
    recording.tests = len(run.tests)
    recording.note = f"the tests were run in part: {run.cut}" if run.cut else ""
    _merge(recording, run)


def _inside(path: Path, suite: SuiteFolder) -> Path:
    """The path from the project's folder."""
    try:
        return path.absolute().relative_to(suite.folder)
    except ValueError as error:
        raise SuiteError(f"{path} is not inside {suite.folder}", "name tests of this project") from error


def _merge(recording: Recording, run: SuiteRun) -> None:
    """Add the calls of a suite's run, up to as many for each function as are kept in all."""
    for key, found in run.calls.items():
        known = recording.calls.setdefault(key, [])
        texts = {repr(args) for args in known}
        seen: set[str] = set()
        for args in found:
            text = json.dumps(args)
            if text in seen or len(known) >= KEPT_PER_FUNCTION:
                continue
            seen.add(text)
            value = _arguments(args)
            if value is not None and repr(value) not in texts:
                known.append(value)


def _arguments(json: Json) -> Arguments | None:
    """Decoded arguments, None where they can't be: a suite may have scribbled over the file."""
    try:
        value = decode(json)
    except ValueError:
        return None
    return value if isinstance(value, tuple) else None


def _take(recording: Recording, name: str, answer: dict[str, Json]) -> None:
    """Add one module's answer."""
    match answer:
        case {"problem": str(problem)}:
            recording.problems[name] = problem
        case {"attempted": int(attempted), "failed": int(failed), "calls": dict(calls)}:
            if cause := cause_named(answer.get("cause")):
                recording.causes[name] = cause
                recording.problems[name] = f"running its doctests {WORDS[cause]}"
            recording.attempted[name] = attempted
            recording.failed[name] = failed
            for key, found in calls.items():
                known = recording.calls.setdefault(key, [])
                for args in found if isinstance(found, list) else []:
                    value = decode(args)
                    if isinstance(value, tuple):
                        known.append(value)
        case _:
            recording.problems[name] = "the sandbox gave no usable answer"
