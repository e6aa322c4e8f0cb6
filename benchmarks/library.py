"""Scoreboard: a whole library through `portalis build`, judged by its own doctests.

    python benchmarks/library.py path/to/package --flags NORMALIZE_WHITESPACE,ELLIPSIS

Builds the hybrid cold (empty cache; crates downloaded before), builds it again unchanged, checks it, and
runs every doctest on the original, on the hybrid, and on the hybrid with the fallback off.
Exits with 1 where the hybrid does not answer every example as the original does.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from measure import (
    Diagnosed,
    Timing,
    environment,
    frequent,
    portalis,
    print_frequent,
    read_report,
    save,
    table,
)

_DOCTESTS = Path(__file__).resolve().parent / "doctests.py"


@dataclass(frozen=True, slots=True)
class Doctests:
    """How a package's doctest examples ended: "" where one passed, else what came; and who answered calls."""

    outcomes: dict[str, str]
    unimportable: dict[str, str]
    calls: int
    rust: int
    fallback: dict[str, int]

    @property
    def passed(self) -> int:
        return sum(not problem for problem in self.outcomes.values())


@dataclass(slots=True)
class Result:
    """The figures of one library. Times in seconds; differences by example: (original, hybrid)."""

    package: str
    summary: object = None
    examples: int = 0
    passed_original: int = 0
    passed_hybrid: int = 0
    passed_without_fallback: int = 0
    broken: dict[str, tuple[str, str]] = field(default_factory=dict)
    declined: dict[str, str] = field(default_factory=dict)
    python_calls: int = 0
    rust_calls: int = 0
    fallback_calls: dict[str, int] = field(default_factory=dict)
    build_cold: Timing | None = None
    build_again: Timing | None = None
    check_cold: Timing | None = None
    check_again: Timing | None = None
    diagnostics: list[Diagnosed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Setup:
    """How a library tests itself: doctest's flags, files of more examples, the folder where they run."""

    flags: str
    files: tuple[Path, ...]
    folder: Path


def run_doctests(root: Path, name: str, setup: Setup, **switches: str) -> Doctests:
    """All doctests of the package `name` in the folder `root`, in a process of their own."""
    path = {"PYTHONPATH": str(root), "PYTHONSAFEPATH": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, str(_DOCTESTS), name, setup.flags, *map(str, setup.files)]
    done = subprocess.run(
        command, env=environment(root, **path, **switches), capture_output=True, text=True, check=False,
        cwd=setup.folder,
    )  # fmt: skip
    if done.returncode != 0:
        raise SystemExit(f"error: the doctests in {root} ended with {done.returncode}\n{done.stderr}")
    return Doctests(**json.loads(done.stdout))


def compare_doctests(result: Result, package: Path, out: Path, setup: Setup) -> None:
    """Fill in what the doctests say."""
    name = package.name
    original = run_doctests(package.parent, name, setup)
    hybrid = run_doctests(out, name, setup)
    alone = run_doctests(out, name, setup, PORTALIS_FALLBACK="off")
    result.examples = len(original.outcomes)
    result.passed_original, result.passed_hybrid = original.passed, hybrid.passed
    result.passed_without_fallback = alone.passed
    for key in original.outcomes.keys() | hybrid.outcomes.keys():
        before = original.outcomes.get(key, "not run")
        after = hybrid.outcomes.get(key, "not run")
        if before != after:
            result.broken[key] = before, after
    for module in original.unimportable.keys() ^ hybrid.unimportable.keys():
        result.broken[module] = original.unimportable.get(module, ""), hybrid.unimportable.get(module, "")
    for key, problem in sorted(alone.outcomes.items()):
        if problem != hybrid.outcomes.get(key):
            result.declined[key] = problem
    # A call that falls back enters two functions: the bound one, and the original.
    result.python_calls = hybrid.calls - sum(hybrid.fallback.values())
    result.rust_calls, result.fallback_calls = hybrid.rust, hybrid.fallback


def main() -> int:
    """Builds, measures, prints; 0 where nothing is broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("package", type=Path, help="the folder of the package")
    parser.add_argument("--flags", default="", help="doctest options of the library's own test setup")
    parser.add_argument("--tests", type=Path, help="a folder of *.doctest files; all run beside that folder")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument(
        "--cache", type=Path, help="use this cache instead of an empty one (then nothing is cold)"
    )
    parser.add_argument("--out", type=Path, help="leave the hybrid package in this folder")
    options = parser.parse_args()
    package: Path = options.package.resolve()
    with tempfile.TemporaryDirectory(prefix="portalis-bench-") as scratch:
        cache = options.cache.resolve() if options.cache else Path(scratch) / "cache"
        cache.mkdir(parents=True, exist_ok=True)
        out = options.out.resolve() if options.out else Path(scratch) / "out"
        result = Result(package.name)
        build = ["build", str(package), "-o", str(out), "--quiet"]
        _, result.build_cold = portalis(build, cache)
        _, result.build_again = portalis(build, cache)
        _, result.check_cold = portalis(["check", str(package), "--quiet"], Path(scratch) / "empty")
        _, result.check_again = portalis(["check", str(package), "--quiet"], cache)
        report = read_report(out)
        result.summary, result.diagnostics = report["summary"], frequent(report)
        files = sorted(options.tests.resolve().glob("*.doctest")) if options.tests else []
        folder = options.tests.resolve().parent if options.tests else Path(scratch)
        compare_doctests(result, package, out, Setup(options.flags, tuple(files), folder))
    show(result)
    save(result, options.json)
    return int(bool(result.broken))


def show(result: Result) -> None:
    """Print the figures."""
    summary = result.summary
    assert isinstance(summary, dict)
    fallbacks = sum(result.fallback_calls.values())
    functions = summary["functions"] or 1
    table(
        [
            ("functions", summary["functions"]),
            *(
                (name, f"{summary[name]} ({summary[name] / functions:.1%})")
                for name in ("verified", "compiled", "python")
            ),
            ("doctest examples", result.examples),
            ("  pass on the original", result.passed_original),
            ("  pass on the hybrid", result.passed_hybrid),
            ("  pass with the fallback off", result.passed_without_fallback),
            ("  broken by the hybrid", len(result.broken)),
            ("calls made by Python", result.python_calls),
            (
                "  answered by Rust",
                f"{result.rust_calls} ({result.rust_calls / (result.python_calls or 1):.1%})",
            ),
            ("  declined, answered by Python", fallbacks),
            ("build, cold", result.build_cold),
            ("build, again unchanged", result.build_again),
            ("check, cold", result.check_cold),
            ("check, with a cache", result.check_again),
        ]
    )
    for key, (before, after) in sorted(result.broken.items()):
        print(f"BROKEN {key}\n    original: {before or 'passed'}\n    hybrid:   {after or 'passed'}")
    for key, problem in result.declined.items():
        print(f"without fallback: {key}\n    {problem}")
    print_frequent(result.diagnostics)


if __name__ == "__main__":
    raise SystemExit(main())
