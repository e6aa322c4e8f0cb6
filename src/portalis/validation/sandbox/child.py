"""One sandboxed process, as its parent sees it."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import secrets
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NoReturn

from portalis.validation.child.channel import (
    BEAT_BYTES,
    IDLE,
    LINE_LOST,
    MAX_ANSWER,
    ORIGINAL,
    TRANSLATION,
    Beat,
    ChannelClosedError,
    MalformedError,
    frame,
    receive,
)
from portalis.validation.child.codec import Json
from portalis.validation.containment import Cause
from portalis.validation.sandbox import bubblewrap
from portalis.validation.sandbox.exposure import interpreter_paths, readable_paths
from portalis.validation.sandbox.isolation import (
    Isolation,
    SandboxPolicy,
    SandboxTooWeakError,
    current_policy,
)
from portalis.validation.sandbox.limits import Limits
from portalis.validation.sandbox.stopwatch import Stopwatch
from portalis.validation.sandbox.watch import Watch, descendants

_HARNESS = Path(__file__).resolve().parents[1] / "child"
_POLL_SECONDS = 0.05
_STARTS = 3
_START_SECONDS = 30.0
_STATUS_SECONDS = 1.0
_KILL_ROUNDS = 20


class ChildDiedError(Exception):
    """The child ended before it answered.

    `phase` is "idle", "original" or "translation", `text` the case that was in flight, `hung` whether we
    ended it because a call passed its time, `cause` what it ran into, `detail` the signal or exit status and
    the end of its standard error.
    """

    def __init__(self, phase: str, text: str, hung: bool, detail: str, cause: Cause = "exit") -> None:
        super().__init__(f"{'hung' if hung else 'died'} in {phase}: {detail}")
        self.phase = phase
        self.text = text
        self.hung = hung
        self.detail = detail
        self.cause = cause


class RequestFailedError(Exception):
    """The child is well but could not do what it was asked; the message says why."""


class Child:
    """One sandboxed process, started on entry and ended, with all that it started, on exit.

    `path` folders are put on its `sys.path` and can be read; `environment` is added to an otherwise clean
    one; `writable` folders can be written besides its own scratch folder, and so can `bytecode`, where
    compiled modules are kept. `wrapper` is bubblewrap's path, "" to do without; by default it is used where
    it gives more.

    Entering raises SandboxTooWeakError where less holds than `policy` asks for, and OSError where no process
    can be started.
    """

    def __init__(
        self,
        path: Sequence[Path],
        limits: Limits | None = None,
        environment: Mapping[str, str] | None = None,
        bytecode: Path | None = None,
        writable: Sequence[Path] = (),
        policy: SandboxPolicy | None = None,
        wrapper: str | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.isolation = Isolation()
        self._path = list(path)
        self._environment = dict(environment or {})
        self._bytecode = bytecode
        self._writable = [*([bytecode] if bytecode else []), *writable]
        self._policy = policy or current_policy()
        self._wrapper = wrapper
        self._scratch: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._read = self._write = -1
        self._beat: Beat | None = None
        self._watch: Watch | None = None
        self._stopwatch: Stopwatch | None = None
        self._token = ""

    def __enter__(self) -> Child:
        if self._wrapper is not None:
            return self._entered(self._wrapper)
        if not _suffices and not self._policy.without:
            # The first child of a run shows whether bubblewrap could add anything.
            with contextlib.suppress(SandboxTooWeakError):
                self._entered("")
            _suffices.append(all(map(self.isolation.holds, bubblewrap.GIVEN[1:])))
            if _suffices[0]:
                return self
            self.close()
        return self._entered("" if _suffices and _suffices[0] else _stronger_wrapper())

    def _entered(self, wrapper: str) -> Child:
        for left in reversed(range(_STARTS)):
            self._scratch = Path(os.path.realpath(tempfile.mkdtemp(prefix="portalis-")))
            try:
                self._start(wrapper)
                self._hello()
            except ChildDiedError:
                # No code of the user has run yet: something else killed it.
                self.close()
                if not left:
                    raise
            except BaseException:
                self.close()
                raise
            else:
                return self
        raise AssertionError("unreachable")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The process that was launched; what runs user code is beneath it."""
        assert self._process is not None
        return self._process.pid

    def _start(self, wrapper: str) -> None:
        assert self._scratch is not None
        home = self._scratch / "home"
        home.mkdir()
        (self._scratch / "root").mkdir()
        child_read, self._write = os.pipe()
        self._read, child_write = os.pipe()
        os.set_blocking(self._write, False)
        with tempfile.TemporaryFile() as page, (self._scratch / "errors").open("wb") as errors:
            page.truncate(BEAT_BYTES)
            self._beat = Beat(page.fileno())
            pipes = {"read": child_read, "write": child_write, "beat": page.fileno()}
            try:
                self._process = subprocess.Popen(
                    self._command(home, pipes, wrapper),
                    stdin=subprocess.DEVNULL,
                    stdout=errors,
                    stderr=errors,
                    cwd=home,
                    env=self._clean_environment(home),
                    pass_fds=tuple(pipes.values()),
                    start_new_session=True,
                )
            finally:
                os.close(child_read)
                os.close(child_write)
        self._stopwatch = Stopwatch(self._process.pid)
        self._watch = Watch(self._process.pid, self.limits, self._scratch, self._writable)

    def _command(self, home: Path, pipes: Mapping[str, int], wrapper: str) -> list[str]:
        self._token = secrets.token_hex(16)
        readable = [*readable_paths(self._path), str(_HARNESS)]
        writable = [os.path.realpath(folder) for folder in self._writable]
        config = {
            **pipes,
            "token": self._token,
            "limits": self.limits.as_rlimits(),
            "home": str(home),
            "root": str(home.parent / "root"),
            "home_bytes": self.limits.scratch_mib << 20,
            "readable": readable,
            "writable": writable,
            "bytecode": str(self._bytecode or home / "bytecode"),
            "may_fork": self.limits.processes > 0,
            "wrapped": [*bubblewrap.GIVEN] if wrapper else None,
            "without": sorted(self._policy.without),
        }
        inner = [sys.executable, "-s", "-P", str(_HARNESS / "launch.py"), json.dumps(config)]
        if not wrapper:
            return inner
        size = self.limits.scratch_mib << 20
        return bubblewrap.command(wrapper, inner, home, size, [*interpreter_paths(), *readable], writable)

    def _clean_environment(self, home: Path) -> dict[str, str]:
        """Nothing of the user's environment but what finding the interpreter needs.

        `-s -P` with this environment is what `-I` gives, except that the hash seed can be fixed.
        """
        kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
        return {
            **kept,
            "PATH": os.defpath,
            "HOME": str(home),
            "TMPDIR": str(home),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "PYTHONHASHSEED": "0",
            **self._environment,
        }

    def _hello(self) -> None:
        """Hear which layers hold, before any user code is loaded; go on only where they are enough."""
        held = self._await(time.monotonic() + _START_SECONDS).get("held")
        if isinstance(held, dict):
            self.isolation = Isolation({name: str(why) for name, why in held.items()})
        if self.isolation.missing and not self._policy.unsafe:
            raise SandboxTooWeakError(self.isolation)
        self.ask({"do": "path", "path": [*map(str, self._path)]}, _START_SECONDS)

    def ask(self, request: Mapping[str, Json], seconds: float) -> dict[str, Json]:
        """Send a request and wait at most `seconds` for its answer.

        Raises ChildDiedError (also when time runs out) and RequestFailedError.
        """
        end = time.monotonic() + seconds
        self._token = secrets.token_hex(16)
        self._send(frame({**request, "token": self._token}), end)
        answer = self._await(end)
        failure = answer.get("failed")
        if isinstance(failure, str):
            raise RequestFailedError(failure)
        return answer

    def _send(self, data: bytes, end: float) -> None:
        left = memoryview(data)
        while left:
            self._check(end)
            if select.select([], [self._write], [], _POLL_SECONDS)[1]:
                try:
                    left = left[os.write(self._write, left) :]
                except BlockingIOError:
                    continue
                except OSError:
                    self._died("exit")

    def _await(self, end: float) -> dict[str, Json]:
        """The answer to the last request; anything else on the line ends the child."""
        looked = time.monotonic()

        def read(count: int) -> bytes:
            nonlocal looked
            while True:
                if time.monotonic() - looked > _POLL_SECONDS:
                    self._check(end)
                    looked = time.monotonic()
                if select.select([self._read], [], [], _POLL_SECONDS)[0]:
                    return os.read(self._read, count)

        try:
            answer = receive(read, MAX_ANSWER)
        except MalformedError as error:
            self._died("channel", str(error))
        except ChannelClosedError:
            self._died("exit")
        if answer.pop("token", None) != self._token:
            self._died("channel", "an answer that was not asked for")
        return answer

    def _check(self, end: float) -> None:
        """End the child when its time is up, or it is over a limit."""
        now = time.monotonic()
        if now > end or self._overdue(now):
            self._died("time")
        excess = self._watch.excess() if self._watch is not None else None
        if excess is not None:
            self._died(excess.cause, excess.detail)

    def _overdue(self, now: float) -> bool:
        """Whether a call has had more than its time, that left out in which others had the processors."""
        assert self._beat is not None
        assert self._stopwatch is not None
        phase, began, _ = self._beat.read()
        if phase == IDLE or now - began < _POLL_SECONDS:
            return False
        return self._stopwatch.elapsed(began) > self.limits.case_seconds

    def _died(self, cause: Cause, detail: str = "") -> NoReturn:
        """End the process and raise ChildDiedError."""
        assert self._beat is not None
        phase, _, text = self._beat.read()
        ended_itself = cause == "exit" and not detail
        status = self._end(_STATUS_SECONDS if ended_itself else 0.0)
        name = {ORIGINAL: "original", TRANSLATION: "translation"}.get(phase, "idle")
        if status == signal.SIGXCPU.name:
            cause = "time"
        elif status == f"exit status {LINE_LOST}":
            cause = "channel"
        words = detail or f"{status}{self._last_words()}"
        raise ChildDiedError(name, text, cause == "time", words, cause)

    def _end(self, grace: float) -> str:
        """End the process and all that it started; how the child itself ended, in words.

        It is given `grace` seconds to end by itself. With a process namespace the first process to be killed
        takes all others with it; without, those that remain are looked for until there are none.
        """
        process = self._process
        if process is None:
            return "not started"
        if grace:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(grace)
        for _ in range(_KILL_ROUNDS):
            if process.poll() is not None:
                break
            for pid in [pid for pid in descendants(process.pid) if pid != process.pid]:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_POLL_SECONDS)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        code = process.wait()
        if code >= 0:
            return f"exit status {code}"
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
        return f"signal {-code}"

    def _last_words(self) -> str:
        if self._scratch is None:
            return ""
        try:
            with (self._scratch / "errors").open("rb") as file:
                file.seek(0, os.SEEK_END)
                file.seek(max(0, file.tell() - 2000))
                text = file.read().decode("utf-8", "replace").strip()
        except OSError:
            return ""
        return f": {text}" if text else ""

    def kill(self) -> None:
        """End the child now, from any thread; who waits for an answer gets ChildDiedError."""
        process = self._process
        if process is not None and process.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)

    def close(self) -> None:
        """End the child and remove its scratch folder; safe to call twice."""
        self._end(0.0)
        self._process = None
        for descriptor in (self._write, self._read):
            if descriptor >= 0:
                os.close(descriptor)
        self._read = self._write = -1
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)
            self._scratch = None


@functools.cache
def probe() -> Isolation:
    """What the sandbox cuts off on this machine, found once by starting a child."""
    return _isolation(None)


_suffices: list[bool] = []
"""Whether all that bubblewrap gives holds without it, once a child has shown."""


@functools.cache
def _stronger_wrapper() -> str:
    """bubblewrap's path where more layers hold with it than without, else ""."""
    program = bubblewrap.find()
    if program is None:
        return ""
    plain = _isolation("")
    needless = all(map(plain.holds, bubblewrap.GIVEN[1:]))
    return program if not needless and _isolation(program).strength > plain.strength else ""


def _isolation(wrapper: str | None) -> Isolation:
    try:
        with Child([], policy=SandboxPolicy(unsafe=True), wrapper=wrapper) as child:
            return child.isolation
    except (ChildDiedError, OSError):
        return Isolation()
