"""The library half of the runtime agrees with CPython on generated calls."""

from __future__ import annotations

import random
import re
import shutil
import sys
from pathlib import Path

import pytest

from portalis.compiler.stdlib.re_pattern import UnsupportedPattern, analyse, template, translate
from tests.runtime_lib import container_cases, date_cases, driver, re_cases

CONTAINERS = container_cases.all_cases(seed=1, rounds=60)
DATES = date_cases.all_cases(seed=1)
PATTERNS = re_cases.all_cases(seed=1, count=120)

# What may decline: long timedeltas, odd ISO forms, struct errors, word boundaries beside odd characters.
MAY_DECLINE = {
    "constructors": 0.05,
    "arithmetic": 0.1,
    "texts": 0.2,
    "base": 0.2,
    "random": 0.02,
    "varied": 0.01,
}


pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def executable(tmp_path_factory: pytest.TempPathFactory, cargo_target: Path) -> Path:
    if shutil.which("cargo") is None:
        pytest.skip("cargo is not installed")
    return driver.build(tmp_path_factory.mktemp("runtime_lib") / "crate", cargo_target)


@pytest.mark.parametrize(
    ("topic", "cases"),
    [(topic, cases) for group in (CONTAINERS, DATES, PATTERNS) for topic, cases in group.items()],
    ids=[topic for group in (CONTAINERS, DATES, PATTERNS) for topic in group],
)
def test_agrees_with_cpython(executable: Path, topic: str, cases: list[driver.Case]) -> None:
    found, declined = driver.differences(executable, cases)
    assert not found, "\n".join(found[:20])
    assert declined <= MAY_DECLINE.get(topic, 0.0)


def test_character_classes_agree_on_every_character(executable: Path) -> None:
    chars = "".join(map(chr, (*range(0xD800), *range(0xE000, sys.maxunicode + 1))))
    blocks = [chars[start : start + 64] for start in range(0, len(chars), 64)]
    cases = []
    for pattern in (r"\w", r"\d", r"\s", r"[^\W\d]", r"(?i)[k-s\d]", r"(?i)[^ß-ÿ]", "."):
        rust = translate(pattern, 0)
        found = [{"ok": re.findall(pattern, block)} for block in blocks]
        cases += [driver.Case("re.findall", (rust, b, 0), f) for b, f in zip(blocks, found, strict=True)]
    different, declined = driver.differences(executable, cases)
    assert not different, "\n".join(different[:20])
    assert declined < 0.03  # the blocks with characters newer than Unicode 14


@pytest.mark.parametrize("pattern", re_cases.STDNUM)
def test_required_groups_take_part(pattern: str) -> None:
    rng = random.Random(pattern)
    assert all(re_cases.required_hold(pattern, re_cases.suited_text(rng, pattern)) for _ in range(50))


@pytest.mark.parametrize(
    ("pattern", "flags", "reason"),
    [
        ("(a*)*", 0, "can match nothing"),
        (r"a\B", 0, r"\B"),
        ("(?!(a))b", 0, "group"),
        (r"(?i)(a)\1", 0, "groupref"),
        ("(a)?(b(?(1)c|d))", 0, "condition"),
        ("a{2000}", 0, "1000"),
        ("(", 0, "Python refuses"),
        ("(?<=a*)b", 0, "Python refuses"),
        ("a", re.DEBUG, "DEBUG"),
    ],
)
def test_refuses(pattern: str, flags: int, reason: str) -> None:
    with pytest.raises(UnsupportedPattern, match=re.escape(reason)):
        analyse(pattern, flags)


def test_simple_patterns_stay_as_they_are() -> None:
    for pattern in (r"^[0-9]+$", r"^(?P<a>[A-Z]{2})-?\d{3,}$", r"a.*?b|c"):
        assert translate(pattern, 0) == pattern


def test_template_gives_texts_and_groups() -> None:
    assert template(r"<\1-\g<b>\n>", "(a)(?P<b>b)", 0) == ("<", 1, "-", 2, "\n>")
    with pytest.raises(UnsupportedPattern, match="Python refuses"):
        template(r"\3", "(a)", 0)
