"""Putting output where the user asked for it: whole or not at all, and never over somebody else's files.

A folder is ours when it holds a Portalis report. Output is made beside it and moved in with renames.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portalis.emit.report import REPORT_NAME


class OutputError(Exception):
    """The output folder can't be used; `hint` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def check_output(out_dir: Path) -> None:
    """Refuse a folder that isn't ours, before any work is done.

    Raises:
        OutputError: it is a file, can't be written, or holds files that Portalis didn't make.
    """
    if out_dir.exists() and not out_dir.is_dir():
        raise OutputError(f"{out_dir} is not a folder", "name a folder for the output")
    if out_dir.is_dir() and any(out_dir.iterdir()) and not (out_dir / REPORT_NAME).is_file():
        raise OutputError(
            f"{out_dir} holds files that Portalis didn't make",
            f"name an empty or new folder (one with a {REPORT_NAME} may be written again)",
        )
    parent = _existing_parent(out_dir)
    try:
        with tempfile.TemporaryDirectory(dir=parent, prefix=".portalis-"):
            pass
    except OSError as error:
        raise OutputError(
            f"cannot write to {parent}: {error.strerror}", "name another output folder"
        ) from error


@contextmanager
def staged(out_dir: Path) -> Iterator[Path]:
    """A fresh folder beside `out_dir`; what it holds at the end is moved into `out_dir`.

    If the block raises (Ctrl-C as well) nothing is moved and the fresh folder goes.

    Raises:
        OutputError: as `check_output`, or the move failed; what stood there before is back in its place then.
    """
    check_output(out_dir)
    parent = _existing_parent(out_dir)
    stage = Path(tempfile.mkdtemp(dir=parent, prefix=".portalis-"))
    try:
        fresh = stage / "new"
        fresh.mkdir()
        yield fresh
        _publish(fresh, out_dir, stage / "old")
    except OSError as error:
        raise OutputError(f"cannot write {out_dir}: {error}", "name another output folder") from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _existing_parent(out_dir: Path) -> Path:
    """The nearest folder above the output that exists: the same file system, so that a rename will do."""
    parent = out_dir.absolute().parent
    while not parent.is_dir():
        parent = parent.parent
    return parent


def _publish(fresh: Path, out_dir: Path, old: Path) -> None:
    """Move the entries in, the report last; an entry that stood there is kept until all are in."""
    out_dir.mkdir(parents=True, exist_ok=True)
    old.mkdir()
    entries = sorted(fresh.iterdir(), key=lambda entry: entry.name == REPORT_NAME)
    done: list[Path] = []
    try:
        for entry in entries:
            target = out_dir / entry.name
            done.append(target)
            if target.exists() or target.is_symlink():
                target.rename(old / entry.name)
            entry.rename(target)
    except BaseException:
        for target in reversed(done):
            if (old / target.name).exists():
                if target.exists():
                    target.rename(fresh / target.name)
                (old / target.name).rename(target)
            elif target.exists() and not (fresh / target.name).exists():
                target.rename(fresh / target.name)
        raise
