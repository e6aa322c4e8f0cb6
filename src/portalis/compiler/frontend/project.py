"""The project graph: which files the sources mean, under which import names, and who imports whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from portalis.compiler.frontend.source import SourceModule
from portalis.diagnostics import Diagnostic


class ProjectError(Exception):
    """Nothing can be translated: the sources are missing or hold no Python."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class FileDiagnostic:
    """A finding about a file as a whole (it may have no module: it did not parse)."""

    module: str
    path: Path
    relative: str
    diagnostic: Diagnostic


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of a package that is not Python source: where it is, and its posix path from the import root."""

    path: Path
    relative: str


@dataclass(frozen=True, slots=True, eq=False)
class Project:
    """The parsed sources.

    `root` is the import root: the folder that would stand on `sys.path`. `import_names` are the
    top-level packages and modules, `modules` all parsed modules by dotted name in sorted order,
    `edges` for each module the project modules it imports (parent packages of those included).
    """

    root: Path
    import_names: tuple[str, ...]
    modules: dict[str, SourceModule]
    diagnostics: tuple[FileDiagnostic, ...]
    edges: dict[str, frozenset[str]]
    data_files: tuple[DataFile, ...]


def load(
    sources: Sequence[Path | str],
    *,
    stdin: str | bytes | None = None,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
) -> Project:
    """Find, read and parse what the sources name.

    Args:
        sources: files, package folders, project roots (`src/` layout or flat), or `-`.
        stdin: the text for `-`, which becomes the module `stdin`.
        include: globs over paths relative to the import root; where given, only matching files are read.
        exclude: globs of files to leave out.

    Raises:
        ProjectError: a source is missing, holds no Python, or two sources claim one import name.
    """
    raise NotImplementedError
