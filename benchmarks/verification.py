"""Scoreboard: how quickly a package is verified, again unchanged, and again after one function changed.

    python benchmarks/verification.py PACKAGE --change pkg/mod.py:function

Works on a copy of the package. Times are by stage. Where `--cache` names a cache with the crates that the
build needs, they are not compiled again.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from measure import environment, table

_CHILD = """
import json, resource, sys, time
from pathlib import Path
from portalis import pipeline
from portalis.config import load_config, override
from portalis.progress import SILENT

def cpu():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
    return sum(one.ru_utime + one.ru_stime for one in used)

def timed(name, stage):
    def run(state):
        began, used = time.perf_counter(), cpu()
        stage(state)
        spent[name] = [time.perf_counter() - began, cpu() - used]
    return name, run

spent = {}
package = Path(sys.argv[1])
pipeline.VERIFY = tuple(timed(name, stage) for name, stage in pipeline.VERIFY)
began = time.perf_counter()
report = pipeline.verify([package], override(load_config(package), {"effort": sys.argv[2]}), SILENT)
items = [item for item in report.items if item.evidence]
print(json.dumps({
    "wall": time.perf_counter() - began, "stages": spent, "items": len(items),
    "cached": sum(item.evidence.cached for item in items), "verified": report.summary.verified,
    "searched": [item.key for item in items if not item.evidence.cached][:50],
}))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds by the clock, for stages also of CPU; items with evidence, those from the store."""

    wall: float
    stages: dict[str, tuple[float, float]]
    items: int
    cached: int
    verified: int
    searched: list[str]

    @property
    def per_minute(self) -> float:
        """Items that the verifying stage did in a minute; where all of the report was kept, the whole run."""
        seconds = self.stages["verifying"][0] if "verifying" in self.stages else self.wall
        return 60 * self.items / seconds

    def stages_text(self) -> str:
        """The stages that took more than a tenth of a second."""
        return ", ".join(f"{name} {wall:.1f} s" for name, (wall, _) in self.stages.items() if wall >= 0.1)


def run(package: Path, cache: Path, effort: str) -> Run:
    """Verify in a process of its own."""
    command = [sys.executable, "-c", _CHILD, str(package), effort]
    done = subprocess.run(command, env=environment(cache), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"error: verification ended with {done.returncode}\n{done.stderr}")
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def change(package: Path, place: str) -> None:
    """Put an assignment that changes nothing first in a function's body, `pkg/mod.py:function`."""
    file, _, name = place.rpartition(":")
    path = package.parent / file
    text = path.read_text(encoding="utf-8")
    function = next(
        node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef) and node.name == name
    )
    documented = ast.get_docstring(function, clean=False) is not None
    first = function.body[1 if documented and len(function.body) > 1 else 0]
    lines = text.splitlines(keepends=True)
    lines.insert(first.lineno - 1, f"{' ' * first.col_offset}_unused = 0\n")
    path.write_text("".join(lines), encoding="utf-8")


def main() -> int:
    """Runs three times and prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("package", type=Path, help="the folder of the package")
    parser.add_argument("--change", metavar="FILE:FUNCTION", help="the function that is changed")
    parser.add_argument("--effort", default="normal")
    parser.add_argument("--cache", type=Path, help="begin with the compiled crates of this cache")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    rows: list[tuple[str, object]] = [("processors", len(os.sched_getaffinity(0)))]
    runs: dict[str, Run] = {}
    with tempfile.TemporaryDirectory(prefix="portalis-bench-") as scratch:
        package = Path(scratch) / "project" / options.package.resolve().name
        shutil.copytree(options.package, package, ignore=shutil.ignore_patterns("__pycache__"))
        cache = Path(scratch) / "cache"
        for part in ("target", "mypy"):
            if options.cache is not None:
                shutil.copytree(options.cache / part, cache / part, symlinks=True)
        for label in ("cold", "unchanged", "one function changed"):
            if label.startswith("one"):
                if not options.change:
                    continue
                change(package, options.change)
            rows.append((f"load before {label}", f"{os.getloadavg()[0]:.1f}"))
            runs[label] = found = run(package, cache, options.effort)
            rows += [
                (label, f"{found.wall:.1f} s, {found.verified} verified"),
                ("  stages", found.stages_text()),
                ("  items, from the store", f"{found.items}, {found.cached}"),
                ("  items a minute", f"{found.per_minute:.0f}"),
            ]
    table(rows)
    if options.json is not None:
        found_json = {label: asdict(one) for label, one in runs.items()}
        options.json.write_text(json.dumps(found_json, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
