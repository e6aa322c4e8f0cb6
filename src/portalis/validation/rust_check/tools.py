"""Running rustfmt, rustc and clippy on a text of Rust, within limits of time."""

from __future__ import annotations

import contextlib
import functools
import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SECONDS = 120.0
"""Wall time for one run of a tool; macros can make the compiler run for ever."""
MEMORY = 8 << 30
"""Bytes of address space for one process of a tool; the same macros can make it grow for ever."""


class ToolError(Exception):
    """A tool of the Rust toolchain is missing or could not do its work; `hint` is the remedy."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class ToolRun:
    """The exit status and output of one run; `ended` says why it was ended, where it was."""

    status: int
    stdout: str
    stderr: str
    ended: str = ""


@functools.cache
def find_tool(name: str) -> str | None:
    """The path of a tool of the Rust toolchain, on PATH or in the usual place; None where there is none."""
    usual = Path.home() / ".cargo" / "bin" / name
    return shutil.which(name) or (str(usual) if usual.is_file() else None)


def need_tool(name: str, component: str) -> str:
    """The path of a tool.

    Raises:
        ToolError: it is not installed; the hint names the rustup component.
    """
    found = find_tool(name)
    if found is None:
        raise ToolError(f"{name} was not found", f"install it: rustup component add {component}")
    return found


def run_tool(
    arguments: Sequence[str], text: str | None, folder: Path, seconds: float | None = None
) -> ToolRun:
    """Run a tool in `folder`, `text` on its standard input; it and what it started end after `seconds`."""
    # What an outer cargo set for its own crate must not reach `env!` here.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CARGO_PKG_")}
    child = subprocess.Popen(
        arguments,
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE if text is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    allowed = SECONDS if seconds is None else seconds
    try:
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(child.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
        stdout, stderr = child.communicate(text, timeout=allowed)
    except subprocess.TimeoutExpired:
        _end(child)
        return ToolRun(-1, "", "", f"it did not come to an end in {allowed:.0f} s")
    except BaseException:
        _end(child)
        raise
    ended = ""
    if child.returncode < 0 or "memory allocation of" in stderr:
        ended = f"it died: {stderr.strip().splitlines()[-1] if stderr.strip() else -child.returncode}"
    return ToolRun(child.returncode, stdout, stderr, ended)


def _end(child: subprocess.Popen[str]) -> None:
    """End a tool and all that it started."""
    os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
