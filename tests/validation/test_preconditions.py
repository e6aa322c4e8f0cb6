"""What accepted calls have in common, and a search that draws like them."""

from __future__ import annotations

import random

import pytest

from portalis.compiler.types import INT, STR, ListOf
from portalis.validation.child.facts import infer
from portalis.validation.child.fits import fits
from portalis.validation.child.shape import Shape
from tests.validation.conftest import Verify


@pytest.mark.parametrize(
    ("seen", "text", "holds"),
    [
        (["123456785", "987654324"], "text of 9 digits", lambda v: v.isdigit() and len(v) == 9),
        (["AB-1", "CD-2", "EF-2"], "text like 'AA-9'", lambda v: v[2] == "-" and v[:2].isupper()),
        ([3, 17, 40], "an integer of 3 to 40", lambda v: type(v) is int and 3 <= v <= 40),
        ([0.5, 2.0], "a float of 0.5 to 2.0", lambda v: type(v) is float and 0.5 <= v <= 2),
        (
            [[1, 2, 9], [4, 6]],
            "a sorted list without repeats of 2 to 3, each an integer of 1 to 9",
            lambda v: v == sorted(set(v)),
        ),
        (
            [(1, "a"), (2, "b")],
            "a tuple of (an integer of 1 to 2; text of 1 small letter)",
            lambda v: len(v) == 2,
        ),
        (
            [{"a": 1, "b": 2}, {"a": 3, "b": 9}],
            "a dict with the keys 'a', 'b'",
            lambda v: set(v) == {"a", "b"},
        ),
        ([None, True, False, None], "None or True or False", lambda v: v in (None, True, False)),
        ([float("nan")], "nan", lambda v: v != v),
        ([[], []], "a list of 0", lambda v: v == []),
    ],
)
def test_facts_hold_of_what_is_drawn(seen: list[object], text: str, holds: object) -> None:
    fact = infer(seen)
    assert fact.text() == text
    rng = random.Random(0)
    assert callable(holds)
    assert all(holds(fact.draw(rng)) for _ in range(200))


def test_texts_of_many_forms_keep_their_lengths_and_letters() -> None:
    fact = infer(["a", "bb-c", "Dd d", "e.f"])
    assert fact.text() == "text of 1 to 4 characters out of capitals, small letters, ' -.'"
    drawn = {fact.draw(random.Random(seed)) for seed in range(100)}
    assert all(isinstance(text, str) and 1 <= len(text) <= 4 and not set(text) & set("09_") for text in drawn)


PICKY = """
    def f(xs, ws):
        if len(xs) != len(ws) or len(xs) < 2:
            raise ValueError("lengths")
        if sorted(set(xs)) != xs or xs[-1] > 9 or xs[0] < 1:
            raise ValueError("digits")
        if min(ws) < 1 or max(ws) > 5:
            raise ValueError("weights")
        return sum(x * w for x, w in zip(xs, ws))
"""
PARAMS = [("xs", ListOf(INT)), ("ws", ListOf(INT))]
ACCEPTED = (([1, 5, 9], [2, 3, 4]), ([1, 7], [1, 1]), ([2, 3, 4, 8], [1, 2, 1, 5]))


def test_a_fault_behind_a_precondition_is_found_from_accepted_calls(run_one: Verify) -> None:
    native = PICKY.replace("return sum", "return (len(xs) == 3 and xs[0] == 4 and ws[2] == 1) + sum")
    found = run_one(PICKY, native, PARAMS, INT, recorded=ACCEPTED)
    assert found.mismatches
    assert found.counterexamples[0].difference == "value"


def test_the_evidence_says_what_was_learnt(run_one: Verify) -> None:
    seen = run_one(PICKY, PICKY, PARAMS, INT, recorded=ACCEPTED)
    assert seen.mismatches == 0
    assert seen.recorded == 3
    assert seen.precondition.startswith("python accepts 0 % of 100 generated inputs; ")
    assert "drawn like 3 accepted calls: xs: a sorted list without repeats of 2 to 4" in seen.precondition
    assert seen.precondition.endswith("xs as long as ws")


def test_nothing_is_learnt_where_most_inputs_are_accepted(run_one: Verify) -> None:
    code = "def f(n):\n    return n * 2\n"
    seen = run_one(code, code, [("n", INT)], INT, recorded=((1,), (2,), (3,)))
    assert seen.precondition == ""


def test_recorded_calls_of_another_type_do_no_harm(run_one: Verify) -> None:
    code = "def f(text):\n    return len(text)\n"
    native = "def f(text):\n    return len(text) if type(text) is str else DECLINED\n"
    recorded = ((b"ab",), ([1],), ("abc",), (("x",),))
    seen = run_one(code, native, [("text", STR)], INT, recorded=recorded)
    assert seen.mismatches == 0
    assert seen.recorded == 1
    assert seen.cases >= 64


@pytest.mark.parametrize(
    ("value", "shape", "expected"),
    [
        (True, Shape("int"), False),
        (1, Shape("optional", (Shape("int"),)), True),
        ("a", Shape("union", (Shape("int"), Shape("str"))), True),
        ((1, "a"), Shape("tuple", (Shape("int"), Shape("str"))), True),
        ((1,), Shape("tuple", (Shape("int"), Shape("str"))), False),
        ({"a": [1]}, Shape("dict", (Shape("str"), Shape("list", (Shape("int"),)))), True),
        ({"a": (1,)}, Shape("dict", (Shape("str"), Shape("list", (Shape("int"),)))), False),
    ],
)
def test_a_value_fits_a_shape_exactly(value: object, shape: Shape, expected: bool) -> None:
    assert fits(value, shape) is expected
