"""What rustc rejects of the way in and out of Rust costs the functions concerned, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis import pipeline
from portalis.compiler.types import BYTES, FLOAT, Type
from portalis.config import load_config
from portalis.emit import binding, binding_structs

SOURCE = """
class Point:
    def __init__(self, x: float) -> None:
        self.x = x

    def twice(self) -> float:
        return self.x * 2.0


def size(data: bytes) -> int:
    return len(data)


def after(n: int) -> int:
    return n + 1
"""


@pytest.mark.slow
def test_an_error_in_the_binding_costs_its_functions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take, marker = binding.take, binding_structs.marker

    def broken_take(type_: Type, at: int) -> str:
        return "args.nothing()?" if type_ is BYTES else take(type_, at)

    def broken_marker(type_: Type) -> str:
        return "Nothing" if type_ is FLOAT else marker(type_)

    monkeypatch.setattr(binding, "take", broken_take)
    monkeypatch.setattr(binding_structs, "marker", broken_marker)
    (tmp_path / "places.py").write_text(SOURCE)
    report = pipeline.verify([tmp_path / "places.py"], load_config(tmp_path))
    found = {item.name: (item.status, [one.code for one in item.diagnostics]) for item in report.items}
    assert found["after"] == ("verified", [])
    assert found["size"] == ("python", ["PT801"])
    assert found["Point.twice"][0] == "python"
    assert "PT801" in found["Point.twice"][1]
