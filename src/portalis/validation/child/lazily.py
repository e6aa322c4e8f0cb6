"""Generators under test: both sides give their first items, and how they went on after those.

How many items are asked for depends on the arguments: a few, so that what only its later items keep from
an agreement still has some, and many, so that its end is seen.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from .cost import OverEventsError, OverLinesError
from .outcome import OverOutputError, OverTimeError

_LIMITS = (2, 8, 30, 100)


def limit_of(args: tuple[object, ...]) -> int:
    """How many items a call with these arguments is asked for."""
    if not args:
        return 30
    return _LIMITS[zlib.crc32(repr(args).encode("utf-8", "surrogatepass")) % len(_LIMITS)]


class Drained:
    """A call of a generator function that runs it, up to `limit` items.

    It gives the items, the exception that ended them or None, and whether they came to an end. An exception
    before any item is raised.
    """

    def __init__(self, call: Callable[..., object]) -> None:
        self._call = call
        self.limit = _LIMITS[-1]

    def __call__(self, *args: object) -> object:
        made = self._call(*args)
        assert isinstance(made, Iterable)
        items: list[object] = []
        try:
            return items, None, _take(iter(made), items, self.limit)
        except (MemoryError, RecursionError, OverTimeError, OverOutputError, OverLinesError, OverEventsError):
            raise
        except BaseException as error:
            if not items:
                raise
            return items, error.with_traceback(None), True


def _take(made: Iterator[object], items: list[object], limit: int) -> bool:
    """Adds up to `limit` items to a list; whether there were fewer."""
    items.extend(islice(made, limit))
    return len(items) < limit


class Limited:
    """The translation's side of the same: the extension is told how many items are wanted."""

    def __init__(self, native: Callable[..., object]) -> None:
        self._native = native
        self.limit = _LIMITS[-1]

    def __call__(self, *args: object) -> object:
        return self._native(*args, self.limit)
