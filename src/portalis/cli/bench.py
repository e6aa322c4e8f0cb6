"""`portalis bench`: how strong verification is, measured."""

from __future__ import annotations

import json
from pathlib import Path

import click

from portalis.cli.options import (
    common_options,
    configuration,
    source_paths,
    sources_argument,
    verification_options,
)
from portalis.cli.progress import terminal_progress


@click.group()
def bench() -> None:
    """Measure Portalis itself."""


@bench.command()
@sources_argument
@click.option(
    "--per-function", type=click.IntRange(min=1), default=3, show_default=True, metavar="N",
    help="Plant up to so many faults in each function.",
)  # fmt: skip
@click.option("--operators", metavar="NAME,...", help="Plant faults of these kinds only.")
@click.option("--only", metavar="PREFIX", multiple=True, help="Only functions whose module:name begins so.")
@click.option("--judged", type=click.Path(path_type=Path, exists=True), metavar="FILE",
              help="Faults that a person read and found to change nothing, with reasons (YAML).")  # fmt: skip
@click.option("--longer/--no-longer", default=True, help="Search survivors ten times as long.")
@click.option(
    "--sample", type=click.IntRange(min=0), default=0, metavar="N",
    help="Search so many of the functions as they are ten times as long, for `bench calibration`.",
)  # fmt: skip
@verification_options
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How to show the result.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write the JSON here as well.")  # fmt: skip
@common_options
def verifier(
    sources: tuple[str, ...],
    per_function: int,
    operators: str | None,
    only: tuple[str, ...],
    judged: Path | None,
    longer: bool,
    sample: int,
    effort: str | None,
    seed: int | None,
    output_format: str,
    output: Path | None,
    config_file: Path | None,
) -> None:
    """Plant faults in translated Rust, and report which of them verification catches.

    Each fault is searched exactly as its function would be. Survivors that the optimiser turns into the
    function's own code are no faults; the others are searched ten times as long.

    \b
    portalis bench verifier mypackage/ --per-function 5 -o faults.json
    portalis bench verifier module.py --operators comparison,bounds
    """
    from portalis.bench import judged as judgements
    from portalis.bench import verifier as harness
    from portalis.bench.operators import OPERATORS
    from portalis.cli.bench_text import verifier_lines

    names = tuple(operators.split(",")) if operators else tuple(OPERATORS)
    for name in names:
        if name not in OPERATORS:
            raise click.BadParameter(f"`{name}` is none of {', '.join(OPERATORS)}", param_hint="--operators")
    paths, _ = source_paths(sources)
    config = configuration(paths, config_file, effort=effort, seed=seed)
    options = harness.Options(per_function, names, only, longer, sample)
    known = judgements.read(judged) if judged else {}
    with terminal_progress() as progress:
        result = harness.run(paths, config, options, known, progress)
    text = json.dumps(result.as_json(), indent=1) + "\n"
    if output is not None:
        output.write_text(text, encoding="utf-8")
    if output_format == "json":
        click.echo(text, nl=False)
        return
    for line in verifier_lines(result):
        click.echo(line)


@bench.command()
@click.argument(
    "results", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="RESULT...",
)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write the numbers here, as JSON.")  # fmt: skip
@click.option("--plot", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Draw them here (.svg or .png); needs the extra `portalis[bench]`.")  # fmt: skip
def calibration(results: tuple[Path, ...], output: Path | None, plot: Path | None) -> None:
    """What the stated confidence is worth: how many items with it stand a longer search.

    RESULT is what `portalis bench verifier --sample N -o RESULT` wrote.

    \b
    portalis bench verifier mypackage/ --sample 100 -o result.json
    portalis bench calibration result.json --plot calibration.svg
    """
    from portalis.bench import calibration as measured
    from portalis.cli.bench_text import calibration_lines

    found = measured.bins(measured.read_points(results))
    if output is not None:
        output.write_text(json.dumps(measured.as_json(found), indent=1) + "\n", encoding="utf-8")
    if plot is not None:
        from portalis.bench.plot import draw

        draw(found, plot)
    for line in calibration_lines(found):
        click.echo(line)
