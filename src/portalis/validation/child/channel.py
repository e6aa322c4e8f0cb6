"""Length-prefixed JSON messages over a pair of pipes, and the beat: a page shared with the parent.

A message is four bytes of length (little-endian) and that many bytes of JSON. The beat tells the parent,
which can only watch, what the child is doing and since when, so that a hang is seen and the case in flight
is known after a crash.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import time
from collections.abc import Callable

from .codec import Json

MAX_MESSAGE = 256 << 20
BEAT_BYTES = 1 << 16
IDLE, ORIGINAL, TRANSLATION = 0, 1, 2
_HEAD = struct.Struct("<BdI")


class ChannelClosedError(Exception):
    """The other side went away, or sent what is not a message."""


def send(descriptor: int, message: dict[str, Json]) -> None:
    """Write one message. Raises BrokenPipeError when nobody reads, ValueError when it is too large."""
    body = json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    if len(body) > MAX_MESSAGE:
        raise ValueError("message too large")
    data = memoryview(struct.pack("<I", len(body)) + body)
    while data:
        data = data[os.write(descriptor, data) :]


def receive(read: Callable[[int], bytes]) -> dict[str, Json]:
    """Read one message with `read(most bytes)`, which returns b"" at the end. Raises ChannelClosedError."""
    (length,) = struct.unpack("<I", _exactly(read, 4))
    if length > MAX_MESSAGE:
        raise ChannelClosedError("message too large")
    try:
        message = json.loads(_exactly(read, length))
    except (ValueError, RecursionError) as error:
        raise ChannelClosedError("not a message") from error
    if not isinstance(message, dict):
        raise ChannelClosedError("not a message")
    return message


def _exactly(read: Callable[[int], bytes], count: int) -> bytes:
    parts: list[bytes] = []
    while count:
        part = read(min(count, 1 << 20))
        if not part:
            raise ChannelClosedError("end of stream")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


class Beat:
    """The shared page: phase, when it began (monotonic seconds), and the text of the case in flight."""

    def __init__(self, descriptor: int) -> None:
        self._page = mmap.mmap(descriptor, BEAT_BYTES)

    def mark(self, phase: int, text: str = "") -> None:
        """Say that `phase` begins now; an empty `text` keeps the one that stands."""
        body = text.encode("utf-8", "backslashreplace")[: BEAT_BYTES - _HEAD.size]
        if body:
            self._page[_HEAD.size : _HEAD.size + len(body)] = body
            self._page[: _HEAD.size] = _HEAD.pack(phase, time.monotonic(), len(body))
        else:
            self._page[:9] = struct.pack("<Bd", phase, time.monotonic())

    def read(self) -> tuple[int, float, str]:
        """The phase, its beginning and its text."""
        phase, began, length = _HEAD.unpack(self._page[: _HEAD.size])
        length = min(length, BEAT_BYTES - _HEAD.size)
        text = self._page[_HEAD.size : _HEAD.size + length].decode("utf-8", "replace")
        return phase, began, text
