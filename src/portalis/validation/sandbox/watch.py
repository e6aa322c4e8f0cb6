"""A watch over what the kernel doesn't bound for a whole tree of processes: memory, their number, folders.

Read from `/proc` by the parent, which the child can't reach; see `proc(5)`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from portalis.validation.containment import Cause
from portalis.validation.sandbox.limits import Limits

_FOLDER_SECONDS = 0.5
_OWN_PROCESSES = 3
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True, slots=True)
class Excess:
    """A limit that was passed, and by what."""

    cause: Cause
    detail: str


class Watch:
    """Watches the processes beneath `pid`, itself included, and the sizes of folders."""

    def __init__(self, pid: int, limits: Limits, scratch: Path, folders: Sequence[Path]) -> None:
        self._pid = pid
        self._limits = limits
        self._scratch = scratch
        self._folders = [(folder, folder_bytes(folder)) for folder in folders]
        self._next_folders = time.monotonic() + _FOLDER_SECONDS

    def excess(self) -> Excess | None:
        """What is over its limit now, if anything."""
        pids = list(descendants(self._pid))
        started = len(pids) - _OWN_PROCESSES
        if started > self._limits.processes:
            return Excess("processes", f"{started} processes at once, {self._limits.processes} are allowed")
        threads = resident = 0
        for pid in pids:
            count, pages = _threads_and_pages(pid)
            threads += count
            resident += pages * _PAGE
        if threads > self._limits.threads:
            return Excess("processes", f"{threads} threads at once, {self._limits.threads} are allowed")
        allowed = self._limits.memory_mib << 20
        # What forks share is counted for each of them there; the exact figure takes longer to get.
        if resident > allowed and (exact := sum(map(_proportional_bytes, pids))) > allowed:
            return Excess("memory", f"{exact >> 20} MiB in all, {self._limits.memory_mib} are allowed")
        return self._folder_excess()

    def _folder_excess(self) -> Excess | None:
        now = time.monotonic()
        if now < self._next_folders:
            return None
        self._next_folders = now + _FOLDER_SECONDS
        grown = folder_bytes(self._scratch)
        allowed = self._limits.scratch_mib + self._limits.file_mib << 20
        if grown > allowed:
            return Excess("disk", f"{grown >> 20} MiB in the scratch folder")
        for folder, before in self._folders:
            grown = folder_bytes(folder) - before
            if grown > self._limits.folder_bytes:
                return Excess("disk", f"{grown >> 20} MiB written to {folder.name}")
        return None


def descendants(pid: int) -> Iterator[int]:
    """A process and all beneath it, those that are dead and not yet waited for left out."""
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        children = _children(one)
        if children is None:
            continue
        yield one
        waiting += children


def _children(pid: int) -> list[int] | None:
    """The children of a process's threads; None when it has gone."""
    try:
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX":
            return None
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except FileNotFoundError:
        return _children_by_search(pid)
    except OSError:
        return None


def _children_by_search(pid: int) -> list[int] | None:
    """The same on kernels that don't list children."""
    if not Path(f"/proc/{pid}").exists():
        return None
    found: list[int] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == pid and state not in "ZX":
            found.append(int(stat.parent.name))
    return found


def _threads_and_pages(pid: int) -> tuple[int, int]:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0, 0
    return int(fields[17]), int(fields[21])


def _proportional_bytes(pid: int) -> int:
    """Memory of a process, what it shares divided among the sharers."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return _threads_and_pages(pid)[1] * _PAGE
    return next((int(line.split()[1]) << 10 for line in text.splitlines() if line.startswith("Pss:")), 0)


def folder_bytes(folder: Path) -> int:
    """What the files beneath a folder take, links not followed; what vanishes meanwhile counts as nothing."""
    total = 0
    waiting = [str(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        total += entry.stat(follow_symlinks=False).st_blocks * 512
        except OSError:
            continue
    return total
