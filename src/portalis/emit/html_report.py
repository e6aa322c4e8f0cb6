"""The report as one HTML page that needs nothing else: no server, no network, no script for reading it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from portalis.emit.report import Evidence, ItemReport, Report, ReportDiagnostic
from portalis.emit.runtime_counts import Calls, RuntimeCounts

if TYPE_CHECKING:
    from jinja2 import Template
    from pygments.formatter import Formatter
    from pygments.style import Style

_STATUSES = ("verified", "translatable", "compiled", "python")
_CONTEXT = 2
_MOST_EXCERPT = 8
_LEAVES = -1

Lines = Sequence[str]


@dataclass(frozen=True, slots=True)
class ExcerptLine:
    """A line of source: its number, and its text before, in and after what is marked."""

    number: int
    before: str
    marked: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ShownDiagnostic:
    """A diagnostic with the lines around its place."""

    entry: ReportDiagnostic
    file: str
    excerpt: tuple[ExcerptLine, ...]


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item as the page has it; `python` and `rust` are highlighted HTML or ""."""

    entry: ItemReport
    confidence: str
    missed: tuple[tuple[str, tuple[ExcerptLine, ...]], ...]
    diagnostics: tuple[ShownDiagnostic, ...]
    python: str
    rust: str
    calls: Calls | None

    @property
    def order(self) -> int:
        """What stands first: disagreements, then what stayed Python."""
        disagrees = self.entry.evidence is not None and self.entry.evidence.mismatches > 0
        return -1 if disagrees else len(_STATUSES) - _STATUSES.index(self.entry.status)

    @property
    def is_plain(self) -> bool:
        """Whether it stays Python and nobody minds: a class, a constant, one kept by a comment."""
        return self.entry.status == "python" and not self.entry.diagnostics

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its diagnostics, each once."""
        return tuple(dict.fromkeys(one.code for one in self.entry.diagnostics))


def html_report(
    report: Report,
    sources: Mapping[str, Lines],
    rust: Mapping[str, str],
    runtime: RuntimeCounts | None = None,
) -> str:
    """The page.

    Args:
        report: what to show.
        sources: the lines of the Python files, by their name in the report, as far as they are at hand.
        rust: the Rust of items, by their path in the crate, as far as it is at hand.
        runtime: what running processes counted.
    """
    items = [_item(entry, sources.get(entry.file, ()), rust, runtime) for entry in report.items]
    shares = [(status, getattr(report.summary, status)) for status in _STATUSES]
    return _template().render(
        report=report,
        title=", ".join(sorted({entry.module.partition(".")[0] for entry in report.items})) or "nothing",
        shares=[(status, count) for status, count in shares if count],
        items=items,
        modules=sorted({entry.module for entry in report.items}),
        codes=sorted({code for one in items for code in one.codes}),
        lost=[
            ShownDiagnostic(one, one.file, _excerpt(one, sources.get(one.file, ())))
            for one in report.diagnostics
        ],
        runtime=runtime,
        statuses=_STATUSES,
        styles=_styles(),
    )


def _item(
    entry: ItemReport, lines: Lines, rust: Mapping[str, str], runtime: RuntimeCounts | None
) -> ShownItem:
    if not _still_there(entry, lines):
        lines = ()
    seen = entry.evidence
    counted = runtime.calls.get(f"{entry.module}.{entry.name}") if runtime is not None else None
    return ShownItem(
        entry,
        _confidence(entry),
        () if seen is None else tuple(_missed(seen, lines)),
        tuple(ShownDiagnostic(one, entry.file, _excerpt(one, lines)) for one in entry.diagnostics),
        _highlighted("\n".join(lines[entry.line - 1 : entry.end_line]), "python", entry.line),
        _highlighted(rust.get(entry.rust, ""), "rust"),
        Calls() if runtime is not None and counted is None and entry.runs == "rust" else counted,
    )


def _still_there(entry: ItemReport, lines: Lines) -> bool:
    """Whether the file still has the item at its line; a changed file would show something else."""
    own = lines[max(entry.line - 1, 0) : entry.end_line]
    return any(entry.name.rpartition(".")[2] in line for line in own)


def _confidence(entry: ItemReport) -> str:
    """How the number came about."""
    seen = entry.evidence
    if entry.confidence is None or seen is None or not seen.cases:
        return ""
    if seen.exhaustive:
        return f"all {seen.cases} inputs there are were run, times {seen.branches:.1%} of the branches"
    bound = 0.05 ** (1 / seen.cases)
    return (
        f"{bound:.4f}, the 95% lower bound on the share of inputs that agree, given {seen.cases} that do "
        f"and none that doesn't, times {seen.branches:.1%} of the branches"
    )


def _missed(seen: Evidence, lines: Lines) -> list[tuple[str, tuple[ExcerptLine, ...]]]:
    """What no agreeing case reached, each with its line."""
    if not seen.cases:
        return []
    found = [(f"line {line} was never reached", _line(line, lines)) for line in seen.missed_lines]
    for line, to in seen.missed_branches:
        if to not in seen.missed_lines:
            where = "to the end of the function" if to == _LEAVES else f"to line {to}"
            found.append((f"from line {line}, control never went {where}", _line(line, lines)))
    return found


def _line(number: int, lines: Lines) -> tuple[ExcerptLine, ...]:
    return (ExcerptLine(number, lines[number - 1]),) if 0 < number <= len(lines) else ()


def _excerpt(one: ReportDiagnostic, lines: Lines) -> tuple[ExcerptLine, ...]:
    """The lines of a diagnostic with two around them; its place is marked."""
    if not 0 < one.line <= len(lines):
        return ()
    last = min(max(one.end_line, one.line), len(lines), one.line + _MOST_EXCERPT)
    shown: list[ExcerptLine] = []
    for number in range(max(1, one.line - _CONTEXT), min(len(lines), last + _CONTEXT) + 1):
        text = lines[number - 1]
        if not one.line <= number <= last:
            shown.append(ExcerptLine(number, text))
            continue
        start = max(one.column - 1, 0) if number == one.line else len(text) - len(text.lstrip())
        stop = one.end_column - 1 if number == one.end_line and one.end_column > 1 else len(text)
        stop = stop if one.end_line else start + 1
        shown.append(ExcerptLine(number, text[:start], text[start:stop], text[stop:]))
    return tuple(shown)


def _highlighted(code: str, language: str, first: int = 1) -> str:
    """The code as HTML with its line numbers, escaped by Pygments; "" for no code."""
    if not code.strip():
        return ""
    import pygments
    from pygments.lexers import get_lexer_by_name

    formatted: str = pygments.highlight(code, get_lexer_by_name(language, stripnl=False), _formatter(first))
    return formatted


def _formatter(first: int = 1, style: type[Style] | str = "default") -> Formatter[str]:
    from pygments.formatters import HtmlFormatter

    return HtmlFormatter(linenos="inline", linenostart=first, cssclass="code", style=style, wrapcode=True)


@cache
def _styles() -> dict[str, str]:
    """The colours of highlighted code, for light and dark pages."""
    return {
        name: "\n".join(
            line
            for line in str(_formatter(style=style).get_style_defs(".code")).splitlines()
            if "background: " not in line and "linenos" not in line and not line.startswith("pre")
        )
        for name, style in (("light", "xcode"), ("dark", "github-dark"))
    }


@cache
def _template() -> Template:
    import jinja2

    folder = resources.files("portalis.emit.resources")
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")
