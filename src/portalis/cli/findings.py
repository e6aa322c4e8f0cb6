"""The diagnostics of a report as one flat list, each with its file: what all display formats start from."""

from __future__ import annotations

import tokenize
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from portalis.emit.report import Counterexample, ItemReport, Report, ReportDiagnostic

_DISAGREEMENT = frozenset({"PT701", "PT708"})


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic with the file it is in.

    Attributes:
        file: the file as the report has it, from the import root.
        path: the file on this machine, or None where it can't be found (standard input).
        item: the item's qualified name, or empty where it is about the file.
        diagnostic: the diagnostic itself.
        examples: the calls that show it, where it is a disagreement.
    """

    file: str
    path: Path | None
    item: str
    diagnostic: ReportDiagnostic
    examples: tuple[Counterexample, ...] = ()

    @property
    def shown(self) -> str:
        """The file as a user can click it: relative to the current folder where it is inside."""
        if self.path is None:
            return self.file or "<stdin>"
        try:
            return str(self.path.relative_to(Path.cwd()))
        except ValueError:
            return str(self.path)


def findings(report: Report, sources: Sequence[Path | str]) -> list[Finding]:
    """All diagnostics of a report, by file and line; one that several items share is shown once.

    Args:
        report: the report.
        sources: the sources as given on the command line, from which files are found again.
    """
    roots = source_roots(sources)
    entries: list[tuple[str, str, ReportDiagnostic, tuple[Counterexample, ...]]]
    entries = [(one.file, "", one, ()) for one in report.diagnostics]
    entries += [
        (item.file, item.name, one, _examples(item, one)) for item in report.items for one in item.diagnostics
    ]
    seen: set[tuple[str, ReportDiagnostic]] = set()
    found: list[Finding] = []
    for file, name, diagnostic, examples in entries:
        if (file, diagnostic) not in seen:
            seen.add((file, diagnostic))
            found.append(Finding(file, locate(file, roots), name, diagnostic, examples))
    found.sort(key=lambda one: (one.file, one.diagnostic.line, one.diagnostic.column, one.diagnostic.code))
    return found


def _examples(item: ItemReport, diagnostic: ReportDiagnostic) -> tuple[Counterexample, ...]:
    disagrees = diagnostic.code in _DISAGREEMENT and item.evidence is not None
    return item.evidence.counterexamples if disagrees and item.evidence is not None else ()


def source_roots(sources: Sequence[Path | str]) -> list[Path]:
    """Folders from which a report's file names may count, nearest first."""
    roots: list[Path] = []
    for source in sources:
        if isinstance(source, Path):
            here = source.absolute()
            inside = [here / "src", here] if here.is_dir() else []
            roots += [*inside, *here.parents]
    return list(dict.fromkeys(roots))


def locate(file: str, roots: Sequence[Path]) -> Path | None:
    """The file on this machine, or None; a module that `build` made a package is found as that."""
    if not file or file.startswith("<"):
        return None
    if Path(file).is_absolute():
        return Path(file) if Path(file).is_file() else None
    places = [root / file for root in roots] + [root / Path(file).stem / "__init__.py" for root in roots]
    return next((place for place in places if place.is_file()), None)


def source_texts(
    report: Report, sources: Sequence[Path | str], stdin: bytes | None = None
) -> dict[str, list[str]]:
    """The lines of the files that a report names, as far as they can be found.

    Args:
        report: the report.
        sources: where to look: the sources as given on the command line.
        stdin: the source that came from standard input.
    """
    roots = source_roots(sources)
    texts: dict[str, list[str]] = {}
    for file in {item.file for item in report.items}:
        path = locate(file, roots)
        if path is not None:
            texts[file] = source_lines(path)
        elif stdin is not None and file.startswith("<"):
            texts[file] = stdin.decode("utf-8", "replace").splitlines()
    return texts


def source_lines(path: Path) -> list[str]:
    """The file's lines in its own encoding; none where it can't be read, which its own diagnostic says."""
    try:
        with tokenize.open(path) as file:
            return file.read().splitlines()
    except (OSError, SyntaxError, UnicodeDecodeError):
        return []
