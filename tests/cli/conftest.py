"""Runs the command line as users do: a real process, in a folder of its own, with a cache of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended."""

    code: int
    out: str
    err: str


Runner = Callable[..., Outcome]


@pytest.fixture(scope="session")
def cache(session_cache: Path) -> Path:
    """One cache for the whole session, so that mypy reads its stubs once."""
    return session_cache


@pytest.fixture
def environment(cache: Path) -> dict[str, str]:
    """The surroundings of a run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTALIS_")}
    return kept | {"PYTHONPATH": str(SOURCE), "PORTALIS_CACHE_DIR": str(cache), "COLUMNS": "100"}


@pytest.fixture
def portalis(tmp_path: Path, environment: dict[str, str]) -> Runner:
    """`portalis(*arguments, stdin=b"")` in an empty folder."""

    def run(*arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "portalis", *map(str, arguments)],
            input=stdin,
            cwd=cwd or tmp_path,
            env=environment,
            capture_output=True,
            timeout=600,
            check=False,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
