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
from collections.abc import Callable
from time import monotonic

from .codec import Json

MAX_MESSAGE = 256 << 20
MAX_ANSWER = 32 << 20
BEAT_BYTES = 1 << 16
LINE_LOST = 117
"""Exit status of a child that finds its pipes closed by other hands."""
IDLE, ORIGINAL, TRANSLATION = 0, 1, 2
SIBLING = "sibling "
"""How the text of the beat begins while another function than the subject is run to make inputs of its
results; its key follows, then a line end and the arguments.
"""
_HEAD = struct.Struct("<BdI")


def _encoder() -> Callable[[object], str]:
    """`json.dumps` as it is now: in the child, user code may patch `json` later, down to what it looks up
    when it is called.
    """
    plain = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return plain.encode
    quoted = json.encoder.encode_basestring_ascii
    parts = make(None, plain.default, quoted, None, ":", ",", False, False, True)
    return lambda value: "".join(parts(value, 0))


_encode = _encoder()
_decode = json.JSONDecoder().decode


class ChannelClosedError(Exception):
    """The other side went away, or sent what is not a message."""


class MalformedError(ChannelClosedError):
    """The other side sent what is not a message."""


def frame(message: dict[str, Json], most: int = MAX_MESSAGE) -> bytes:
    """A message as it is sent. Raises ValueError when it is over `most` bytes."""
    body = _encode(message).encode("ascii")
    if len(body) > most:
        raise ValueError("message too large")
    return struct.pack("<I", len(body)) + body


def send(descriptor: int, framed: bytes) -> None:
    """Write a framed message. Raises BrokenPipeError when nobody reads."""
    data = memoryview(framed)
    while data:
        data = data[os.write(descriptor, data) :]


def receive(read: Callable[[int], bytes], most: int = MAX_MESSAGE) -> dict[str, Json]:
    """Read one message of at most `most` bytes with `read(most bytes)`, which returns b"" at the end.

    Raises ChannelClosedError at the end, MalformedError on anything but a message.
    """
    (length,) = struct.unpack("<I", _exactly(read, 4))
    if length > most:
        raise MalformedError("message too large")
    try:
        message = _decode(_exactly(read, length).decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise MalformedError("not a message") from error
    if not isinstance(message, dict):
        raise MalformedError("not a message")
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
            self._page[: _HEAD.size] = _HEAD.pack(phase, monotonic(), len(body))
        else:
            self._page[:9] = struct.pack("<Bd", phase, monotonic())

    def read(self) -> tuple[int, float, str]:
        """The phase, its beginning and its text."""
        phase, began, length = _HEAD.unpack(self._page[: _HEAD.size])
        length = min(length, BEAT_BYTES - _HEAD.size)
        text = self._page[_HEAD.size : _HEAD.size + length].decode("utf-8", "replace")
        return phase, began, text
