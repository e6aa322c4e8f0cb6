"""Builds many small Python programs as one project with one extension, and calls both sides of each function.

A program is a file of typed functions. After the line `CASES = …` it is data, which is not translated:

    CASES = [("name", args), …]                 calls to make, defaults left out where wanted
    DECLINES = {"name": args or [args, …]}      calls that Rust hands back to Python
    REFUSED = {"name": "PT101"}                 functions that stay in Python, with the code that says why
    SHOWN = ["name", …]                         functions and classes that docs/examples.md shows

An argument that is a function is written `fn("lambda x: x + 1")`.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portalis.emit.markers import moves_inside
from portalis import pipeline, stages
from portalis.config import Config, load_config
from portalis.diagnostics import Diagnostic
from portalis.progress import SILENT
from portalis.validation.child.function_text import FunctionText

CHILD = Path(__file__).with_name("child.py")
SOURCE = Path(pipeline.__file__).resolve().parents[1]
SECONDS = 120
DATA = ("CASES", "DECLINES", "REFUSED", "SHOWN")


@dataclass(frozen=True, slots=True)
class Program:
    """A file of functions: its dotted name inside the project, its text, and its data."""

    module: str
    text: str
    cases: tuple[tuple[str, tuple[object, ...]], ...] = ()
    declines: tuple[tuple[str, tuple[object, ...]], ...] = ()
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return self.module.replace(".", "/")


@dataclass(frozen=True, slots=True)
class Built:
    """A project after its build: the package for a child, the Rust of each module, and what was refused."""

    name: str
    hybrid: Path
    rust: dict[str, str]
    refused: dict[str, tuple[Diagnostic, ...]]
    keys: frozenset[str]
    moving: dict[str, list[int]]
    """The arguments, by function, inside which objects may move."""
    new_results: frozenset[str] = frozenset()
    """The functions for Rust callers only that give a copy of a part of an argument."""


def read_program(path: Path, root: Path) -> Program:
    """The program in a file, without its data."""
    text = path.read_text(encoding="utf-8")
    data: dict[str, Any] = {}
    first = None
    for node in ast.parse(text).body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in DATA:
                data[name] = eval(compile(ast.Expression(value), str(path), "eval"), _values())  # noqa: S307
                first = first or node.lineno
    lines = text.splitlines(keepends=True)
    body = "".join(lines if first is None else lines[: first - 1]).rstrip() + "\n"
    module = ".".join(path.relative_to(root).with_suffix("").parts)
    return Program(
        module, body, tuple(data.get("CASES", ())), tuple(data.get("DECLINES", ())), data.get("REFUSED", {})
    )


def programs(root: Path) -> tuple[Program, ...]:
    """Every program in the folders below `root`."""
    files = sorted(file for folder in root.iterdir() if folder.is_dir() for file in folder.rglob("*.py"))
    return tuple(read_program(file, root) for file in files if file.name != "__init__.py")


def _values() -> dict[str, object]:
    import datetime
    import math
    from collections import Counter, OrderedDict, defaultdict, deque
    from decimal import Decimal
    from fractions import Fraction

    library = (Counter, Decimal, Fraction, OrderedDict, defaultdict, deque)
    return {
        "fn": FunctionText, "datetime": datetime, "math": math, "inf": math.inf, "nan": math.nan,
        "frozenset": frozenset, **{one.__name__: one for one in library},
    }  # fmt: skip


def build(
    name: str,
    programs: Sequence[Program],
    folder: Path,
    config: Config | None = None,
    *,
    compile_: bool = True,
) -> Built:
    """Translate and compile the programs as one project called `name`, in `folder`."""
    write_sources(name, programs, folder / "src")
    state = pipeline.State([folder / "src" / name], config or load_config(folder), SILENT, folder / "scratch")
    state.scratch.mkdir(parents=True, exist_ok=True)
    way: list[Callable[[pipeline.State], None]] = [
        stages.load, stages.import_values, stages.types, stages.lower, stages.check_rust,
    ]  # fmt: skip
    if compile_:
        way.append(stages.build_for_tests)
    for stage in way:
        stage(state)
    compiled = pipeline.need(state.compiled)
    core = pipeline.need(state.core)
    items = [item for item in compiled.items if item.kind in ("function", "method")]
    rust = {}
    for program in programs:
        file = core.directory / "src" / f"{program.path}.rs"
        rust[program.module] = file.read_text(encoding="utf-8") if file.is_file() else ""
    return Built(
        name,
        state.scratch / "hybrid",
        rust,
        {item.key.partition(".")[2]: item.diagnostics for item in items if item.rust is None},
        frozenset(item.key for item in items if item.rust is not None),
        {
            item.key: [at for at, param in enumerate(item.rust.params) if moves_inside(param)]
            for item in items
            if item.rust is not None
        },
        frozenset(item.key for item in items if item.rust is not None and item.rust.shares_result),
    )


def write_sources(name: str, programs: Sequence[Program], root: Path) -> None:
    """The programs as a package on disk."""
    for program in programs:
        file = root / name / f"{program.path}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(program.text, encoding="utf-8")
        for parent in [file.parent, *file.parent.parents]:
            if parent == root:
                break
            (parent / "__init__.py").touch()


@dataclass(frozen=True, slots=True)
class Answer:
    """What both sides said to one call: `state` is `same`, `declined`, `different`, `expired` or `missing`."""

    module: str
    function: str
    call: str
    state: str
    expected: str = ""
    actual: str = ""

    def __str__(self) -> str:
        text = f"{self.call}: {self.state}"
        return f"{text}, python {self.expected}, rust {self.actual}" if self.state == "different" else text


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers in the order of the calls, and per module the lines of Python that no call reached."""

    answers: tuple[Answer, ...]
    missed: dict[str, list[int]]


def _last(told: bytes) -> str:
    lines = told.decode("utf-8", "replace").splitlines()
    return lines[-1] if lines else "its start"


def _text(args: tuple[object, ...]) -> str:
    """Python that makes the arguments: `repr`, but for the factory of a `defaultdict`."""
    return re.sub(r"defaultdict\(<class '(\w+)'>", r"defaultdict(\1", repr(args))


def run(built: Built, calls: Sequence[tuple[str, str, tuple[object, ...]]]) -> Answers:
    """Make the calls (module, function, arguments) on both sides in a child process."""
    work = {
        "hybrid": str(built.hybrid), "name": built.name, "moving": built.moving,
        "new_results": sorted(built.new_results),
        "calls": [[module, function, _text(args)] for module, function, args in calls],
    }  # fmt: skip
    environment = {
        **os.environ, "PORTALIS_DISABLE": "1", "PYTHONPATH": str(SOURCE), "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
    }  # fmt: skip
    try:
        done = subprocess.run(
            [sys.executable, str(CHILD)],
            input=json.dumps(work),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RuntimeError(f"the child hangs in {_last(error.stderr or b'')}") from None
    if done.returncode:
        raise RuntimeError(f"the child ended with {done.returncode}\n{done.stderr[-4000:]}")
    reply = json.loads(done.stdout.splitlines()[-1])
    return Answers(tuple(Answer(*answer) for answer in reply["answers"]), reply["missed"])
