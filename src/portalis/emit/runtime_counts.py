"""What processes that ran a hybrid package counted, read back and added up.

Each process leaves a file (see `write_counts` in the package's `__portalis__`):
`{"portalis_counts": 1, "package": "kit", "process": "47-1", "counts": {"kit.f": {"rust": 3, "fallback": 0}}}`
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = "portalis-counts"


class CountsError(Exception):
    """There are no counts, or a file is not one; `hint` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Calls:
    """How many calls of a function Rust answered, and how many fell back to Python."""

    rust: int = 0
    fallback: int = 0


@dataclass(frozen=True, slots=True)
class RuntimeCounts:
    """The sums over all processes: calls by qualified name (`pkg.mod.Class.method`)."""

    processes: int
    calls: Mapping[str, Calls]


def read_counts(folder: Path) -> RuntimeCounts:
    """Add up the files in a folder.

    Raises:
        CountsError: there is none, or one of them can't be read.
    """
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not files:
        raise CountsError(
            f"{folder} holds no counts",
            "run your program on the built package with PORTALIS_COUNTS=1, or name a folder with --counts",
        )
    total: dict[str, Calls] = {}
    processes: set[str] = set()
    for file in files:
        process, counts = _read(file)
        processes.add(process)
        for name, calls in counts.items():
            before = total.get(name, Calls())
            total[name] = Calls(before.rust + calls.rust, before.fallback + calls.fallback)
    return RuntimeCounts(len(processes), total)


def _read(file: Path) -> tuple[str, dict[str, Calls]]:
    """The number of the process of a file, and its calls."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if data["portalis_counts"] != 1:
            raise CountsError(f"{file} is of another version of Portalis", "delete it, and count again")
        found = {name: Calls(int(one["rust"]), int(one["fallback"])) for name, one in data["counts"].items()}
        return str(data["process"]).partition("-")[0], found
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CountsError(f"{file} is not a file of counts", "delete it, and count again") from error
