"""Runs the command line and turns every way it can end into an exit code and a message.

0 and 1 are the command's answer, 2 is usage or configuration, 3 a bug of ours, 130 Ctrl-C, 143 SIGTERM.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

import click

from portalis.cli.app import app
from portalis.cli.crash import describe_crash
from portalis.cli.failures import user_failure
from portalis.cli.text import colour
from portalis.scratch import run_folder

USAGE, BUG, INTERRUPTED, TERMINATED = 2, 3, 130, 143


def run(arguments: Sequence[str]) -> int:
    """Runs one command.

    Args:
        arguments: the command line without the program's name.

    Returns:
        The exit code.
    """
    signal.signal(signal.SIGTERM, _terminate)
    try:
        with run_folder():
            code = app.main(args=list(arguments), prog_name="portalis", standalone_mode=False, color=colour())
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as wrong:
        wrong.show()
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted: nothing was left half-written", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone (`| head`). Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001  the last net: a crash becomes a report that can be sent
        if (failure := user_failure(error)) is not None:
            message, hint = failure
            click.echo(f"{click.style('error', fg='red', bold=True)}: {message}", err=True, color=colour())
            if hint:
                click.echo(f"{click.style('help', fg='cyan')}: {hint}", err=True, color=colour())
            return USAGE
        click.echo(describe_crash(error), err=True)
        return BUG


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    """SIGTERM ends the run as an exception does, so that temporary folders go and children are ended."""
    raise SystemExit(TERMINATED)
