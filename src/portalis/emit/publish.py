"""Putting output where the user asked for it: whole or not at all, and never over somebody else's files.

A folder is ours when it holds a Portalis report. Output is made beside it and moved in with renames. What a
killed run left of that is taken back by the next run that writes there.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from portalis.emit.report import REPORT_NAME
from portalis.scratch import abandoned, locked_folder

_PREFIX = ".portalis-"
_JOURNAL = "publishing.json"


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
    _take_back(_existing_parent(out_dir))
    if out_dir.exists() and not out_dir.is_dir():
        raise OutputError(f"{out_dir} is not a folder", "name a folder for the output")
    if out_dir.is_dir() and any(out_dir.iterdir()) and not (out_dir / REPORT_NAME).is_file():
        raise OutputError(
            f"{out_dir} holds files that Portalis didn't make",
            f"name an empty or new folder (one with a {REPORT_NAME} may be written again)",
        )
    parent = _existing_parent(out_dir)
    try:
        with tempfile.TemporaryDirectory(dir=parent, prefix=_PREFIX):
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
    stage, lock = locked_folder(parent, _PREFIX)
    try:
        fresh = stage / "new"
        fresh.mkdir()
        yield fresh
        _publish(fresh, out_dir, stage / "old")
    except OSError as error:
        raise OutputError(f"cannot write {out_dir}: {error}", "name another output folder") from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        lock.close()


def _take_back(parent: Path) -> None:
    """Undo what killed runs had begun to move into their outputs here, and remove what they left."""
    for stage in abandoned(parent, _PREFIX):
        try:
            journal = json.loads((stage / _JOURNAL).read_text(encoding="utf-8"))
            _undo(stage / "new", Path(journal["out"]), stage / "old", journal["entries"])
        except (OSError, ValueError, KeyError, TypeError):
            pass  # it had not begun, or the output is gone since
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
    names = [entry.name for entry in entries]
    journal = fresh.parent / _JOURNAL
    unfinished = journal.with_suffix(".new")
    unfinished.write_text(json.dumps({"out": str(out_dir.absolute()), "entries": names}), encoding="utf-8")
    unfinished.rename(journal)
    try:
        for entry in entries:
            target = out_dir / entry.name
            if target.exists() or target.is_symlink():
                target.rename(old / entry.name)
            entry.rename(target)
    except BaseException:
        _undo(fresh, out_dir, old, names)
        raise
    journal.unlink()


def _undo(fresh: Path, out_dir: Path, old: Path, names: Sequence[str]) -> None:
    """Move the entries out again, and those that stood there back."""
    for name in reversed(names):
        target = out_dir / name
        if (old / name).exists():
            if target.exists():
                target.rename(fresh / name)
            (old / name).rename(target)
        elif target.exists() and not (fresh / name).exists():
            target.rename(fresh / name)
