"""Values as the harness reads and writes them in JSON."""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping

from tests.runtime.values import I64_MAX, I64_MIN

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

NAN_BITS = 0x7FF8_0000_0000_0000


class Beyond(Exception):
    """The value has an int beyond i64 or a lone surrogate: Rust must decline."""


def encode(value: object) -> Json:
    """The JSON of a Python value.

    Raises:
        Beyond: Rust cannot hold the value.
    """
    match value:
        case None | bool():
            return value
        case int():
            if not I64_MIN <= value <= I64_MAX:
                raise Beyond
            return value
        case float():
            bits: int = NAN_BITS if math.isnan(value) else struct.unpack("<Q", struct.pack("<d", value))[0]
            return {"f": bits}
        case complex():
            raise Beyond
        case str():
            if any("\ud800" <= c <= "\udfff" for c in value):
                raise Beyond
            return value
        case bytes() | list() | tuple() | range():
            return [encode(item) for item in value]
        case Mapping():
            return [[encode(key), encode(item)] for key, item in value.items()]
        case _:
            raise TypeError(type(value))


def canonical(answer: Json) -> Json:
    """The answer with every nan the same."""
    match answer:
        case {"f": int(bits)} if bits & ~(1 << 63) > 0x7FF0_0000_0000_0000:
            return {"f": NAN_BITS}
        case list():
            return [canonical(item) for item in answer]
        case _:
            return answer
