"""The pytest plugin of a suite's run: notes what becomes of each test, as soon as it ends.

pytest is the user's own, so this module is imported only where a suite is to be run.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from .calls import Recorder
from .codec import Json

_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
_MAX_TEXT = 20_000
_SAVE_SECONDS = 2.0
# From weakest to strongest: what several phases, or subtests, of one test amount to.
_ORDER = ("passed", "skipped", "xfailed", "xpassed", "failed", "error")


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run and what to note.

    `only` and `skip` are node ids, `names` the project's import names, `ignored` options of absent plugins
    that the project's configuration gives, `hidden` texts to replace in messages, with their replacements.
    """

    folder: Path
    names: tuple[str, ...]
    only: frozenset[str] | None
    skip: frozenset[str]
    ignored: tuple[str, ...]
    hidden: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Entry:
    """A test that is running."""

    outcome: str = "passed"
    error: tuple[str, str] = ("", "")
    output: str = ""
    began: float = field(default_factory=time.perf_counter)


class SuitePlugin:
    """One run: results go to `results.jsonl` in the plan's folder, recorded calls to `calls.json`.

    `mark` tells the parent which test is in flight.
    """

    def __init__(self, plan: Plan, mark: Callable[[str], None], recorder: Recorder | None) -> None:
        self._plan = plan
        self._mark = mark
        self._recorder = recorder
        self._results = (plan.folder / "results.jsonl").open("a", encoding="utf-8")
        self._entries: dict[str, _Entry] = {}
        self._errors: dict[tuple[str, str], tuple[str, str]] = {}
        self._saved = time.monotonic()
        self.imported: dict[str, set[str]] = {name: set() for name in plan.names}

    def pytest_addoption(self, parser: pytest.Parser) -> None:
        """Accept the options of plugins that are not installed here."""
        for name in self._plan.ignored:
            parser.addoption(name, action="append", nargs="?")

    @pytest.hookimpl(tryfirst=True)
    def pytest_cmdline_main(self, config: pytest.Config) -> None:
        """Run everything in this process, where calls are counted, whatever pytest-xdist is asked for."""
        for name, value in (("numprocesses", 0), ("dist", "no"), ("tx", [])):
            if hasattr(config.option, name):
                setattr(config.option, name, value)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave out what is not asked for."""
        plan = self._plan
        out = [
            item
            for item in items
            if item.nodeid in plan.skip or (plan.only is not None and item.nodeid not in plan.only)
        ]
        if out:
            dropped = set(map(id, out))
            items[:] = [item for item in items if id(item) not in dropped]
            config.hook.pytest_deselected(items=out)

    def pytest_collectstart(self, collector: pytest.Collector) -> None:
        """A file, folder or class is collected."""
        self._mark(f"collecting {collector.nodeid or 'the tests'}")

    def pytest_collection_finish(self) -> None:
        """The modules of the tests are imported by now, and mostly the project with them."""
        self._look()
        self._mark("")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that can't be collected is an error of its own; one that is skipped as a whole is noted."""
        if report.passed:
            return
        outcome = "error" if report.failed else "skipped"
        message = self._tidy(str(report.longrepr)) if report.failed else ""
        last = message.strip().rpartition("\n")[2].removeprefix("E").strip() if message else ""
        kind, _, text = last.partition(":")
        self._write(report.nodeid or ".", outcome, (kind.strip(), text.strip()), message[-_MAX_TEXT:], 0.0)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """A test begins."""
        self._mark(nodeid)
        self._entries[nodeid] = _Entry()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self) -> Generator[None, None, None]:
        """Record the calls of one test, its fixtures included."""
        if self._recorder is None:
            yield
            return
        with self._recorder.watching():
            yield
        if time.monotonic() > self._saved + _SAVE_SECONDS:
            self.save_calls()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, None, None]:
        """Keep the exception itself while it is at hand."""
        if call.excinfo is not None:
            kind = call.excinfo.type
            try:
                text = str(call.excinfo.value)
            except Exception as error:  # noqa: BLE001 - a user's `__str__` may raise anything
                text = f"<its text raises {type(error).__name__}>"
            name = (
                kind.__qualname__
                if kind.__module__ == "builtins"
                else f"{kind.__module__}.{kind.__qualname__}"
            )
            self._errors[item.nodeid, call.when] = name, self._tidy(text)
        yield

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One phase of a test ended."""
        entry = self._entries.setdefault(report.nodeid, _Entry())
        outcome = _outcome(report)
        if _ORDER.index(outcome) > _ORDER.index(entry.outcome):
            entry.outcome = outcome
            if outcome in ("failed", "error"):
                known = self._errors.get((report.nodeid, report.when))
                entry.error = known or self._reported(report)
        captured = "".join(text for name, text in report.sections if name.startswith("Captured"))
        entry.output = self._tidy(captured)

    def _reported(self, report: pytest.TestReport) -> tuple[str, str]:
        """The exception as the report alone has it: of subtests, the exception itself is not handed to us."""
        crash = getattr(report.longrepr, "reprcrash", None)
        text = getattr(crash, "message", None) or report.longreprtext.strip().rpartition("\n")[2]
        kind, colon, message = str(text).partition(": ")
        return (kind, self._tidy(message)) if colon and " " not in kind else ("", self._tidy(str(text)))

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """A test has ended."""
        entry = self._entries.pop(nodeid, None)
        self._errors.clear()
        if entry is not None:
            seconds = time.perf_counter() - entry.began
            self._write(nodeid, entry.outcome, entry.error, entry.output, seconds)
        self._look()
        self._mark("")

    def pytest_sessionfinish(self) -> None:
        """Everything has ended."""
        self._look()
        self._results.flush()

    def save_calls(self) -> None:
        """Write the calls recorded so far, whole or not at all."""
        if self._recorder is None:
            return
        new = self._plan.folder / "calls.new"
        new.write_text(json.dumps(self._recorder.calls()), encoding="ascii")
        new.replace(self._plan.folder / "calls.json")
        self._saved = time.monotonic()

    def _write(self, nodeid: str, outcome: str, error: tuple[str, str], output: str, seconds: float) -> None:
        row: dict[str, Json] = {
            "id": nodeid,
            "outcome": outcome,
            "exception": error[0][:_MAX_TEXT],
            "message": error[1][:_MAX_TEXT],
            "output": output[:_MAX_TEXT],
            "microseconds": round(seconds * 1e6),
        }
        self._results.write(json.dumps(row) + "\n")
        self._results.flush()

    def _look(self) -> None:
        """Note from which files the project's packages are imported; tests may import them anew."""
        for name, files in self.imported.items():
            file = getattr(sys.modules.get(name), "__file__", None)
            if isinstance(file, str):
                files.add(file)

    def _tidy(self, text: str) -> str:
        """A message without what differs from run to run: folders and addresses."""
        for old, new in self._plan.hidden:
            text = text.replace(old, new)
        return _ADDRESS.sub("0x…", text)


def _outcome(report: pytest.TestReport) -> str:
    """What pytest's own summary calls it."""
    expected = hasattr(report, "wasxfail")
    if report.failed:
        return "failed" if report.when == "call" else "error"
    if report.skipped:
        return "xfailed" if expected else "skipped"
    return "xpassed" if expected and report.when == "call" else "passed"
