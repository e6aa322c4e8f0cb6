"""Which prompts are answered together.

A batch computes as long as its longest member, and pads the others, so prompts of like length go together:
the waste of a bucket is bounded by the ratio of its lengths.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

_RATIO = 2.0
"""The longest of a batch is at most so many times as long as its shortest …"""
_SHORT = 64
"""… but prompts up to this many tokens are all alike."""


def batches(lengths: Sequence[int], size: int) -> list[list[int]]:
    """Indices of prompts, grouped by length, the longest first, so that memory ends at once or not at all.

    Args:
        lengths: of each prompt, tokens.
        size: the most prompts of a batch.

    >>> batches([10, 900, 20, 800, 70], 3)
    [[1, 3], [4, 2, 0]]
    """
    order = sorted(range(len(lengths)), key=lambda index: (-lengths[index], index))
    found: list[list[int]] = []
    for index in order:
        if found and len(found[-1]) < size:
            longest = lengths[found[-1][0]]
            if max(lengths[index], _SHORT) * _RATIO >= longest:
                found[-1].append(index)
                continue
        found.append([index])
    return found


def windows(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Parts of a stream, each of `size` items but for the last; reads no further than it must.

    >>> list(windows(range(5), 2))
    [[0, 1], [2, 3], [4]]
    """
    iterator = iter(items)
    while window := list(islice(iterator, size)):
        yield window
