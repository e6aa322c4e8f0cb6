"""What the scoreboards share: running Portalis as a user does, with its wall and CPU time."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

REPORT = "portalis-report.json"


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that a command took: by the clock, and of processors (its children included)."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:.1f} s ({self.cpu:.1f} s of CPU)"


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """A frequent diagnostic: its code, its message without names and numbers, and how many items have it."""

    code: str
    message: str
    count: int


def portalis(arguments: Sequence[str], cache: Path) -> tuple[subprocess.CompletedProcess[str], Timing]:
    """Run a command of Portalis with that cache; exits of 2 and more end the benchmark."""
    began, used = time.perf_counter(), _children_cpu()
    command = [sys.executable, "-m", "portalis", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment(cache))
    timing = Timing(round(time.perf_counter() - began, 2), round(_children_cpu() - used, 2))
    if done.returncode not in (0, 1):
        raise SystemExit(f"error: portalis {' '.join(arguments)} ended with {done.returncode}\n{done.stderr}")
    return done, timing


def environment(cache: Path, **more: str) -> dict[str, str]:
    """This process's environment, with that cache and without switches that change what a hybrid does."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTALIS_")}
    return {**kept, "PORTALIS_CACHE_DIR": str(cache), **more}


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def read_report(out: Path) -> dict[str, object]:
    """The report that a build left beside the package."""
    report: dict[str, object] = json.loads((out / REPORT).read_text(encoding="utf-8"))
    return report


def frequent(report: Mapping[str, object], most: int = 10) -> list[Diagnosed]:
    """The most frequent first diagnostics of functions that did not end verified."""
    counts: Counter[tuple[str, str]] = Counter()
    items = report["items"]
    assert isinstance(items, list)
    for item in items:
        if item["kind"] in ("function", "method") and item["status"] != "verified" and item["diagnostics"]:
            first = item["diagnostics"][0]
            counts[first["code"], re.sub(r"`[^`]*`|\d+", "…", first["message"])[:100]] += 1
    return [Diagnosed(code, message, count) for (code, message), count in counts.most_common(most)]


def save(result: object, path: Path | None) -> None:
    """Write a result as JSON where asked to."""
    if path is not None:
        path.write_text(json.dumps(asdict(result), indent=1, default=str) + "\n", encoding="utf-8")  # type: ignore[call-overload]


def table(rows: Sequence[tuple[str, object]]) -> None:
    """Print label and value, aligned."""
    width = max(len(label) for label, _ in rows)
    for label, value in rows:
        print(f"{label:<{width}}  {value}", flush=True)


def print_frequent(found: Sequence[Diagnosed]) -> None:
    """Print the frequent diagnostics, one a line."""
    print("\nmost frequent diagnostics of functions that were not verified:")
    for one in found:
        print(f"{one.count:>6}  {one.code}  {one.message}")
