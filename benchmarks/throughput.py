"""Scoreboard: verified functions per minute on a package, cold and with evidence kept.

    python benchmarks/throughput.py path/to/package

Runs `portalis verify` from an empty cache, then again unchanged, then after a comment was added to one
module of a copy of the package. Crates come from cargo's own download cache; with `--warm TARGET` they are
taken compiled from that folder, which is copied, so that what is measured is the project's own.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from measure import Timing, portalis, save, table


@dataclass(frozen=True, slots=True)
class Run:
    """One run of `portalis verify`: its functions that ended verified, and its time in seconds."""

    verified: int
    timing: Timing

    @property
    def per_minute(self) -> float:
        return 60.0 * self.verified / self.timing.wall

    def __str__(self) -> str:
        return f"{self.per_minute:.0f} a minute ({self.verified} in {self.timing})"


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of one package."""

    package: str
    effort: str
    cold: Run
    again: Run
    after_edit: Run


def verify(package: Path, cache: Path, effort: str) -> Run:
    """One run over a package with that cache."""
    done, timing = portalis(["verify", str(package), "--effort", effort, "--format", "json"], cache)
    return Run(json.loads(done.stdout)["summary"]["verified"], timing)


def largest_module(package: Path) -> Path:
    """The module with the most text: a change in it touches the most."""
    return max(package.rglob("*.py"), key=lambda path: (path.stat().st_size, str(path)))


def main() -> int:
    """Measures and prints; 0 unless a later run verified fewer functions than the first."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("package", type=Path, help="the folder of the package")
    parser.add_argument("--effort", default="normal", choices=["quick", "normal", "thorough"])
    parser.add_argument("--warm", type=Path, help="a target folder of cargo with the crates compiled")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portalis-bench-") as scratch:
        cache, package = Path(scratch) / "cache", Path(scratch) / options.package.resolve().name
        shutil.copytree(options.package, package, ignore=shutil.ignore_patterns("__pycache__"))
        if options.warm:
            shutil.copytree(options.warm, cache / "target", symlinks=True)
        cold, again = (verify(package, cache, options.effort) for _ in range(2))
        with largest_module(package).open("a", encoding="utf-8") as file:
            file.write("\n# A comment.\n")
        result = Result(package.name, options.effort, cold, again, verify(package, cache, options.effort))
    table([("cold", result.cold), ("again", result.again), ("after an edit", result.after_edit)])
    save(result, options.json)
    return int(min(result.again.verified, result.after_edit.verified) < result.cold.verified)


if __name__ == "__main__":
    raise SystemExit(main())
