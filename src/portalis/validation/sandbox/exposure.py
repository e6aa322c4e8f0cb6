"""What of the machine a child may read besides the interpreter."""

from __future__ import annotations

import os
import site
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from portalis.validation.child.confinement.paths import SYSTEM_PATHS, interpreter_paths_of

_SOURCE_ENDINGS = frozenset({".py", ".pyi", ".so"})


def readable_paths(folders: Sequence[Path]) -> list[str]:
    """The folders, so far as they are projects.

    A folder that holds more than a project (the home folder, that of temporary files, the root, and
    whatever contains these) is not opened as a whole: only the modules and packages that lie in it are.
    """
    wide = set(_wide_folders())
    found: list[str] = []
    for folder in folders:
        whole = os.path.realpath(folder)
        if whole in wide:
            found += [str(Path(folder).absolute() / name) for name in _importable(Path(whole))]
        else:
            found.append(str(Path(folder).absolute()))
    return found


def interpreter_paths() -> list[str]:
    """What the interpreter is made of, its installed packages, and what of the system it needs."""
    stdlib = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    return [*interpreter_paths_of([*stdlib, *site.getsitepackages()]), *SYSTEM_PATHS]


def _wide_folders() -> Iterator[str]:
    for place in (Path.home(), Path(tempfile.gettempdir())):
        real = Path(os.path.realpath(place))
        yield str(real)
        yield from map(str, real.parents)


def _importable(folder: Path) -> Iterator[str]:
    """The names of modules and packages in a folder."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        package = entry.is_dir() and not entry.name.startswith(".") and (entry / "__init__.py").exists()
        if package or (entry.suffix in _SOURCE_ENDINGS and entry.is_file()):
            yield entry.name
