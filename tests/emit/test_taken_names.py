"""Modules and classes of a project that are called as parts of the runtime, or types of Rust."""

from __future__ import annotations

import keyword
from pathlib import Path

import pytest

from portalis.compiler.driver import compile_project
from portalis.compiler.frontend import project
from portalis.compiler.frontend.oracle import ask
from portalis.compiler.rust.vocabulary import RUNTIME_MODULES, TYPE_NAMES
from portalis.emit import cargo
from portalis.emit.crate import write_core

_USER = """\
import csv as rows
import decimal as exact
import fractions
import io
import queue
from kit import {modules}


def both(given: str) -> str:
    buffer = io.StringIO()
    buffer.write(str(exact.Decimal("1.5") + len(given)))
    buffer.write(str(fractions.Fraction(len(given), 3)))
    waiting: queue.Queue[str] = queue.Queue()
    waiting.put(buffer.getvalue())
    return waiting.get() + "".join([{calls}]) + str(2 ** len(given) * 3**40)
"""
_CLASS = """\
class {name}:
    def __init__(self, n: int) -> None:
        self.n = n
        self.seen: dict[int, set[str]] = {{}}

    def twice(self) -> list[int]:
        self.seen[self.n] = {{str(self.n)}}
        return [self.n] * 2


def of_{low}(n: int) -> list[int]:
    return {name}(n).twice()


"""


@pytest.mark.slow
def test_they_get_names_of_their_own(tmp_path: Path, target: Path) -> None:
    modules = sorted(one for one in RUNTIME_MODULES if not keyword.iskeyword(one))
    classes = sorted(TYPE_NAMES - {"None", "Self"})
    folder = tmp_path / "kit"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    for one in modules:
        (folder / f"{one}.py").write_text(f"def run(text: str) -> str:\n    return text.strip() + {one!r}\n")
    calls = ", ".join(f"{one}.run(given)" for one in modules)
    (folder / "user.py").write_text(_USER.format(modules=", ".join(modules), calls=calls))
    (folder / "types_.py").write_text(
        "\n\n".join(_CLASS.format(name=name, low=name.lower()) for name in classes)
    )
    found = project.load([folder])
    answer = ask(found, cache_dir=tmp_path / "cache")
    made = compile_project("kit", found, answer, {}, (3, 11), {})
    assert made.diagnostics == {}
    write_core(made.project({}), tmp_path / "core")
    run = cargo.check(tmp_path / "core", target)
    assert [one.rendered for one in run.messages if one.level in ("error", "warning")] == []
