"""How long a tree of processes has been at something, whatever else the machine does.

Read from `/proc/PID/schedstat`: processor time and time spent waiting for a processor, in nanoseconds (see
`Documentation/scheduler/sched-stats.rst` of Linux).
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

from portalis.validation.sandbox.watch import descendants

_MOST_PATIENCE = 20.0
_ASLEEP_COUNTS = 0.25
_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds that a process has run, and waited for a processor (None where the kernel doesn't count)."""

    ran: float
    waited: float | None


class Stopwatch:
    """Measures how long the processes beneath `pid`, itself included, are at what they do."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._since = -1.0
        self._before: dict[int, Times] = {}

    def elapsed(self, since: float) -> float:
        """Seconds since the moment `since` (monotonic), those left out in which one of the processes could
        have run but others had the processors.

        Call it now and then while something goes on: what was waited before the first call for a moment is
        not left out. Never less than a twentieth of the time by the clock, so that no number of threads
        stretches it further. Where the kernel doesn't count waiting, it is processor time, or a quarter of
        the time by the clock if that is more.
        """
        wall = time.monotonic() - since
        now = {pid: times for pid in descendants(self._pid) if (times := read_times(pid)) is not None}
        if since != self._since:
            self._since, self._before = since, now
        start = Times(0.0, 0.0)
        ran = max((one.ran - self._before.get(pid, start).ran for pid, one in now.items()), default=0.0)
        waits = [
            one.waited - (self._before.get(pid, start).waited or 0.0)
            for pid, one in now.items()
            if one.waited is not None
        ]
        least = max(ran, wall / _MOST_PATIENCE)
        if waits:
            return max(wall - max(waits), least)
        return max(wall * _ASLEEP_COUNTS, least)


def read_times(pid: int) -> Times | None:
    """The times of a process's first thread, None when it has gone."""
    try:
        ran, waited, _ = Path(f"/proc/{pid}/schedstat").read_text().split()
        return Times(int(ran) / 1e9, int(waited) / 1e9)
    except (OSError, ValueError):
        pass
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return Times((int(fields[11]) + int(fields[12])) / _TICK, None)
    except (OSError, ValueError, IndexError):
        return None
