"""The registry of diagnostics: complete, well-formed, and its examples are Python."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from portalis import rules
from portalis.diagnostics import Rule

SOURCE = Path(__file__).resolve().parents[2] / "src" / "portalis"
EVERY = list(rules.ALL.values())


def test_codes_and_names_are_unique_and_in_their_family() -> None:
    listed = [rule for _, _, family in rules.FAMILIES for rule in family]
    assert len({rule.code for rule in listed}) == len({rule.name for rule in listed}) == len(listed)
    for prefix, _, family in rules.FAMILIES:
        assert all(re.fullmatch(rf"{prefix}\d\d", rule.code) for rule in family)
        assert [rule.code for rule in family] == sorted(rule.code for rule in family)


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.code)
def test_a_rule_reads_as_one(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert not rule.summary.endswith(".")
    assert rule.explanation.endswith(".")
    assert len(rule.explanation.split()) >= 10
    assert (rule.bad == "") == (rule.good == "")


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.code)
def test_examples_are_python(rule: Rule) -> None:
    ast.parse(rule.good)
    if rule.code not in {"PT001", "PT003"}:
        ast.parse(rule.bad)


@pytest.mark.parametrize("text", ["PT203", " pt203 ", "decorator", "Decorator"])
def test_a_rule_is_found_by_code_or_name(text: str) -> None:
    assert rules.get(text).code == "PT203"


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(KeyError):
        rules.get("PT999")


def test_every_code_that_the_product_names_has_a_rule() -> None:
    named = {
        code
        for path in SOURCE.rglob("*.py")
        if path.parent.name != "rules"
        for code in re.findall(r"\"(PT\d{3})\"", path.read_text(encoding="utf-8"))
    }
    assert named - set(rules.ALL) == set()
