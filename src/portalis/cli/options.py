"""Arguments that several commands take, and the configuration they lead to."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from portalis.config import Config, ConfigError, load_config, override

Command = TypeVar("Command", bound=Callable[..., object])
STDIN = "-"


def sources_argument(command: Command) -> Command:
    """`SRC…`: one or more."""
    return click.argument("sources", nargs=-1, required=True, metavar="SRC...")(command)


def _allow_weak_sandbox(ctx: click.Context, _parameter: click.Parameter, given: bool) -> None:
    """Let the sandbox be as weak as the machine makes it, for this command."""
    if given:
        from portalis.validation.sandbox import SandboxPolicy, applied

        ctx.with_resource(applied(SandboxPolicy(unsafe=True)))


def common_options(command: Command) -> Command:
    """`--config` and `--unsafe-no-sandbox`, which every command over sources takes.

    The latter has no key in pyproject.toml: a stranger's project must not switch the sandbox off.
    """
    command = click.option(
        "--unsafe-no-sandbox",
        is_flag=True,
        expose_value=False,
        callback=_allow_weak_sandbox,
        help="Run your code also where this machine can't shut it in. See portalis doctor.",
    )(command)
    return click.option(
        "--config",
        "config_file",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Read [tool.portalis] from this file instead of the nearest pyproject.toml.",
    )(command)


def verification_options(command: Command) -> Command:
    """`--effort` and `--seed`, for commands that verify."""
    command = click.option(
        "--seed", type=click.IntRange(min=0), metavar="N", help="Seed of the generated inputs.  [default: 0]"
    )(command)
    return click.option(
        "--effort",
        type=click.Choice(["quick", "normal", "thorough"]),
        help="How long to search for a disagreement.  [default: normal]",
    )(command)


def no_cache_option(command: Command) -> Command:
    """`--no-cache`, for commands that can use what earlier runs found."""
    return click.option(
        "--no-cache", is_flag=True, help="Search and build everything anew, and keep that instead."
    )(command)


def model_options(command: Command) -> Command:
    """`--model` and `--samples`, for commands in which a model may propose what the compiler refuses."""
    command = click.option(
        "--samples",
        type=click.IntRange(min=1),
        metavar="N",
        help="Answers asked of the model for each function and round.  [default: 4]",
    )(command)
    return click.option(
        "--model",
        metavar="PATH",
        help="A model folder, a .gguf or .nemo file, or an endpoint, asked for what the compiler refuses.",
    )(command)


def fail_under_option(command: Command) -> Command:
    """`--fail-under PERCENT`."""
    return click.option(
        "--fail-under",
        type=click.FloatRange(0, 100),
        metavar="PERCENT",
        help="Exit with 1 when fewer functions than this are verified (translatable, for check).",
    )(command)


def output_option(text: str) -> Callable[[Command], Command]:
    """`-o DIR`, required."""
    return click.option(
        "-o", "--output", type=click.Path(path_type=Path), required=True, metavar="DIR", help=text
    )


def writable_output(path: Path) -> Path:
    """The output folder, if it can be made or is one that can be written.

    Raises:
        ConfigError: a part of its path is a file, or there is no permission. Asked before any work is done.
    """
    existing = next(folder for folder in (path.absolute(), *path.absolute().parents) if folder.exists())
    if not existing.is_dir():
        raise ConfigError(f"can't write {path}: {existing} is a file", "choose another folder with -o")
    if not os.access(existing, os.W_OK | os.X_OK):
        raise ConfigError(
            f"can't write {path}: no permission for {existing}", "choose another folder with -o"
        )
    return path


def source_paths(sources: Sequence[str]) -> tuple[list[Path | str], bytes | None]:
    """The sources for the pipeline, and standard input's bytes where `-` is one of them.

    Raises:
        click.UsageError: `-` is given together with others.
    """
    if STDIN not in sources:
        return [Path(source) for source in sources], None
    if len(sources) > 1:
        raise click.UsageError("standard input (-) can't be combined with other sources")
    return [STDIN], sys.stdin.buffer.read()


def configuration(sources: Sequence[Path | str], config_file: Path | None, **flags: object) -> Config:
    """The configuration for the sources, with the flags that were given on top.

    Raises:
        ConfigError: the file or a flag is not valid.
    """
    if flags.pop("no_cache", None):
        flags["reuse"] = False
    model, samples = flags.pop("model", None), flags.pop("samples", None)
    first = next((source for source in sources if isinstance(source, Path)), None)
    return _with_model(override(load_config(first, file=config_file), flags), model, samples)


def _with_model(config: Config, path: object, samples: object) -> Config:
    """The configuration with a model named on the command line, from the current folder."""
    given: dict[str, object] = {}
    if path is not None:
        given["path"] = path if "://" in str(path) else str(Path(str(path)).absolute())
    if samples is not None:
        given["samples"] = samples
    return config.model_copy(update={"model": config.model.model_copy(update=given)}) if given else config
