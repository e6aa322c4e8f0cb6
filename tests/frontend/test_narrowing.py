"""Bare containers in annotations are filled with what is known, and opened again where that doesn't do."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis.compiler.frontend import oracle, project
from portalis.compiler.frontend.targets import Target

TEXT = '''
from typing import Any, Dict, List, Optional, Tuple
import typing

def codes(texts: list) -> list:
    """
    >>> codes(["a", "b"])
    [97, 98]
    """
    return [ord(text) for text in texts]

def merge(left: list, right: List) -> list:
    result = []
    while left and right:
        result.append(left.pop(0) if left[0] <= right[0] else right.pop(0))
    return result + left + right

def merge_sort(items: list) -> list:
    """
    >>> merge_sort([2, 1])
    [1, 2]
    """
    if len(items) < 2:
        return items
    middle = len(items) // 2
    return merge(merge_sort(items[:middle]), merge_sort(items[middle:]))

def strings(n: int) -> list:
    if n == 0:
        return ["0"]
    smaller = strings(n - 1)
    return ["0" + text for text in smaller]

def lengths(table: Dict, extra: Optional[dict] = None, *rest: list) -> typing.Dict:
    """
    >>> lengths({"a": "b"}, {1: 2.5})
    {'a': 1}
    """
    return {key: len(value) for key, value in table.items()}

def first(pair: tuple, rows: list[list], anything: list[Any], floats: List[float]) -> float:
    """
    >>> first((1, "a"), [[1]], [2], [3])
    1
    """
    return pair[0]

def wrong(values: list, flag: bool) -> list:
    """
    >>> wrong([1], True)
    >>> wrong({1: 2}, True)
    """
    return values

def changes(n: int) -> list:
    found = words(n)
    for i in range(n):
        found[i] = len(found[i])
    return found

def words(n: int) -> list:
    return ["a"] * n
'''


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory, mypy_cache: Path) -> oracle.OracleAnswer:
    file = tmp_path_factory.mktemp("bare") / "bare.py"
    file.write_text(TEXT)
    return oracle.ask(project.load([file]), cache_dir=mypy_cache)


@pytest.mark.parametrize(
    ("name", "params", "returns"),
    [
        ("codes", ["list[str]"], "list[int]"),
        ("merge_sort", ["list[int]"], "list[int]"),
        ("merge", ["list[int]", "list[int]"], "list[int]"),
        ("strings", ["int"], "list[str]"),
        ("lengths", ["dict[str, str]", "dict[int, float] | None", "list[Any]"], "dict[str, int]"),
        ("first", ["tuple[int, str]", "list[list[int]]", "list[Any]", "list[float]"], "float"),
        ("wrong", ["list[Any]", "bool"], "list[Any]"),
        ("words", ["int"], "list[Any]"),
    ],
)
def test_bare_containers(answer: oracle.OracleAnswer, name: str, params: list[str], returns: str) -> None:
    signature = answer.signature("bare", name)
    assert signature is not None
    assert [str(param.type) for param in signature.params] == params
    assert str(signature.returns) == returns


def test_again_takes_values_of_any_type(tmp_path: Path, mypy_cache: Path) -> None:
    text = "def longest(rows):\n    return max(rows, key=len)\n\nlongest([[1]])\n"
    (tmp_path / "again.py").write_text(text)
    asking = oracle.Asking(project.load([tmp_path / "again.py"]), mypy_cache)
    before = asking.answer().signature("again", "longest")
    assert before is not None and str(before.params[0].type) == "list[list[int]]"
    assert asking.narrow() == {Target("again", "longest")}
    after = asking.again(asking.narrow()).signature("again", "longest")
    assert after is not None and "int" not in str(after.params[0].type)
    assert asking.narrow() == frozenset()
