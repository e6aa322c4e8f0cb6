"""Scoreboard: HumanEval solutions through `portalis build`, judged by their published checks.

    python benchmarks/humaneval.py humaneval.jsonl

Each line of the file is a task: `task`, `entry_point`, `code`, `typed` (or null: then `code` is taken) and
`test`, which defines `check(candidate)`. All become one package, a module per task. A task is fully verified
when every function of its module is; each check runs on the hybrid in processes of its own, with the
fallback on and off. Exits with 1 where a check fails on the hybrid that passes on the original.
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

_PACKAGE = "humaneval"
_CHECK_SECONDS = 60
# The task's name and its test come on standard input; the package is on the path.
_CHECK = """\
import importlib, json, sys
task = json.load(sys.stdin)
module = importlib.import_module(task["module"])
names = dict(vars(module))
exec(task["test"], names)
names["check"](getattr(module, task["entry_point"]))
bridge = sys.modules.get(task["module"].partition(".")[0] + ".__portalis__")
print(json.dumps(bridge.counts() if bridge else {}))
"""


@dataclass(frozen=True, slots=True)
class Task:
    """One task as a module of the package."""

    module: str
    entry_point: str
    source: str
    test: str
    typed: bool


@dataclass(slots=True)
class Result:
    """The figures. The lists name modules; `not_verified` says per module why."""

    tasks: int = 0
    typed: int = 0
    summary: object = None
    verified: list[str] = field(default_factory=list)
    verified_right: list[str] = field(default_factory=list)
    verified_typed: int = 0
    right: list[str] = field(default_factory=list)
    right_without_fallback: list[str] = field(default_factory=list)
    wrong: dict[str, str] = field(default_factory=dict)
    wrong_originally: dict[str, str] = field(default_factory=dict)
    not_verified: dict[str, list[str]] = field(default_factory=dict)
    rust_calls: int = 0
    fallback_calls: int = 0
    build: Timing | None = None
    diagnostics: list[Diagnosed] = field(default_factory=list)


def read_tasks(corpus: Path) -> list[Task]:
    """The tasks of a corpus file."""
    tasks: list[Task] = []
    for line in corpus.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        source = entry["typed"] if entry["typed"] is not None else entry["code"]
        module = f"task_{entry['task']:03}"
        tasks.append(Task(module, entry["entry_point"], source, entry["test"], entry["typed"] is not None))
    return tasks


def run_check(task: Task, root: Path, cache: Path, fallback: str = "on") -> tuple[str, int, int]:
    """Run a task's check on the package in `root`, with the fallback "on" or "off": "" or what went wrong;
    calls by Rust and fallback.
    """
    request = {"module": f"{_PACKAGE}.{task.module}", "entry_point": task.entry_point, "test": task.test}
    try:
        done = subprocess.run(
            [sys.executable, "-c", _CHECK], input=json.dumps(request), capture_output=True, text=True,
            check=False, timeout=_CHECK_SECONDS,
            env=environment(cache, PYTHONPATH=str(root), PORTALIS_FALLBACK=fallback),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"took more than {_CHECK_SECONDS} s", 0, 0
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or [f"exit status {done.returncode}"]
        return last[0], 0, 0
    counts = json.loads(done.stdout.strip().splitlines()[-1]).values()
    return "", sum(one["rust"] for one in counts), sum(one["fallback"] for one in counts)


def judge(result: Result, tasks: list[Task], report: dict[str, object]) -> None:
    """Fill in which modules are fully verified, and why others aren't."""
    items = report["items"]
    assert isinstance(items, list)
    for task in tasks:
        own = [
            item
            for item in items
            if item["module"] == f"{_PACKAGE}.{task.module}" and item["kind"] in ("function", "method")
        ]
        missed = [item for item in own if item["status"] != "verified"]
        if own and not missed:
            result.verified.append(task.module)
            result.verified_typed += task.typed
        else:
            result.not_verified[task.module] = [_reason(item) for item in missed] or ["it has no functions"]


def _reason(item: dict[str, object]) -> str:
    found = item["diagnostics"]
    assert isinstance(found, list)
    why = f"{found[0]['code']} line {found[0]['line']}: {found[0]['message']}" if found else "no diagnostic"
    return f"{item['name']} is {item['status']}: {why}"


def main() -> int:
    """Builds, checks, prints; 0 where no check fails that passes on the original."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path, help="the tasks, one JSON object a line")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--cache", type=Path, help="use this cache instead of an empty one")
    parser.add_argument("--out", type=Path, help="leave the hybrid package in this folder")
    options = parser.parse_args()
    tasks = read_tasks(options.corpus)
    result = Result(len(tasks), sum(task.typed for task in tasks))
    with tempfile.TemporaryDirectory(prefix="portalis-bench-") as scratch:
        cache = options.cache.resolve() if options.cache else Path(scratch) / "cache"
        cache.mkdir(parents=True, exist_ok=True)
        root = Path(scratch) / "source"
        (root / _PACKAGE).mkdir(parents=True)
        (root / _PACKAGE / "__init__.py").write_text(
            '"""HumanEval, one module per task."""\n', encoding="utf-8"
        )
        for task in tasks:
            (root / _PACKAGE / f"{task.module}.py").write_text(task.source, encoding="utf-8")
        out = options.out.resolve() if options.out else Path(scratch) / "out"
        _, result.build = portalis(["build", str(root / _PACKAGE), "-o", str(out), "--quiet"], cache)
        report = read_report(out)
        result.summary, result.diagnostics = report["summary"], frequent(report)
        judge(result, tasks, report)
        for task in tasks:
            problem, rust, fallback = run_check(task, out, cache)
            result.rust_calls += rust
            result.fallback_calls += fallback
            if not run_check(task, out, cache, "off")[0]:
                result.right_without_fallback.append(task.module)
            if not problem:
                result.right.append(task.module)
            elif original := run_check(task, root, cache)[0]:
                result.wrong_originally[task.module] = original
            else:
                result.wrong[task.module] = problem
    result.verified_right = [module for module in result.verified if module in result.right]
    show(result)
    save(result, options.json)
    return int(bool(result.wrong))


def show(result: Result) -> None:
    """Print the figures."""
    total = result.tasks or 1
    table(
        [
            ("tasks", f"{result.tasks} ({result.typed} with typed sources)"),
            ("modules fully verified", f"{len(result.verified)} ({len(result.verified) / total:.1%})"),
            ("  of those with typed sources", f"{result.verified_typed} of {result.typed}"),
            ("  whose check passes on the hybrid", len(result.verified_right)),
            ("checks that pass on the hybrid", len(result.right)),
            ("  also with the fallback off", len(result.right_without_fallback)),
            ("checks that only the original passes", len(result.wrong)),
            ("checks that the original fails too", len(result.wrong_originally)),
            ("calls in checks answered by Rust", result.rust_calls),
            ("  declined, answered by Python", result.fallback_calls),
            ("build", result.build),
        ]
    )
    for module, problem in result.wrong.items():
        print(f"WRONG {module}: {problem}")
    for module, problem in result.wrong_originally.items():
        print(f"fails on the original too: {module}: {problem}")
    for module, reasons in result.not_verified.items():
        print(f"{module}: {'; '.join(reasons)}")
    print_frequent(result.diagnostics)


if __name__ == "__main__":
    raise SystemExit(main())
