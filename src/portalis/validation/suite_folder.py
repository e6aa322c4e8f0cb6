"""Where a project's own tests are, and copies of the project to run them in.

A suite is never run where the user works: it runs in a copy of the project's folder, in which the package
stands, as the original or as the hybrid, at the very place where it stood. So whatever way tests find the
package (the root folder, `pythonpath`, a conftest that changes `sys.path`, relative imports) leads to the
copy.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from portalis.compiler.frontend.discovery import PROJECT_MARKERS, ProjectError, discover

_TEST_FOLDERS = ("tests", "test", "testing")
_MARKERS = (*PROJECT_MARKERS, "pytest.ini", ".pytest.ini", "tox.ini")
NOT_COPIED = frozenset(
    {".git", ".hg", ".svn", ".tox", ".nox", ".venv", "node_modules", "__pycache__", ".pytest_cache"}
    | {".mypy_cache", ".ruff_cache", ".hypothesis", ".idea", ".vscode"}
)
"""Folders that neither tests nor a build can depend on."""
_LEVELS_UP = 3
_MAX_FILES = 50_000
_MAX_BYTES = 1 << 30
_TESTS_DEEP = 4


class SuiteError(Exception):
    """A project's tests can't be run; `hint` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(f"PT720: {message}")
        self.hint = hint


@dataclass(frozen=True, slots=True)
class SuiteFolder:
    """A project with tests: its folder, the import root in it, and its packages and modules."""

    folder: Path
    root: Path
    import_names: tuple[str, ...]

    def copy(self, to: Path, hybrid: Path | None = None) -> Path:
        """Copy the project to the folder `to`; with `hybrid` (a folder that `portalis build` made), put its
        packages in the originals' places.

        Returns:
            The import root in the copy.

        Raises:
            SuiteError: the project is too large, or can't be read.
        """
        _check_size(self.folder)
        try:
            shutil.copytree(self.folder, to, symlinks=True, ignore=_ignored, copy_function=_copy_file)
        except (OSError, shutil.Error) as error:
            raise SuiteError(
                f"the project can't be copied: {error}", "check that its files can be read"
            ) from error
        root = to / self.root.relative_to(self.folder)
        if hybrid is not None:
            for name in self.import_names:
                shutil.rmtree(root / name, ignore_errors=True)
                (root / f"{name}.py").unlink(missing_ok=True)
                shutil.copytree(hybrid / name, root / name)
        return root


def find_suite(root: Path, import_names: Sequence[str]) -> SuiteFolder | None:
    """The project that a package belongs to, if it has tests.

    The project is the nearest folder, from the import root upward, that has a project's or pytest's
    configuration or a folder of tests, and that, given as a source, would lead to this very import root.
    """
    for folder in (root, *root.parents[: _LEVELS_UP - 1]):
        if not _is_project(folder):
            continue
        try:
            found = discover(folder)
        except ProjectError:
            continue
        names = {file.name.partition(".")[0] for file in found.files}
        if found.root == root and names >= set(import_names):
            own = SuiteFolder(folder, root, tuple(import_names))
            return own if _has_tests(folder, 0) else None
    return None


def _is_project(folder: Path) -> bool:
    return any((folder / name).is_file() for name in _MARKERS) or any(
        (folder / name).is_dir() for name in _TEST_FOLDERS
    ) or any(folder.glob("test_*.py"))  # fmt: skip


def _has_tests(folder: Path, depth: int) -> bool:
    """Whether there are files that look like tests, not too deep."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return False
    for entry in entries:
        if entry.is_dir():
            if entry.name in _TEST_FOLDERS and depth == 0 and any(entry.iterdir()):
                return True
            skipped = entry.name.startswith(".") or _is_made(entry) or entry.is_symlink()
            if not skipped and depth < _TESTS_DEEP and _has_tests(entry, depth + 1):
                return True
        elif entry.suffix == ".py" and (entry.stem.startswith("test_") or entry.stem.endswith("_test")):
            return True
    return False


def _is_made(folder: Path) -> bool:
    """Whether a folder holds what tools made: a cache, a virtual environment."""
    return (
        folder.name in NOT_COPIED or (folder / "pyvenv.cfg").is_file() or (folder / "CACHEDIR.TAG").is_file()
    )


def _ignored(folder: str, names: list[str]) -> set[str]:
    here = Path(folder)
    return {name for name in names if _is_made(here / name) or not _can_copy(here / name)}


def _can_copy(path: Path) -> bool:
    """Whether it is a file, folder or link: not a socket, a pipe or a device."""
    return path.is_symlink() or path.is_file() or path.is_dir()


def _copy_file(source: str, target: str) -> str:
    """Copy a file with its times, and make the copy ours to write."""
    shutil.copy2(source, target, follow_symlinks=False)
    path = Path(target)
    if not path.is_symlink():
        path.chmod(path.stat().st_mode | 0o600)
    return target


def _check_size(folder: Path) -> None:
    size = 0
    for files, path in enumerate(_files(folder), start=1):
        size += path.lstat().st_size
        if files > _MAX_FILES or size > _MAX_BYTES:
            raise SuiteError(
                f"{folder} is too large to run its tests in a copy",
                f"at most {_MAX_FILES} files of {_MAX_BYTES >> 20} MiB together are copied, "
                "without version control, caches and virtual environments",
            )


def _files(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not _is_made(Path(here) / name)]
        for name in names:
            yield Path(here) / name
