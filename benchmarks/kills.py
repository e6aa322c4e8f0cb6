"""Scoreboard: `portalis verify` and `portalis build`, killed at random moments, again and again.

    python benchmarks/kills.py PACKAGE --kills 50

Runs once undisturbed, with a cache of its own, as the measure. Then each round starts a run and kills, after
a random time, the whole tree of processes, the main process alone, or one random descendant (a child at
work, a compiler), all with `kill -9`; every few rounds begin without evidence. After each round: no process
may be left, the database must be sound, the output whole or absent. At the end one run goes on to the end
and must report what the undisturbed one did, and temporary folders of killed runs must be gone.
Exits with 1 where anything is found.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from measure import environment

REPORT = "portalis-report.json"
TIMES = ("seconds", "speedup", "cached")
"""What may differ between two reports of the same verification."""
SETTLE_SECONDS = 10.0


@dataclass(slots=True)
class Result:
    """What the kills did. `resumed` counts items that later runs found in the store."""

    undisturbed_seconds: float = 0.0
    rounds: int = 0
    ended_before: int = 0
    killed: dict[str, int] = field(default_factory=dict)
    kept_after: list[int] = field(default_factory=list)
    resumed: int = 0
    items: int = 0
    final_seconds: float = 0.0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bench:
    """One setting: the command, its cache and where its temporary files and output go."""

    package: Path
    command: str
    folder: Path
    effort: str

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    @property
    def out(self) -> Path:
        return self.folder / "out" / "package"

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    def arguments(self) -> list[str]:
        common = [str(self.package), "--effort", self.effort, "--format", "json"]
        extra = ["-o", str(self.out)] if self.command == "build" else []
        return [sys.executable, "-m", "portalis", self.command, *common, *extra]

    def start(self) -> subprocess.Popen[bytes]:
        """Begin a run, as leader of a process group."""
        self.temporary.mkdir(parents=True, exist_ok=True)
        self.out.parent.mkdir(parents=True, exist_ok=True)
        return subprocess.Popen(
            self.arguments(),
            env=environment(self.cache, TMPDIR=str(self.temporary)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def report(self) -> dict[str, object]:
        """Run to the end."""
        run = self.start()
        out, errors = run.communicate()
        if run.returncode not in (0, 1):
            raise SystemExit(f"error: the run ended with {run.returncode}\n{errors.decode()}")
        return json.loads(out)  # type: ignore[no-any-return]


def descendants(root: int) -> list[int]:
    """The processes below one, the nearest first."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name in parentheses may hold anything.
            fields = status.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(status.parent.name))
    found, waiting = [], [root]
    while waiting:
        below = children.get(waiting.pop(0), [])
        found += below
        waiting += below
    return found


def kill(pids: Sequence[int]) -> None:
    """`kill -9`, for each that is still there."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def strays(bench: Bench) -> list[str]:
    """Processes that still work for the run: their command line or environment names its folder."""
    mark = str(bench.folder).encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        if int(entry.name) == os.getpid():
            continue
        try:
            seen = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            name = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if mark in seen and name:
            found.append(f"{entry.name} {name[:120]}")
    return found


def settled(bench: Bench) -> list[str]:
    """The processes that are still there after a while."""
    end = time.monotonic() + SETTLE_SECONDS
    while (left := strays(bench)) and time.monotonic() < end:
        time.sleep(0.1)
    return left


def stored(bench: Bench) -> tuple[int, str]:
    """How many items have evidence, and what SQLite says of the file ("ok")."""
    path = bench.cache / "evidence.sqlite3"
    if not path.exists():
        return 0, "ok"
    # A copy, so that looking changes nothing that the next run has to cope with.
    with tempfile.TemporaryDirectory() as scratch:
        for file in bench.cache.glob("evidence.sqlite3*"):
            shutil.copy(file, scratch)
        connection = sqlite3.connect(Path(scratch) / path.name)
        try:
            said = connection.execute("PRAGMA integrity_check").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            count = 0
            if tables:
                count = connection.execute("SELECT count(*) FROM entry WHERE kind = 'evidence'").fetchone()[0]
        except sqlite3.DatabaseError as error:
            said, count = str(error), 0
        finally:
            connection.close()
    return count, said


def round_of(bench: Bench, result: Result, chance: random.Random, longest: float) -> None:
    """One run, killed after a while."""
    how = chance.choice(("tree", "tree", "parent", "descendant"))
    run = bench.start()
    try:
        # Every other one late, when there is evidence to lose.
        first = chance.choice((0.02, 0.6))
        run.communicate(timeout=chance.uniform(first * longest, longest))
        result.ended_before += 1
    except subprocess.TimeoutExpired:
        below = descendants(run.pid)
        match how:
            case "tree":
                kill([run.pid, *below])
            case "parent":
                kill([run.pid])
            case _:
                kill([chance.choice(below)] if below else [run.pid])
        result.killed[how] = result.killed.get(how, 0) + 1
        out, errors = run.communicate()
        if how == "descendant" and below and run.returncode not in (0, 1, 2):
            result.problems.append(
                f"a dead child brought the run down: {run.returncode} {errors.decode()[-500:]}"
            )
        if how == "descendant" and run.returncode in (0, 1):
            mismatches = [
                item["name"]
                for item in json.loads(out)["items"]
                if (item["evidence"] or {}).get("mismatches")
            ]
            if mismatches:
                result.problems.append(f"a killed child was taken for a wrong translation: {mismatches}")
    result.rounds += 1
    result.problems += [f"after killing the {how}: still there: {one}" for one in settled(bench)]
    count, said = stored(bench)
    result.kept_after.append(count)
    if said != "ok":
        result.problems.append(f"the database is damaged: {said}")
    if list(bench.cache.glob("evidence.damaged*")):
        result.problems.append("a run found the database damaged and set it aside")
    if bench.out.exists() and not whole(bench.out):
        result.problems.append(f"after killing the {how}: {bench.out} is not whole")


def whole(out: Path) -> bool:
    """Whether an output folder holds a report, the package and its bridge."""
    return (out / REPORT).is_file() and any(out.glob("*/__portalis__.py")) and any(out.glob("*/*.so"))


def comparable(value: object) -> object:
    """A report without what may differ from run to run."""
    if isinstance(value, dict):
        return {name: comparable(part) for name, part in value.items() if name not in TIMES}
    if isinstance(value, list):
        return [comparable(part) for part in value]
    return value


def differences(before: dict[str, object], after: dict[str, object]) -> Iterator[str]:
    """The items that two reports see differently."""
    old, new = before["items"], after["items"]
    assert isinstance(old, list)
    assert isinstance(new, list)
    if len(old) != len(new):
        yield f"{len(old)} items before, {len(new)} after"
    for one, other in zip(old, new, strict=False):
        if comparable(one) != comparable(other):
            yield f"{one['module']}:{one['name']}\n  before {comparable(one)}\n  after  {comparable(other)}"


def main() -> int:
    """Runs, kills, checks, prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("package", type=Path, help="the file or folder to verify")
    parser.add_argument("--command", choices=("verify", "build"), default="verify")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument(
        "--fresh-every", type=int, default=2, help="runs after which the evidence is thrown away"
    )
    parser.add_argument("--effort", default="quick")
    parser.add_argument("--seed", type=int, default=0, help="of the moments and of what is killed")
    parser.add_argument("--crates-from", type=Path, help="begin with the compiled dependencies of this cache")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    result = Result()
    with tempfile.TemporaryDirectory(prefix="kills-") as scratch:
        folder = Path(scratch)
        for name in ("measure", "killed"):
            for part in ("target", "mypy"):
                if options.crates_from is not None:
                    shutil.copytree(
                        options.crates_from / part,
                        folder / name / "cache" / part,
                        symlinks=True,
                        ignore=shutil.ignore_patterns("incremental"),
                    )
        measure = Bench(options.package.resolve(), options.command, folder / "measure", options.effort)
        measure.report()
        shutil.rmtree(measure.cache / "builds", ignore_errors=True)
        for file in measure.cache.glob("evidence.*"):
            file.unlink()
        began = time.perf_counter()
        undisturbed = measure.report()
        result.undisturbed_seconds = round(time.perf_counter() - began, 1)
        bench = Bench(options.package.resolve(), options.command, folder / "killed", options.effort)
        since = 0
        while sum(result.killed.values()) < options.kills:
            ended = result.ended_before
            round_of(bench, result, chance, result.undisturbed_seconds)
            print(f"{result.rounds:>4} {result.kept_after[-1]:>5} kept  {result.killed}", flush=True)
            since += 1
            more = sum(result.killed.values()) < options.kills
            if more and (since == options.fresh_every or result.ended_before > ended):
                since = 0
                for file in bench.cache.glob("evidence.*"):
                    file.unlink()
                shutil.rmtree(bench.cache / "builds", ignore_errors=True)
                shutil.rmtree(bench.out, ignore_errors=True)
        began = time.perf_counter()
        final = bench.report()
        result.final_seconds = round(time.perf_counter() - began, 1)
        result.problems += differences(undisturbed, final)
        items = [item for item in final["items"] if item["evidence"]]  # type: ignore[attr-defined]
        result.items = len(items)
        result.resumed = sum(item["evidence"]["cached"] for item in items)
        for place in (bench.temporary, bench.out.parent):
            left = [path.name for path in place.iterdir() if path != bench.out]
            if left:
                result.problems.append(f"left in {place.name}: {', '.join(sorted(left)[:8])}")
        if options.command == "build" and not whole(bench.out):
            result.problems.append("the final output is not whole")
    for problem in result.problems:
        print(problem)
    print(
        f"{result.rounds} runs: killed {result.killed}, {result.ended_before} ended before; "
        f"then {result.resumed} of {result.items} items from the store, "
        f"{result.final_seconds} s (undisturbed {result.undisturbed_seconds} s); "
        f"{len(result.problems)} problems"
    )
    if options.json is not None:
        options.json.write_text(json.dumps(asdict(result), indent=1) + "\n", encoding="utf-8")
    return int(bool(result.problems))


if __name__ == "__main__":
    raise SystemExit(main())
