"""Finished builds by content hash, so that building an unchanged project again costs a copy."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portalis.emit.report import Report
from portalis.scratch import locked_folder, sweep

_KEPT = 24
_PACKAGE = "package"
_UNFINISHED = ".new-"


@dataclass(frozen=True, slots=True)
class CachedBuild:
    """A finished build: where it came from, what is in it, and its report."""

    root: Path
    import_names: tuple[str, ...]
    report: Report


class BuildCache:
    """A folder of builds. Entries are our own pickles, and packages, in the user's own cache folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> CachedBuild | None:
        """The build under a key; None when there is none, or it can't be read back."""
        entry = self._folder / key
        try:
            found = pickle.loads((entry / "build.pickle").read_bytes())
        except (OSError, pickle.PickleError, EOFError, AttributeError, ImportError):
            return None
        if not isinstance(found, CachedBuild):
            return None
        os.utime(entry)
        return found

    def package(self, key: str) -> Path:
        """The folder of what a build made, the report included."""
        return self._folder / key / _PACKAGE

    def put(self, key: str, make: Callable[[Path], CachedBuild]) -> CachedBuild:
        """Make a build and keep it, whole or not at all; the oldest go.

        Args:
            key: the hash of all that the build depends on.
            make: writes the package into the folder it is given.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        entry = self._folder / key
        sweep(self._folder, _UNFINISHED)
        stage, lock = locked_folder(self._folder, _UNFINISHED)
        try:
            made = make(stage / _PACKAGE)
            (stage / "build.pickle").write_bytes(pickle.dumps(made))
            if entry.exists():
                shutil.rmtree(entry)
            with contextlib.suppress(OSError):
                stage.rename(entry)  # unless another run has just put the same there
            if not entry.is_dir():
                raise OSError(f"{entry} can't be made")
        finally:
            shutil.rmtree(stage, ignore_errors=True)
            lock.close()
        self._forget()
        return made

    def _forget(self) -> None:
        finished = (p for p in self._folder.iterdir() if p.is_dir() and not p.name.startswith(_UNFINISHED))
        entries = sorted(finished, key=lambda p: p.stat().st_mtime)
        for old in entries[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)


@cache
def own_code() -> str:
    """A hash of Portalis itself, so that a changed Portalis never reuses what another one found."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.rglob("*")):
        if file.suffix in {".py", ".rs", ".yaml"}:
            digest.update(f"{file.name}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
