"""Every program under this folder: run in CPython and as Rust, and its Rust compared with the reviewed snapshot.

All programs are one project with one extension, built once. `python tests/cases/regenerate.py` rewrites the
snapshots; read the difference before it is committed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cases import harness

HERE = Path(__file__).parent
PROGRAMS = harness.programs(HERE)
IDS = [program.module for program in PROGRAMS]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> harness.Built:
    return harness.build("cases", PROGRAMS, tmp_path_factory.mktemp("goldens"))


@pytest.fixture(scope="module")
def answers(built: harness.Built) -> harness.Answers:
    calls = [
        (program.module, name, args)
        for program in PROGRAMS
        for name, args in (*program.cases, *program.declines)
    ]
    return harness.run(built, calls)


def answers_of(answers: harness.Answers, program: harness.Program) -> Iterator[tuple[harness.Answer, bool]]:
    """The answers of a program in order, each with whether it may be a decline."""
    own = [answer for answer in answers.answers if answer.module == program.module]
    for index, answer in enumerate(own):
        yield answer, index >= len(program.cases)


@pytest.mark.parametrize("program", PROGRAMS, ids=IDS)
def test_rust_answers_as_python_does(program: harness.Program, answers: harness.Answers) -> None:
    """Results, exceptions with their messages, changed arguments and printed text are those of CPython."""
    wrong = []
    for answer, may_decline in answers_of(answers, program):
        allowed = {"same"}
        if may_decline:
            allowed.add("declined")
        if answer.function in program.refused:
            allowed.add("missing")
        if answer.state not in allowed:
            wrong.append(str(answer))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("program", PROGRAMS, ids=IDS)
def test_only_what_is_listed_stays_python(program: harness.Program, built: harness.Built) -> None:
    """A program names the functions that the compiler may refuse, and the code it refuses them with."""
    found = {
        name.partition(":")[2]: [diagnostic.code for diagnostic in diagnostics]
        for name, diagnostics in built.refused.items()
        if name.partition(":")[0] == program.module
    }
    surprises = {name: codes for name, codes in found.items() if program.refused.get(name) not in codes}
    assert not surprises


@pytest.mark.parametrize("program", PROGRAMS, ids=IDS)
def test_the_cases_reach_every_line(program: harness.Program, answers: harness.Answers) -> None:
    assert answers.missed[program.module] == []


@pytest.mark.parametrize("program", PROGRAMS, ids=IDS)
def test_rust_is_the_reviewed_snapshot(program: harness.Program, built: harness.Built) -> None:
    """After `python tests/cases/regenerate.py` the difference shows what a change does to the Rust."""
    snapshot = HERE / f"{program.path}.rs"
    expected = snapshot.read_text(encoding="utf-8") if snapshot.is_file() else ""
    assert built.rust[program.module].splitlines() == expected.splitlines()
