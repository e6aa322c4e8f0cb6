"""`portalis build`: the drop-in package, Rust where verified and Python elsewhere."""

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
    verification_options,
    writable_output,
)
from portalis.cli.outcome import output_code
from portalis.cli.output import format_options, show_report
from portalis.cli.progress import terminal_progress


@click.command()
@click.argument("source", metavar="SRC", type=click.Path(path_type=Path))
@output_option("Folder for the package; put it first on sys.path to use it.")
@click.option("--wheel", is_flag=True, help="Also write a wheel into the folder.")
@verification_options
@no_cache_option
@model_options
@format_options
@fail_under_option
@common_options
@click.pass_context
def build(
    ctx: click.Context,
    source: Path,
    output: Path,
    wheel: bool,
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
    """Make a drop-in package: verified functions run in Rust, all else is your Python.

    The folder gets the package under its own import name, with .pyi files, and portalis-report.json.
    It needs no Portalis to run. Exits with 0 when the package stands, however much stayed Python.

    \b
    portalis build mypackage -o out
    PYTHONPATH=out python -c "import mypackage"
    """
    from portalis import pipeline  # brings mypy, which help and usage errors should not wait for

    config = configuration(
        [source],
        config_file,
        effort=effort,
        seed=seed,
        fail_under=fail_under,
        no_cache=no_cache,
        model=model,
        samples=samples,
    )
    with engine_for(config) as engine, terminal_progress() as progress:
        report = pipeline.build(
            [source], writable_output(output), config, progress, wheel=wheel, engine=engine
        )
    show_report(report, output_format, [source], None, quiet=True if output_format == "text" else quiet)
    if output_format == "text" and not quiet:
        click.echo(f"\nwrote {output}; use it with PYTHONPATH={output}")
    ctx.exit(output_code(report, config.fail_under))
