"""Recording the calls that a module's doctests make to the project's own functions."""

from __future__ import annotations

import doctest
import importlib
import inspect
import json
import sys
import types
from collections.abc import Iterable

from .codec import Json, NotEncodableError, encode
from .outcome import captured
from .written import written_calls

KEPT_PER_FUNCTION = 200
_WATCHED_PER_FUNCTION = 3000
_MAX_NODES = 2000
# Projects choose these options in their test configuration; what matters here is which calls are made.
_LENIENT = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL | doctest.NORMALIZE_WHITESPACE


class Recorder:
    """Knows the project's functions by code object and takes down the arguments of calls to them."""

    def __init__(self) -> None:
        self._codes: dict[types.CodeType, tuple[str, tuple[str, ...]]] = {}
        self._calls: dict[str, dict[str, Json]] = {}
        self._watched: dict[str, int] = {}

    def learn(self, modules: Iterable[str]) -> None:
        """Find the functions and methods that the modules define; one that can't be imported is passed
        over.
        """
        for name in modules:
            with captured():
                try:
                    module = importlib.import_module(name)
                except BaseException:  # noqa: BLE001 - reported when the module's constants are taken
                    continue
            self._members(name, vars(module), "", 0)

    def _members(
        self,
        module: str,
        members: dict[str, object] | types.MappingProxyType[str, object],
        prefix: str,
        depth: int,
    ) -> None:
        for name, value in list(members.items()):
            if isinstance(value, type) and value.__module__ == module and depth < 3:
                self._members(module, vars(value), f"{prefix}{name}.", depth + 1)
                continue
            function = value.__func__ if isinstance(value, (staticmethod, classmethod)) else value
            if callable(function):
                function = inspect.unwrap(function)
            if isinstance(function, types.FunctionType) and function.__module__ == module:
                code = function.__code__
                names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
                if not code.co_flags & (inspect.CO_VARARGS | inspect.CO_VARKEYWORDS):
                    self._codes.setdefault(code, (f"{module}:{prefix}{name}", names))

    def doctests(self, name: str) -> dict[str, Json]:
        """Run a module's doctests; how many examples ran and failed, and the calls not reported before."""
        attempted = failed = 0
        with captured():
            try:
                module = importlib.import_module(name)
                finder, runner = (
                    doctest.DocTestFinder(exclude_empty=True),
                    doctest.DocTestRunner(verbose=False, optionflags=_LENIENT),
                )
                tests = [test for test in finder.find(module, name) if test.examples]
            except BaseException as error:  # noqa: BLE001 - as above
                return {"problem": f"{type(error).__name__}: {error}"[:1000], "calls": {}}
            for test in tests:
                sys.settrace(self._enter)
                try:
                    result = runner.run(test, clear_globs=True, out=lambda _text: None)
                except BaseException:  # noqa: BLE001 - SystemExit in an example ends that test only
                    failed += 1
                    continue
                finally:
                    sys.settrace(None)
                attempted += result.attempted
                failed += result.failed
        self._written(name)
        return {"attempted": attempted, "failed": failed, "calls": self._take()}

    def _enter(self, frame: types.FrameType, _event: str, _argument: object) -> None:
        found = self._codes.get(frame.f_code)
        if found is None:
            return
        key, names = found
        watched = self._watched.get(key, 0)
        calls = self._calls.setdefault(key, {})
        if watched >= _WATCHED_PER_FUNCTION or len(calls) >= KEPT_PER_FUNCTION:
            return
        self._watched[key] = watched + 1
        values = frame.f_locals
        try:
            args = encode(tuple(values[name] for name in names), _MAX_NODES)
        except (NotEncodableError, KeyError):
            return
        calls.setdefault(json.dumps(args), args)

    def _written(self, module: str) -> None:
        """Add the calls that docstrings of a module write down without `>>>`; nothing is run for them."""
        for code, (key, names) in self._codes.items():
            text = code.co_consts[0] if code.co_consts else None
            if isinstance(text, str) and key.partition(":")[0] == module:
                calls = self._calls.setdefault(key, {})
                for given in written_calls(code.co_name, names, text):
                    try:
                        args = encode(given, _MAX_NODES)
                    except NotEncodableError:
                        continue
                    if len(calls) < KEPT_PER_FUNCTION:
                        calls.setdefault(json.dumps(args), args)

    def _take(self) -> dict[str, Json]:
        """The calls recorded since the last time; they still count towards the cap."""
        taken: dict[str, Json] = {}
        for key, calls in self._calls.items():
            fresh: list[Json] = [args for args in calls.values() if args is not None]
            if fresh:
                taken[key] = fresh
                self._calls[key] = dict.fromkeys(calls)
        return taken
