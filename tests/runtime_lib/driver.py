"""Builds the Rust driver around the runtime files, and asks it many calls at once."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
RUNTIME = HERE.parent.parent / "src" / "portalis" / "compiler" / "rust" / "runtime"

Json = object


@dataclass(frozen=True, slots=True)
class Case:
    """A call of the runtime, and what CPython answers: `{"ok": value}` or `{"error": [class, message]}`."""

    name: str
    args: tuple[Json, ...]
    expected: dict[str, Json]


def case(name: str, args: tuple[Json, ...], answer: Callable[[], Json]) -> Case:
    """The case whose expected answer is what the function returns or raises."""
    try:
        value = answer()
    except Exception as error:  # noqa: BLE001 - whatever CPython raises is the expected answer
        return Case(name, args, {"error": [type(error).__name__, str(error)]})
    return Case(name, args, {"ok": json.loads(json.dumps(value))})


def build(directory: Path, target: Path) -> Path:
    """The driver's executable, built from the runtime files as they are."""
    shutil.copytree(HERE / "driver", directory, dirs_exist_ok=True)
    runtime = directory / "src" / "runtime"
    shutil.copytree(RUNTIME, runtime, dirs_exist_ok=True, ignore=shutil.ignore_patterns("mod.rs"))
    modules = sorted(path.stem for path in RUNTIME.glob("*.rs") if path.stem != "mod")
    (runtime / "mod.rs").write_text("".join(f"pub mod {name};\n" for name in modules), encoding="utf-8")
    command = ["cargo", "build", "--quiet", "--target-dir", str(target)]
    built = subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)
    if built.returncode:
        raise RuntimeError(built.stderr[-8000:])
    return target / "debug" / "runtime-lib-driver"


def answers(executable: Path, cases: Iterable[Case]) -> list[dict[str, Json]]:
    """The driver's answer to each case, in order."""
    lines = "".join(json.dumps([case.name, case.args]) + "\n" for case in cases)
    ran = subprocess.run([str(executable)], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in ran.stdout.split("\n") if line]


def differences(executable: Path, cases: list[Case]) -> tuple[list[str], float]:
    """What differs from CPython, and the share of calls that declined."""
    found, declined = [], 0
    for one, answer in zip(cases, answers(executable, cases), strict=True):
        if "decline" in answer:
            declined += 1
        elif answer != one.expected:
            found.append(f"{one.name}{one.args!r}: Rust {answer}, Python {one.expected}")
    return found, declined / max(1, len(cases))
