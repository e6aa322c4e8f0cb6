"""What a `.pyi` beside a module says of its functions."""

from __future__ import annotations

from pathlib import Path

from portalis.compiler.frontend import project
from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.frontend.oracle import ask


def asked(folder: Path, source: str, stub: str) -> OracleAnswer:
    (folder / "kit").mkdir()
    (folder / "kit" / "__init__.py").touch()
    (folder / "kit" / "mod.py").write_text(source, encoding="utf-8")
    (folder / "kit" / "mod.pyi").write_text(stub, encoding="utf-8")
    return ask(project.load([folder / "kit"]))


def types_of(answer: OracleAnswer, name: str) -> list[str]:
    signature = answer.signature("kit.mod", name)
    assert signature is not None
    return [*(str(param.type) for param in signature.params), str(signature.returns)]


def test_a_stub_types_what_is_not_annotated(tmp_path: Path) -> None:
    source = (
        "def take(n, xs):\n    return [x for x, _ in zip(xs, range(n))]\n\n\n"
        "def half(n: int):\n    return n / 2\n"
    )
    stub = (
        "from collections.abc import Iterable as Source\n\n"
        "def take(n: int, xs: Source[str]) -> list[str]: ...\n"
        "def half(n: str) -> 'float': ...\n"
    )
    answer = asked(tmp_path, source, stub)
    assert types_of(answer, "take") == ["int", "Iterable[str]", "list[str]"]
    assert types_of(answer, "half") == ["int", "float"]
    assert not answer.errors


def test_the_names_of_a_stub_are_its_own(tmp_path: Path) -> None:
    source = "def int(text):\n    return len(text)\n\n\ndef twice(n):\n    return n + n\n"
    stub = "Size = int\n\ndef twice(n: Size) -> Size: ...\n"
    assert types_of(asked(tmp_path, source, stub), "twice") == ["int", "int"]


def test_classes_are_those_of_the_module(tmp_path: Path) -> None:
    source = (
        "class Box:\n    def __init__(self, size):\n        self.size = size\n\n"
        "    def grown(self, by):\n        return Box(self.size + by)\n"
    )
    stub = (
        "class Box:\n    size: int\n    def __init__(self, size: int) -> None: ...\n"
        "    def grown(self, by: int) -> Box: ...\n"
    )
    answer = asked(tmp_path, source, stub)
    assert types_of(answer, "Box.grown")[-2:] == ["int", "kit.mod.Box"]


def test_overloads_and_broken_stubs_say_nothing(tmp_path: Path) -> None:
    source = "def f(x):\n    return x\n"
    stub = (
        "from typing import overload\n\n@overload\ndef f(x: int) -> int: ...\n@overload\n"
        "def f(x: str) -> str: ...\n"
    )
    assert types_of(asked(tmp_path, source, stub), "f") == ["Any", "Any"]
    (tmp_path / "other").mkdir()
    assert types_of(asked(tmp_path / "other", source, "def f(x: -> int: ...\n"), "f") == ["Any", "Any"]
