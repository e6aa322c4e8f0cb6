"""The child's end of the line to its parent: two pipes and the shared page, kept out of user code's way.

The descriptors are moved to random high numbers, where code that closes or writes to low ones by mistake
doesn't meet them, and are not passed on to programs. What is used here is bound before user code is loaded,
so that patching `os` or `json` does no harm. None of this stops code that searches the process for them on
purpose: see docs/sandbox.md for what such code can win.
"""

from __future__ import annotations

import fcntl
import resource
from os import _exit, close, getpid, read
from random import SystemRandom

from .channel import LINE_LOST, MAX_ANSWER, Beat, ChannelClosedError, frame, receive, send
from .codec import Json

_LEAST, _MOST = 256, 4096


class Line:
    """Takes requests and gives answers, each with the token of its request."""

    def __init__(self, read_end: int, write_end: int, beat: Beat, token: str) -> None:
        self.beat = beat
        self._read_end = read_end
        self._write_end = write_end
        self._token: Json = token
        self._process = getpid()

    def settle(self) -> None:
        """Say that this process is the one that answers; its forks are not."""
        self._process = getpid()

    def request(self) -> dict[str, Json] | None:
        """The next request; None when the parent has gone, or in a forked copy of the child."""
        if getpid() != self._process:
            return None
        try:
            request = receive(self._some)
        except ChannelClosedError:
            return None
        except OSError:
            _exit(LINE_LOST)
        self._token = request.pop("token", "")
        return request

    def _some(self, count: int) -> bytes:
        return read(self._read_end, count)

    def answer(self, answer: dict[str, Json]) -> None:
        """Send the answer to the last request; a forked copy of the child sends nothing."""
        if getpid() != self._process:
            return
        try:
            framed = frame({**answer, "token": self._token}, MAX_ANSWER)
        except ValueError as error:
            framed = frame({"failed": f"the answer can't be sent: {error}", "token": self._token})
        try:
            send(self._write_end, framed)
        except OSError:
            _exit(LINE_LOST)


def connect(read_end: int, write_end: int, page: int, token: str) -> Line:
    """A line over inherited descriptors, which are closed."""
    beat = Beat(page)
    line = Line(_out_of_the_way(read_end), _out_of_the_way(write_end), beat, token)
    close(page)
    return line


def _out_of_the_way(descriptor: int) -> int:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _MOST if soft == resource.RLIM_INFINITY else min(_MOST, soft)
    least = min(_LEAST, most // 2)
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, SystemRandom().randrange(least, most - 8))
    close(descriptor)
    return moved
