"""The demonstration: translates examples/textkit, shows Python in and Rust out, imports it and measures it.

Run it with scripts/demo.sh, which sets everything up first. Each number printed is measured in that run:
the best of several timings, Python and Rust one after the other on the same inputs in processes of their own.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "textkit"
WORK = ROOT / ".demo"
PACKAGE, CRATE = WORK / "out", WORK / "textkit-rs"
ROUNDS = 5


def main() -> int:
    """Runs the demonstration; 0 when every step worked and both sides gave the same results."""
    WORK.mkdir(exist_ok=True)
    title("1. Python in: examples/textkit/distance.py")
    print(python_function(EXAMPLE / "distance.py", "edit_distance"))

    title("2. portalis translate examples/textkit -o .demo/textkit-rs")
    run_portalis("translate", str(EXAMPLE), "-o", str(CRATE), "--quiet")
    title("   Rust out: .demo/textkit-rs/src/distance.rs")
    print(rust_function(CRATE / "src" / "distance.rs", "edit_distance"))

    title("3. portalis build examples/textkit -o .demo/out")
    run_portalis("build", str(EXAMPLE), "-o", str(PACKAGE))

    title("4. import textkit, from Python: the same calls, in Python and in Rust")
    return compare(measure_in_child(disabled=True), measure_in_child(disabled=False))


def title(text: str) -> None:
    """A heading."""
    bold, plain = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() and "NO_COLOR" not in os.environ else ("", "")
    print(f"\n{bold}{text}{plain}\n", flush=True)


def run_portalis(*arguments: str) -> None:
    """Runs Portalis, and ends the demonstration where it fails."""
    done = subprocess.run([sys.executable, "-m", "portalis", *arguments], check=False)
    if done.returncode != 0:
        raise SystemExit(done.returncode)


def python_function(path: Path, name: str) -> str:
    """The source of a function."""
    lines = path.read_text(encoding="utf-8").splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith(f"def {name}("))
    body = lines[start + 1 :]
    length = next((index for index, line in enumerate(body) if line and not line.startswith(" ")), len(body))
    return "\n".join(lines[start : start + 1 + length]).rstrip()


def rust_function(path: Path, name: str) -> str:
    """The Rust of a function, with the documentation above it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = next((index for index, line in enumerate(lines) if line.startswith(f"pub fn {name}(")), None)
    if head is None:
        raise SystemExit(f"error: {path} has no function {name}: it stayed Python")
    start = head
    while start > 0 and lines[start - 1].startswith(("///", "#[")):
        start -= 1
    end = lines.index("}", head)
    return "\n".join(lines[start : end + 1])


def measure_in_child(*, disabled: bool) -> dict[str, dict[str, str | float]]:
    """Seconds and results of each call, in a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(PACKAGE), "PORTALIS_DISABLE": "1" if disabled else ""}
    command = [sys.executable, str(Path(__file__)), "--measure"]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    measured: dict[str, dict[str, str | float]] = json.loads(done.stdout)
    return measured


def compare(python: dict[str, dict[str, str | float]], rust: dict[str, dict[str, str | float]]) -> int:
    """Prints the two sides beside each other."""
    print(f"{'call':<32} {'Python':>10} {'Rust':>10} {'speed-up':>9}")
    different = 0
    for call, before in python.items():
        after = rust[call]
        old, new = float(before["seconds"]), float(after["seconds"])
        where = "" if after["answered"] == "rust" else "  (stays Python)"
        print(f"{call:<32} {milliseconds(old)} {milliseconds(new)} {old / new:>8.1f}x{where}")
        if before["result"] != after["result"]:
            different += 1
            print(f"  the results differ: {before['result']} and {after['result']}")
    if not different:
        print("\nall results are equal")
    return int(different > 0)


def milliseconds(seconds: float) -> str:
    """A time, right-aligned."""
    return f"{seconds * 1e3:>7.2f} ms"


def calls() -> dict[str, Callable[[], object]]:
    """The calls that are timed: name to a function without arguments."""
    import textkit

    numbers = [f"{n}{textkit.luhn_digit(str(n))}" for n in range(4_000_000_000, 4_000_002_000)]
    left, right = "the quick brown fox jumps " * 8, "over the lazy dogs quickly " * 8
    text = "It was the best of times, it was the worst of times. " * 400
    matrix = [[float(i * j % 7) for j in range(60)] for i in range(60)]
    return {
        "edit_distance(208 x 216 chars)": lambda: textkit.edit_distance(left, right),
        "is_valid, 2000 numbers": lambda: sum(map(textkit.is_valid, numbers)),
        "primes_below(200_000)": lambda: textkit.primes_below(200_000),
        "longest_collatz(20_000)": lambda: textkit.longest_collatz(20_000),
        "matrix_product(60 x 60)": lambda: textkit.matrix_product(matrix, matrix),
        "frequencies(4800 words)": lambda: textkit.frequencies(text),
    }


def measure() -> None:
    """Times every call and writes JSON; run in a child by `measure_in_child`."""
    import hashlib

    native = importlib.import_module("textkit.__portalis__")
    measured: dict[str, dict[str, str | float]] = {}
    for name, call in calls().items():
        before = sum(one["rust"] for one in native.counts().values())
        best, result = float("inf"), None
        for _ in range(ROUNDS):
            start = time.perf_counter()
            result = call()
            best = min(best, time.perf_counter() - start)
        answered = sum(one["rust"] for one in native.counts().values()) > before
        digest = hashlib.sha256(repr(result).encode()).hexdigest()
        text = repr(result) if len(repr(result)) < 40 else digest
        measured[name] = {"seconds": best, "result": text, "answered": "rust" if answered else "python"}
    json.dump(measured, sys.stdout)


if __name__ == "__main__":
    if sys.argv[1:] == ["--measure"]:
        measure()
    elif shutil.which("cargo") is None:
        raise SystemExit("error: cargo was not found; run scripts/demo.sh, which says how to install it")
    else:
        raise SystemExit(main())
