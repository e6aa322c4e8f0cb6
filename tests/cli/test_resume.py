"""A second run does only what changed, and a run that is ended goes on where it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portalis.scratch import PREFIX, locked_folder
from portalis.validation.evidence_store import EvidenceStore
from tests.cli.conftest import SOURCE, Runner

KILLS = SOURCE.parent / "benchmarks" / "kills.py"
NUMBERS = '''"""Numbers."""

FACTORS = [2, 3]


def double(x: int) -> int:
    """
    >>> double(4)
    8
    """
    return x * FACTORS[0]


def four_times(x: int) -> int:
    return double(double(x))


def clamp(x: int, low: int, high: int) -> int:
    if low > high:
        raise ValueError("low is above high")
    return low if x < low else high if x > high else x
'''
WORDS = '''"""Words."""

from kit.numbers import double


def shout(s: str) -> str:
    return s.upper() + "!"


def lengths(words: list[str]) -> dict[str, int]:
    return {word: double(len(word)) for word in words}
'''

pytestmark = pytest.mark.slow


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    folder = tmp_path / "kit"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "numbers.py").write_text(NUMBERS)
    (folder / "words.py").write_text(WORDS)
    return folder


def items(portalis: Runner, kit: Path, *options: str) -> dict[str, dict[str, object]]:
    """The verified functions in the report of `portalis verify`, by name."""
    done = portalis("verify", kit, "--effort", "quick", "--format", "json", *options)
    return {item["name"]: item for item in json.loads(done.out)["items"] if item["status"] == "verified"}


def searched(found: dict[str, dict[str, object]]) -> set[str]:
    """The functions whose evidence is not from an earlier run; takes out what may differ between runs."""
    fresh = set()
    for name, item in found.items():
        evidence = item["evidence"]
        assert isinstance(evidence, dict)
        if not evidence.pop("cached"):
            fresh.add(name)
        evidence.pop("speedup")
    return fresh


def test_only_what_changed_is_searched_again(portalis: Runner, kit: Path) -> None:
    first = items(portalis, kit)
    assert searched(first) == {"double", "four_times", "clamp", "shout", "lengths"}
    second = items(portalis, kit)
    assert searched(second) == set()
    assert second == first
    (kit / "numbers.py").write_text("# a line more\n" + NUMBERS.replace("x < low", "x <= low"))
    assert searched(items(portalis, kit)) == {"clamp"}
    (kit / "numbers.py").write_text(NUMBERS.replace("[2, 3]", "[2, 5]").replace("x < low", "x <= low"))
    assert searched(items(portalis, kit)) == {"double", "four_times", "lengths"}
    anew = items(portalis, kit, "--no-cache")
    assert searched(anew) == first.keys()


def test_ctrl_c_ends_the_run_and_keeps_what_is_done(
    kit: Path,
    environment: dict[str, str],
    tmp_path: Path,
    cache: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    temporary = tmp_path_factory.mktemp("tmp")
    own = environment | {"PORTALIS_CACHE_DIR": str(tmp_path / "cache"), "TMPDIR": str(temporary)}
    (tmp_path / "cache").mkdir()
    for part in ("target", "mypy"):
        if (cache / part).is_dir():
            (tmp_path / "cache" / part).symlink_to(cache / part)
    command = [sys.executable, "-m", "portalis", "verify", str(kit), "--effort", "thorough", "--seed", "11"]
    run = subprocess.Popen(command, env=own, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 240
    while kept(tmp_path / "cache") == 0 and run.poll() is None and time.monotonic() < end:
        time.sleep(0.02)
    run.send_signal(signal.SIGINT)
    shown, errors = run.communicate(timeout=60)
    assert run.returncode == 130, shown + errors
    assert kept(tmp_path / "cache") > 0
    assert list(temporary.iterdir()) == []
    assert processes_of(tmp_path) == []


def kept(cache: Path) -> int:
    if not (cache / "evidence.sqlite3").exists():
        return 0
    with EvidenceStore(cache) as store:
        return store.info().items


def processes_of(folder: Path) -> list[str]:
    """Processes whose command line or environment names the folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes():
                found.append((entry / "cmdline").read_text())
        except OSError:
            continue
    return found


def test_runs_that_are_killed_lose_nothing_but_time(
    kit: Path, environment: dict[str, str], cache: Path
) -> None:
    """A few kills; the whole of it is `python benchmarks/kills.py PACKAGE --kills 50`."""
    options = ["--kills", "3", "--fresh-every", "2", "--effort", "quick", "--crates-from", str(cache)]
    done = subprocess.run(
        [sys.executable, str(KILLS), str(kit), *options],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_folders_of_dead_runs_are_removed_and_those_of_living_ones_are_not(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom portalis.scratch import locked_folder\n"
        "folder, lock = locked_folder(Path(sys.argv[1]), sys.argv[2])\n"
        "(folder / 'x').write_text('x')\nprint(folder, flush=True)\nos.kill(os.getpid(), signal.SIGKILL)"
    )
    variables = os.environ | {"PYTHONPATH": str(SOURCE), "TMPDIR": str(tmp_path)}
    dead = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), PREFIX],
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert Path(dead.stdout.strip()).is_dir()
    living, lock = locked_folder(tmp_path, PREFIX)
    swept = "from portalis.scratch import run_folder\nwith run_folder() as folder: print(folder)"
    subprocess.run([sys.executable, "-c", swept], env=variables, check=True)
    assert list(tmp_path.iterdir()) == [living]
    lock.close()
    subprocess.run([sys.executable, "-c", swept], env=variables, check=True)
    assert list(tmp_path.iterdir()) == []
