"""Finished builds by content hash, so that building an unchanged project again costs a copy."""

from __future__ import annotations

import os
import pickle
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from portalis.compiler.unit import CompiledProject
from portalis.emit.report import Report

_KEPT = 24


@dataclass(frozen=True, slots=True)
class CachedBuild:
    """A finished build: what to copy, what is bound, the extension's bytes and the report."""

    root: Path
    import_names: tuple[str, ...]
    compiled: CompiledProject
    bound: frozenset[str]
    native_bytes: bytes | None
    report: Report
    native: Path | None = None


class BuildCache:
    """A folder of builds. Entries are our own pickles in the user's own cache folder."""

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
        return self._with_file(entry, found)

    def put(self, key: str, build: CachedBuild) -> CachedBuild:
        """Keep a build, whole or not at all; the oldest go."""
        self._folder.mkdir(parents=True, exist_ok=True)
        entry = self._folder / key
        stage = Path(tempfile.mkdtemp(dir=self._folder, prefix=".new-"))
        (stage / "build.pickle").write_bytes(pickle.dumps(build))
        if build.native_bytes is not None:
            (stage / "native").write_bytes(build.native_bytes)
        if not entry.exists():
            stage.rename(entry)
        self._forget()
        return self._with_file(entry, build)

    def _with_file(self, entry: Path, build: CachedBuild) -> CachedBuild:
        native = entry / "native" if build.native_bytes is not None else None
        return CachedBuild(
            build.root,
            build.import_names,
            build.compiled,
            build.bound,
            build.native_bytes,
            build.report,
            native,
        )

    def _forget(self) -> None:
        entries = sorted((p for p in self._folder.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime)
        for old in entries[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)
