"""`--format`: a report as text, JSON, SARIF or GitHub annotations, on standard output."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from portalis.cli.diagnostic_text import diagnostic_lines
from portalis.cli.findings import findings
from portalis.cli.github import github
from portalis.cli.sarif import sarif
from portalis.cli.summary_text import summary_lines
from portalis.emit.report import Report, to_json

Command = TypeVar("Command", bound=Callable[..., object])


def format_options(command: Command) -> Command:
    """`--format` and `--quiet`."""
    command = click.option("-q", "--quiet", is_flag=True, help="Show the summary only.")(command)
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(["text", "json", "sarif", "github"]),
        default="text",
        show_default=True,
        help="How to show the result.",
    )(command)


def show_report(
    report: Report,
    output_format: str,
    sources: Sequence[Path | str],
    stdin: bytes | None,
    *,
    quiet: bool = False,
) -> None:
    """Prints a report.

    Args:
        report: what to print.
        output_format: `text`, `json`, `sarif` or `github`.
        sources: the sources as given, to find the files again.
        stdin: the source that came from standard input.
        quiet: leave the single diagnostics out of the text.
    """
    match output_format:
        case "json":
            click.echo(to_json(report), nl=False)
        case "sarif":
            click.echo(sarif(findings(report, sources)), nl=False)
        case "github":
            for line in github(findings(report, sources)):
                click.echo(line)
        case _:
            if not quiet:
                for line in diagnostic_lines(findings(report, sources), stdin):
                    click.echo(line)
            for line in summary_lines(report):
                click.echo(line)
