"""Runs all doctests of an importable package and writes how each example ended, as JSON to standard output.

Run by `library.py` in a process of its own, with the package first on the path:
`python doctests.py NAME FLAGS FILE...` where FLAGS are names of doctest's options with commas between, and
each FILE is a text with examples of its own.
With a hybrid package, it also counts the calls that Python code made to the package's functions.
"""

from __future__ import annotations

import doctest
import importlib
import json
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType, ModuleType

_CO_OPTIMIZED = 0x1


class Recorder(doctest.DocTestRunner):
    """Takes down each example's outcome instead of printing it."""

    def __init__(self, flags: int) -> None:
        super().__init__(verbose=False, optionflags=flags)
        self.outcomes: dict[str, str] = {}

    def _key(self, test: doctest.DocTest, example: doctest.Example) -> str:
        return f"{test.name}:{(test.lineno or 0) + example.lineno + 1}:{example.source.strip()}"

    def report_start(self, _out: object, _test: doctest.DocTest, _example: doctest.Example) -> None:
        """Say nothing."""

    def report_success(
        self, _out: object, test: doctest.DocTest, example: doctest.Example, _got: str
    ) -> None:
        """Take down that it passed."""
        self.outcomes[self._key(test, example)] = ""

    def report_failure(self, _out: object, test: doctest.DocTest, example: doctest.Example, got: str) -> None:
        """Take down what came instead."""
        self.outcomes[self._key(test, example)] = f"wanted {_short(example.want)}, got {_short(got)}"

    def report_unexpected_exception(
        self, _out: object, test: doctest.DocTest, example: doctest.Example, exc_info: object
    ) -> None:
        """Take down what was raised."""
        assert isinstance(exc_info, tuple)
        self.outcomes[self._key(test, example)] = f"{exc_info[0].__name__}: {exc_info[1]}"


def _short(text: str) -> str:
    """An answer on one line; of a traceback the exception."""
    lines = text.strip().splitlines()
    return lines[-1] if lines and lines[0].startswith("Traceback") else repr(text.strip())


class Calls:
    """Counts, through `sys.setprofile`, the calls of module-level functions and methods of a package.

    A call that falls back runs two functions, the bound one and the original. What original code calls
    counts too: it is Python that calls. A generator enters at each step; only its start is a call.
    """

    def __init__(self, folder: str) -> None:
        self.count = 0
        self._folder = folder
        self._starts: dict[CodeType, int] = {}

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        if event != "call":
            return
        code = frame.f_code
        if code.co_flags & _CO_OPTIMIZED and code.co_filename.startswith(self._folder):
            nested = "<" in code.co_qualname
            bridge = code.co_filename.endswith("__portalis__.py")
            if not nested and not bridge and self._starts.setdefault(code, frame.f_lasti) == frame.f_lasti:
                self.count += 1


def modules(name: str) -> Iterator[tuple[str, ModuleType | None, str]]:
    """Every module of a package: its name, and itself or why it could not be imported."""
    package = importlib.import_module(name)
    below = pkgutil.walk_packages(getattr(package, "__path__", []), f"{name}.", onerror=lambda _: None)
    for one in (name, *(found.name for found in below)):
        if one.endswith(("__portalis__", "_portalis_native", "__main__")):
            continue
        try:
            yield one, importlib.import_module(one), ""
        except Exception as error:  # noqa: BLE001  a module of the user may raise anything
            yield one, None, f"{type(error).__name__}: {error}"


def examples(loaded: list[tuple[str, ModuleType | None, str]], files: list[str]) -> Iterator[doctest.DocTest]:
    """The doctests of modules, then of text files."""
    finder, parser = doctest.DocTestFinder(), doctest.DocTestParser()
    for _, module, _ in loaded:
        if module is not None:
            yield from finder.find(module)
    for file in files:
        text = Path(file).read_text(encoding="utf-8")
        yield parser.get_doctest(text, {"__name__": "__main__"}, Path(file).name, file, 0)


def main() -> None:
    """Runs them all."""
    name, flag_names, *files = sys.argv[1:]
    flags = 0
    for flag in filter(None, flag_names.split(",")):
        flags |= doctest.OPTIONFLAGS_BY_NAME[flag]
    loaded = list(modules(name))
    bridge = sys.modules.get(f"{name}.__portalis__")
    if bridge is not None:
        bridge.reset_counts()
    runner = Recorder(flags)
    folder = importlib.import_module(name).__path__[0] + "/"
    calls = Calls(folder)
    output, sys.stdout = sys.stdout, sys.stderr
    for test in examples(loaded, files):
        sys.setprofile(calls)
        try:
            runner.run(test)
        finally:
            sys.setprofile(None)
    counts = bridge.counts() if bridge is not None else {}
    json.dump(
        {
            "outcomes": runner.outcomes,
            "unimportable": {one: problem for one, module, problem in loaded if module is None},
            "calls": calls.count,
            "rust": sum(one["rust"] for one in counts.values()),
            "fallback": {key: one["fallback"] for key, one in counts.items() if one["fallback"]},
        },
        output,
    )


if __name__ == "__main__":
    main()
