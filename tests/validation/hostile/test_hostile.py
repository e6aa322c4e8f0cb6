"""Hostile code is contained, reported by its own cause, and costs nobody else anything.

Every act under `acts/` is done when its module is imported, when its doctests run, and, where that makes
sense, inside a function that is verified.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from portalis.compiler.types import INT
from portalis.validation import freeze as freeze_module
from portalis.validation import record as record_module
from portalis.validation import search
from portalis.validation.containment import CODES
from portalis.validation.freeze import freeze
from portalis.validation.record import record
from portalis.validation.sandbox import Limits

from ..conftest import target, write_hybrid
from .conftest import NAMES, act_text, cause

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

_SECONDS = 3.0
# On a busy machine these can be stopped by their time before they reach their limit.
_CONSUMING = frozenset({"memory", "processes", "output", "disk"})
# What a call of a function does to its own process, when that is all it does.
_CALLED = (
    "leaves_at_once", "crashes", "kills_itself", "kills_parent", "stops_itself", "deaf", "allocation",
    "fork_bomb", "endless_print", "writes_outside", "tcp", "garbage_on_the_line", "closes_the_line",
    "thread_bomb", "recursion",
)  # fmt: skip


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """What hangs is given less time than usual."""
    small = partial(Limits, memory_mib=256)
    monkeypatch.setattr(freeze_module, "Limits", small)
    monkeypatch.setattr(record_module, "Limits", small)
    monkeypatch.setattr(freeze_module, "_IMPORT_SECONDS", _SECONDS)
    monkeypatch.setattr(record_module, "_DOCTEST_SECONDS", _SECONDS)
    monkeypatch.setattr(search, "Limits", partial(small, case_seconds=_SECONDS))


def unexpected(causes: Mapping[str, str]) -> dict[str, str]:
    """The acts that were reported by another cause than theirs, and by which."""
    told = {act: causes.get(f"hostile_{act}", "") for act in NAMES}
    return {
        act: found
        for act, found in told.items()
        if found != cause(act) and not (found == "time" and cause(act) in _CONSUMING)
    }


def test_at_import(project: Path) -> None:
    names: list[str] = []
    for at, act in enumerate(NAMES):
        (project / f"hostile_{act}.py").write_text(act_text(act) + "\nattack()\nREACHED = 1\n")
        (project / f"good_{act}.py").write_text(f"X = {at}\n")
        names += [f"hostile_{act}", f"good_{act}"]
    frozen = freeze(project, names)
    assert unexpected(frozen.causes) == {}
    silent = {act: frozen.problems.get(f"hostile_{act}", "") for act in NAMES if not cause(act)}
    assert silent == dict.fromkeys(silent, "")
    assert [frozen.constants[f"good_{act}"] for act in NAMES] == [{"X": at} for at in range(len(NAMES))]


def test_in_doctests(project: Path) -> None:
    good = 'def same(n):\n    """\n    >>> same(7) > 7\n    True\n    """\n    return n + {}\n'
    names: list[str] = []
    for at, act in enumerate(NAMES):
        text = act_text(act) + '\n\ndef run(n):\n    """\n    >>> run(3)\n    """\n    attack()\n'
        (project / f"hostile_{act}.py").write_text(text)
        (project / f"good_{act}.py").write_text(good.format(at + 1))
        names += [f"hostile_{act}", f"good_{act}"]
    seen = record(project, names)
    assert unexpected(seen.causes) == {}
    assert [seen.calls[f"good_{act}:same"] for act in NAMES] == [[(7,)] for _ in NAMES]


@pytest.mark.parametrize("act", _CALLED)
def test_in_a_verified_function(project: Path, act: str) -> None:
    folder = write_hybrid(
        project / "hybrid",
        act_text(act)
        + "\ndef f(n, m):\n    attack()\n    return n\n\ndef g(n):\n    return n + 1 if n < 2**40 else n\n",
        "def f(n, m):\n    return n\ndef g(n):\n    return n + 1 if n < 2**40 else n\n",
    )
    (folder / "aims.py").write_text((project / "aims.py").read_text())
    targets = [target("f", [("n", INT), ("m", INT)], INT), target("g", [("n", INT)], INT)]
    seen = search.verify(folder, "pkg", targets, effort="quick", jobs=1)
    assert seen["pkg.mod:f"].cases == 0 or seen["pkg.mod:f"].counterexamples
    assert seen["pkg.mod:g"].counterexamples == ()
    assert seen["pkg.mod:g"].cases >= 64


def test_every_cause_has_its_diagnostic() -> None:
    assert {cause(act) for act in NAMES} - {""} == set(CODES)
