"""`portalis test`: the project's own pytest suite, on the original and on the hybrid package."""

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
    verification_options,
)
from portalis.cli.outcome import output_code
from portalis.cli.progress import terminal_progress
from portalis.cli.suite_text import suite_lines


@click.command()
@click.argument("source", metavar="SRC", type=click.Path(path_type=Path))
@click.argument("pytest_args", metavar="[-- PYTEST-ARGS]", nargs=-1, type=click.UNPROCESSED)
@click.option(
    "--rust-only",
    is_flag=True,
    help="Let calls that Rust declines raise, instead of being answered by Python.",
)
@click.option("--compare-output", is_flag=True, help="Compare what tests print and log, too.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=120.0,
    show_default=True,
    metavar="SECONDS",
    help="The longest that one test may take.",
)
@verification_options
@no_cache_option
@model_options
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to show the result.",
)
@fail_under_option
@common_options
@click.pass_context
def test(
    ctx: click.Context,
    source: Path,
    pytest_args: tuple[str, ...],
    rust_only: bool,
    compare_output: bool,
    timeout: float,
    effort: str | None,
    seed: int | None,
    no_cache: bool,
    model: str | None,
    samples: int | None,
    output_format: str,
    fail_under: float | None,
    config_file: Path | None,
) -> None:
    """Run your own tests on your Python and on the package that `build` makes of it.

    Both runs take place in the sandbox, each in a copy of the project, with the pytest, the plugins and the
    configuration that you use. Every test that ends otherwise on the hybrid package is shown. Exits with 0
    when no test differs, tests that fail in your Python too included, and with 1 when one does.

    \b
    portalis test mypackage
    portalis test . --rust-only -- tests/test_parser.py -k unicode
    """
    from portalis import pipeline  # brings mypy, which help and usage errors should not wait for
    from portalis.validation.suite import SuiteLimits
    from portalis.validation.suite_compare import to_json

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
        report, found = pipeline.test(
            source,
            pytest_args,
            config,
            progress,
            rust_only=rust_only,
            compare_output=compare_output,
            limits=SuiteLimits(test_seconds=timeout),
            engine=engine,
        )
    if output_format == "json":
        click.echo(to_json(found), nl=False)
    else:
        for line in suite_lines(found):
            click.echo(line)
    ctx.exit(1 if not found.succeeded else output_code(report, config.fail_under))
