"""The API reference: every name on it says what it takes, gives and raises."""

from __future__ import annotations

import ast
import importlib.util
import inspect
import re
import sys
import textwrap
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
_SECTIONS = ("Args", "Returns", "Raises", "Attributes", "Yields")


def _load() -> ModuleType:
    """`scripts/api_page.py`, which is in no package."""
    spec = importlib.util.spec_from_file_location("api_page", ROOT / "scripts" / "api_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["api_page"] = module
    spec.loader.exec_module(module)
    return module


PAGE = _load()
NAMES: dict[str, object] = dict(PAGE.documented())
CALLS = {name: value for name, value in NAMES.items() if inspect.isfunction(value)}


def _section(text: str, name: str) -> str:
    others = "|".join(_SECTIONS)
    found = re.search(rf"^{name}:\n(.*?)(?=^(?:{others}):|\Z)", text, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def _raised(function: object) -> set[str]:
    """The exceptions that a function's own `raise` statements name."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))  # type: ignore[arg-type]
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.Raise(exc=ast.Name(id=name)) | ast.Raise(exc=ast.Call(func=ast.Name(id=name))):
                found.add(name)
            case _:
                continue
    return {name for name in found if name[0].isupper()}


@pytest.mark.parametrize("name", NAMES)
def test_every_name_has_a_docstring_of_its_own(name: str) -> None:
    value = NAMES[name]
    text = inspect.getdoc(value) or ""
    assert re.match(r"\S.{10,}", text)
    if inspect.isclass(value):
        assert not text.startswith(f"{value.__name__}("), "a dataclass's own text says nothing"
        fields = getattr(value, "__dataclass_fields__", getattr(value, "__annotations__", {}))
        missing = [field for field in fields if not field.startswith("_") and field not in text]
        assert not missing


@pytest.mark.parametrize("name", CALLS)
def test_arguments_and_errors_are_told(name: str) -> None:
    function = CALLS[name]
    text = inspect.getdoc(function) or ""
    if "; as `" in text:  # as another one, which is named
        return
    parameters = [one for one in inspect.signature(function).parameters if one not in ("self", "cls")]  # type: ignore[arg-type]
    if len(parameters) > 1:
        assert [one for one in parameters if not re.search(rf"\b{one}\b", text)] == []
    told = re.findall(r"^    (\w+): ", _section(text, "Args"), re.MULTILINE)
    assert set(told) <= set(parameters), "Args names what is no parameter"
    assert {one for one in _raised(function) if one not in text} == set()


def test_the_page_holds_every_name_with_its_words() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for name, value in NAMES.items():
        short = (
            name.split(".")[-2:]
            if "." in name and name.split(".")[-2][0].isupper()
            else [name.split(".")[-1]]
        )
        assert f" `{'.'.join(short)}`\n" in page
        first = (inspect.getdoc(value) or "").partition("\n")[0]
        assert first in page
    assert page.count("```") % 2 == 0
    assert " object at 0x" not in page
