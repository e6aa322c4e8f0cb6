"""The small helpers over syntax trees."""

from __future__ import annotations

import ast

import pytest

from portalis.utils import ast_utils

TEXT = '''"""Module.

>>> f(1)
2
"""
import os.path
import numpy as np
from math import sqrt as root
from .util import clean

LIMIT = 3

@property
def f(x):
    """Double.

    >>> f(0)
    Traceback (most recent call last):
        ...
    ValueError: no
    """
    def inner(y):
        return y + x + LIMIT
    return inner(len([x])) + root(4)

class A:
    def m(self):
        return clean(self)
'''


def test_definitions() -> None:
    tree = ast_utils.parse_source(TEXT)
    found = [(d.qualname, d.kind, d.line) for d in ast_utils.definitions(tree)]
    assert found == [
        ("f", "function", 13),
        ("f.<locals>.inner", "function", 22),
        ("A", "class", 26),
        ("A.m", "method", 27),
    ]
    assert [d.qualname for d in ast_utils.functions(tree)] == ["f", "f.<locals>.inner", "A.m"]
    assert [d.qualname for d in ast_utils.classes(tree)] == ["A"]


def test_docstrings_and_examples() -> None:
    assert set(ast_utils.docstrings(ast_utils.parse_source(TEXT))) == {"", "f"}
    first, second = ast_utils.doctest_examples(TEXT)
    assert (first.owner, first.line, first.source, first.want) == ("", 3, "f(1)\n", "2\n")
    assert (second.owner, second.line, second.raises) == ("f", 17, "ValueError: no\n")


def test_imports_and_free_variables() -> None:
    tree = ast_utils.parse_source(TEXT)
    assert ast_utils.imported_names(tree) == {
        "os": "os",
        "np": "numpy",
        "root": "math.sqrt",
        "clean": ".util.clean",
    }
    free = {d.qualname: ast_utils.free_variables(d.node) for d in ast_utils.functions(tree)
            if not isinstance(d.node, ast.ClassDef)}  # fmt: skip
    assert free == {
        "f": {"LIMIT", "root"},
        "f.<locals>.inner": {"x", "LIMIT"},
        "A.m": {"clean"},
    }


@pytest.mark.parametrize("text", ["x = (", "x\0", "x = " + "-" * 100_000 + "1"])
def test_what_is_not_python(text: str) -> None:
    with pytest.raises(SyntaxError):
        ast_utils.parse_source(text)
