"""Types for parameters that nothing calls: how their values are used."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from portalis.compiler.frontend import oracle, project


def signature(tmp_path: Path, mypy_cache: Path, text: str, name: str = "f") -> str:
    (tmp_path / "uses_of.py").write_text(dedent(text), "utf-8")
    answer = oracle.ask(project.load([tmp_path / "uses_of.py"]), cache_dir=mypy_cache)
    found = answer.signature("uses_of", name)
    assert found is not None
    return ", ".join(f"{one.name}: {one.type}" for one in found.params)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def f(x): return x.upper()", "x: str"),
        ("import math\ndef f(x): return math.sqrt(x)", "x: float"),
        ("import math\ndef f(x): return [math.sqrt(x) for _ in range(x)]", "x: int"),
        ("def f(x, y=2): return x.strip() * y", "x: str, y: int"),
        ("def f(x, y): return x.lower()[y:]", "x: str, y: int"),
        ("def f(x): return list(range(2 * x - 1))", "x: int"),
        ("def f(x): return 'a' + x", "x: str"),
        ("def g(n: int) -> int: return n\ndef f(x): return g(x)", "x: int"),
        ("def f(x, y=None): return (x.title(), y)", "x: str, y: Any"),
    ],
)
def test_what_a_parameter_is_used_as(tmp_path: Path, mypy_cache: Path, text: str, expected: str) -> None:
    assert signature(tmp_path, mypy_cache, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "def f(x): return x + x",
        "def f(x): return x.upper() if isinstance(x, str) else x",
        "def f(x):\n    x = x or 'a'\n    return x.upper()",
        "def f(x): return [x.upper(), list(range(x))]",
        "def f(x): return [x.upper() for x in x]",
        "def f(x): return len(x)",
    ],
)
def test_uses_that_do_not_tell(tmp_path: Path, mypy_cache: Path, text: str) -> None:
    assert signature(tmp_path, mypy_cache, text) == "x: Any"


def test_none_where_it_is_looked_for(tmp_path: Path, mypy_cache: Path) -> None:
    text = """
        def f(x):
            if x is None:
                raise TypeError("nothing")
            return x.upper()
    """
    assert signature(tmp_path, mypy_cache, text) == "x: str | None"


def test_what_is_called_tells_before_what_is_used(tmp_path: Path, mypy_cache: Path) -> None:
    text = """
        import math

        def f(x): return math.floor(x)

        def g() -> int: return f(3)
    """
    assert signature(tmp_path, mypy_cache, text) == "x: int"


CLASSES = """
    import re

    SPACES = re.compile(" +")

    class Distance:
        def measure(self, a, b):
            raise NotImplementedError

    class Shingles(Distance):
        def __init__(self, k):
            self.k = k

        def cut(self, text):
            text_ = SPACES.sub(" ", text)
            return [text_[i : i + self.k] for i in range(len(text_))]

        def measure(self, a, b):
            return len(self.cut(a)) - len(self.cut(b))

    class Lengths(Distance):
        def measure(self, left, right):
            return self.gap(left, right)

        @staticmethod
        def gap(left, right):
            return len(left) - len(right)

    class Other:
        def measure(self, a, b):
            return a == b
"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Shingles.__init__", "self: Shingles, k: int"),
        ("Shingles.cut", "self: Shingles, text: str"),
        ("Shingles.measure", "self: Shingles, a: str, b: str"),
        ("Distance.measure", "self: Distance, a: str, b: str"),
        ("Lengths.measure", "self: Lengths, left: str, right: str"),
        ("Lengths.gap", "left: str, right: str"),
        ("Other.measure", "self: Other, a: Any, b: Any"),
    ],
)
def test_lines_of_classes(tmp_path: Path, mypy_cache: Path, name: str, expected: str) -> None:
    assert re.sub(r"uses_of\.", "", signature(tmp_path, mypy_cache, CLASSES, name)) == expected


def test_a_static_method_is_called_through_its_class(tmp_path: Path, mypy_cache: Path) -> None:
    text = """
        class Tools:
            @staticmethod
            def twice(x): return x + x

            @classmethod
            def of(cls, x): return x

        def g() -> int: return Tools.twice(3) + Tools.of(4)
    """
    assert signature(tmp_path, mypy_cache, text, "Tools.twice") == "x: int"
    assert signature(tmp_path, mypy_cache, text, "Tools.of").endswith("x: int")
