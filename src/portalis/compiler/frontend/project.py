"""The project graph: which files the sources mean, under which import names, and who imports whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from portalis.compiler.frontend import discovery, source
from portalis.compiler.frontend.discovery import DataFile, Found, Problem, ProjectError
from portalis.compiler.frontend.source import SourceModule
from portalis.diagnostics import Diagnostic, Span

__all__ = ["DataFile", "FileDiagnostic", "Project", "ProjectError", "load"]

STDIN = "stdin"


@dataclass(frozen=True, slots=True)
class FileDiagnostic:
    """A finding about a file as a whole (it may have no module: it did not parse)."""

    module: str
    path: Path
    relative: str
    diagnostic: Diagnostic


@dataclass(frozen=True, slots=True, eq=False)
class Project:
    """The parsed sources.

    `root` is the import root: the folder that would stand on `sys.path` (the first, where sources
    have several). `import_names` are the top-level packages and modules, `modules` all parsed modules
    by dotted name in sorted order, `edges` for each module the project modules it imports (their
    parent packages included), `data_files` what the packages hold besides Python source.
    """

    root: Path
    import_names: tuple[str, ...]
    modules: dict[str, SourceModule]
    diagnostics: tuple[FileDiagnostic, ...]
    edges: dict[str, frozenset[str]]
    data_files: tuple[DataFile, ...]
    written: Project | None = None
    """The project as it was written, where modules are written out otherwise (see `wrappers`)."""

    def dependants(self) -> dict[str, frozenset[str]]:
        """For each module the project modules that import it: the edges turned round."""
        turned: dict[str, set[str]] = {name: set() for name in self.modules}
        for name, targets in self.edges.items():
            for target in targets:
                turned[target].add(name)
        return {name: frozenset(importers) for name, importers in turned.items()}


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
        exclude: globs of files and folders to leave out.

    Raises:
        ProjectError: a source is missing or holds no Python, or two sources claim one import name.
    """
    if not sources:
        raise ProjectError("no sources given", "name a file, a package folder or a project folder")
    files: dict[str, Found] = {}
    modules: dict[str, SourceModule] = {}
    problems: list[FileDiagnostic] = []
    data: dict[str, DataFile] = {}
    roots: list[Path] = []
    for item in sources:
        if str(item) == "-":
            roots.append(Path.cwd())
            _read_stdin(stdin, modules, problems)
            continue
        found = discovery.discover(Path(item), include, exclude)
        roots.append(found.root)
        for file in found.files:
            _claim(files, file)
        data.update((entry.relative, entry) for entry in found.data_files)
        problems.extend(map(_file_diagnostic, found.problems))
    for name in sorted(files):
        _read_file(files[name], modules, problems)
    tops = sorted({name.partition(".")[0] for name in (*files, *modules)})
    ordered = {name: modules[name] for name in sorted(modules)}
    return Project(
        root=roots[0],
        import_names=tuple(tops),
        modules=ordered,
        diagnostics=tuple(dict.fromkeys(problems)),
        edges={name: _edges(module, ordered) for name, module in ordered.items()},
        data_files=tuple(data[key] for key in sorted(data)),
    )


def _claim(files: dict[str, Found], file: Found) -> None:
    other = files.get(file.name)
    if other is not None and not other.path.samefile(file.path):
        raise ProjectError(
            f"two files claim the import name {file.name}: {other.path} and {file.path}",
            "translate them one after the other, or leave one out with `exclude`",
        )
    files[file.name] = file


def _read_file(file: Found, modules: dict[str, SourceModule], problems: list[FileDiagnostic]) -> None:
    try:
        modules[file.name] = source.read(file.path, file.name, file.relative, is_package=file.is_package)
    except source.UnreadableError as error:
        problems.append(FileDiagnostic(file.name, file.path, file.relative, error.diagnostic))


def _read_stdin(
    stdin: str | bytes | None, modules: dict[str, SourceModule], problems: list[FileDiagnostic]
) -> None:
    if stdin is None:
        raise ProjectError(
            "`-` was given but there is no standard input", "pipe Python source into the command"
        )
    data = stdin.encode("utf-8", "surrogatepass") if isinstance(stdin, str) else stdin
    path = Path("<stdin>")
    try:
        modules[STDIN] = source.from_bytes(data, path, STDIN, f"{STDIN}.py", is_package=False)
    except source.UnreadableError as error:
        problems.append(FileDiagnostic(STDIN, path, f"{STDIN}.py", error.diagnostic))


def _file_diagnostic(problem: Problem) -> FileDiagnostic:
    diagnostic = Diagnostic(problem.code, problem.message, Span(1, 1, 1, 2), "warning", problem.hint)
    return FileDiagnostic(problem.module, problem.path, problem.relative, diagnostic)


def _edges(module: SourceModule, modules: dict[str, SourceModule]) -> frozenset[str]:
    """The project modules that importing `module` runs, itself left out."""
    reached: set[str] = set()
    for edge in module.imports:
        named = [edge.module, *(f"{edge.module}.{name}" for name in edge.names)]
        for target in named:
            parts = target.split(".")
            reached.update(".".join(parts[:count]) for count in range(1, len(parts) + 1))
    return frozenset(name for name in reached if name in modules and name != module.name)
