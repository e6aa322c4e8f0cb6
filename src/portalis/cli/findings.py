"""The diagnostics of a report as one flat list, each with its file: what all display formats start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from portalis.emit.report import Report, ReportDiagnostic


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic with the file it is in.

    Attributes:
        file: the file as the report has it, from the import root.
        path: the file on this machine, or None where it can't be found (standard input).
        item: the item's qualified name, or empty where it is about the file.
        diagnostic: the diagnostic itself.
    """

    file: str
    path: Path | None
    item: str
    diagnostic: ReportDiagnostic

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
    roots = _roots(sources)
    entries = [(one.file, "", one) for one in report.diagnostics]
    entries += [(item.file, item.name, one) for item in report.items for one in item.diagnostics]
    seen: set[tuple[str, ReportDiagnostic]] = set()
    found: list[Finding] = []
    for file, name, diagnostic in entries:
        if (file, diagnostic) not in seen:
            seen.add((file, diagnostic))
            found.append(Finding(file, _locate(file, roots), name, diagnostic))
    found.sort(key=lambda one: (one.file, one.diagnostic.line, one.diagnostic.column, one.diagnostic.code))
    return found


def _roots(sources: Sequence[Path | str]) -> list[Path]:
    """Folders from which a report's file names may count, nearest first."""
    roots: list[Path] = []
    for source in sources:
        if isinstance(source, Path):
            here = source.absolute()
            inside = [here / "src", here] if here.is_dir() else []
            roots += [*inside, *here.parents]
    return list(dict.fromkeys(roots))


def _locate(file: str, roots: Sequence[Path]) -> Path | None:
    if not file or file.startswith("<"):
        return None
    if Path(file).is_absolute():
        return Path(file) if Path(file).is_file() else None
    return next((root / file for root in roots if (root / file).is_file()), None)
