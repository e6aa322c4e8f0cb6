"""Types for unannotated functions: from calls, defaults, doctests and returns."""

from __future__ import annotations

import ast
from pathlib import Path

from portalis.compiler.frontend import inference, oracle, project
from portalis.compiler.frontend.attributes import Attributes
from portalis.compiler.frontend.inference import Inferred
from portalis.compiler.frontend.targets import Target
from portalis.compiler.types import INT, STR, Instance, ListOf, OptionalOf

TEXT = '''
"""Examples.

>>> shout("é", 2)
'É!!'
>>> total([1, 2])
3
"""
import datetime
from pkg.other import helper

def shout(text, times=1):
    """Loud."""
    return text.upper() + "!" * times

def total(numbers):
    result = 0
    for number in numbers:
        result += number
    return result

def year(d):
    return d.year

def recur(n):
    if n < 2:
        return n
    return recur(n - 1) + recur(n - 2)

def maybe(x):
    if x:
        return x

def never_called(a, b=None):
    return a

def use(when: datetime.date, words: list[str]) -> int:
    def longest(items, limit):  # a comment
        return [item for item in items if len(item) > limit]
    def é(ünï, # comment with )
          *, key): return ünï * key
    square = lambda q: q * q
    found = longest(words, 3)
    maybe(1)
    helper(é(words, key=2))
    return square(year(when)) + len(found) + recur(5)
'''


def load(tmp_path: Path, text: str, mypy_cache: Path) -> tuple[project.Project, oracle.OracleAnswer]:
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "__init__.py").write_text("")
    (tmp_path / "pkg" / "other.py").write_text("def helper(xs):\n    return xs[0]\n")
    (tmp_path / "pkg" / "main.py").write_text(text, "utf-8")
    loaded = project.load([tmp_path / "pkg"])
    return loaded, oracle.ask(loaded, cache_dir=mypy_cache)


def signatures(answer: oracle.OracleAnswer, module: str, *names: str) -> dict[str, str]:
    found = {}
    for name in names:
        signature = answer.signature(module, name)
        assert signature is not None
        found[name] = f"({', '.join(str(p.type) for p in signature.params)}) -> {signature.returns}"
    return found


def test_parameters_and_results(tmp_path: Path, mypy_cache: Path) -> None:
    _, answer = load(tmp_path, TEXT, mypy_cache)
    names = (
        "shout",
        "total",
        "year",
        "recur",
        "maybe",
        "never_called",
        "use.<locals>.longest",
        "use.<locals>.é",
    )
    assert signatures(answer, "pkg.main", *names) == {
        "shout": "(str, int) -> str",
        "total": "(list[int]) -> int",
        "year": "(datetime.date) -> int",
        "recur": "(int) -> int",
        "maybe": "(int) -> int | None",
        "never_called": "(Any, Any) -> Any",
        "use.<locals>.longest": "(list[str], int) -> list[str]",
        "use.<locals>.é": "(list[str], int) -> list[str]",
    }
    assert signatures(answer, "pkg.other", "helper") == {"helper": "(list[str]) -> str"}
    assert not answer.errors


def test_expressions_in_the_original_tree_get_the_types(tmp_path: Path, mypy_cache: Path) -> None:
    loaded, answer = load(tmp_path, TEXT, mypy_cache)
    tree = loaded.modules["pkg.main"].tree
    lambdas = [node for node in ast.walk(tree) if isinstance(node, ast.Lambda)]
    assert str(answer.type_of("pkg.main", lambdas[0].body)) == "int"
    uppers = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and "upper" in ast.unparse(node.func)
    ]
    assert str(answer.type_of("pkg.main", uppers[0])) == "str"
    assert {item.qualname for item in answer.unannotated} >= {"shout", "total", "never_called"}


def test_it_can_be_turned_off(tmp_path: Path, mypy_cache: Path) -> None:
    loaded, _ = load(tmp_path, TEXT, mypy_cache)
    plain = oracle.ask(loaded, infer=False, cache_dir=mypy_cache)
    assert signatures(plain, "pkg.main", "total") == {"total": "(Any) -> Any"}


def test_annotated_text_keeps_its_lines(tmp_path: Path) -> None:
    text = "def f(a, b=1, *c, d, **e): return (a)\nclass list: pass\ng = lambda: 1\n"
    (tmp_path / "a.py").write_text(text)
    loaded = project.load([tmp_path])
    types = {"a": ListOf(STR), "b": OptionalOf(INT), "d": Instance("datetime.date"), "return": ListOf(STR)}
    functions = inference.open_functions(loaded.modules)["a"]
    inferred = Inferred({Target("a", "f"): types})
    written = inference.annotated(loaded.modules["a"], functions, inferred, Attributes({}), loaded.modules)
    header, *rest = written.splitlines()
    assert header == (
        "def f(a: _portalis_builtins.list[_portalis_builtins.str], "
        "b: _portalis_typing.Optional[_portalis_builtins.int]=1, *c, d: _portalis_datetime.date, **e)"
        " -> _portalis_builtins.list[_portalis_builtins.str]: return (a)"
    )
    assert rest == [
        "class list: pass",
        "g = lambda: 1",
        "import builtins as _portalis_builtins",
        "import datetime as _portalis_datetime",
        "import typing as _portalis_typing",
    ]
