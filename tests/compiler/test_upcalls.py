"""Which functions that stay in Python Rust calls in a package, and which keep their callers in Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis import pipeline
from portalis.config import load_config
from portalis.diagnostics import Diagnostic

HEAD = """
import decimal
import os
import random
import re
import time
from collections import defaultdict
from datetime import date

LIMIT = 3
NAMES = {"a": 1}
ROWS = [[1], [2]]
SEEN: list[str] = []
LOST: dict[str, list[int]] = {}
GROUPS = defaultdict(int)
WORD = re.compile("[a-z]+")
ONE = "one"
state = None


class Own:
    items: list[str] = []


class Coded(ValueError):
    def __init__(self, code: int) -> None:
        super().__init__(str(code))


class Plain(ValueError):
    pass


class Two(Plain, KeyError):
    pass


class Busy(Plain):
    def __new__(cls, text: str) -> "Busy":
        SEEN.append(text)
        return super().__new__(cls, text)


def note(text: str) -> str:
    kind = type(text)
    SEEN.append(text)
    return kind(text)


def keep(text: str) -> None:
    LOST[text] = []


"""

# The body of `callee(x: str, xs: list[str]) -> str`, after the line that keeps it in Python.
MAY = {
    "computes": "return kind(x).upper() * LIMIT",
    "reads a table": "return str(NAMES.get(x, 0)) + str(len(NAMES)) + str([k for k in NAMES if k in NAMES])",
    "matches": "return str(WORD.findall(x))",
    "raises": "raise Plain(x)",
    "catches": "try:\n    return str(int(x))\nexcept (ValueError, Plain) as error:\n    return str(error)",
    "makes its own": "found = [x]\nfound.append(x)\nfound[0] = 'a'\nreturn ''.join(found)",
    "imports what only computes": "import math\nfrom json import dumps\nreturn dumps(math.floor(1.5))",
    "raises its own with two bases": "raise Two(x)",
    "runs over a list by place": "return str(sum(len(xs[i]) for i in range(len(xs))))",
    "calls another": "return helper(x)",
    "asks for None": "return x if x is not None else ''",
    "looks at a list": "return ''.join(xs) + str(len(xs)) + str('a' in xs)",
    "a date": "return str(date(2024, 1, 2))",
}
MAY_NOT = {
    "prints": "print(x)\nreturn x",
    "writes a global": "global state\nstate = x\nreturn x",
    "changes a table": "SEEN.append(x)\nreturn x",
    "stores in a table": "NAMES[x] = 1\nreturn x",
    "changes a table of another": "return note(x)",
    "gives a table away": "names = NAMES\nreturn str(names)",
    "reaches into a table": "row = ROWS[0]\nrow.append(1)\nreturn x",
    "reaches into one that is filled later": "return str(LOST[x].pop())",
    "reads a table that reading changes": "return str(GROUPS[x])",
    "reads a file": "return open(x).read()",
    "reads the environment": "return os.environ[x]",
    "reads the clock": "return str(date.today())",
    "reads the time": "return str(time.time())",
    "draws": "return str(random.random())",
    "sets the context": "decimal.getcontext().prec = 5\nreturn x",
    "sets an attribute": "callee.last = x\nreturn x",
    "changes a class": "Own.items.append(x)\nreturn x",
    "asks for identity": "return 'same' if x is ONE else 'other'",
    "evaluates": "return eval(x)",
    "gets by name": "return str(getattr(x, 'upper')())",
    "raises what runs code": "raise Coded(1)",
    "raises what acts when it is made": "raise Busy(x)",
    "searches a list": "lo, hi = 0, 9\nwhile lo < hi:\n    lo += len(xs[(lo + hi) // 2])\nreturn str(lo)",
    "ends the program": "raise SystemExit(1)",
    "changes its argument": "xs.append(x)\nreturn x",
    "keeps its argument": "ys = xs\nreturn str(ys)",
    "hands its argument on": "return helper(x) + ''.join(other(xs))",
    "looks at a part": "return xs[0]",
    "binds its argument": "xs = xs + [x]\nreturn ''.join(xs)",
    "comes back": "return str(caller(x))",
}
OTHERS = """
def helper(x: str) -> str:
    kind = type(x)
    return kind(x)


def other(xs: list[str]) -> list[str]:
    kind = type(xs)
    return kind(xs)
"""


def module(body: str) -> str:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    params, passed = ("x: str, xs: list[str]", "x, [x]") if "xs" in body else ("x: str", "x")
    return (
        f"{HEAD}{OTHERS}\n\ndef callee({params}) -> str:\n    kind = type(x)\n{lines}\n\n"
        f"def caller(x: str) -> int:\n    return len(callee({passed}))\n"
    )


def notes(folder: Path, texts: dict[str, str], *, beside_python: bool = True) -> dict[str, list[Diagnostic]]:
    """What is said of each caller, by the name of its module."""
    package = folder / "pkg"
    package.mkdir()
    (package / "__init__.py").touch()
    for name, text in texts.items():
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    state = pipeline.State(
        [package], load_config(folder), pipeline.SILENT, folder / "scratch", beside_python=beside_python
    )
    pipeline.run_stages(pipeline.CHECK, state)
    items = pipeline.need(state.compiled).items
    return {
        item.module.rpartition(".")[2]: list(item.diagnostics) for item in items if item.qualname == "caller"
    }


def slug(name: str) -> str:
    return name.replace(" ", "_")


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Diagnostic]]:
    texts = {slug(name): module(body) for name, body in (MAY | MAY_NOT).items()}
    return notes(tmp_path_factory.mktemp("upcalls"), texts)


@pytest.mark.parametrize("name", MAY)
def test_what_may_run_twice_is_called(name: str, said: dict[str, list[Diagnostic]]) -> None:
    (note,) = said[slug(name)]
    assert (note.code, note.severity) == ("PT506", "note")
    assert note.message == f"calls `pkg.{slug(name)}.callee` in python"


@pytest.mark.parametrize("name", MAY_NOT)
def test_what_may_do_more_keeps_its_caller_in_python(name: str, said: dict[str, list[Diagnostic]]) -> None:
    assert {note.code for note in said[slug(name)]} == {"PT501"}


def test_a_crate_has_no_python_to_call(tmp_path: Path) -> None:
    said = notes(tmp_path, {"one": module(MAY["computes"])}, beside_python=False)
    assert [note.code for note in said["one"]] == ["PT501"]
