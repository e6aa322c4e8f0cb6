"""Every function of the runtime's core half against CPython, on generated inputs."""

from __future__ import annotations

import copy
import json
import os
import random
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from tests.runtime.encoding import Beyond, Json, canonical, encode
from tests.runtime.twins import BYTES, CHARS, FLOAT, INT, MATH, TEXT, Twin
from tests.runtime.twins_more import SEQ, SHOWN

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the runtime's texts are CPython 3.11's"),
]

CASES = int(os.environ.get("PORTALIS_RUNTIME_CASES", "400"))
HARNESS = Path(__file__).parent / "harness"
DECLINES_OUTSIDE_ASCII = {"chars::is_identifier_start", "text::is_identifier"}


@pytest.fixture(scope="session")
def harness(cargo_target: Path) -> Path:
    """The built harness."""
    command = [
        "cargo",
        "build",
        "--quiet",
        "--manifest-path",
        str(HARNESS / "Cargo.toml"),
        "--target-dir",
        str(cargo_target),
    ]
    subprocess.run(command, check=True)
    return cargo_target / "debug" / "portalis-runtime-harness"


def ask(harness: Path, calls: list[tuple[str, Json]]) -> Iterator[Json]:
    """The harness's answers to calls, in order."""
    text = "".join(json.dumps(call) + "\n" for call in calls)
    done = subprocess.run(
        [str(harness)], input=text, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return (canonical(json.loads(line)) for line in done.stdout.split("\n") if line)


def expected(twin: Twin, args: tuple[object, ...]) -> Json:
    """What Python answers: a value, what it raised, or that Rust must decline."""
    try:
        result = twin.python(*copy.deepcopy(args))
        return result_json(result)
    except Beyond:
        return "declined"
    except Exception as error:  # noqa: BLE001 - whatever Python raises, Rust must too
        return {"raised": [type(error).__name__, str(error)]}


def result_json(result: object) -> Json:
    """The JSON of a result, in which a list that was changed comes with what the change raised."""
    match result:
        case ({"raised": [str(name), str(text)]}, list() as items):
            return [{"raised": [name, text]}, encode(items)]
        case _:
            return encode(result)


def check(harness: Path, twin: Twin, seed: int) -> str:
    """The first difference from CPython, or ""."""
    rng = random.Random(seed)
    drawn = [tuple(draw(rng) for draw in twin.draws) for _ in range(CASES)]
    calls: list[tuple[str, Json]] = [(twin.path, [encode(arg) for arg in args]) for args in drawn]
    declined: Counter[str] = Counter()
    for args, answer in zip(drawn, ask(harness, calls), strict=True):
        wanted = expected(twin, args)
        if isinstance(answer, dict) and "declined" in answer:
            declined[str(answer["declined"])] += wanted != "declined"
        elif answer != wanted:
            return f"{twin.path}{args!r}\n  CPython: {wanted}\n  Rust:    {answer}"
    if sum(declined.values()) > CASES * 0.35 and twin.path not in DECLINES_OUTSIDE_ASCII:
        return f"{twin.path} declines too often: {declined}"
    return ""


@pytest.mark.parametrize(
    "twins",
    [INT, FLOAT, MATH, CHARS, TEXT, BYTES, SEQ, SHOWN],
    ids=["int", "float", "math", "chars", "text", "bytes", "seq", "shown"],
)
def test_runtime_agrees_with_cpython(harness: Path, twins: list[Twin]) -> None:
    differences = [check(harness, twin, seed) for seed, twin in enumerate(twins)]
    found = [difference for difference in differences if difference]
    assert not found, "\n".join(["", *found])


CHARACTER_METHODS = (
    "isdigit isdecimal isnumeric isalpha isalnum isspace isupper islower istitle isprintable "
    "upper lower title casefold"
)


@pytest.mark.parametrize("name", CHARACTER_METHODS.split())
def test_every_code_point(harness: Path, name: str) -> None:
    (answer,) = ask(harness, [("sweep", [name])])
    pairs, points = cast("tuple[list[tuple[int, str]], list[int]]", answer)
    changed, declined = dict(pairs), set(points)
    method = getattr(str, name)
    answers = {c: method(c) for c in map(chr, (*range(0xD800), *range(0xE000, 0x110000)))}
    wanted = {ord(c): answer for c, answer in answers.items() if answer is not False and answer != c}
    assert {point for point in wanted.keys() ^ changed.keys() if point not in declined} == set()
    assert {point: shown for point, shown in changed.items() if wanted[point] not in (shown, True)} == {}
    assigned = [point for point in declined if unicodedata.category(chr(point)) != "Cn"]
    assert len(assigned) < (320 if name in ("title", "casefold") else 30)


def test_recursion_declines_and_recovers(harness: Path) -> None:
    calls: list[tuple[str, Json]] = [("decline::enter", [depth]) for depth in (10, 399, 400, 5000, 399)]
    assert list(ask(harness, calls)) == [10, 399, *[{"declined": "recursion too deep"}] * 2, 399]


def test_captured_output_nests(harness: Path) -> None:
    assert list(ask(harness, [("out", ["a\n\u00e9"])])) == [["inner\n", "a\n\u00e9"]]
