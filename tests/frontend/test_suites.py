"""Types from a project's own tests."""

from __future__ import annotations

from pathlib import Path

from portalis.compiler.frontend import oracle, project, suites
from portalis.compiler.frontend.joining import joined
from portalis.compiler.types import FLOAT, INT, OBJECT, STR, DictOf, ListOf, TupleOf, VarTuple, make_union

SHOP = """
def total(prices):
    return best(prices)

def best(prices):
    return max(prices)

def repeat(text, n):
    return text * n

def sizes(rows):
    return [len(row) for row in rows]

def deep(tree):
    return tree

def broken(value):
    return value

class Till:
    def __init__(self, coins):
        self.coins = coins
"""

TESTS = """
import unittest
import pytest
from shop import prices
from shop.prices import *
from shop.prices import Till as T, sizes as of

@pytest.mark.parametrize("text, n", [("a", 1), pytest.param("b", 2, id="two")])
def test_repeat(text, n):
    assert len(prices.repeat(text, n)) == n

class TestAll(unittest.TestCase):
    def test_total(self):
        given = [3, 4]
        self.assertEqual(total(given), 4)
        with self.assertRaises(TypeError):
            total("ab")
        with pytest.raises(ValueError):
            broken("x")
        try:
            broken(2.5)
        except ValueError:
            pass

    def test_sizes(self):
        assert of([(1, 2), (3,)]) == [2, 1]
        assert deep([1, [2, [3]]])
        assert T([1]).coins == [1]
"""


def shop(tmp_path: Path, where: str, tests: str) -> project.Project:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "__init__.py").write_text("")
    (tmp_path / "shop" / "prices.py").write_text(SHOP)
    file = tmp_path / where
    file.parent.mkdir(exist_ok=True)
    file.write_text(tests)
    return project.load([tmp_path / "shop"])


def params(answer: oracle.OracleAnswer, name: str) -> list[str]:
    signature = answer.signature("shop.prices", name)
    assert signature is not None
    return [str(param.type) for param in signature.params]


def test_calls_in_tests_tell_types(tmp_path: Path, mypy_cache: Path) -> None:
    answer = oracle.ask(shop(tmp_path, "tests/test_prices.py", TESTS), cache_dir=mypy_cache)
    assert params(answer, "total") == ["list[int]"]
    assert params(answer, "best") == ["list[int]"], "and what it calls"
    assert params(answer, "repeat") == ["str", "int"]
    assert params(answer, "sizes") == ["list[tuple[int, ...]]"]
    assert params(answer, "deep") == ["list[object]"]
    assert params(answer, "Till.__init__")[-1] == "list[int]"
    assert params(answer, "broken") != ["float | str"], "what is expected to fail tells nothing"


def test_tests_are_no_part_of_the_project(tmp_path: Path, mypy_cache: Path) -> None:
    loaded = shop(tmp_path, "shop/test_prices.py", TESTS + "\nBAD: int = 'text'\n")
    answer = oracle.ask(loaded, cache_dir=mypy_cache)
    assert [error for error in answer.errors if "test" in error.module] == []
    assert "shop.test_prices" not in loaded.modules
    assert params(answer, "total") == ["list[int]"]


def test_relative_imports_inside_a_package(tmp_path: Path, mypy_cache: Path) -> None:
    text = "from ..prices import total\n\ndef test_total():\n    assert total(['a']) == 'a'\n"
    answer = oracle.ask(shop(tmp_path, "shop/tests/test_prices.py", text), cache_dir=mypy_cache)
    assert params(answer, "total") == ["list[str]"]


def test_what_is_no_test_of_the_project_is_left_out(tmp_path: Path) -> None:
    loaded = shop(tmp_path, "tests/test_other.py", "import json\n")
    (tmp_path / "tests" / "test_broken.py").write_text("from shop import (\n")
    assert suites.tests_of(loaded) == []
    (tmp_path / "tests" / "prices_test.py").write_text("import shop.prices\n")
    assert [test.name for test in suites.tests_of(loaded)] == ["prices_test"]
    assert suites.texts(loaded) == ["prices_test: import shop.prices\n"]


def test_joined() -> None:
    assert joined([ListOf(INT), ListOf(STR)]) == ListOf(OBJECT)
    assert joined([TupleOf((INT, INT)), TupleOf((INT, STR))]) == VarTuple(OBJECT)
    assert joined([TupleOf((INT, STR)), TupleOf((FLOAT, STR))]) == TupleOf((make_union([FLOAT, INT]), STR))
    assert joined([TupleOf(()), TupleOf((INT,))]) == VarTuple(INT)
    assert joined([DictOf(STR, INT), DictOf(INT, INT)]) == DictOf(OBJECT, INT)
    assert joined([ListOf(INT), ListOf(ListOf(INT))]) == ListOf(OBJECT)
    assert joined([INT, ListOf(INT)]) == make_union([INT, ListOf(INT)])
