"""Modules that the project's modules need for their types but that are not to be translated.

Where only a part of a package is named (one file, or an `exclude`), the rest of that package is
still what gives the imported names their types. Nothing outside the packages at hand is read.
"""

from __future__ import annotations

from pathlib import Path

from portalis.compiler.frontend import source
from portalis.compiler.frontend.project import Project
from portalis.compiler.frontend.source import SourceModule


def siblings(project: Project) -> list[SourceModule]:
    """The modules of the project's own packages that its modules import, directly or not, and that it lacks.

    A sibling that cannot be read or parsed is left out: what it defines is then unknown.
    """
    failed = {item.module for item in project.diagnostics}
    found: dict[str, SourceModule | None] = dict.fromkeys(failed)
    pending = [(module, _root(module)) for module in project.modules.values() if module.path.is_absolute()]
    while pending:
        module, root = pending.pop()
        for name in _needs(module):
            if name in project.modules or name in found or name.partition(".")[0] not in project.import_names:
                continue
            found[name] = _read(root, name)
            sibling = found[name]
            if sibling is not None:
                pending.append((sibling, root))
    return [module for module in found.values() if module is not None]


def _root(module: SourceModule) -> Path:
    return module.path.parents[module.relative.count("/")]


def _needs(module: SourceModule) -> set[str]:
    """Every module name that importing `module` may touch, its parent packages included."""
    names = {module.name}
    for edge in module.imports:
        names.add(edge.module)
        names.update(f"{edge.module}.{name}" for name in edge.names if name != "*")
    parts = [name.split(".") for name in names]
    return {".".join(part[:count]) for part in parts for count in range(1, len(part) + 1)} - {module.name}


def _read(root: Path, name: str) -> SourceModule | None:
    stem = name.replace(".", "/")
    for relative, is_package in ((f"{stem}/__init__.py", True), (f"{stem}.py", False)):
        if (root / relative).is_file():
            try:
                return source.read(root / relative, name, relative, is_package=is_package)
            except source.UnreadableError:
                return None
    return None
