"""`portalis report`: shows the report of an output folder again, in any form."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from portalis.cli.diagnostic_text import diagnostic_lines, harmless
from portalis.cli.evidence_text import evidence_lines
from portalis.cli.findings import findings, source_texts
from portalis.cli.github import github
from portalis.cli.sarif import sarif
from portalis.cli.summary_text import summary_lines
from portalis.config import ConfigError
from portalis.emit import report as reports
from portalis.emit.report import Report
from portalis.emit.runtime_counts import FOLDER, RuntimeCounts, read_counts


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "html", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="How to show it; html is one page that needs nothing else.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to this file instead of standard output.",
)
@click.option(
    "--source",
    "sources",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    metavar="SRC",
    help="Where the Python is, for excerpts; DIR and the current folder are searched anyway.",
)
@click.option("--runtime", is_flag=True, help="Add what processes with PORTALIS_COUNTS=1 counted.")
@click.option(
    "--counts",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The folder of those counts.  [default: portalis-counts in DIR]",
)
@click.option("-q", "--quiet", is_flag=True, help="Show the summary only.")
@click.option("-v", "--verbose", is_flag=True, help="Show what was never reached in verified functions too.")
def report(
    directory: Path,
    output_format: str,
    output: Path | None,
    sources: tuple[Path, ...],
    runtime: bool,
    counts: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Show the report of an output folder again.

    DIR is a folder that build or translate made, or a report file. With a crate there, the page has the
    Rust beside the Python.

    \b
    portalis report out
    portalis report out --format html -o report.html
    PORTALIS_COUNTS=1 PYTHONPATH=out python app.py && portalis report out --runtime
    """
    try:
        shown = reports.read(directory)
    except reports.ReportError as error:
        raise ConfigError(str(error), "name a folder that `portalis build` or `translate` made") from error
    folder = directory if directory.is_dir() else directory.absolute().parent
    counted = read_counts(counts or folder / FOLDER) if runtime or counts is not None else None
    places = [folder, *sources, Path.cwd()]
    match output_format:
        case "json":
            text = _json(shown, counted)
        case "html":
            text = _html(shown, folder, places, counted)
        case "sarif":
            text = sarif(findings(shown, places))
        case "github":
            text = "".join(f"{line}\n" for line in github(findings(shown, places)))
        case _:
            lines = _text(shown, places, counted, quiet=quiet, verbose=verbose)
            text = "".join(f"{line}\n" for line in lines)
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(click.unstyle(text), encoding="utf-8")


def _json(shown: Report, counted: RuntimeCounts | None) -> str:
    """The report, with the counts under `runtime`."""
    text = reports.to_json(shown)
    if counted is None:
        return text
    data = json.loads(text) | {"runtime": asdict(counted)}
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _html(shown: Report, folder: Path, places: Sequence[Path], counted: RuntimeCounts | None) -> str:
    from portalis.emit.crate_text import rust_texts
    from portalis.emit.html_report import html_report  # brings Jinja and Pygments

    rust = rust_texts(folder, [item.rust for item in shown.items if item.rust])
    return html_report(shown, source_texts(shown, places), rust, counted)


def _text(
    shown: Report,
    places: Sequence[Path],
    counted: RuntimeCounts | None,
    *,
    quiet: bool,
    verbose: bool,
) -> Iterator[str]:
    if not quiet:
        texts: Mapping[str, Sequence[str]] = source_texts(shown, places)
        yield from evidence_lines(shown, texts, verbose=verbose)
        yield from diagnostic_lines(findings(shown, places))
    if counted is not None:
        yield from runtime_lines(shown, counted)
    yield from summary_lines(shown)


def runtime_lines(shown: Report, counted: RuntimeCounts) -> Iterator[str]:
    """The calls of each function that Rust may answer, most declined first, and which were never called."""
    bound = [f"{item.module}.{item.name}" for item in shown.items if item.runs == "rust"]
    called = sorted(counted.calls.items(), key=lambda one: (-one[1].fallback, -one[1].rust, one[0]))
    word = "process" if counted.processes == 1 else "processes"
    yield f"calls counted in {counted.processes} {word}:"
    if called:
        yield f"  {'rust':>12} {'fallback':>10}"
    for name, calls in called:
        share = calls.fallback / ((calls.rust + calls.fallback) or 1)
        note = click.style(f"  {share:.1%} fell back to Python", fg="yellow") if calls.fallback else ""
        yield f"  {calls.rust:>12} {calls.fallback:>10}  {harmless(name)}{note}"
    if idle := len(set(bound) - counted.calls.keys()):
        yield f"  {idle} of {len(bound)} functions that run in Rust were never called"
    yield ""
