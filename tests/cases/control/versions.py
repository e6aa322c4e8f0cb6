"""Tests of the Python version."""

from __future__ import annotations

import sys
from sys import version_info


def versions(n: int) -> int:
    if sys.version_info >= (3, 8):
        n += 1
    x = 1 if (3, 8) <= sys.version_info < (3, 10) else 2
    y = 1 if sys.version_info[:2] == (3, 11) else 2
    z = 1 if version_info[0] < 3 else 2
    w = 1 if sys.version_info > (3, 11) else 2
    v = 1 if not sys.version_info.minor >= 12 else 2
    return n + 10 * x + 100 * y + 1000 * z + 10000 * w + 100000 * v


def hidden(n: int) -> bool:
    version_info = (n, 0)
    return version_info >= (3, 8)


CASES = [("versions", (1,)), ("hidden", (3,)), ("hidden", (4,))]
