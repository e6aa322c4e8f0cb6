"""Recording calls of the project's own functions while its doctests or its tests run.

Functions are known by the module and the qualified name of their code, so nothing has to be imported
beforehand. Arguments are taken down as a call begins; how it ended, and which lines of the function it
reached, say how telling it is.
"""

from __future__ import annotations

import dis
import doctest
import importlib
import inspect
import json
import sys
import types
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from .cause import cause_of
from .codec import Json, NotEncodableError, encode
from .hidden import mend
from .kept import KeptCalls
from .outcome import Sink, captured
from .written import written_calls

_WATCHED_IN_FULL = 1000
_LINES_WATCHED = 400
_MAX_NODES = 2000
# Projects choose these options in their test configuration; what matters here is which calls are made.
_LENIENT = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL | doctest.NORMALIZE_WHITESPACE

Tracer = Callable[[types.FrameType, str, object], "Tracer | None"]


class _Function:
    """One function that is recorded."""

    def __init__(self, key: str, code: types.CodeType) -> None:
        self.key = key
        self.open = bool(code.co_flags & (inspect.CO_VARARGS | inspect.CO_VARKEYWORDS))
        stars = bool(code.co_flags & inspect.CO_VARARGS) + bool(code.co_flags & inspect.CO_VARKEYWORDS)
        self.names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount + stars]
        self.kept = KeptCalls()
        self.lines: set[int] = set()
        self._calls = 0
        self._watched = 0
        instructions = list(dis.get_instructions(code))
        self._starts = next((one.offset for one in instructions if one.opname == "RESUME"), 0)
        self._returns = {one.offset for one in instructions if one.opname.startswith(("RETURN_", "YIELD_"))}

    def wanted(self) -> bool:
        """Whether to look at the call that begins: all at first, then ever fewer."""
        self._calls += 1
        if self._calls % (1 + self._watched // _WATCHED_IN_FULL):
            return False
        self._watched += 1
        return True

    def wants_lines(self) -> bool:
        """Whether the lines of a call are still worth their time."""
        return self._watched <= _LINES_WATCHED

    def begins(self, frame: types.FrameType) -> bool:
        """Whether a frame that is entered is new, and not a generator that goes on."""
        return frame.f_lasti <= self._starts

    def returns(self, frame: types.FrameType) -> bool:
        """Whether a frame that is left is left by returning."""
        return frame.f_lasti in self._returns


class _Printed(Sink):
    """What an example prints, as doctest wants it, and bounded."""

    def getvalue(self) -> str:
        """The text, with a line end where there is any."""
        text = super().getvalue()
        return text if not text or text.endswith("\n") else text + "\n"

    def truncate(self, size: int | None = None) -> int:
        """Forget what comes after `size`."""
        self.seek(size or 0)
        return super().truncate()


class _Runner(doctest.DocTestRunner):
    """Runs doctests; `cause` says which limit or wall of the sandbox one ran into, the first that did."""

    cause = ""

    def __init__(self) -> None:
        super().__init__(verbose=False, optionflags=_LENIENT)
        self._fakeout = _Printed()

    def report_unexpected_exception(
        self,
        out: object,  # noqa: ARG002 - doctest's own interface
        test: doctest.DocTest,  # noqa: ARG002
        example: doctest.Example,  # noqa: ARG002
        exc_info: tuple[type[BaseException], BaseException, types.TracebackType],
    ) -> None:
        """Called by doctest where an example raises what it does not expect."""
        self.cause = self.cause or cause_of(exc_info[1])


class Recorder:
    """Takes down the arguments of calls to the functions that `modules` define."""

    def __init__(self, modules: Collection[str]) -> None:
        self._modules = frozenset(modules)
        # By identity, the code kept alive: code of two modules that is written alike compares equal.
        self._functions: dict[int, tuple[types.CodeType, _Function | None]] = {}
        self._by_key: dict[str, _Function] = {}

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Record the calls made inside the block, in this thread."""
        before = sys.gettrace()
        sys.settrace(self._enter)
        try:
            yield
        finally:
            sys.settrace(before)

    def calls(self) -> dict[str, Json]:
        """All calls kept so far, by `module:qualname`."""
        return {key: kept for key, one in self._by_key.items() if (kept := one.kept.all())}

    def doctests(self, name: str) -> dict[str, Json]:
        """Run a module's doctests; how many examples ran and failed, and the calls not reported before."""
        attempted = failed = 0
        tainted = False
        with captured():
            try:
                module = importlib.import_module(name)
                finder, runner = (
                    doctest.DocTestFinder(exclude_empty=True),
                    _Runner(),
                )
                tests = [test for test in finder.find(module, name) if test.examples]
            except BaseException as error:  # noqa: BLE001 - reported when the module's constants are taken
                return {"problem": f"{type(error).__name__}: {error}"[:1000], "calls": {}}
            for test in tests:
                try:
                    with self.watching():
                        result = runner.run(test, clear_globs=True, out=lambda _text: None)
                        tainted = mend() or tainted
                except BaseException as error:  # noqa: BLE001 - SystemExit in an example ends that test only
                    tainted = mend() or tainted
                    runner.cause = runner.cause or cause_of(error)
                    failed += 1
                    continue
                attempted += result.attempted
                failed += result.failed
            self._written(module)
        fresh: dict[str, Json] = {key: new for key, one in self._by_key.items() if (new := one.kept.take())}
        told: dict[str, Json] = {"cause": runner.cause, "tainted": tainted}
        return {"attempted": attempted, "failed": failed, "calls": fresh, **told}

    def _function(self, code: types.CodeType, module: object) -> _Function | None:
        """The function behind a code object, if it is one to record."""
        seen = self._functions.get(id(code))
        if seen is not None:
            return seen[1]
        found = None
        named = "<" not in code.co_qualname and code.co_flags & inspect.CO_OPTIMIZED
        if named and module in self._modules:
            key = f"{module}:{code.co_qualname}"
            found = self._by_key.setdefault(key, _Function(key, code))
        self._functions[id(code)] = code, found
        return found

    def _enter(self, frame: types.FrameType, _event: str, _argument: object) -> Tracer | None:
        function = self._function(frame.f_code, frame.f_globals.get("__name__"))
        if function is None or not function.begins(frame) or not function.wanted():
            return None
        values = frame.f_locals
        try:
            args = encode(tuple(values[name] for name in function.names), _MAX_NODES)
        except (NotEncodableError, KeyError):
            return None
        text = json.dumps(args)
        if function.kept.knows(text):
            return None
        frame.f_trace_lines = function.wants_lines()
        return self._follower(function, args, text)

    def _follower(self, function: _Function, args: Json, text: str) -> Tracer:
        """What sees the rest of one call, and keeps it when it ends."""
        lines: set[int] = set()
        raised = ""

        def follow(frame: types.FrameType, event: str, argument: object) -> Tracer:
            nonlocal raised
            if event == "line":
                lines.add(frame.f_lineno)
            elif event == "exception" and isinstance(argument, tuple):
                raised = getattr(argument[0], "__name__", "")
            elif event == "return":
                normal = function.returns(frame)
                ending = _kind(argument) if normal else f"raises {raised}"
                telling = not lines <= function.lines
                function.lines.update(lines)
                function.kept.add(text, args, (_shape(args), ending), telling)
            return follow

        return follow

    def _written(self, module: types.ModuleType) -> None:
        """Add the calls that docstrings of a module write down without `>>>`; nothing is run for them."""
        for code in _codes(module.__name__, vars(module), 0):
            function = self._function(code, module.__name__)
            text = code.co_consts[0] if code.co_consts else None
            if function is None or function.open or not isinstance(text, str):
                continue
            for given in written_calls(code.co_name, function.names, text):
                try:
                    args = encode(given, _MAX_NODES)
                except NotEncodableError:
                    continue
                function.kept.add(json.dumps(args), args, "written", False)


def _codes(
    module: str, members: dict[str, object] | types.MappingProxyType[str, object], depth: int
) -> Iterator[types.CodeType]:
    """The code of the functions and methods that a module defines."""
    for value in list(members.values()):
        if isinstance(value, type) and value.__module__ == module and depth < 3:
            yield from _codes(module, vars(value), depth + 1)
            continue
        function = value.__func__ if isinstance(value, (staticmethod, classmethod)) else value
        if callable(function):
            function = inspect.unwrap(function)
        if isinstance(function, types.FunctionType) and function.__module__ == module:
            yield function.__code__


def _kind(value: object) -> str:
    """What a result is, as coarsely as branches tell results apart."""
    if value is None or isinstance(value, bool):
        return str(value)
    return type(value).__name__


def _shape(args: Json) -> str:
    """The types of encoded arguments, one level deep, and which are empty."""
    values = args[1] if isinstance(args, list) and len(args) == 2 else []
    return ",".join(map(_tag, values)) if isinstance(values, list) else ""


def _tag(value: Json) -> str:
    if isinstance(value, list) and len(value) == 2:
        inner = value[1]
        first = type(inner[0]).__name__ if isinstance(inner, list) and inner else ""
        return f"{value[0]}{first}" if inner else f"{value[0]}0"
    return type(value).__name__ + ("0" if value == "" else "")
