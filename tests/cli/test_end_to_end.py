"""The main job on the example of the project: built, imported, declined, disabled; and as a crate."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import SOURCE

pytestmark = pytest.mark.slow

EXAMPLE = SOURCE.parent / "examples" / "textkit"
MODULES = ("checks", "distance", "numbers", "words")


@pytest.fixture(scope="module")
def environment(cache: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTALIS_")}
    return kept | {"PYTHONPATH": str(SOURCE), "PORTALIS_CACHE_DIR": str(cache)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    out = tmp_path_factory.mktemp("built") / "out"
    portalis("build", EXAMPLE, "-o", out, environment=environment)
    return out


def portalis(*arguments: str | Path, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "portalis", *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def python(out: Path, code: str, **variables: str) -> str:
    """What the code prints, with the built package first on the path and no Portalis on it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTALIS_")}
    environment = kept | {"PYTHONPATH": str(out)} | variables
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_wheel_holds_the_package(tmp_path: Path, environment: dict[str, str], built: Path) -> None:
    out = tmp_path / "out"
    portalis("build", EXAMPLE, "-o", out, "--wheel", environment=environment)
    (wheel,) = out.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    packaged = {
        path.relative_to(built).as_posix() for path in (built / "textkit").rglob("*") if path.is_file()
    }
    assert packaged - {name for name in packaged if "__pycache__" in name} <= names
    assert any(name.endswith(".dist-info/METADATA") for name in names)
    site = tmp_path / "site"
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(site),
        str(wheel),
    ]
    subprocess.run(command, check=True)
    counted = (
        "import textkit\n"
        "textkit.checks.luhn_sum('18')\n"
        "print(textkit.__portalis__.counts()['textkit.checks.luhn_sum'])"
    )
    assert python(site, counted) == "{'rust': 1, 'fallback': 0}"


def test_most_of_the_example_is_verified_and_nothing_disagrees(built: Path) -> None:
    report = json.loads((built / "portalis-report.json").read_text(encoding="utf-8"))
    functions = [item for item in report["items"] if item["kind"] == "function"]
    states = {item["name"]: item["status"] for item in functions}
    assert states["main"] == "verified"  # as a part of the program
    assert {"luhn_sum", "validate", "edit_distance", "primes_below", "frequencies", "pack"} <= {
        name for name, status in states.items() if status == "verified"
    }
    codes = {one["code"] for item in report["items"] for one in item["diagnostics"]}
    assert codes & {"PT701", "PT708", "PT901"} == set()


@pytest.mark.parametrize("variables", [{}, {"PORTALIS_DISABLE": "1"}])
def test_doctests_find_and_pass_every_example(built: Path, variables: dict[str, str]) -> None:
    code = (
        "import doctest, importlib\n"
        f"for name in {MODULES}:\n"
        "    r = doctest.testmod(importlib.import_module('textkit.' + name))\n"
        "    print(name, r.attempted, r.failed)"
    )
    assert python(built, code, **variables).splitlines() == [
        "checks 6 0",
        "distance 2 0",
        "numbers 4 0",
        "words 5 0",
    ]


def test_calls_are_answered_by_rust_and_counted(built: Path) -> None:
    code = (
        "import textkit\n"
        "textkit.edit_distance('a', 'b')\n"
        "print(textkit.__portalis__.counts()['textkit.distance.edit_distance'])"
    )
    assert python(built, code) == "{'rust': 1, 'fallback': 0}"


def test_processes_leave_their_counts_for_the_report(
    built: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    code = (
        "import os, textkit\n"
        "textkit.edit_distance('a', 'b')\n"
        "child = os.fork()\n"
        "textkit.luhn_digit(type('S', (str,), {})('18') if child else '18')\n"
        "if child: os.waitpid(child, 0)\n"
        "os.chdir('/')"
    )
    counted = tmp_path / "counted"
    for _ in range(2):
        python(built, code, PORTALIS_COUNTS=os.path.relpath(counted))
    assert len(list(counted.iterdir())) == 4
    shown = json.loads(
        portalis("report", built, "--counts", counted, "--format", "json", environment=environment)
    )
    assert shown["runtime"] == {
        "processes": 4,
        "calls": {
            "textkit.checks.luhn_digit": {"rust": 2, "fallback": 2},
            # Called by the Python of `luhn_digit`.
            "textkit.checks.luhn_sum": {"rust": 2, "fallback": 0},
            "textkit.distance.edit_distance": {"rust": 2, "fallback": 0},
        },
    }


def test_counts_are_written_only_when_asked_for(built: Path) -> None:
    code = "import textkit\ntextkit.luhn_digit('18')"
    python(built, code)
    assert not (built / "portalis-counts").exists()
    python(built, code, PORTALIS_COUNTS="1")
    (file,) = (built / "portalis-counts").iterdir()
    file.unlink()
    file.parent.rmdir()


def test_what_rust_cannot_answer_python_does(built: Path) -> None:
    code = (
        "import textkit\n"
        "print(textkit.unpack([('a', True)]), textkit.luhn_digit(type('S', (str,), {})('18')))"
    )
    assert python(built, code) == "a 2"


def test_without_fallback_a_decline_raises(built: Path) -> None:
    code = (
        "import textkit\n"
        "try:\n"
        "    textkit.luhn_digit(type('S', (str,), {})('18'))\n"
        "except RuntimeError as error:\n"
        "    print(type(error).__name__)"
    )
    assert python(built, code, PORTALIS_FALLBACK="off") == "Declined"


def test_functions_look_as_before(built: Path) -> None:
    code = (
        "import inspect, pickle, textkit\n"
        "from textkit import words\n"
        "f = words.slug\n"
        "print(inspect.isfunction(f), inspect.signature(f), f.__module__, f.__qualname__, f.__kwdefaults__)\n"
        "print(pickle.loads(pickle.dumps(f)) is f, f.__doc__.splitlines()[0])\n"
        "print(f('A b', separator='_'))\n"
        "try:\n"
        "    textkit.validate('1x')\n"
        "except textkit.InvalidNumber as error:\n"
        "    print(type(error) is textkit.InvalidNumber, error)"
    )
    assert python(built, code) == python(EXAMPLE.parent, code)


def test_the_crate_passes_its_own_tests_and_clippy(
    tmp_path: Path, environment: dict[str, str], cache: Path
) -> None:
    out = tmp_path / "textkit-rs"
    portalis("translate", EXAMPLE, "-o", out, environment=environment)
    cargo = environment | {"CARGO_TARGET_DIR": str(cache / "crate-target")}
    for command in (["test", "--quiet"], ["clippy", "--all-targets", "--", "-D", "warnings"]):
        done = subprocess.run(
            ["cargo", *command], cwd=out, env=cargo, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
