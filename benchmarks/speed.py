"""Scoreboard: how much faster calls of a hybrid package are than those of the original.

    python benchmarks/speed.py
    python benchmarks/speed.py path/to/package --setup "import package" --call "package.f(100)"

Builds the hybrid, then times every call in both: rounds alternate between a process with `PORTALIS_DISABLE=1`
and one without, so that a change of the machine's load meets both. Ratios are of the best round of each.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from measure import environment, portalis, save

_EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "textkit"
_EXAMPLE_SETUP = """\
import textkit
numbers = [f"{n}{textkit.luhn_digit(str(n))}" for n in range(4_000_000_000, 4_000_001_000)]
left, right = "the quick brown fox jumps " * 6, "over the lazy dogs quickly " * 6
text = "It was the best of times, it was the worst of times. " * 200
matrix = [[float(i * j % 7) for j in range(40)] for i in range(40)]
"""
_EXAMPLE_CALLS = (
    "textkit.edit_distance(left, right)",
    "sum(map(textkit.is_valid, numbers))",
    "textkit.primes_below(100_000)",
    "textkit.longest_collatz(10_000)",
    "textkit.matrix_product(matrix, matrix)",
    "textkit.frequencies(text)",
)
_ROUNDS = 5
# Setup and calls come on standard input; each call is timed for at least 0.2 s.
_MEASURE = """\
import json, sys, timeit
task = json.load(sys.stdin)
names = {}
exec(task["setup"], names)
measured = {}
for call in task["calls"]:
    timer = timeit.Timer(call, globals=names)
    count, seconds = timer.autorange()
    measured[call] = [seconds / count, repr(eval(call, names))]
print(json.dumps(measured))
"""


@dataclass(slots=True)
class Result:
    """Per call: seconds in Python, seconds in the hybrid; and the calls whose results differ."""

    package: str
    seconds: dict[str, tuple[float, float]] = field(default_factory=dict)
    different: list[str] = field(default_factory=list)

    @property
    def mean(self) -> float:
        """The geometric mean of the speed-ups."""
        logs = [math.log(python / rust) for python, rust in self.seconds.values()]
        return math.exp(sum(logs) / len(logs))


def measure(
    out: Path, task: dict[str, object], cache: Path, *, disabled: bool
) -> dict[str, tuple[float, str]]:
    """Seconds and result of each call, in a process of its own."""
    variables = environment(cache, PYTHONPATH=str(out), PORTALIS_DISABLE="1" if disabled else "")
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE], input=json.dumps(task), env=variables, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise SystemExit(f"error: the calls ended with {done.returncode}\n{done.stderr}")
    return {call: (seconds, text) for call, (seconds, text) in json.loads(done.stdout).items()}


def main() -> int:
    """Builds, times, prints; 0 where all results are equal."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("package", type=Path, nargs="?", default=_EXAMPLE, help="the folder of the package")
    parser.add_argument("--setup", default=_EXAMPLE_SETUP, help="Python that runs before, unmeasured")
    parser.add_argument("--call", action="append", help="an expression to time; may be repeated")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--cache", type=Path, help="use this cache instead of an empty one")
    options = parser.parse_args()
    package: Path = options.package.resolve()
    task: dict[str, object] = {"setup": options.setup, "calls": options.call or _EXAMPLE_CALLS}
    result = Result(package.name)
    with tempfile.TemporaryDirectory(prefix="portalis-bench-") as scratch:
        cache = options.cache.resolve() if options.cache else Path(scratch) / "cache"
        out = Path(scratch) / "out"
        portalis(["build", str(package), "-o", str(out), "--quiet"], cache)
        for _ in range(_ROUNDS):
            before = measure(out, task, cache, disabled=True)
            after = measure(out, task, cache, disabled=False)
            for call, (seconds, text) in before.items():
                best = result.seconds.get(call, (math.inf, math.inf))
                result.seconds[call] = min(best[0], seconds), min(best[1], after[call][0])
                if text != after[call][1] and call not in result.different:
                    result.different.append(call)
    show(result)
    save(result, options.json)
    return int(bool(result.different))


def show(result: Result) -> None:
    """Print the figures."""
    width = max(map(len, result.seconds))
    print(f"{'call':<{width}}  {'Python':>12}  {'hybrid':>12}  speed-up")
    for call, (python, rust) in result.seconds.items():
        wrong = "  THE RESULTS DIFFER" if call in result.different else ""
        print(
            f"{call:<{width}}  {python * 1e6:>9.1f} µs  {rust * 1e6:>9.1f} µs  {python / rust:>7.1f}x{wrong}"
        )
    print(f"{'geometric mean':<{width}}  {'':>12}  {'':>12}  {result.mean:>7.1f}x")


if __name__ == "__main__":
    raise SystemExit(main())
