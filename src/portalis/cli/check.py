"""`portalis check`: what would translate and what would not, like a linter."""

from __future__ import annotations

from pathlib import Path

import click

from portalis.cli.options import (
    common_options,
    configuration,
    fail_under_option,
    source_paths,
    sources_argument,
)
from portalis.cli.outcome import answer_code
from portalis.cli.output import format_options, show_report
from portalis.cli.progress import terminal_progress


@click.command()
@sources_argument
@format_options
@fail_under_option
@common_options
@click.pass_context
def check(
    ctx: click.Context,
    sources: tuple[str, ...],
    output_format: str,
    quiet: bool,
    fail_under: float | None,
    config_file: Path | None,
) -> None:
    """Show what would translate and what would not, without compiling any Rust.

    Exits with 0 when every function would translate, 1 when some would not.

    \b
    portalis check mypackage/
    portalis check --format json src/ > report.json
    cat module.py | portalis check -
    """
    from portalis import pipeline  # brings mypy, which help and usage errors should not wait for

    paths, stdin = source_paths(sources)
    config = configuration(paths, config_file, fail_under=fail_under)
    with terminal_progress() as progress:
        report = pipeline.check(paths, config, progress, stdin=stdin)
    show_report(report, output_format, paths, stdin, quiet=quiet)
    ctx.exit(answer_code(report, "translatable", config.fail_under))
