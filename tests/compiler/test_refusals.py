"""What the compiler refuses, it refuses by item, with a code and the place; the rest goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis import pipeline
from portalis.config import load_config
from portalis.emit.report import ItemReport

HEAD = "from __future__ import annotations\n"
ENUM = """
from enum import Enum, Flag, IntEnum


class Color(Enum):
    RED = 1


class Mixed(Enum):
    ONE = 1
    TWO = "2"


class Level(IntEnum):
    LOW = 1


class Access(Flag):
    READ = 1


"""
DATA = """
from dataclasses import dataclass
from typing import NamedTuple


@dataclass
class Pair:
    x: int
    y: int


class Row(NamedTuple):
    x: int
    y: int


"""
LINE = """
from abc import ABC, abstractmethod


class Base(ABC):
    @abstractmethod
    def size(self) -> int: ...


class Middle(Base):
    def __init__(self, n: int) -> None:
        self.n = n

    def size(self) -> int:
        return self.n


class Derived(Middle):
    def size(self) -> int:
        return super().size() + 1


def taken(x: Middle) -> int:
    return x.n


class Hidden(Middle):
    def size(self) -> int:
        return self.__secret()

    def __secret(self) -> int:
        return self.n


"""
GOOD = "def good(x: int) -> int:\n    return x + 1\n"


def checked(tmp_path: Path, source: str) -> dict[str, ItemReport]:
    file = tmp_path / "sample.py"
    file.write_text(f"{HEAD}\n\n{GOOD}\n\n{source}", encoding="utf-8")
    report = pipeline.check([file], load_config(tmp_path))
    return {item.name: item for item in report.items}


@pytest.mark.parametrize(
    ("code", "source"),
    [
        (
            "PT201",
            (
                "class C:\n    made = 0\n\n    def __init__(self) -> None:\n        self.n = 1\n"
                "        C.made += 1\n\n\ndef f() -> int:\n    c = C()\n    return c.n\n"
            ),
        ),
        (
            "PT407",
            (
                "class C:\n    rows = [1]\n\n    def __init__(self) -> None:\n        self.n = 1\n\n\n"
                "def f() -> int:\n    c = C()\n    c.rows.append(2)\n    return c.n\n"
            ),
        ),
        ("PT401", "def f(xs: list[int]) -> int:\n    ys = xs\n    ys.append(1)\n    return len(xs)\n"),
        ("PT402", "def f(xs: list[int]) -> list[list[int]]:\n    return [xs, xs]\n"),
        ("PT402", "def f(n: int) -> list[list[int]]:\n    return [[0] * n] * n\n"),
        ("PT404", "def f(xs: set[int]) -> list[int]:\n    return list(xs)\n"),
        ("PT404", "def f(xs: set[str]) -> str:\n    return ''.join(xs)\n"),
        ("PT405", "def f(xs: list[int]) -> None:\n    for x in xs:\n        xs.append(x)\n"),
        (
            "PT407",
            (
                "T = {1: 2}\n\n\ndef put(k: int) -> None:\n    T[k] = 1\n\n\n"
                "def f(k: int) -> int:\n    return T[k]\n"
            ),
        ),
        (
            "PT205",
            "N = 1\n\n\ndef bump() -> None:\n    global N\n    N = 2\n\n\ndef f() -> int:\n    return N\n",
        ),
        (
            "PT102",
            "def g(x: float) -> float:\n    return x\n\n\ndef f(n: int) -> float:\n    return g(n)\n",
        ),
        ("PT503", "import os\n\n\ndef f() -> int:\n    return os.getpid()\n"),
        ("PT202", "def f(n: int):  # type: ignore\n    got = yield n\n    print(got)\n"),
        (
            "PT202",
            "def f(n: int):  # type: ignore\n    try:\n        yield n\n    finally:\n        print(n)\n",
        ),
        (
            "PT202",
            "def f(n: int):  # type: ignore\n    try:\n        yield n\n    except:\n        print(n)\n",
        ),
        ("PT203", "import functools\n\n\n@functools.cache\ndef f(n: float) -> float:\n    return n\n"),
        ("PT203", "import functools\n\n\n@functools.cache\ndef f(n: int) -> list[int]:\n    return [n]\n"),
        (
            "PT203",
            "import functools\n\n\n@functools.cache\ndef f(n: int) -> int:\n    print(n)\n    return n\n",
        ),
        ("PT210", f"{LINE}def f(xs: list[Base]) -> bool:\n    return isinstance(xs[0], (Middle, int))\n"),
        ("PT201", f"{LINE}def f(x: Base) -> int:\n    return x.other  # type: ignore[attr-defined]\n"),
        ("PT201", f"{LINE}def f() -> int:\n    return Hidden(1).size()\n"),
        ("PT106", f"{DATA}def f(xs: list[Pair]) -> int:\n    return len(set(xs))\n"),
        ("PT214", f"{DATA}def f(a: Pair, b: Pair) -> bool:\n    return a < b\n"),
        ("PT214", f"{DATA}def f(a: Row, n: int) -> int:\n    return a[n]\n"),
        ("PT214", f"{DATA}def f(a: Row) -> bool:\n    return a == (1, 2)\n"),
        ("PT201", f"{DATA}def f(a: Row) -> int:\n    a.x = 1  # type: ignore[misc]\n    return a.x\n"),
        ("PT214", f"{ENUM}def f(a: Color, b: Color) -> bool:\n    return a < b\n"),
        ("PT201", f"{ENUM}def f(a: Mixed) -> object:\n    return a.value\n"),
        ("PT105", f"{ENUM}def f(a: Level) -> int:\n    return a\n"),
        ("PT214", f"{ENUM}def f(a: Access) -> bool:\n    return a is Access.READ\n"),
        ("PT105", f"{ENUM}def f(a: float) -> Color:\n    return Color(a)\n"),
        (
            "PT303",
            (
                "class Own(ValueError):\n    def __str__(self) -> str:\n        return 'own'\n\n\n"
                "def f(s: str) -> str:\n    try:\n        return str(int(s))\n"
                "    except ValueError as error:\n        return str(error)\n"
            ),
        ),
        ("PT101", "def f(x: object) -> str:\n    return x.hex()  # type: ignore\n"),
        ("PT401", "def f(xs: list[int]) -> object:\n    return [xs]\n"),
        (
            "PT502",
            (
                "def put(xs: list) -> None:\n    xs.append('')\n\n\n"
                "def f(xs: list[int]) -> list[int]:\n    put(xs)\n    return xs[:1]\n"
            ),
        ),
        ("PT106", "def f(xs: list[float]) -> int:\n    return len(set(xs))\n"),
    ],
)
def test_refused_with_its_code(tmp_path: Path, code: str, source: str) -> None:
    items = checked(tmp_path, source)
    refused = items["f"]
    assert refused.status == "python"
    assert [note.code for note in refused.diagnostics] == [code]
    assert refused.line <= refused.diagnostics[0].line <= refused.end_line
    assert items["good"].status == "translatable"


def test_a_name_bound_again_is_not_the_def(tmp_path: Path) -> None:
    items = checked(tmp_path, "def f(x: int) -> int:\n    return x\n\n\nf = abs  # type: ignore\n")
    assert items["f"].status == "python"
    assert items["f"].diagnostics[0].code == "PT205"


def test_a_callee_that_stays_keeps_its_callers(tmp_path: Path) -> None:
    source = "def g(x: int) -> int:\n    return eval('1')\n\n\ndef f(x: int) -> int:\n    return g(x)\n"
    items = checked(tmp_path, source)
    assert [items[name].diagnostics[0].code for name in ("g", "f")] == ["PT210", "PT501"]


def test_a_class_that_holds_what_has_no_rust_costs_its_users_only(tmp_path: Path) -> None:
    source = (
        "from threading import Lock\n\n\nclass Guarded:\n    def __init__(self, n: int) -> None:\n"
        "        self.lock = Lock()\n        self.n = n\n\n\ndef f(a: Guarded) -> int:\n    return a.n\n"
    )
    items = checked(tmp_path, source)
    assert items["f"].status == "python"
    assert "its field `lock` is a" in items["Guarded"].diagnostics[0].message
    assert items["good"].status == "translatable"
