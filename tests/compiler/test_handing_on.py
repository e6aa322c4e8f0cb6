"""Which functions leave their work to Python functions: Python callers keep the Python of those."""

from __future__ import annotations

from pathlib import Path

from portalis import pipeline
from portalis.config import load_config

SOURCE = """
def code(text: str) -> str:
    kind = type(text)
    return kind(text)


def only_calls(text: str) -> bool:
    return bool(code(text)) and code(text) != "x"


def calls_at_each_step(texts: list[str]) -> int:
    total = 0
    for text in texts:
        total += len(code(text))
    return total


def by_way_of_another(texts: list[str]) -> list[bool]:
    return [only_calls(text) for text in texts]


def by_way_of_an_inner_one(texts: list[str]) -> int:
    def inner(text: str) -> int:
        return len(code(text))

    return sum(inner(text) for text in texts)


def works_on_the_result(text: str) -> int:
    total = 0
    for at, char in enumerate(code(text)):
        total += at * ord(char)
    return total


def works_beside(numbers: list[int], text: str) -> int:
    return sum(n * n for n in numbers) + len(code(text))


def has_one_that_works(text: str) -> int:
    return works_on_the_result(text) + len(code(text))


def never_calls(numbers: list[int]) -> int:
    return len(numbers)
"""


def test_what_does_no_work_of_its_own_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "codes.py").write_text(SOURCE, encoding="utf-8")
    state = pipeline.State(
        [tmp_path / "codes.py"], load_config(tmp_path), pipeline.SILENT, tmp_path / "scratch"
    )
    pipeline.run_stages(pipeline.CHECK, state)
    items = pipeline.need(state.compiled).items
    assert {item.qualname for item in items if item.rust is not None and item.rust.hands_on} == {
        "only_calls", "calls_at_each_step", "by_way_of_another", "by_way_of_an_inner_one",
    }  # fmt: skip
    assert all(item.rust is not None for item in items if item.qualname != "code")
