"""Progress on a terminal: one line on stderr, shown only when a run lasts longer than a second."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from portalis.progress import SILENT, Progress

DELAY = 1.0


class _Terminal:
    """Shows the running stage; a timer starts the display, so that quick runs show nothing."""

    def __init__(self, console: Console) -> None:
        self._bar = Bar(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("[dim]{task.fields[note]}"),
            console=console,
            transient=True,
        )
        self._task: TaskID | None = None
        self._timer = threading.Timer(DELAY, self._bar.start)
        self._timer.daemon = True
        self._timer.start()

    def stage(self, name: str, total: int | None = None) -> None:
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(name, total=total, note="")

    def step(self, count: int = 1, note: str = "") -> None:
        if self._task is not None:
            self._bar.update(self._task, advance=count, note=note)

    def close(self) -> None:
        self._timer.cancel()
        self._timer.join(0.1)
        self._bar.stop()


@contextmanager
def terminal_progress() -> Iterator[Progress]:
    """Progress for one command: on stderr where that is a terminal, otherwise none."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield SILENT
        return
    shown = _Terminal(Console(stderr=True))
    try:
        yield shown
    finally:
        shown.close()
