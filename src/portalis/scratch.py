"""Where a run keeps what it makes for a while, so that nothing of it outlives the run, however it ends.

A run has one folder in the system's temporary folder and holds a lock on a file in it. The lock goes with
the process, `kill -9` included, so the next run knows which folders are nobody's any more and removes them.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

PREFIX = "portalis-run-"
_LOCK = "lock"


class Busy(Exception):
    """Another process holds the lock."""


class FileLock:
    """An advisory lock on a file (`flock`), made where there is none; the kernel drops it with the process.

    `shared` locks go together, and keep exclusive ones out.
    """

    def __init__(self, path: Path, *, shared: bool = False, wait: bool = False) -> None:
        """Take the lock.

        Raises:
            Busy: another process has it, and we are not to `wait`.
            OSError: the file can't be opened.
        """
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(self._descriptor, kind | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            self.close()
            raise Busy(str(path)) from error
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        """Give the lock back; safe to call twice."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> FileLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@contextmanager
def run_folder() -> Iterator[Path]:
    """A folder for this process in which all its temporary files are made; it goes at the end.

    Folders of runs that were killed are removed first.
    """
    before = tempfile.tempdir
    system = Path(tempfile.gettempdir())
    sweep(system, PREFIX)
    folder, lock = locked_folder(system, PREFIX)
    tempfile.tempdir = str(folder)
    try:
        yield folder
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder, ignore_errors=True)
        lock.close()


def system_folder() -> Path:
    """The temporary folder outside the run's own, for what is to stay when the run has ended."""
    own = Path(tempfile.gettempdir())
    return own.parent if own.name.startswith(PREFIX) else own


def locked_folder(parent: Path, prefix: str) -> tuple[Path, FileLock]:
    """A fresh folder that `sweep` leaves alone as long as this process lives and holds the lock."""
    folder = Path(tempfile.mkdtemp(dir=parent, prefix=prefix))
    # The lock appears under its name only once it is held: no sweep sees it free in between.
    fresh = folder / f"{_LOCK}.new"
    lock = FileLock(fresh)
    fresh.rename(folder / _LOCK)
    return folder, lock


def abandoned(parent: Path, prefix: str) -> Iterator[Path]:
    """The folders that `locked_folder` made here for processes of this user that are gone.

    Each is locked while it is handed out.
    """
    for folder in sorted(parent.glob(f"{prefix}*")):
        lock = folder / _LOCK
        with contextlib.suppress(OSError, Busy):
            if folder.is_symlink() or folder.stat().st_uid != os.getuid() or not lock.is_file():
                continue
            with FileLock(lock):
                yield folder


def sweep(parent: Path, prefix: str) -> int:
    """Remove the folders of processes that are gone; how many there were."""
    count = 0
    for folder in abandoned(parent, prefix):
        shutil.rmtree(folder, ignore_errors=True)
        count += 1
    return count
