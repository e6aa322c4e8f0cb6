"""The command group, its order and its help."""

from __future__ import annotations

from importlib import import_module

import click

from portalis import __version__

# Name, module and attribute; a module is imported when its command runs, so that `explain` is quick.
_COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("portalis.cli.check", "check"),
    "verify": ("portalis.cli.verify", "verify"),
    "build": ("portalis.cli.build", "build"),
    "test": ("portalis.cli.test", "test"),
    "translate": ("portalis.cli.translate", "translate"),
    "validate": ("portalis.cli.validate", "validate"),
    "doctor": ("portalis.cli.doctor", "doctor"),
    "report": ("portalis.cli.report", "report"),
    "explain": ("portalis.cli.explain", "explain"),
    "bench": ("portalis.cli.bench", "bench"),
    "config": ("portalis.cli.config", "config"),
    "cache": ("portalis.cli.cache", "cache"),
}

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Commands(click.Group):
    """Commands in the order above, imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, attribute = _COMMANDS[cmd_name]
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}.{attribute} is not a command")
        return command


@click.group(cls=_Commands, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="portalis", message="%(prog)s %(version)s")
def app() -> None:
    """Translate Python to Rust, and prove by running both that the Rust behaves the same.

    SRC is a file, a package folder, a project root, or - for standard input.
    Settings are read from [tool.portalis] in the nearest pyproject.toml.

    \b
    portalis check src/           what would translate, and what would not
    portalis build pkg -o out     a drop-in package: verified functions in Rust, all else your Python
    portalis explain PT203        what a diagnostic means
    """
