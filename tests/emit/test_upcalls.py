"""Rust that calls functions which stay in Python, in a hybrid package: as the pure original, attacked."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from portalis import pipeline, stages
from portalis.config import load_config
from portalis.emit import binding
from portalis.emit.hybrid import Sources, write_hybrid
from portalis.progress import SILENT

ROOT = Path(__file__).with_name("upcall_src")

SHOW = """
import till.codes as C, till.work as W
from till.__portalis__ import counts, reset_counts
def show(call):
    try:
        print(repr(call()))
    except Exception as error:
        cause = error.__cause__
        print(type(error).__module__, type(error).__qualname__, repr(error.args), str(error), repr(cause))
def answers(name):
    print(name, counts().get(f"till.work.{name}", {}))
"""

# Each is run by the hybrid and by the original, and must print the same, the counts aside; what Rust answers
# and what it leaves to Python stands beside it.
PROGRAMS = {
    "results and errors": (
        """
out = []
show(lambda: (W.cleaned(["a", "é", "😀", "a" * 1000], out), out))
show(lambda: W.cleaned([], out))
show(lambda: W.cleaned(["b", "", "c"], out))
show(lambda: W.cleaned(["b", "?", "c"], out))
print(out[1:])
show(lambda: W.kinds(["a", "", "?", "b"]))
show(lambda: W.again("?"))
show(lambda: W.again(""))
""",
        {"cleaned": (4, 0), "kinds": (1, 0), "again": (2, 0)},
    ),
    "the exception is the object": (
        """
import traceback
for name in ("?", ""):
    try:
        W.again(name)
    except Exception as error:
        frames = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
        print(frames[-1], error.__traceback__ is not None, repr(error.__context__), error.args)
try:
    try:
        raise TypeError("outer")
    except TypeError:
        W.again("?")
except KeyError as error:
    print(repr(error.__context__), repr(error.__context__.__context__))
log = []
show(lambda: W.after("?", log))
show(lambda: W.after("x", log))
print(log)
try:
    W.other("")
except ValueError as error:
    print(type(error), error)
""",
        {"again": (3, 0), "after": (2, 0), "other": (1, 0)},
    ),
    "the callee is patched": (
        """
from unittest import mock
with mock.patch("till.work.clean", lambda text: text[::-1]):
    show(lambda: W.again("abc"))
with mock.patch.object(W, "clean", side_effect=OSError("no")):
    show(lambda: W.again("abc"))
with mock.patch("till.codes.clean", lambda text: "unseen by work"):
    show(lambda: W.again("abc"))
with mock.patch("till.codes.rate", lambda name, default: default * 10):
    show(lambda: W.priced(["a", "z"]))
class Text(str): pass
with mock.patch("till.work.clean", Text):
    show(lambda: type(W.again("abc")))
show(lambda: W.again("abc"))
kept = W.clean
del W.clean
show(lambda: W.again("abc"))
W.clean = kept
show(lambda: W.again("abc"))
""",
        {"again": (3, 4), "priced": (0, 1)},
    ),
    "globals are as they are": (
        """
show(lambda: W.priced(["a", "z"]))
C.RATES["z"] = 50
show(lambda: W.priced(["a", "z"]))
C.RATES = {}
show(lambda: W.priced(["a", "z"]))
C.RATES = {"a": "text"}
show(lambda: W.priced(["a"]))
""",
        {"priced": (3, 1)},
    ),
    "arguments": (
        """
show(lambda: W.listed(["a", "b"]))
show(lambda: W.listed([]))
show(lambda: W.scaled([1, 2], {"x": 5}))
show(lambda: W.scaled([], {}))
show(lambda: (W.described([3, 4]), W.described([])))
""",
        {"listed": (2, 0), "scaled": (2, 0), "described": (2, 0)},
    ),
    "what does not fit declines": (
        """
show(lambda: (W.large(3), W.large(39), W.large(40), W.large(2000)))
show(lambda: (W.doubled(4), W.doubled(6)))
show(lambda: (W.grid(1, False), W.grid(1, True)))
show(lambda: [W.shown(n) for n in range(6)])
""",
        {"large": (2, 2), "doubled": (1, 1), "grid": (1, 1), "shown": (5, 1)},
    ),
    "python under rust under python": (
        """
import random
random.seed(7)
show(lambda: (W.nested(5), random.random()))
show(lambda: (W.nested(50), random.random()))
show(lambda: W.forth(20))
""",
        {"nested": (1, 1)},
    ),
    "no room": (
        """
import sys
show(lambda: W.depth(10))
show(lambda: W.depth(100000))
sys.setrecursionlimit(20000)
show(lambda: W.depth(5000))
""",
        {"depth": (2, 1)},
    ),
    "interrupted": (
        """
import signal
def ring(number, frame):
    raise KeyboardInterrupt
signal.signal(signal.SIGALRM, ring)
signal.setitimer(signal.ITIMER_REAL, 0.2)
try:
    print(W.waited(10**9))
except KeyboardInterrupt:
    print("interrupted")
""",
        {"waited": (0, 0)},
    ),
    "threads": (
        """
from concurrent.futures import ThreadPoolExecutor
import sys
sys.setswitchinterval(1e-5)
def work(n):
    out = []
    W.cleaned([str(n)] * 50, out)
    return (set(out), W.kinds(["", "?", str(n)]), W.grid(n, False))
with ThreadPoolExecutor(8) as pool:
    print(list(pool.map(work, range(100))))
""",
        {"cleaned": (100, 0), "kinds": (100, 0), "grid": (100, 0)},
    ),
}


@dataclass(frozen=True)
class Built:
    """The package to put on `sys.path`, and what the compiler said."""

    package: Path
    state: pipeline.State


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("upcalls")
    state = pipeline.State([ROOT / "till"], load_config(folder), SILENT, folder / "scratch")
    state.scratch.mkdir()
    way = stages.load, stages.import_values, stages.types, stages.lower, stages.check_rust
    for stage in (*way, stages.build_for_tests):
        stage(state)
    compiled = pipeline.need(state.compiled)
    bound = frozenset(binding.bindable(compiled))
    write_hybrid(Sources(ROOT, ("till",)), compiled, bound, state.native, folder / "out")
    return Built(folder / "out", state)


def printed(package: Path, program: str) -> str:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PORTALIS", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, "-c", SHOW + program],
        env={**own, "PYTHONPATH": str(package)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", PROGRAMS)
def test_it_is_as_in_python(name: str, built: Built, tmp_path: Path) -> None:
    program, expected = PROGRAMS[name]
    pure = tmp_path / "till"
    pure.mkdir()
    for file in (ROOT / "till").glob("*.py"):
        (pure / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    (pure / "__portalis__.py").write_text("counts = dict\nreset_counts = None\n", encoding="utf-8")
    assert printed(built.package, program) == printed(tmp_path, program)
    asked = "".join(f"answers({function!r})\n" for function in expected)
    counted = printed(built.package, program + 'print("----")\n' + asked).partition("----\n")[2]
    wanted = {
        one: {"rust": rust, "fallback": fallback} if rust or fallback else {}
        for one, (rust, fallback) in expected.items()
    }
    assert counted == "".join(f"{one} {rows}\n" for one, rows in wanted.items())
