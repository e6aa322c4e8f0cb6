"""The same search sees the same, however busy the machine is; Python that wavers is told from a mismatch."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from portalis.compiler.types import FLOAT, INT, STR, DictOf, ListOf, SetOf, Type
from portalis.validation.evidence import MINIMUM_CASES, Evidence
from portalis.validation.search import verify

from .conftest import target, write_hybrid

Verify = Callable[..., Evidence]

PROGRAM = """
    import functools

    def words(text):
        if text.startswith('needle-') and len(text) == 11:
            return [text[7:]]
        return [part.upper() for part in text.split() if part.isdigit() or len(part) % 3 == 0]

    def slow(n):
        total = 0
        for i in range(max(n, 0)):
            total += i % 3
        return total

    @functools.lru_cache(maxsize=None)
    def fib(n):
        return n if n < 2 else fib(n - 1) + fib(n - 2)

    def exponential(n):
        return 1 if n < 2 else exponential(n - 1) + exponential(n - 2)

    def table(rows, key):
        found = {}
        for row in rows:
            found.setdefault(row, []).append(key)
        return found
"""
TARGETS: list[tuple[str, list[tuple[str, Type]], Type]] = [
    ("words", [("text", STR)], ListOf(STR)),
    ("slow", [("n", INT)], INT),
    ("fib", [("n", INT)], INT),
    ("exponential", [("n", INT)], INT),
    ("table", [("rows", ListOf(STR)), ("key", FLOAT)], DictOf(STR, ListOf(FLOAT))),
]


@pytest.fixture
def busy() -> Iterator[None]:
    """As many processes in endless loops as the machine has processors, twice over."""
    loop = [sys.executable, "-c", "while True: pass"]
    running = [subprocess.Popen(loop) for _ in range(2 * (os.cpu_count() or 1))]
    try:
        yield
    finally:
        for process in running:
            process.kill()
            process.wait()


def search_all(folder: Path, jobs: int) -> dict[str, Evidence]:
    wanted = [target(*one) for one in TARGETS]
    return verify(folder, "pkg", wanted, effort="quick", seed=3, jobs=jobs)


def timeless(seen: Evidence) -> str:
    """As text: a nan in a kept case is not equal to itself."""
    return repr(replace(seen, seconds=0.0, speedup=None))


def test_evidence_does_not_depend_on_load(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    folder = write_hybrid(
        tmp_path, PROGRAM, "\n".join(f"def {name}(*args): return mod.{name}(*args)" for name, *_ in TARGETS)
    )
    idle = search_all(folder, 1)
    request.getfixturevalue("busy")
    loaded = search_all(folder, 2)
    assert {key: timeless(seen) for key, seen in idle.items()} == {
        key: timeless(seen) for key, seen in loaded.items()
    }
    for seen in idle.values():
        assert seen.reason == ""
        assert seen.guard == ""
    assert idle["pkg.mod:slow"].discarded > 0
    assert idle["pkg.mod:words"].lines == 1.0


@pytest.mark.parametrize("name", ["fib", "exponential"])
def test_costly_recursion_reaches_the_floor(tmp_path: Path, name: str) -> None:
    folder = write_hybrid(tmp_path, PROGRAM, f"def {name}(n): return mod.{name}(n)")
    wanted = target(name, [("n", INT)], INT)
    seen = verify(folder, "pkg", [wanted], effort="quick", jobs=1)[wanted.key]
    assert seen.cases >= MINIMUM_CASES
    assert seen.normal_return


WAVERING = {
    "order of a set": ("def f(words):\n    return list(words)\n", [("words", SetOf(STR))], ListOf(STR)),
    "hash of a text": ("def f(text):\n    return hash(text) % 1000\n", [("text", STR)], INT),
    "an address": ("def f(n):\n    return repr(object())\n", [("n", INT)], STR),
    "identity": ("def f(n):\n    return id(f) + n\n", [("n", INT)], INT),
}


@pytest.mark.parametrize("name", WAVERING)
def test_what_differs_between_processes_is_no_mismatch(run_one: Verify, name: str) -> None:
    original, params, returns = WAVERING[name]
    seen = run_one(original, "def f(*args):\n    return mod.f(*args)\n", params, returns)
    assert seen.flaky
    assert seen.mismatches == 0
    assert seen.reason.startswith("python does not answer the same twice")


def test_a_translation_that_orders_a_set_otherwise_is_no_mismatch(run_one: Verify) -> None:
    original = "def f(words):\n    return list(words)\n"
    native = "def f(words):\n    return sorted(words)\n"
    seen = run_one(original, native, [("words", SetOf(STR))], ListOf(STR))
    assert seen.flaky
    assert seen.mismatches == 0


STATEFUL = {
    "a counter": "_N = 0\ndef f(n):\n    global _N\n    _N += 1\n    return n + _N\n",
    "a table": "_SEEN = []\ndef f(n):\n    _SEEN.append(n)\n    return len(_SEEN)\n",
    "a default": "def f(n, seen=[]):\n    seen.append(n)\n    return len(seen)\n",
    "a class": "class K:\n    made = 0\ndef f(n):\n    K.made += n\n    return K.made\n",
    "a table handed out": "_SEEN = []\ndef f(n):\n    _SEEN.append(n)\n    return list(_SEEN)\n",
}


@pytest.mark.parametrize("name", STATEFUL)
def test_no_call_sees_what_another_left_behind(run_one: Verify, name: str) -> None:
    returns: Type = ListOf(INT) if name == "a table handed out" else INT
    seen = run_one(STATEFUL[name], "def f(n):\n    return mod.f(n)\n", [("n", INT)], returns)
    assert not seen.flaky
    assert seen.mismatches == 0
    assert seen.cases >= MINIMUM_CASES


WORLDLY = {
    "the clock": (
        "import datetime, time\nfrom time import monotonic\ndef f(n):\n    end = monotonic() + 0.005\n"
        "    while monotonic() < end:\n        pass\n    time.sleep(5)\n"
        "    return [time.time() + n, datetime.datetime.now().isoformat(), str(datetime.date.today())]\n"
    ),
    "randomness": (
        "import os, random, secrets, uuid\ndef f(n):\n"
        "    return [random.random() + n, os.urandom(4), secrets.token_hex(3), str(uuid.uuid4())]\n"
    ),
    "the environment": (
        "import os\ndef f(n):\n    os.environ['N'] = os.environ.get('N', '') + 'x'\n"
        "    return os.environ['N']\n"
    ),
    "reading files": (
        "from pathlib import Path\ndef f(n):\n    with open('text.txt', 'a') as file:\n"
        "        file.write('x')\n"
        "    return Path('text.txt').read_text()\n"
    ),
}


@pytest.mark.parametrize("effect", WORLDLY)
def test_the_world_is_the_same_for_both_sides(run_one: Verify, effect: str) -> None:
    native = "def f(n):\n    return mod.f(n)\n"
    seen = run_one(WORLDLY[effect], native, [("n", INT)], INT, effects=frozenset({effect}))
    assert seen.reason == ""
    assert seen.mismatches == 0
    assert seen.cases >= MINIMUM_CASES


def test_the_frozen_clock_catches_a_translation_that_looks_elsewhere(run_one: Verify) -> None:
    original = "import time\ndef f(n):\n    return int(time.time()) + n\n"
    native = "def f(n):\n    return 1_600_000_000 + n if type(n) is int else DECLINED\n"
    seen = run_one(original, native, [("n", INT)], INT, effects=frozenset({"the clock"}))
    assert seen.mismatches > 0


DRAWS = "import random\ndef f(n):\n    return n if random.random() < 2 else 0\n"


@pytest.mark.parametrize(
    "native",
    [
        "def f(n):\n    return n\n",
        "def f(n):\n    mod.f(n)\n    return mod.f(n)\n",
        "def f(n):\n    return mod.f(n) and DECLINED if n % 2 else mod.f(n)\n",
    ],
    ids=["none", "too many", "before a decline"],
)
def test_how_often_the_shared_generator_is_drawn_from_is_compared(run_one: Verify, native: str) -> None:
    seen = run_one(DRAWS, native, [("n", INT)], INT, effects=frozenset({"randomness"}))
    assert seen.counterexamples[0].difference == "draws"
