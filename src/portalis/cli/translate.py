"""`portalis translate`: a Cargo crate of what was verified or at least compiles."""

from __future__ import annotations

from pathlib import Path

import click

from portalis.cli.engine import engine_for
from portalis.cli.options import (
    common_options,
    configuration,
    fail_under_option,
    model_options,
    no_cache_option,
    output_option,
    source_paths,
    sources_argument,
    verification_options,
    writable_output,
)
from portalis.cli.outcome import output_code
from portalis.cli.output import format_options, show_report
from portalis.cli.progress import terminal_progress


@click.command()
@sources_argument
@output_option("Folder for the crate.")
@verification_options
@no_cache_option
@model_options
@format_options
@fail_under_option
@common_options
@click.pass_context
def translate(
    ctx: click.Context,
    sources: tuple[str, ...],
    output: Path,
    effort: str | None,
    seed: int | None,
    no_cache: bool,
    model: str | None,
    samples: int | None,
    output_format: str,
    quiet: bool,
    fail_under: float | None,
    config_file: Path | None,
) -> None:
    """Write a Cargo library crate, verified, with the evidence as Rust tests.

    Exits with 0 when the crate stands, however much stayed Python.

    \b
    portalis translate mypackage -o mypackage-rs
    cd mypackage-rs && cargo test
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
        report = pipeline.translate(
            paths, writable_output(output), config, progress, stdin=stdin, engine=engine
        )
    show_report(report, output_format, paths, stdin, quiet=True if output_format == "text" else quiet)
    if output_format == "text" and not quiet:
        click.echo(f"\nwrote {output}; try it with: cd {output} && cargo test")
    ctx.exit(output_code(report, config.fail_under))
