"""What a user gets of a wrong translation: a short call, both answers, and a test that can be pasted.

The tests are run: they pass on the original and fail on the translation they were found in.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from portalis.compiler.types import BOOL, FLOAT, INT, NONE, STR, DictOf, Instance, ListOf, SetOf, Type
from portalis.compiler.unit import Param
from portalis.validation.evidence import Counterexample, Target
from portalis.validation.search import verify

from .conftest import write_hybrid

INTS = ListOf(INT)
Wrong = tuple[str, str, list[tuple[str, Type]], Type]

WRONG: dict[str, Wrong] = {
    "value": (
        "def f(n):\n    return n > 4711\n",
        "def f(n):\n    return n >= 4711\n",
        [("n", INT)],
        BOOL,
    ),
    "type": ("def f(n):\n    return n + 1\n", "def f(n):\n    return float(n + 1)\n", [("n", INT)], INT),
    "minus_zero": (
        "def f(x):\n    return [x * 1.0]\n",
        "def f(x):\n    return [x * 1.0 + 0.0]\n",
        [("x", FLOAT)],
        ListOf(FLOAT),
    ),
    "nan": (
        "def f(x):\n    return {'x': x}\n",
        "def f(x):\n    return {'x': x if x == x else 0.0}\n",
        [("x", FLOAT)],
        DictOf(STR, FLOAT),
    ),
    "message": (
        "def f(n):\n    if n < 0:\n        raise ValueError(f'{n} < 0 (why?)')\n    return n\n",
        "def f(n):\n    if n < 0:\n        raise ValueError(f'{n} <= 0 (why?)')\n    return n\n",
        [("n", INT)],
        INT,
    ),
    "own_exception": (
        (
            "class Bad(ValueError):\n    def __str__(self):\n        return 'it is bad'\n"
            "def f(n):\n    if n < 0:\n        raise Bad(n)\n    return n\n"
        ),
        "def f(n):\n    if n < 0:\n        raise mod.Bad(-n)\n    return n\n",
        [("n", INT)],
        INT,
    ),
    "changed": (
        "def f(xs):\n    xs.reverse()\n    return len(xs)\n",
        "def f(xs):\n    return len(xs)\n",
        [("xs", INTS)],
        INT,
    ),
    "aliased": (
        "def f(xs, ys):\n    xs.append(1)\n    return len(ys)\n",
        "def f(xs, ys):\n    n = len(ys)\n    xs.append(1)\n    return n\n",
        [("xs", INTS), ("ys", INTS)],
        INT,
    ),
    "identity": (
        "def f(xs):\n    xs.sort()\n    return xs\n",
        "def f(xs):\n    xs.sort()\n    return list(xs)\n",
        [("xs", INTS)],
        INTS,
    ),
    "table": (
        "_TABLE = [1, 2]\ndef f(n):\n    return _TABLE\n",
        "def f(n):\n    return [1, 2]\n",
        [("n", INT)],
        INTS,
    ),
    "printed": (
        "def f(n):\n    print('n is', n)\n",
        "def f(n):\n    print('n is', n, '')\n",
        [("n", INT)],
        NONE,
    ),
    "members": (
        "def f(xs):\n    return {x for x in xs if x > 3}\n",
        "def f(xs):\n    return frozenset(x for x in xs if x > 3)\n",
        [("xs", SetOf(INT))],
        SetOf(INT),
    ),
    "dates": (
        (
            "import datetime\ndef f(datetime_):\n"
            "    return datetime_.replace(day=1) - datetime.timedelta(1 + (datetime_.day == 29))\n"
        ),
        "import datetime\ndef f(d):\n    return d.replace(day=1) - datetime.timedelta(1)\n",
        [("datetime_", Instance("datetime.date"))],
        Instance("datetime.date"),
    ),
    "shadowed": (
        "def f(given, f, datetime):\n    given.append(f)\n    return datetime\n",
        "def f(given, f, datetime):\n    given.append(f + 1)\n    return datetime\n",
        [("given", INTS), ("f", INT), ("datetime", INTS)],
        INTS,
    ),
    "crash": (
        "def f(n):\n    return n * 2\n",
        "import os\ndef f(n):\n    if n > 100:\n        os.abort()\n    return n * 2\n",
        [("n", INT)],
        INT,
    ),
}


_KINDS = {"int": "int", "float": "float", "list": "list", "set": "set", "datetime.date": "datetime.date"}
# As in an extension: arguments of other types are declined.
_DOOR = """
import datetime
DECLINED = object()
def _door(function, kinds):
    def call(*args):
        return function(*args) if tuple(map(type, args)) == kinds else DECLINED
    return call
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Counterexample]]:
    """A folder with the originals as `pkg.<name>`, and the first counterexample of each translation."""
    folder = tmp_path_factory.mktemp("wrong")
    write_hybrid(folder, "", "")
    natives = [_DOOR, "def native_functions():", "    found = {}"]
    targets = []
    for name, (original, native, params, returns) in WRONG.items():
        (folder / "pkg" / f"{name}.py").write_text(original)
        natives.append(f"    space = {{'mod': __import__('pkg.{name}', fromlist=['f'])}}")
        natives.append(f"    exec({native!r}, space)")
        kinds = ", ".join(_KINDS[str(type_).partition("[")[0]] for _, type_ in params)
        natives.append(f"    found['pkg.{name}:f'] = _door(space['f'], ({kinds},))")
        targets.append(Target(f"pkg.{name}:f", tuple(Param(n, t) for n, t in params), returns))
    (folder / "pkg" / "__portalis__.py").write_text("\n".join([*natives, "    return found"]))
    seen = verify(folder, "pkg", targets)
    return folder, {name: seen[f"pkg.{name}:f"].counterexamples[0] for name in WRONG}


def run(tests: Path, package: Path) -> dict[str, str]:
    """pytest's outcome for each file of a folder, with the package on the path."""
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", "--rootdir", str(tests)]
    done = subprocess.run(
        [*command, str(tests)], cwd=package, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(package), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    rows = [
        line.split() for line in done.stdout.splitlines() if line.startswith(("PASSED", "FAILED", "ERROR"))
    ]
    return {Path(row[1].partition("::")[0]).stem.removeprefix("test_"): row[0] for row in rows}


def test_the_tests_pass_on_the_original_and_fail_on_the_translation(
    found: tuple[Path, dict[str, Counterexample]], tmp_path: Path
) -> None:
    folder, examples = found
    tests, wrong = tmp_path / "tests", tmp_path / "wrong" / "pkg"
    tests.mkdir()
    wrong.mkdir(parents=True)
    (wrong / "__init__.py").touch()
    for name, example in examples.items():
        (tests / f"test_{name}.py").write_text(example.pytest)
        original, native, *_ = WRONG[name]
        replaced = f"\nimport types\nmod = types.SimpleNamespace(**globals())\n{native}"
        (wrong / f"{name}.py").write_text(original + replaced)
    assert run(tests, folder) == dict.fromkeys(WRONG, "PASSED")
    # A crash ends the process that runs the test, and all others with it.
    (tests / "test_crash.py").unlink()
    assert run(tests, tmp_path / "wrong") == dict.fromkeys(set(WRONG) - {"crash"}, "FAILED")


def test_the_call_and_both_answers_are_short(found: tuple[Path, dict[str, Counterexample]]) -> None:
    told = {name: (one.call, one.expected, one.actual) for name, one in found[1].items()}
    assert told["value"] == ("pkg.value.f(4711)", "False", "True")
    assert told["type"] == ("pkg.type.f(0)", "1", "1.0")
    assert told["minus_zero"] == ("pkg.minus_zero.f(-0.0)", "[-0.0]", "[0.0]")
    assert told["nan"] == ("pkg.nan.f(float('nan'))", "{'x': float('nan')}", "{'x': 0.0}")
    assert told["message"] == (
        "pkg.message.f(-1)",
        "raises ValueError('-1 < 0 (why?)')",
        "raises ValueError('-1 <= 0 (why?)')",
    )
    assert told["aliased"] == ("pkg.aliased.f((xs := []), xs)", "1", "0")
    assert told["printed"] == ("pkg.printed.f(0)", r"prints 'n is 0\n'", r"prints 'n is 0 \n'")


def test_of_a_crash_the_answer_of_python_is_told(found: tuple[Path, dict[str, Counterexample]]) -> None:
    crash = found[1]["crash"]
    assert crash.difference == "crash"
    number = int(crash.call.removeprefix("pkg.crash.f(").removesuffix(")"))
    assert crash.expected == str(2 * number)
    assert crash.actual.startswith("ends the process")


def test_a_test_reads_well(found: tuple[Path, dict[str, Counterexample]]) -> None:
    assert found[1]["message"].pytest == textwrap.dedent("""\
        import re

        import pytest

        from pkg import message


        def test_f_on_this_call() -> None:
            with pytest.raises(ValueError, match=re.escape('-1 < 0 (why?)')) as caught:
                message.f(-1)
            assert type(caught.value) is ValueError
            assert caught.value.args == ('-1 < 0 (why?)',)
            assert str(caught.value) == '-1 < 0 (why?)'
        """)
    assert found[1]["changed"].pytest == textwrap.dedent("""\
        from pkg import changed


        def test_f_on_this_call() -> None:
            xs = [0, 1]
            given = changed.f(xs)
            assert given == 2
            assert type(given) is int
            assert xs == [1, 0]
            assert repr(xs) == '[1, 0]'
        """)
