"""Every program in `cases/` as a binary: what it prints, writes and ends with is what Python gives.

A program is a file with a main block. What follows that is data, which is not translated:
`RUNS` are the runs to make, each with `argv`, `stdin`, `files` and `columns`. All are one crate, built once.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from portalis import pipeline, stages
from portalis.compiler.unit import CompiledProject
from portalis.config import load_config
from portalis.emit import binding, cargo
from portalis.emit.program_main import binary_names
from portalis.progress import SILENT
from portalis.validation.evidence import Evidence
from portalis.validation.programs import ProgramTarget, search, verify_programs
from portalis.validation.programs.compare import beyond_limits, difference

CASES = sorted(path for path in (Path(__file__).parent / "cases").glob("*.py") if path.name != "__init__.py")
pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Built:
    """The sources as they were translated, and the binaries."""

    folder: Path
    binaries: dict[str, Path]
    compiled: CompiledProject


def read(path: Path) -> tuple[str, list[dict[str, Any]]]:
    """A program's text without its data, and its runs."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    at = next(i for i, node in enumerate(tree.body) if isinstance(node, ast.If))
    names: dict[str, Any] = {}
    exec(compile(ast.Module(tree.body[at + 1 :], []), str(path), "exec"), names)
    return "".join(text.splitlines(keepends=True)[: tree.body[at].end_lineno]), names["RUNS"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("programs")
    package = folder / "src" / "suite"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    for path in CASES:
        (package / path.name).write_text(read(path)[0], encoding="utf-8")
    state = pipeline.State([package], load_config(folder), SILENT, folder / "scratch")
    state.scratch.mkdir()
    for stage in (stages.load, stages.import_values, stages.types, stages.lower, stages.check_rust):
        stage(state)
    compiled, core = pipeline.need(state.compiled), pipeline.need(state.core)
    refused = {
        item.key: item.diagnostics for item in compiled.items if item.rust is None and item.diagnostics
    }
    assert not refused, refused
    made = cargo.build_programs(core.directory, state.config.target)
    names = binary_names(compiled.programs, core.package)
    binaries = {program.module.rpartition(".")[2]: made[names[program.key]] for program in compiled.programs}
    return Built(package, binaries, compiled)


def run(command: list[str], executable: Path | None, folder: Path, case: dict[str, Any]) -> dict[str, Any]:
    """One side of a run, in a folder of its own."""
    folder.mkdir(parents=True)
    for name, text in case.get("files", {}).items():
        (folder / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    done = subprocess.run(
        [*command, *case.get("argv", [])], executable=executable, cwd=folder, capture_output=True,
        input=case.get("stdin", "").encode(), check=False, timeout=60,
        env={"LANG": "C.UTF-8", "COLUMNS": case.get("columns", "80")},
    )  # fmt: skip
    left = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {
        "status": done.returncode, "stdout": done.stdout.decode(), "stderr": done.stderr.decode(),
        "files": {name: data.decode("latin-1") for name, data in left.items()},
    }  # fmt: skip


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_the_binary_does_what_python_does(path: Path, built: Built, tmp_path: Path) -> None:
    """Exit status, standard output, standard error (of a traceback the last line), files left behind."""
    script = str(built.folder / path.name)
    for at, case in enumerate(read(path)[1]):
        python = run([sys.executable, "-s", script], None, tmp_path / f"python{at}", case)
        rust = run([script], built.binaries[path.stem], tmp_path / f"rust{at}", case)
        assert difference(python, rust) is None, (case, difference(python, rust))


def test_python_callers_keep_what_touches_files(built: Built) -> None:
    """A call that Rust declines half-way could not be undone."""
    bound = binding.bindable(built.compiled)
    assert "suite.word_count:count" in bound
    assert not {f"suite.word_count:{name}" for name in ("read", "save", "main", "__main__")} & bound.keys()


def verified(built: Built, script: str, binary: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Evidence]:
    """What a short search sees of a script and a binary."""
    monkeypatch.setitem(search.CASES, "quick", 16)
    monkeypatch.setattr(search, "_LONGER", 1)
    path = built.folder / f"{script}.py"
    text = path.read_text(encoding="utf-8")
    items = {
        f"suite.{script}:{item.qualname}": (str(path), item.line, item.end_line)
        for item in built.compiled.items
        if item.module == f"suite.{script}" and item.kind in ("function", "program")
    }
    root = built.folder.parent
    target = ProgramTarget(
        f"suite.{script}:__main__",
        f"suite.{script}",
        path,
        built.binaries[binary],
        root,
        {str(path): text},
        items,
    )
    return verify_programs([target], "quick", 0, 120.0, 1)


def test_a_program_agrees_with_its_binary(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs in the sandbox count for the program and for each function that they come into."""
    found = verified(built, "logstat", "logstat", monkeypatch)
    whole = found["suite.logstat:__main__"]
    assert (whole.mismatches, whole.reason, whole.flaky) == (0, "", False)
    assert whole.cases + whole.declined == 16
    assert 0 < found["suite.logstat:summarise"].cases < whole.cases


def test_another_binary_is_caught(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    """The counterexample is a command line with its input."""
    found = verified(built, "logstat", "ask", monkeypatch)["suite.logstat:__main__"]
    assert found.mismatches
    assert found.counterexamples[0].call.startswith("logstat.py")


def test_only_limits_end_a_run_without_a_verdict() -> None:
    trace = 'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\nMemoryError'
    assert beyond_limits({"status": None, "stderr": ""})
    assert beyond_limits({"status": 1, "stderr": f"{trace}\n"})
    assert not beyond_limits({"status": 1, "stderr": f"{trace}: more than is allowed\n"})
    assert not beyond_limits({"status": 0, "stderr": "caught a MemoryError"})
    assert not beyond_limits({"status": 0, "stderr": "MemoryError"})
