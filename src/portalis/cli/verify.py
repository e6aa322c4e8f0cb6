"""`portalis verify`: translate, run beside the original, print the evidence."""

from __future__ import annotations

from pathlib import Path

import click

from portalis.cli.engine import engine_for
from portalis.cli.evidence_text import evidence_lines
from portalis.cli.findings import source_texts
from portalis.cli.options import (
    common_options,
    configuration,
    fail_under_option,
    model_options,
    no_cache_option,
    source_paths,
    sources_argument,
    verification_options,
)
from portalis.cli.outcome import answer_code
from portalis.cli.output import format_options, show_report
from portalis.cli.progress import terminal_progress


@click.command()
@sources_argument
@verification_options
@no_cache_option
@model_options
@format_options
@click.option("-v", "--verbose", is_flag=True, help="Show also what was never reached in verified functions.")
@fail_under_option
@common_options
@click.pass_context
def verify(
    ctx: click.Context,
    sources: tuple[str, ...],
    effort: str | None,
    seed: int | None,
    no_cache: bool,
    model: str | None,
    samples: int | None,
    output_format: str,
    quiet: bool,
    verbose: bool,
    fail_under: float | None,
    config_file: Path | None,
) -> None:
    """Translate, run Rust and Python side by side, and print the evidence.

    Your functions are run in a sandbox, on inputs made from their types, their doctests and the constants
    in their source. Exits with 0 when every function is verified, 1 when some are not.

    \b
    portalis verify mypackage/
    portalis verify --effort thorough --seed 7 module.py
    """
    from portalis import pipeline  # brings mypy, which help and usage errors should not wait for

    paths, stdin = source_paths(sources)
    config = configuration(
        paths,
        config_file,
        effort=effort,
        seed=seed,
        fail_under=fail_under,
        no_cache=no_cache,
        model=model,
        samples=samples,
    )
    with engine_for(config) as engine, terminal_progress() as progress:
        report = pipeline.verify(paths, config, progress, stdin=stdin, engine=engine)
    if output_format == "text" and not quiet:
        for line in evidence_lines(report, source_texts(report, paths, stdin), verbose=verbose):
            click.echo(line)
    show_report(report, output_format, paths, stdin, quiet=quiet)
    ctx.exit(answer_code(report, "verified", config.fail_under))
