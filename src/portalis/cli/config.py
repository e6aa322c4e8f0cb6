"""`portalis config show`: the settings that hold, and where each comes from."""

from __future__ import annotations

import json
from pathlib import Path

import click
from pydantic import BaseModel

from portalis.config import Config, Settings, load_config


@click.group()
def config() -> None:
    """Show the configuration."""


@config.command()
@click.argument("source", required=False, metavar="[SRC]", type=click.Path(path_type=Path))
@click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Read [tool.portalis] from this file.",
)
@click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def show(source: Path | None, config_file: Path | None, output_format: str) -> None:
    """Show the settings that hold for SRC (the current folder by default), as TOML or JSON."""
    found = load_config(source, file=config_file)
    if output_format == "json":
        held = {"file": str(found.file) if found.file else None, **_values(found), "cache": str(found.cache)}
        click.echo(json.dumps({**held, "model": _values(found.model)}, indent=1))
        return
    click.echo(
        f"# from {found.file}" if found.file else "# no [tool.portalis] was found: these are the defaults"
    )
    for head, part in (("tool.portalis", found), ("tool.portalis.model", found.model)):
        click.echo(f"[{head}]")
        for key, value in _values(part).items():
            click.echo(_line(part, key, value))


def _values(part: BaseModel) -> dict[str, object]:
    """The settings of a table, as their keys are written there; tables inside it are shown by themselves."""
    known = Settings.model_fields if isinstance(part, Config) else type(part).model_fields
    values = {name.replace("_", "-"): getattr(part, name) for name in known}
    return {key: value for key, value in values.items() if not isinstance(value, BaseModel)}


def _line(part: BaseModel, key: str, value: object) -> str:
    """One setting as TOML, with what it means; unset ones are commented out."""
    name = key.replace("-", "_")
    about = type(part).model_fields[name].description or ""
    if value is None:
        return f"# {key} is not set: {about}"
    origin = "" if name in part.model_fields_set else "default; "
    return f"{key} = {_toml(value)}  # {origin}{about}"


def _toml(value: object) -> str:
    """A value in TOML, which is JSON but for tables."""
    if isinstance(value, dict):
        inside = ", ".join(f"{_toml(key)} = {_toml(one)}" for key, one in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    return json.dumps(value, ensure_ascii=False)
