"""The sandbox: user code runs in a child CPython with limits, a scratch folder and no network.

A `Child` is one such process; the parent asks with JSON messages and watches its beat. A crash, an abort, a
hang or a memory blow-up ends the child, never the parent: `ask` raises `ChildDiedError`, which names the
case in flight, and the caller starts another child. What a child sends is decoded with `child.codec`, which
can't run code.

The child confines itself (`child/confine.py`) with what Linux gives: rlimits, user and network namespaces,
Landlock. `probe` says what held on this machine.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from portalis.validation.child.channel import (
    BEAT_BYTES,
    IDLE,
    ORIGINAL,
    TRANSLATION,
    Beat,
    ChannelClosedError,
    receive,
    send,
)
from portalis.validation.child.codec import Json

_LAUNCH = Path(__file__).parent / "child" / "launch.py"
_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use. `case_seconds` bounds one call of the original or of the translation in wall
    time.
    """

    cpu_seconds: int = 900
    memory_mib: int = 2048
    file_mib: int = 16
    open_files: int = 128
    processes: int = 64
    case_seconds: float = 3.0

    def as_rlimits(self) -> dict[str, Json]:
        """The limits under the names of the `resource` module."""
        return {
            "RLIMIT_CPU": self.cpu_seconds,
            "RLIMIT_AS": self.memory_mib << 20,
            "RLIMIT_FSIZE": self.file_mib << 20,
            "RLIMIT_NOFILE": self.open_files,
            "RLIMIT_NPROC": self.processes,
            "RLIMIT_CORE": 0,
        }


@dataclass(frozen=True, slots=True)
class Isolation:
    """What this machine's sandbox cuts off: network, writes outside the scratch folder, signals to others."""

    network: bool
    writes: bool
    signals: bool

    def describe(self) -> str:
        """One line for `portalis doctor`."""
        parts = [f"{name} {'cut off' if held else 'open'}" for name, held in self._items()]
        return "own process with limits; " + ", ".join(parts)

    def _items(self) -> tuple[tuple[str, bool], ...]:
        return (("network", self.network), ("writes", self.writes), ("signals", self.signals))


class ChildDiedError(Exception):
    """The child ended before it answered.

    `phase` is "idle", "original" or "translation", `text` the case that was in flight, `hung` whether we
    ended it because a call passed its time, `detail` the signal or exit status and the end of its standard
    error.
    """

    def __init__(self, phase: str, text: str, hung: bool, detail: str) -> None:
        super().__init__(f"{'hung' if hung else 'died'} in {phase}: {detail}")
        self.phase = phase
        self.text = text
        self.hung = hung
        self.detail = detail


class RequestFailedError(Exception):
    """The child is well but could not do what it was asked; the message says why."""


class Child:
    """One sandboxed process, started on entry and ended, with its whole process group, on exit.

    `path` folders are put on its `sys.path`; `environment` is added to an otherwise clean one; `writable`
    folders can be written besides its own scratch folder.
    """

    def __init__(
        self,
        path: Sequence[Path],
        limits: Limits | None = None,
        environment: Mapping[str, str] | None = None,
        bytecode: Path | None = None,
        writable: Sequence[Path] = (),
    ) -> None:
        self.limits = limits or Limits()
        self._path = [str(folder) for folder in path]
        self._environment = dict(environment or {})
        self._bytecode = bytecode
        self._writable = [str(folder) for folder in writable]
        self._scratch: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._read = self._write = -1
        self._beat: Beat | None = None
        self.isolation = Isolation(False, False, False)

    def __enter__(self) -> Child:
        self._scratch = Path(tempfile.mkdtemp(prefix="portalis-"))
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> None:
        assert self._scratch is not None
        home = self._scratch / "home"
        home.mkdir()
        child_read, self._write = os.pipe()
        self._read, child_write = os.pipe()
        with tempfile.TemporaryFile() as page, (self._scratch / "errors").open("wb") as errors:
            page.truncate(BEAT_BYTES)
            self._beat = Beat(page.fileno())
            config = {
                "limits": self.limits.as_rlimits(),
                "writable": [str(home), *([str(self._bytecode)] if self._bytecode else []), *self._writable],
                "read": child_read,
                "write": child_write,
                "beat": page.fileno(),
            }
            try:
                self._process = subprocess.Popen(
                    self._command(home, config),
                    stdin=subprocess.DEVNULL,
                    stdout=errors,
                    stderr=errors,
                    cwd=home,
                    env=self._clean_environment(home),
                    pass_fds=(child_read, child_write, page.fileno()),
                    start_new_session=True,
                )
            finally:
                os.close(child_read)
                os.close(child_write)
        self._hello()

    def _command(self, home: Path, config: Mapping[str, object]) -> list[str]:
        bytecode = self._bytecode or home / "bytecode"
        return [
            sys.executable,
            "-s",
            "-P",
            "-X",
            f"pycache_prefix={bytecode}",
            str(_LAUNCH),
            json.dumps(config),
        ]

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
        message = self._await(30.0)
        held = message.get("held")
        if isinstance(held, dict):
            self.isolation = Isolation(
                held.get("network") is True, held.get("writes") is True, held.get("signals") is True
            )
        self.ask({"do": "path", "path": [*self._path]}, 30.0)

    def ask(self, request: Mapping[str, Json], seconds: float) -> dict[str, Json]:
        """Send a request and wait at most `seconds` for its answer.

        Raises ChildDiedError (also when time runs out) and RequestFailedError.
        """
        try:
            send(self._write, dict(request))
        except OSError:
            self._died(False)
        answer = self._await(seconds)
        failure = answer.get("failed")
        if isinstance(failure, str):
            raise RequestFailedError(failure)
        return answer

    def _await(self, seconds: float) -> dict[str, Json]:
        end = time.monotonic() + seconds

        def read(count: int) -> bytes:
            while not select.select([self._read], [], [], _POLL_SECONDS)[0]:
                now = time.monotonic()
                if now > end or self._overdue(now):
                    self._died(True)
            return os.read(self._read, count)

        try:
            return receive(read)
        except ChannelClosedError:
            self._died(False)
            raise

    def _overdue(self, now: float) -> bool:
        assert self._beat is not None
        phase, began, _ = self._beat.read()
        return phase != IDLE and now - began > self.limits.case_seconds

    def _died(self, hung: bool) -> None:
        """End the process and raise ChildDiedError."""
        assert self._beat is not None
        phase, _, text = self._beat.read()
        status = self._kill()
        name = {ORIGINAL: "original", TRANSLATION: "translation"}.get(phase, "idle")
        raise ChildDiedError(name, text, hung, f"{status}{self._last_words()}")

    def _kill(self) -> str:
        """End the whole process group; how the child itself ended, in words."""
        process = self._process
        if process is None:
            return "not started"
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.2)
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
        """End the child's process group now, from any thread; who waits for an answer gets ChildDiedError."""
        process = self._process
        if process is not None and process.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)

    def close(self) -> None:
        """End the child and remove its scratch folder; safe to call twice."""
        for descriptor in (self._write, self._read):
            if descriptor >= 0:
                os.close(descriptor)
        self._read = self._write = -1
        self._kill()
        self._process = None
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)
            self._scratch = None


@functools.cache
def probe() -> Isolation:
    """What the sandbox cuts off on this machine, found once by starting a child."""
    with Child([]) as child:
        return child.isolation
