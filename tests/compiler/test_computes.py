"""Methods that stay Python are run to make instances where they only compute, and not otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis import pipeline
from portalis.config import load_config

HEAD = """
from __future__ import annotations

import os
import random

TABLE: list[int] = []
LIMIT = 3


class Registry:
    total = 0


class Bag:
    def __init__(self, items: list[int]) -> None:
        self.items: list[int] = list(items)
        self.seed = 0.0
        self.name = ""

    def size(self) -> int:
        return len(self.items)

"""


def found(method: str, tmp_path: Path) -> dict[str, frozenset[str]]:
    """The methods of `Bag` without Rust that may be run, by name, and what they look at."""
    body = "".join(f"    {line}\n" for line in method.splitlines())
    (tmp_path / "bags.py").write_text(HEAD + body)
    state = pipeline.State(
        [tmp_path / "bags.py"], load_config(tmp_path), pipeline.SILENT, tmp_path / "scratch"
    )
    pipeline.run_stages(pipeline.CHECK, state)
    assert state.compilation is not None
    (bag,) = [one for one in state.compilation.project({}).structs if one.qualname == "Bag"]
    return {one.name: one.effects for one in bag.in_python}


@pytest.mark.parametrize(
    ("body", "effects"),
    [
        ("self.items[:] = [complex(one).imag for one in self.items]", set()),
        ("random.seed(len(self.name))", {"randomness"}),
        ("self.name = f'{complex(LIMIT)}' + str(self.__class__)", set()),
    ],
)
def test_what_only_computes_may_be_run(body: str, effects: set[str], tmp_path: Path) -> None:
    assert found(f"def change(self) -> None:\n    {body}", tmp_path) == {"change": effects}


@pytest.mark.parametrize(
    "body",
    [
        "os.remove('x')",
        "open('x')",
        "TABLE.append(complex(1))",
        "Registry.total += int(complex(1).real)",
        "self.__class__.label = int(complex(1).real)",
        "getattr(self, 'items')(complex(1))",
        "unknown(complex(1))",
        "import subprocess",
        "self.other()",
    ],
)
def test_what_may_do_more_is_not_run(body: str, tmp_path: Path) -> None:
    other = "\ndef other(self) -> None:\n    os.remove('y')" if "other" in body else ""
    assert found(f"def change(self) -> None:\n    {body}{other}", tmp_path) == {}
