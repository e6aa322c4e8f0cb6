"""Finding files: what a source given on the command line means.

A file is itself; a folder with `__init__.py` is a package; any other folder is a project
root, in which the packages are looked for where pyproject.toml, the `src/` layout or the flat
layout put them. Import names follow from the folders: the import root is the first folder
upward that is not a package.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

SKIPPED_FOLDERS = frozenset({"__pycache__", "node_modules", "site-packages", "tests"})
SKIPPED_AT_ROOT = frozenset(
    {"test", "testing", "docs", "doc", "examples", "example", "build", "dist", "benchmarks", "scripts"}
    | {"tools", "venv", "env", "out", "target"}
)
SKIPPED_MODULES = frozenset({"setup", "conftest", "noxfile", "tasks", "fabfile"})
PROJECT_MARKERS = ("pyproject.toml", "setup.py", "setup.cfg")


class ProjectError(Exception):
    """Nothing can be translated: the sources are missing or hold no Python."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Found:
    """A Python file, its import name, and its posix path from the import root."""

    path: Path
    name: str
    relative: str
    is_package: bool


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of a package that is not Python source: where it is, and its posix path from the import root."""

    path: Path
    relative: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A file or folder that could not be taken, and why."""

    code: str
    module: str
    path: Path
    relative: str
    message: str
    hint: str


@dataclass(slots=True)
class Discovered:
    """What one source holds."""

    root: Path
    files: list[Found] = field(default_factory=list)
    data_files: list[DataFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Walk:
    """The state of one walk: where results go, what is wanted, which folders were seen."""

    found: Discovered
    include: tuple[re.Pattern[str], ...]
    exclude: tuple[re.Pattern[str], ...]
    seen: set[tuple[int, int]]

    def wanted(self, relative: str) -> bool:
        if any(pattern.fullmatch(relative) for pattern in self.exclude):
            return False
        return not self.include or any(pattern.fullmatch(relative) for pattern in self.include)


def discover(source: Path, include: Sequence[str] = (), exclude: Sequence[str] = ()) -> Discovered:
    """Find the Python files of one source.

    Raises:
        ProjectError: it does not exist, is not Python, or holds none.
    """
    path = Path(os.path.abspath(source))  # noqa: PTH100 (links keep their names)
    try:
        if path.is_dir():
            found = _folder(path, include, exclude)
        elif path.is_file():
            return _file(path, source)
        elif path.is_symlink():
            raise ProjectError(f"{source} is a link that leads nowhere", "check where the link points")
        else:
            raise ProjectError(f"{source}: no such file or folder", "check the path")
    except PermissionError as error:
        raise ProjectError(f"{source} cannot be read: permission denied", "check its permissions") from error
    if not found.files and not found.problems:
        what = "no Python files left" if include or exclude else "no Python files"
        raise ProjectError(f"{what} in {source}", "name a folder that holds a package or .py files")
    return found


def _file(path: Path, given: Path) -> Discovered:
    if path.suffix != ".py":
        raise ProjectError(f"{given} is not a Python file", "name a file that ends in .py, or a folder")
    root, package = _import_root(path.parent)
    relative = path.relative_to(root).as_posix()
    if path.name == "__init__.py":
        name = package or path.parent.name
    else:
        name = ".".join(filter(None, (package, _module_name(path.stem))))
    return Discovered(root, [Found(path, name, relative, path.name == "__init__.py")])


def _module_name(stem: str) -> str:
    """An import name for a file given by hand, whatever its file name (`my-script` → `my_script`)."""
    name = re.sub(r"\W", "_", stem)
    return name if name.isidentifier() else f"_{name}"


def _import_root(folder: Path) -> tuple[Path, str]:
    """The folder that stands on `sys.path` for a file in `folder`, and the dotted package of `folder`."""
    names: list[str] = []
    while (folder / "__init__.py").is_file() and folder.name.isidentifier() and folder != folder.parent:
        names.append(folder.name)
        folder = folder.parent
    return folder, ".".join(reversed(names))


def _folder(path: Path, include: Sequence[str], exclude: Sequence[str]) -> Discovered:
    if (path / "__init__.py").is_file() or (path.parent / "__init__.py").is_file():
        root, package = _import_root(path if (path / "__init__.py").is_file() else path.parent)
        if not (path / "__init__.py").is_file():
            package = f"{package}.{path.name}"
        found = Discovered(root)
        _walk_package(_start(found, include, exclude), path, package)
        return found
    root = (
        path / "src" if _has_python(path / "src") and not (path / "src" / "__init__.py").is_file() else path
    )
    declared = _declared_packages(path)
    if declared:
        root = declared[0].parent
        found = Discovered(root)
        walk = _start(found, include, exclude)
        for folder in declared:
            _walk_package(walk, folder, folder.name)
        return found
    return _flat(path, root, include, exclude)


def _start(found: Discovered, include: Sequence[str], exclude: Sequence[str]) -> _Walk:
    return _Walk(found, tuple(map(_glob, include)), tuple(map(_glob, exclude)), set())


def _flat(project: Path, root: Path, include: Sequence[str], exclude: Sequence[str]) -> Discovered:
    """The packages and modules directly under an import root."""
    found = Discovered(root)
    walk = _start(found, include, exclude)
    entries = sorted(root.iterdir())
    packages = [
        e for e in entries if e.is_dir() and (e / "__init__.py").is_file() and not _skipped(e, at_root=True)
    ]
    modules = [e for e in entries if e.suffix == ".py" and not _is_test_or_tool(e)]
    is_project = any((project / marker).is_file() for marker in PROJECT_MARKERS)
    own = _project_name(project)
    named = [e for e in (*packages, *modules) if own and e.stem == own]
    if is_project and named:
        packages, modules = [e for e in named if e.is_dir()], [e for e in named if e.is_file()]
    elif is_project and packages:
        modules = []
    for package in packages:
        _walk_package(walk, package, package.name)
    for module in modules:
        _take(walk, module, module.name, module.stem)
    return found


def _walk_package(walk: _Walk, folder: Path, package: str) -> None:
    """Every module and data file under a package folder, in sorted order; a folder is entered once."""
    relative = package.replace(".", "/")
    try:
        stat = folder.stat()
        if (stat.st_dev, stat.st_ino) in walk.seen:
            return
        walk.seen.add((stat.st_dev, stat.st_ino))
        entries = sorted(folder.iterdir())
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        problem = Problem(
            "PT002", package, folder, relative, f"folder cannot be read: {reason}", "check its permissions"
        )
        walk.found.problems.append(problem)
        return
    for entry in entries:
        inside = f"{relative}/{entry.name}"
        if entry.is_dir():
            if _skipped(entry, at_root=False) or any(p.fullmatch(inside) for p in walk.exclude):
                continue
            _walk_package(walk, entry, f"{package}.{entry.name}")
        elif entry.suffix == ".py":
            name = package if entry.name == "__init__.py" else f"{package}.{entry.stem}"
            if entry.name == "__init__.py" or not _is_test_or_tool(entry):
                _take(walk, entry, inside, name)
        elif entry.suffix not in {".pyc", ".pyo"} and not entry.name.startswith(".") and entry.exists():
            walk.found.data_files.append(DataFile(entry, inside))


def _take(walk: _Walk, path: Path, relative: str, name: str) -> None:
    if not walk.wanted(relative):
        return
    if not all(part.isidentifier() for part in name.split(".")):
        walk.found.problems.append(
            Problem(
                "PT005",
                name,
                path,
                relative,
                "file cannot be imported: its path is not a module name",
                "rename it with letters, digits and underscores",
            )
        )
        return
    walk.found.files.append(Found(path, name, relative, path.name == "__init__.py"))


def _skipped(folder: Path, *, at_root: bool) -> bool:
    name = folder.name
    return (
        name.startswith(".")
        or name in SKIPPED_FOLDERS
        or name.endswith(".egg-info")
        or (at_root and name in SKIPPED_AT_ROOT)
        or (folder / "pyvenv.cfg").is_file()
    )


def _is_test_or_tool(path: Path) -> bool:
    stem = path.stem
    return stem in SKIPPED_MODULES or stem.startswith(("test_", ".")) or stem.endswith("_test")


def _has_python(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    return any(e.suffix == ".py" or (e / "__init__.py").is_file() for e in folder.iterdir())


def _read_toml(project: Path) -> dict[str, object]:
    """pyproject.toml, or nothing: whether it is well formed is the configuration's business."""
    try:
        return tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}


def _at(table: object, *keys: str) -> object:
    for key in keys:
        if not isinstance(table, dict):
            return None
        table = table.get(key)
    return table


def _strings(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _project_name(project: Path) -> str | None:
    name = _at(_read_toml(project), "project", "name") or _at(_read_toml(project), "tool", "poetry", "name")
    return re.sub(r"[-.\s]+", "_", name).lower() if isinstance(name, str) else None


def _declared_packages(project: Path) -> list[Path]:
    """Package folders that pyproject.toml names, in the spelling of hatch, setuptools or poetry."""
    toml = _read_toml(project)
    folders = [
        project / item
        for item in _strings(_at(toml, "tool", "hatch", "build", "targets", "wheel", "packages"))
    ]
    poetry = _at(toml, "tool", "poetry", "packages")
    for entry in poetry if isinstance(poetry, list) else []:
        include, base = _at(entry, "include"), _at(entry, "from")
        if isinstance(include, str):
            folders.append(project / (base if isinstance(base, str) else "") / include)
    for where in _strings(_at(toml, "tool", "setuptools", "packages", "find", "where")):
        folders.extend(_packages_in(project / where))
    found = [folder for folder in folders if (folder / "__init__.py").is_file()]
    return [folder for folder in found if folder.parent == found[0].parent]


def _packages_in(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        for entry in sorted(folder.iterdir()):
            if (entry / "__init__.py").is_file() and not _skipped(entry, at_root=True):
                yield entry


@lru_cache(maxsize=256)
def _glob(pattern: str) -> re.Pattern[str]:
    """A glob as a regular expression over posix paths.

    `*` stays within a folder, `**` crosses folders; a pattern without a slash matches at any depth,
    and one that names a folder takes in all below it.
    """
    cleaned = pattern.replace("\\", "/").removeprefix("./").rstrip("/")
    body = ""
    for piece in re.split(r"(\*\*/|\*\*|\*|\?)", cleaned):
        body += {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(piece, re.escape(piece))
    prefix = "" if "/" in cleaned else "(?:.*/)?"
    return re.compile(f"{prefix}{body}(?:/.*)?")
