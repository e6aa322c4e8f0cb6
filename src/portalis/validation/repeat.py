"""Asking Python a second time, in a process with another hash seed and another layout of memory.

What depends on the order of a set, on `id` or on an address in a `repr` is the same in one process and
another in the next: it can't be translated, and a difference from the translation says nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType

from portalis.validation.child.codec import Json
from portalis.validation.evidence import Target
from portalis.validation.sandbox import Child, ChildDiedError, RequestFailedError

OTHER_LAYOUT = {"PYTHONHASHSEED": "20231114", "PYTHONMALLOC": "malloc"}
"""The environment of the second process."""


class Repeater:
    """Second processes, one for each thread that asks, started when they are first needed."""

    def __init__(self, start: Callable[[], Child], opening: Callable[[Child], object]) -> None:
        self._start = start
        self._opening = opening
        self._stack = ExitStack()
        self._mutex = threading.Lock()
        self._own = threading.local()

    def __enter__(self) -> Repeater:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def wavering(self, target: Target, cases: list[Json]) -> list[str]:
        """For each case what Python answers now and answered before, "" where that is the same.

        A process that dies or can't be started has shown nothing.
        """
        if not cases:
            return []
        request: dict[str, Json] = {
            "do": "again",
            "key": target.key,
            "cases": cases,
            "effects": [*sorted(target.effects)],
        }
        try:
            answer = self._child().ask(request, 60.0)
        except RequestFailedError:
            return ["" for _ in cases]
        except (ChildDiedError, OSError):
            self._own.child = None
            return ["" for _ in cases]
        found = answer.get("wavers")
        return [str(text) for text in found] if isinstance(found, list) else ["" for _ in cases]

    def _child(self) -> Child:
        child: Child | None = getattr(self._own, "child", None)
        if child is None:
            with self._mutex:
                child = self._stack.enter_context(self._start())
            self._opening(child)
            self._own.child = child
        return child
