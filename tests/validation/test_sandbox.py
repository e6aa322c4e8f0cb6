"""User code in the sandbox: what it does is contained, reported, and costs one child."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portalis.validation.freeze import freeze
from portalis.validation.sandbox import (
    Child,
    ChildDiedError,
    Limits,
    RequestFailedError,
    SandboxPolicy,
    applied,
    probe,
)
from portalis.validation.sandbox.stopwatch import Stopwatch, read_times
from portalis.validation.sandbox.watch import descendants


def write(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.py").write_text(text)
    return folder


def outcome(folder: Path, text: str, limits: Limits | None = None) -> dict[str, object]:
    """What a child answers to importing a module with this text."""
    write(folder, subject=text)
    with Child([folder], limits) as child:
        return dict(child.ask({"do": "freeze", "module": "subject"}, 30.0))


def problem(folder: Path, text: str) -> str:
    return str(outcome(folder, text).get("problem", "none"))


def test_constants_and_patterns_come_back_exactly(tmp_path: Path) -> None:
    text = (
        "import re, datetime, math\nTABLE = {n: chr(65 + n) for n in range(3)}\nZERO = -0.0\nINF = math.inf\n"
        "BIG = 2**100\nRAW = b'\\xff'\nPAT = re.compile('a+', re.I)\nDAY = datetime.date(2024, 2, 29)\n"
        "MIXED = [(1, True, None), {'a', 'b'}, frozenset({1})]\nclass C: pass\nOBJ = C()\n"
    )
    frozen = freeze(write(tmp_path, tables=text), ["tables"])
    found = frozen.constants["tables"]
    assert found["TABLE"] == {0: "A", 1: "B", 2: "C"}
    assert repr(found["ZERO"]) == "-0.0"
    assert found["BIG"] == 2**100
    assert found["RAW"] == b"\xff"
    assert found["PAT"] == re.compile("a+", 34)
    assert repr(found["DAY"]) == "datetime.date(2024, 2, 29)"
    assert found["MIXED"] == [(1, True, None), {"a", "b"}, frozenset({1})]
    assert type(found["MIXED"][0][1]) is bool  # type: ignore[index, call-overload]
    assert "OBJ" not in found
    assert "C" not in found


def test_exceptions_are_described(tmp_path: Path) -> None:
    text = (
        "class Base(ValueError):\n    message = 'general'\n    def __str__(self):\n"
        "        return self.args[0] if self.args else self.message\n"
        "class Sub(Base):\n    message = 'special'\nclass Plain(KeyError):\n    pass\n"
        "class Needs(Exception):\n    def __init__(self, a, b):\n        super().__init__(a + b)\n"
    )
    found = freeze(write(tmp_path, errors=text), ["errors"]).exceptions
    assert found["errors:Sub"].bare_text == "special"
    assert found["errors:Sub"].own_str
    assert found["errors:Sub"].keeps_text
    assert found["errors:Sub"].lineage[:3] == ("errors:Sub", "errors:Base", "builtins:ValueError")
    assert not found["errors:Plain"].own_str
    assert not found["errors:Plain"].keeps_text
    assert found["errors:Needs"].bare_text is None
    assert found["errors:Needs"].own_init


def test_a_bad_module_costs_only_itself(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        good="X = 1\n",
        broken="1 / 0\n",
        leaves="import sys\nsys.exit(0)\n",
        dies="import os\nos._exit(7)\n",
        chatty="print('hello')\nopen('left', 'w').close()\nY = 2\n",
        last="Z = 3\n",
    )
    names = ["good", "broken", "leaves", "dies", "chatty", "absent", "last"]
    frozen = freeze(folder, names)
    assert frozen.constants["good"] == {"X": 1}
    assert frozen.constants["last"] == {"Z": 3}
    assert frozen.constants["chatty"]["Y"] == 2
    assert frozen.side_effects["chatty"] == "prints 'hello\\n'; creates left"
    assert set(frozen.problems) == {"broken", "leaves", "dies", "absent"}
    assert "ZeroDivisionError" in frozen.problems["broken"]
    assert "exit status 7" in frozen.problems["dies"]


def test_the_environment_and_home_are_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SECRET", "x")
    text = "import os\nSEEN = dict(os.environ)\nHOME = os.path.expanduser('~')\nHERE = os.getcwd()\n"
    write(tmp_path, subject=text)
    found = freeze(tmp_path, ["subject"]).constants["subject"]
    assert "A_SECRET" not in found["SEEN"]  # type: ignore[operator]
    assert found["HOME"] == found["HERE"]
    assert "portalis-" in str(found["HOME"])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="isolation is Linux's")
def test_writing_outside_is_refused(tmp_path: Path) -> None:
    if not probe().writes:
        pytest.skip("this kernel has no Landlock")
    aim = tmp_path / "outside"
    assert "Error: [Errno" in problem(tmp_path, f"open({str(aim)!r}, 'w')\n")
    assert "Error: [Errno" in problem(tmp_path, f"import os\nos.remove({str(tmp_path / 'subject.py')!r})\n")
    assert not aim.exists()
    assert (tmp_path / "subject.py").exists()
    assert problem(tmp_path, "open('inside', 'w').write('x')\n") == "none"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="isolation is Linux's")
def test_the_network_is_cut_off(tmp_path: Path) -> None:
    if not probe().network:
        pytest.skip("this machine allows no network namespace")
    text = "import socket\ns = socket.socket()\ns.settimeout(2)\ns.connect(('127.0.0.1', 22))\n"
    assert "Error" in problem(tmp_path, text)
    assert "error" in problem(tmp_path, "import socket\nsocket.gethostbyname('example.com')\n")


def test_memory_files_and_descriptors_are_bounded(tmp_path: Path) -> None:
    assert "MemoryError" in problem(tmp_path, "x = bytearray(64 << 30)\n")
    assert "OSError" in problem(
        tmp_path, "f = open('big', 'wb')\nwhile True: f.write(b'x' * (1 << 20)); f.flush()\n"
    )
    assert "Too many open files" in problem(tmp_path, "import os\nl = [os.pipe() for _ in range(10_000)]\n")
    assert "RecursionError" in problem(tmp_path, "def f(): return f()\nf()\n")


@pytest.mark.parametrize(
    "text",
    [
        "while True: pass\n",
        "import re\nre.match('(a+)+$', 'a' * 60 + 'b')\n",
        (
            "import signal, time\nfor n in (14, 15):\n    signal.signal(n, signal.SIG_IGN)\n"
            "while True: time.sleep(1)\n"
        ),
    ],
)
def test_a_hang_is_ended(tmp_path: Path, text: str) -> None:
    with pytest.raises(ChildDiedError) as caught:
        outcome(tmp_path, text, Limits(case_seconds=1.0))
    assert caught.value.hung
    assert caught.value.phase == "original"


def test_waiting_for_a_processor_does_not_count() -> None:
    """Two that spin on one processor have half of it each; one that sleeps is not waiting."""
    one = min(os.sched_getaffinity(0))
    code = f"import os\nos.sched_setaffinity(0, [{one}])\nwhile True: pass"
    rivals = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2)]
    sleeper = subprocess.Popen([sys.executable, "-c", "import time\ntime.sleep(60)"])
    try:
        if (times := read_times(sleeper.pid)) is None or times.waited is None:
            pytest.skip("this kernel does not count waiting")
        watches = [Stopwatch(process.pid) for process in (*rivals, sleeper)]
        began = time.monotonic()
        for watch in watches:
            watch.elapsed(began)
        time.sleep(1.5)
        first, second, asleep = (watch.elapsed(began) for watch in watches)
        wall = time.monotonic() - began
    finally:
        for process in (*rivals, sleeper):
            process.kill()
            process.wait()
    assert first + second < 1.5 * wall
    assert asleep > 0.6 * wall


def test_children_of_the_child_end_with_it(tmp_path: Path) -> None:
    text = (
        "import os, time\nfor n in range(3):\n    if os.fork() == 0:\n        time.sleep(300)\nSTARTED = 3\n"
    )
    write(tmp_path, subject=text)
    with Child([tmp_path], Limits(processes=8)) as child:
        answer = child.ask({"do": "freeze", "module": "subject"}, 30.0)
        assert answer["constants"] == {"n": 2, "STARTED": 3}
        mine = processes_with(str(tmp_path), set(descendants(child.pid)))
        assert len(mine) == 6
    assert [pid for pid in mine if Path(f"/proc/{pid}").exists()] == []


def processes_with(text: str, beneath: set[int]) -> list[int]:
    """Processes that have `text` in their command line, of those given."""
    return [pid for pid in beneath if text in Path(f"/proc/{pid}/cmdline").read_text()]


def test_endless_output_is_bounded(tmp_path: Path) -> None:
    assert "OSError" in problem(tmp_path, "import os\nwhile True: os.write(1, b'x' * (1 << 20))\n")
    assert "OverOutputError" in problem(tmp_path, "while True: print('x' * 1000)\n")


def test_unknown_requests_fail_and_the_child_goes_on(tmp_path: Path) -> None:
    with Child([tmp_path]) as child:
        with pytest.raises(RequestFailedError):
            child.ask({"do": "nothing known"}, 5.0)
        assert child.ask({"do": "freeze", "module": "math"}, 5.0)["printed"] == ""


NAMESPACES = frozenset(
    {"user namespace", "mount namespace", "process namespace", "network namespace", "ipc namespace"}
)


@pytest.mark.parametrize(
    "without",
    [
        NAMESPACES | {"host name namespace"},
        frozenset({"landlock writes", "landlock reads", "landlock tcp", "landlock signals"}),
        frozenset({"system call filter"}),
        frozenset({"user namespace", "process namespace"}),
    ],
    ids=["no namespaces", "no landlock", "no filter", "no user namespace"],
)
def test_each_thing_is_held_by_more_than_one_layer(tmp_path: Path, without: frozenset[str]) -> None:
    if any(not probe().holds(layer) for layer in without | {"landlock writes", "system call filter"}):
        pytest.skip("this machine has not all layers")
    canary = tmp_path / "canary"
    canary.write_text("canary")
    project = tmp_path / "project"
    project.mkdir()
    write(
        project,
        writes=f"open({str(canary)!r}, 'w')\n",
        reads=f"X = open({str(canary)!r}).read()\n",
        connects="import socket\nsocket.create_connection(('127.0.0.1', 9), 2)\n",
        signals=f"import os\nos.kill({os.getpid()}, 0)\n",
        good="X = 1\n",
    )
    with applied(SandboxPolicy(without=without)):
        frozen = freeze(project, ["writes", "reads", "connects", "signals", "good"])
    assert frozen.constants == {"good": {"X": 1}}
    refused = {name for name, cause in frozen.causes.items() if cause == "denied"}
    # With no process namespace of its own and no filter, another process would be there to be asked.
    assert refused | {"signals", "connects"} == {"writes", "reads", "connects", "signals"}
    assert canary.read_text() == "canary"
