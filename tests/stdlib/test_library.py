"""Library functions agree with CPython: every function of `programs/`, translated, on generated arguments.

Each is a typed Python function around one library call. All of them are one project with one extension, built
once. `PORTALIS_LIBRARY_CASES` says how many calls each one gets.
"""

from __future__ import annotations

import ast
import os
import random
from pathlib import Path

import pytest

from tests.cases import harness
from tests.stdlib import values

PROGRAMS = tuple(
    harness.read_program(path, Path(__file__).parent / "programs")
    for path in sorted((Path(__file__).parent / "programs").glob("*.py"))
)
CASES = int(os.environ.get("PORTALIS_LIBRARY_CASES", "40"))
LONG = frozenset({"draws"})

FUNCTIONS = [
    (program, node)
    for program in PROGRAMS
    for node in ast.parse(program.text).body
    if isinstance(node, ast.FunctionDef)
]

pytestmark = pytest.mark.slow


def calls(program: harness.Program, node: ast.FunctionDef) -> list[tuple[str, str, tuple[object, ...]]]:
    """The generated calls of a function; its name seeds them."""
    rng = random.Random(node.name)
    count = CASES // 10 if node.name in LONG else CASES
    drawn = [tuple(values.argument(one, rng) for one in node.args.args) for _ in range(count)]
    return [(program.module, node.name, args) for args in drawn]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> harness.Built:
    return harness.build("library", PROGRAMS, tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def answers(built: harness.Built) -> dict[str, list[harness.Answer]]:
    made = [call for program, node in FUNCTIONS for call in calls(program, node)]
    found: dict[str, list[harness.Answer]] = {}
    for answer in harness.run(built, made).answers:
        found.setdefault(f"{answer.module}.{answer.function}", []).append(answer)
    return found


def test_all_are_translated(built: harness.Built) -> None:
    refused = {name: [one.code for one in diagnostics] for name, diagnostics in built.refused.items()}
    assert not refused


@pytest.mark.parametrize("name", [f"{program.module}.{node.name}" for program, node in FUNCTIONS])
def test_agrees_with_cpython(name: str, answers: dict[str, list[harness.Answer]]) -> None:
    wrong = [str(answer) for answer in answers[name] if answer.state not in ("same", "declined")]
    assert not wrong, "\n".join(wrong[:10])
    assert any(answer.state == "same" for answer in answers[name]), "declined every time"
