"""Decorators that wrap, written out: the text that types and Rust are made of, and its lines."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from portalis.compiler.frontend import project, wrappers
from portalis.compiler.frontend.source import SourceModule

TRACE = """
    import functools

    def trace(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            print(function.__name__)
            return function(*args, **kwargs)
        return wrapper
"""


def written(folder: Path, **texts: str) -> dict[str, SourceModule]:
    """The modules of a package `pkg` with these texts, written out."""
    package = folder / "pkg"
    package.mkdir()
    (package / "__init__.py").write_text("")
    for name, text in texts.items():
        (package / f"{name}.py").write_text(textwrap.dedent(text))
    return wrappers.written_out(project.load([package])).modules


def of_one(folder: Path, text: str) -> SourceModule:
    return written(folder, mod=textwrap.dedent(TRACE) + textwrap.dedent(text))["pkg.mod"]


def test_lines_are_those_of_the_source(tmp_path: Path) -> None:
    module = of_one(
        tmp_path,
        """
        @trace
        def e(n: int) -> int:
            return n

        LAST = 1
        """,
    )
    found = {line.strip(): at for at, line in enumerate(module.text.split("\n"), 1)}
    assert module.line(found["def e_undecorated(n: int) -> int:"]) == 12
    assert module.line(found["print('e')"]) == 7
    assert module.line(found["return e_undecorated(n)"]) == 8
    assert module.line(found["LAST = 1"]) == 15


def test_methods_of_one_name_wrap_functions_of_their_own(tmp_path: Path) -> None:
    module = of_one(
        tmp_path,
        """
        class A:
            @trace
            def f(self) -> int:
                return 1

        class B(A):
            @trace
            def f(self) -> int:
                return 2 + super().f()
        """,
    )
    assert "return self.f_undecorated_a()" in module.text
    assert "return self.f_undecorated_b()" in module.text


@pytest.mark.parametrize(
    "decorator",
    [
        "def wrapper(*args, **kwargs):\n        print(args)\n        return function(*args, **kwargs)",
        "def wrapper(*args, **kwargs):\n        return function(*args)",
        "def wrapper(*args, **kwargs):\n        return function(1, *args, **kwargs)",
        "def wrapper(*args, **kwargs):\n        keep(function)\n        return function(*args, **kwargs)",
        "def wrapper(*args, **kwargs):\n        yield function(*args, **kwargs)",
        "def wrapper(*args, **kwargs):\n        function = str\n        return function(*args, **kwargs)",
        "def wrapper(*args, **kwargs):\n        function.n\n        return function(*args, **kwargs)",
        "def wrapper(*args, **kwargs):\n        print(n)\n        return function(*args, **kwargs)",
        "calls = []\n    def wrapper(*args, **kwargs):\n        return function(*args, **kwargs)",
        "async def wrapper(*args, **kwargs):\n        return function(*args, **kwargs)",
        "@other\n    def wrapper(*args, **kwargs):\n        return function(*args, **kwargs)",
    ],
)
def test_wrappers_that_do_more_stay(tmp_path: Path, decorator: str) -> None:
    text = f"def deco(function):\n    {decorator}\n    return wrapper\n\nn = 1\n"
    text += "\n@deco\ndef f(n: int) -> int:\n    return n\n"
    assert "undecorated" not in written(tmp_path, mod=text)["pkg.mod"].text


def test_a_decorator_of_another_module_brings_its_names(tmp_path: Path) -> None:
    deco = TRACE.replace("print(", "print(LEVEL, ") + "\n    LEVEL = 3\n"
    use = "from .deco import trace\n\n@trace\ndef f(n: int) -> int:\n    return n\n"
    other = use.replace("@trace", "LEVEL = 4\n@trace")
    made = written(tmp_path, deco=deco, use=use, other=other)
    assert "from pkg.deco import LEVEL as LEVEL" in made["pkg.use"].text
    assert "undecorated" not in made["pkg.other"].text, "the name means something else there"


def test_decorators_that_keep_results_are_caches(tmp_path: Path) -> None:
    memo = """
        def memo(function):
            cache = {}
            def wrapper(n):
                if n not in cache:
                    cache[n] = function(n)
                return cache[n]
            return wrapper

        @memo
        def f(n: int) -> int:
            return n

        @memo
        def other_name(m: int) -> int:
            return m
    """
    text = written(tmp_path, mod=memo)["pkg.mod"].text
    assert "@functools.cache\ndef f(" in text
    assert "@memo\ndef other_name(" in text, "its argument has another name, by which a call may give it"


def test_without_such_decorators_nothing_is_written_out(tmp_path: Path) -> None:
    (tmp_path / "mod.py").write_text("@undefined\ndef f(): pass\n")
    found = project.load([tmp_path / "mod.py"])
    assert wrappers.written_out(found) is found
