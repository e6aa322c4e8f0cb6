"""The child's loop: one request at a time, one answer each, until the parent closes the pipe."""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from .again import wavers
from .callers import callers
from .channel import IDLE, ORIGINAL, SIBLING, Beat
from .codec import Json, decode
from .compose import Sibling
from .explore import Search, unmakeable
from .findings import evidence
from .hidden import visible
from .line import Line
from .outcome import Clock, Outcome, Sink, captured
from .runner import Runner
from .shape import Shape, read_shape
from .snapshot import snapshot
from .source import from_repr
from .state import State
from .subject import Project, find_function, find_subject, load_natives, read_signature
from .tally import Effort
from .trial import Trial
from .world import World

if TYPE_CHECKING:
    from .calls import Recorder

Request = dict[str, Json]


class Server:
    """What the child holds between requests."""

    def __init__(self, beat: Beat) -> None:
        self._beat = beat
        self._clock = Clock()
        self._clock.install()
        self._project = Project()
        self._pools: dict[Shape, list[object]] = {}
        self._recorder: Recorder | None = None
        self._handlers: dict[str, Callable[[Request], Request]] = {
            "path": self._path,
            "freeze": self._freeze,
            "learn": self._learn,
            "record": self._record,
            "suite": self._suite,
            "program": self._program,
            "open": self._open,
            "explore": self._explore,
            "again": self._again,
            "answer": self._answer,
        }

    def answer(self, request: Request) -> Request:
        """Do what a request asks; a failure of ours or of the user's code becomes a `failed` answer."""
        handler = self._handlers.get(str(request.get("do")))
        if handler is None:
            return {"failed": f"unknown request {request.get('do')!r}"}
        try:
            return handler(request)
        except Exception as error:  # noqa: BLE001 - the child must go on; the parent reports it
            return {"failed": f"{type(error).__name__}: {error}", "trace": traceback.format_exc(limit=-6)}
        finally:
            sys.settrace(None)
            self._beat.mark(IDLE)

    def _path(self, request: Request) -> Request:
        sys.path[:0] = _texts(request["path"])
        return {}

    def _freeze(self, request: Request) -> Request:
        name = str(request["module"])
        self._beat.mark(ORIGINAL, f"import {name}")
        return snapshot(name)

    def _learn(self, request: Request) -> Request:
        with visible():
            from .calls import Recorder  # doctest brings in pdb and unittest, which others don't need

        self._recorder = Recorder(_texts(request["modules"]))
        return {}

    def _record(self, request: Request) -> Request:
        name = str(request["module"])
        if self._recorder is None:
            raise LookupError("no functions were learnt")
        self._beat.mark(ORIGINAL, f"doctests of {name}")
        return self._recorder.doctests(name)

    def _suite(self, request: Request) -> Request:
        with visible():
            from .suite import run_suite

        return run_suite(request, lambda text: self._beat.mark(ORIGINAL if text else IDLE, text))

    def _program(self, request: Request) -> Request:
        with visible():
            from .programs import run_program

        self._beat.mark(ORIGINAL, f"runs of {request['script']}")
        return run_program(request)

    def _open(self, request: Request) -> Request:
        """Load the extension and take down the project's signatures and the ready-made values."""
        signatures, pools = request["signatures"], request["pools"]
        assert isinstance(signatures, list)
        assert isinstance(pools, list)
        known = [read_signature(one) for one in signatures]
        with captured():
            natives, declined = load_natives(str(request["import_name"]))
        self._project = Project(
            frozenset(_texts(request["modules"])), {one.key: one for one in known}, natives, declined
        )
        for pool in pools:
            assert isinstance(pool, list)
            values = decode(pool[1])
            assert isinstance(values, list)
            self._pools[read_shape(pool[0])] = list(values)
        return {"natives": len(natives)}

    def _explore(self, request: Request) -> Request:
        """Search one item."""
        key = str(request["key"])
        effort, recorded = request["effort"], decode(request["recorded"])
        assert isinstance(effort, list)
        assert isinstance(recorded, list)
        borrowed = decode(request.get("borrowed", ["l", []]))
        assert isinstance(borrowed, list)
        avoid = frozenset(_texts(request["avoid"]))
        cases, patience, attempts, seconds, *more = (float(str(number)) for number in effort)
        self._beat.mark(ORIGINAL, f"import of {key}")
        with captured() as sink:
            subject = find_subject(self._project, key, str(request["native"]))
            reason = unmakeable(subject.signature.shapes, subject.signature.names)
            if reason:
                return {"reason": reason}
            world = World(frozenset(_texts(request.get("effects", []))))
            runner = Runner(sink, self._clock, State(subject.function, self._project.modules), world)
            search = Search(
                Trial(subject, self._project.declined, runner, self._beat),
                Effort(int(cases), int(patience), int(attempts), seconds, *map(int, more)),
                int(str(request["seed"])),
                self._project.modules,
                self._pools,
                self._siblings(key, sink, avoid),
                [args for args in recorded if isinstance(args, tuple)],
                avoid,
                frozenset(int(text) for text in _texts(request["dead"])),
                [args for args in borrowed if isinstance(args, tuple)],
                callers(self._project, key),
            )
            with world.installed(self._project.modules):
                search.run()
            return {"evidence": evidence(search)}

    def _answer(self, request: Request) -> Request:
        """What Python answers to a case on which the translation took a child down; `args` is their repr."""
        with captured() as sink:
            subject = find_subject(self._project, str(request["key"]), str(request["key"]))
            runner = Runner(sink, self._clock, State(subject.function, self._project.modules))
            trial = Trial(subject, self._project.declined, runner, self._beat)
            return trial.answer(from_repr(str(request["args"])), str(request["kind"]))

    def _again(self, request: Request) -> Request:
        """Whether Python answers cases as another process took them down."""
        key, cases = str(request["key"]), request["cases"]
        assert isinstance(cases, list)
        with captured() as sink:
            subject = find_subject(self._project, key, key)
            world = World(frozenset(_texts(request["effects"])))
            runner = Runner(sink, self._clock, State(subject.function, self._project.modules), world)
            trial = Trial(subject, self._project.declined, runner, self._beat)
            with world.installed(self._project.modules):
                return {"wavers": [wavers(trial, case) for case in cases]}

    def _siblings(self, key: str, sink: Sink, avoid: Collection[str]) -> list[Sibling]:
        """Pure functions of one required parameter, in the same module or in those its code names, but for
        those that took a child down.
        """
        function, _ = find_function(key)
        named = {
            value.__name__
            for name in function.__code__.co_names
            if isinstance(value := function.__globals__.get(name), type(sys))
        }
        found: list[Sibling] = []
        for module in [function.__module__, *sorted(named - {function.__module__})]:
            for signature in self._project.by_module(module):
                if signature.key == key or signature.required != 1 or signature.keywords:
                    continue
                if SIBLING in avoid or SIBLING + signature.key in avoid:
                    continue
                try:
                    _, call = find_function(signature.key)
                except (LookupError, AttributeError):
                    continue
                found.append(Sibling(signature.shapes[0], self._prober(signature.key, call, sink)))
        return found

    def _prober(self, key: str, call: Callable[..., object], sink: Sink) -> Callable[[object], Outcome]:
        runner = Runner(sink, self._clock)

        def probe(value: object) -> Outcome:
            self._beat.mark(ORIGINAL, f"{SIBLING}{key}\n{(value,)!r}")
            return runner.bounded(call, (value,))

        return probe


def _texts(json: Json) -> list[str]:
    assert isinstance(json, list)
    return [str(item) for item in json]


def serve(line: Line, held: dict[str, str]) -> None:
    """Say which layers of the sandbox hold, then answer requests until the parent goes.

    Ends the process itself: what user code left to be done at exit is not waited for.
    """
    # `re` warns once of a pattern that may change its meaning; Rust, which has it compiled, says nothing.
    warnings.filterwarnings("ignore", "Possible (nested set|set )", FutureWarning)
    server = Server(line.beat)
    line.settle()
    line.answer({"held": {**held}})
    while (request := line.request()) is not None:
        line.answer(server.answer(request))
    os._exit(0)
