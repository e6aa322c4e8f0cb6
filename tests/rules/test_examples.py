"""Each rule's bad example gives its diagnostic, and its good one translates."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis import pipeline, rules
from portalis.config import Config

PRELUDE = """\
import json
import math
import re
import unicodedata
from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib.resources import files
from typing import Any


def double(x: int) -> int:
    return 2 * x


"""

# The bad example can't be shown in a few lines of text, or the code is given by a later stage than `check`.
NOT_BY_CHECK = {
    "PT002", "PT003", "PT213", "PT304", "PT403", "PT601", "PT602", "PT603", "PT604", "PT605", "PT606",
    "PT607", "PT608", "PT702", "PT704", "PT706", "PT740",
}  # fmt: skip
# The good example says how to go on in Python.
NOT_TRANSLATED = {"PT003", "PT005", "PT704", "PT711", "PT718"}
WITH_EXAMPLES = [rule.code for rule in rules.ALL.values() if rule.bad]


@pytest.fixture(scope="module")
def codes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The codes that `check` gives for each example, by `<code>_bad` and `<code>_good`."""
    root = tmp_path_factory.mktemp("examples")
    package = root / "ex"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    for rule in rules.ALL.values():
        for which, text in (("bad", rule.bad), ("good", rule.good)):
            if text:
                path = package / f"{rule.code.lower()}_{which}.py"
                path.write_text(f"{PRELUDE}{text}\n", encoding="utf-8")
    report = pipeline.check([package], Config(cache_dir=str(root / "cache")))
    found: dict[str, set[str]] = {}
    for one in report.diagnostics:
        found.setdefault(Path(one.file).stem, set()).add(one.code)
    for item in report.items:
        found.setdefault(Path(item.file).stem, set()).update(one.code for one in item.diagnostics)
    return found


@pytest.mark.parametrize("code", [code for code in WITH_EXAMPLES if code not in NOT_BY_CHECK])
def test_the_bad_example_gives_its_code(codes: dict[str, set[str]], code: str) -> None:
    assert code in codes.get(f"{code.lower()}_bad", set())


@pytest.mark.parametrize("code", [code for code in WITH_EXAMPLES if code not in NOT_TRANSLATED])
def test_the_good_example_translates(codes: dict[str, set[str]], code: str) -> None:
    assert codes.get(f"{code.lower()}_good", set()) == set()
