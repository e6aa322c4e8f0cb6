"""One run of the harness over a small module, shared by the tests that look at its result."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from portalis.bench import verifier
from portalis.bench.result import Result
from portalis.config import Config, load_config

SOURCE = '''
def graded(points: int) -> str:
    """The grade for some points."""
    if points < 0:
        raise ValueError("negative")
    if points > 1000:
        raise TypeError("no number of points")
    if points >= 90:
        return "a"
    if points > 49:
        return "b"
    return "c"


def doubled(xs: list[int]) -> list[int]:
    found: list[int] = []
    for x in xs:
        found.append(x * 2)
    return found


def same(x: int) -> int:
    """Adding nothing can't overflow, so it does not matter how it would be handled."""
    return x + 0


def total(prices: dict[str, float]) -> float:
    amount = 0.0
    for price in prices.values():
        amount += price
    return amount
'''


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    folder = tmp_path_factory.mktemp("bench")
    (folder / "grades.py").write_text(textwrap.dedent(SOURCE), encoding="utf-8")
    found = load_config(folder)
    return found.model_copy(update={"effort": "quick"})


@pytest.fixture(scope="session")
def result(tmp_path_factory: pytest.TempPathFactory, config: Config) -> Result:
    """Some faults of every operator, at the quickest effort."""
    folder = tmp_path_factory.mktemp("grades")
    source = folder / "grades.py"
    source.write_text(SOURCE, encoding="utf-8")
    return verifier.run([Path(source)], config, verifier.Options(per_function=16, longer=False))
