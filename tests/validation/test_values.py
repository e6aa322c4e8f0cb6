"""Values: their JSON, their comparison, what they are shrunk to, what is drawn and what of it reaches a
function.
"""

from __future__ import annotations

import datetime
import itertools
import json
import math
import random
import re
import sys
from collections import Counter, OrderedDict, defaultdict, deque
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalis.compiler.types import (
    FLOAT,
    INT,
    STR,
    DictOf,
    Instance,
    ListOf,
    OptionalOf,
    SetOf,
    Shared,
    TupleOf,
    Type,
    VarTuple,
)
from portalis.validation.child.codec import NotEncodableError, decode, encode
from portalis.validation.child.compare import Sameness, apart, containers, copy, same_error
from portalis.validation.child.draw import Drawer, boundaries
from portalis.validation.child.fits import fits as is_of
from portalis.validation.child.hints import Hints, gather
from portalis.validation.child.mutate import mutate, neighbours
from portalis.validation.child.pattern import matching
from portalis.validation.child.profile import instrument
from portalis.validation.child.reach import Reach
from portalis.validation.child.shape import Shape, read_shape
from portalis.validation.child.shrink import shrink, simpler
from portalis.validation.child.solve import solutions
from portalis.validation.child.source import source
from portalis.validation.classes import ClassShape
from portalis.validation.shapes import pools, shape_json

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()))
    | st.binary()
    | st.dates()
    | st.datetimes()
    | st.timedeltas()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner)
        | st.tuples(inner, inner)
        | st.sets(st.integers() | st.text())
        | st.frozensets(st.integers())
        | st.dictionaries(st.text() | st.integers(), inner)
    ),
    max_leaves=12,
)
TYPES = [
    ListOf(INT),
    DictOf(STR, ListOf(FLOAT)),
    SetOf(STR),
    SetOf(INT, frozen=True),
    VarTuple(STR),
    TupleOf((INT, STR)),
    OptionalOf(ListOf(STR)),
]


def same(left: object, right: object) -> bool:
    return Sameness().same(left, right)


def test_objects_that_were_handed_over_stay_the_ones_they_were() -> None:
    one, other = [[1], [2]], [[1], [2]]
    handed = containers(one, []), containers(other, [])
    assert Sameness(*handed).same(one, other)
    one[0], one[1] = one[1], one[0]
    other[:] = [[2], [1]]
    assert same(one, other) and not Sameness(*handed).same(one, other)
    other[:] = [handed[1][2], handed[1][1]]
    assert Sameness(*handed).same(one, other)
    one.append([3])
    other.append([3])
    assert Sameness(*handed).same(one, other)


@given(VALUES)
def test_the_codec_gives_back_what_it_was_given(value: object) -> None:
    assert same(decode(json.loads(json.dumps(encode(value)))), value)


@given(VALUES)
def test_a_copy_is_the_same_and_source_evaluates_to_it(value: object) -> None:
    assert same(copy(value), value)
    assert same(eval(source(value), {"datetime": datetime}), value) or len(source(value)) > 1500


def test_other_types_are_not_encoded() -> None:
    class Text(str):
        pass

    for value in (object(), Text("a"), [Text("a")], lambda: 1, range(3), {1: {2: {3}, 4: Text()}}):
        with pytest.raises(NotEncodableError):
            encode(value)
    with pytest.raises(NotEncodableError):
        encode(list(range(100)), max_nodes=50)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (1, True),
        (1, 1.0),
        (0.0, -0.0),
        ([1], (1,)),
        ({1: 1, 2: 2}, {2: 2, 1: 1}),
        ({1}, {True}),
        ({1}, frozenset({1})),
        ([[1], 2], [[1.0], 2]),
        (b"a", bytearray(b"a")),
        (datetime.date(2024, 1, 1), datetime.datetime(2024, 1, 1)),
        (datetime.datetime(2024, 1, 1), datetime.datetime(2024, 1, 1, fold=1)),
        ((math.nan,), (1.0,)),
        ("a", None),
    ],
)
def test_what_python_can_tell_apart_is_not_the_same(left: object, right: object) -> None:
    assert not same(left, right)
    assert not same(right, left)


def test_sharing_is_part_of_a_value() -> None:
    row = [1]
    assert same([row, row], copy([row, row]))
    assert not same([row, row], [[1], [1]])
    assert not same([[1], [1]], [row, row])
    loop: list[object] = []
    loop.append(loop)
    other: list[object] = []
    other.append(other)
    assert same(loop, other)
    assert same(math.nan, -math.nan)
    assert same({math.nan, 1.0}, {1.0, float("nan")})


class _Link:
    def __init__(self, value: int, after: _Link | None = None) -> None:
        self.value, self.after = value, after


def _chain(length: int, value: int = 0) -> _Link:
    first = _Link(value)
    for _ in range(length):
        first = _Link(0, first)
    return first


def test_chains_of_instances_are_compared_to_their_ends() -> None:
    assert same(_chain(5000), _chain(5000))
    assert not same(_chain(5000), _chain(5000, 1))
    assert not same(_chain(5000), _chain(5001))
    ring, other = _Link(1), _Link(1)
    ring.after, other.after = ring, other
    assert same(ring, other)
    assert not same(ring, _Link(1, other))
    assert source(ring).endswith("_Link …>>")
    assert len(source(_chain(5000))) < 1000


def test_instances_of_instances_grow_deeper_than_their_description() -> None:
    node = ClassShape("m:Node", (OptionalOf(Shared("m.Node")),), ())
    drawer = Drawer(random.Random(1), Hints())
    shape = read_shape(shape_json(Shared("m.Node"), {"m.Node": node}))
    drawn = [drawer.instance(shape, 0) for _ in range(200)]
    assert max(one.size() for one in drawn) > 4
    for one in drawn:
        # With calls that nothing describes, as what is found inside another may have.
        mutate(replace(one, calls=(("=other", (1,)),)), shape, drawer)


def test_an_instance_is_filled_up_to_a_number_of_the_source() -> None:
    queue = ClassShape("m:Queue", (), (("put", (INT,)),))
    drawer = Drawer(random.Random(1), Hints(ints=[50]))
    shape = read_shape(shape_json(Instance("m.Queue"), {"m.Queue": queue}))
    assert any(len(drawer.instance(shape, 0).calls) >= 50 for _ in range(200))


def test_errors_are_compared_by_class_arguments_and_text() -> None:
    assert same_error(ValueError("a"), ValueError("a"))
    assert not same_error(ValueError("a"), ValueError("b"))
    assert not same_error(ValueError("a"), KeyError("a"))
    assert not same_error(ValueError(), ValueError(""))


def test_shrinking_finds_the_simplest_of_each_type() -> None:
    def over(args: tuple[object, ...]) -> bool:
        numbers, text = args
        return isinstance(numbers, list) and sum(numbers) > 100 and isinstance(text, str) and "x" in text

    numbers, text = shrink(([7, 90, 3, 50, 12], "abc xyz"), over, 2000)
    assert text == "x"
    assert isinstance(numbers, list)
    assert len(numbers) <= 2
    assert sum(numbers) == 101


@pytest.mark.parametrize("type_", TYPES, ids=str)
def test_draws_boundaries_and_mutants_have_their_shape(type_: object) -> None:
    shape = read_shape(shape_json(type_))  # type: ignore[arg-type]
    drawer = Drawer(random.Random(1), Hints(ints=[7], strings=["ab"], lengths=[3]))
    for value in [*boundaries(shape, drawer), *(drawer.draw(shape) for _ in range(200))]:
        assert fits(value, shape)
        assert fits(mutate(value, shape, drawer), shape)


def fits(value: object, shape: Shape) -> bool:
    """Whether a value is of a shape, exactly."""
    kinds = {
        "int": int,
        "float": float,
        "str": str,
        "list": list,
        "set": set,
        "vartuple": tuple,
        "dict": dict,
    }
    kinds |= {"frozenset": frozenset, "tuple": tuple}
    if shape.kind == "optional":
        return value is None or fits(value, shape.parts[0])
    if type(value) is not kinds[shape.kind]:
        return False
    if isinstance(value, dict):
        return all(fits(k, shape.parts[0]) and fits(v, shape.parts[1]) for k, v in value.items())
    if shape.kind == "tuple":
        assert isinstance(value, tuple)
        return len(value) == len(shape.parts) and all(map(fits, value, shape.parts))
    if isinstance(value, (list, set, frozenset, tuple)):
        return all(fits(item, shape.parts[0]) for item in value)
    return True


NUMBERS = Instance("collections.Counter", (STR,))
GROUPS = Instance("collections.defaultdict", (STR, ListOf(INT)))
LAST = Instance("collections.OrderedDict", (INT, STR))
QUEUE = Instance("collections.deque", (INT,))
FRACTION = Instance("fractions.Fraction")


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        (NUMBERS, Counter),
        (GROUPS, defaultdict),
        (LAST, OrderedDict),
        (QUEUE, deque),
        (FRACTION, Fraction),
    ],
    ids=str,
)
def test_values_of_library_classes_stay_of_their_class(type_: Type, kind: type) -> None:
    shape = read_shape(shape_json(type_))
    drawer = Drawer(random.Random(1), Hints(ints=[7], strings=["ab"], lengths=[3]))
    names = {one.__name__: one for one in (Counter, defaultdict, OrderedDict, deque, Fraction)}
    for value in [*boundaries(shape, drawer), *(drawer.draw(shape) for _ in range(50))]:
        made = [value, mutate(value, shape, drawer), copy(value), apart(value), *neighbours(value)]
        made += itertools.islice(simpler(value), 20)
        for one in made:
            assert type(one) is kind
            assert getattr(one, "default_factory", list) is list
            assert is_of(one, shape)
        assert same(copy(value), value)
        assert same(eval(source(value), names), value)


def test_an_ordered_dict_is_compared_in_its_own_order() -> None:
    turned = OrderedDict.fromkeys("ab")
    turned.move_to_end("a")
    assert not same(turned, OrderedDict.fromkeys("ab"))
    assert same(copy(turned), OrderedDict.fromkeys("ba"))


def test_two_fractions_are_no_objects_of_their_own() -> None:
    half = Fraction(1, 2)
    assert same([half, half], [Fraction(1, 2), Fraction(1, 2)])
    assert not same(Fraction(1, 2), 0.5)


def test_a_counter_and_a_dict_are_told_apart() -> None:
    assert not same(Counter("ab"), {"a": 1, "b": 1})
    assert not same(defaultdict(int), defaultdict(list))
    assert not is_of(defaultdict(int), read_shape(shape_json(GROUPS)))


def test_pools_are_the_same_for_the_same_seed() -> None:
    first, again, other = (
        pools([ListOf(INT)], 20, 1),
        pools([ListOf(INT)], 20, 1),
        pools([ListOf(INT)], 20, 2),
    )
    assert first == again
    assert first != other


@pytest.mark.parametrize(
    "pattern", [r"^[A-Z]{2}\d{3,5}$", r"(a|bc)+-(\d)\2", r"^(?P<year>\d{4})-?(0[1-9]|1[0-2])$"]
)
def test_strings_of_a_pattern_mostly_match_it(pattern: str) -> None:
    rng = random.Random(3)
    drawn = [matching(pattern, 0, rng) for _ in range(100)]
    assert sum(text is not None and re.search(pattern, text) is not None for text in drawn) > 90
    assert len(set(drawn)) > 20
    assert matching("(", 0, rng) is None


def test_hints_come_from_the_function_and_its_callees() -> None:
    def gauge(text: str) -> bool:
        return len(text) == 37 and text[0] in "QZX" and not text.startswith("needle")

    hints = gather(gauge, frozenset())  # type: ignore[arg-type]
    assert 37 in hints.ints
    assert 37 in hints.lengths
    assert "QZX" in hints.alphabets
    assert "needle" in hints.own_strings


def test_neighbours_try_line_ends_and_other_digits() -> None:
    found = neighbours("AB12")
    assert "AB12\n" in found
    assert "ab12" in found
    assert "AB1\u0662" in found
    assert neighbours(True) == []


def branching(n: int) -> str:
    if n > 0:
        sign = "positive"
    elif n < -100:
        sign = "low"
    else:
        sign = "other"
    for _ in range(n):
        sign += "!"
    return sign


def test_reach_counts_lines_and_branches() -> None:
    reach = Reach(branching.__code__)
    assert (reach.line_share(), reach.branch_share()) == (0.0, 0.0)
    for number in (1, -1):
        sys.settrace(reach.watch())
        branching(number)
        sys.settrace(None)
        assert reach.keep(reach.watched())
    first = branching.__code__.co_firstlineno
    assert reach.lines - reach.hit_lines == {first + 4}
    assert not reach.complete
    assert 0.5 < reach.branch_share() < 1.0
    sys.settrace(reach.watch())
    branching(-500)
    sys.settrace(None)
    assert reach.keep(reach.watched())
    assert reach.complete
    assert (reach.line_share(), reach.branch_share()) == (1.0, 1.0)


def test_a_branch_left_by_an_exception_is_not_counted() -> None:
    def careful(n: int) -> int:
        if 10 // n:
            return 1
        return 0

    reach = Reach(careful.__code__)
    sys.settrace(reach.watch())
    with pytest.raises(ZeroDivisionError):
        careful(0)
    sys.settrace(None)
    reach.keep(reach.watched())
    assert reach.branch_share() == 0.0


def threshold(number: int, text: str) -> str:
    if (number + 4) % 1000 == 77:
        return "remainder"
    if len(text) == 23 and text[0] in "QZ":
        return "text"
    return "other"


def test_operands_of_comparisons_lead_to_the_other_side() -> None:
    made = instrument(threshold)
    assert made is not None
    args: tuple[object, ...] = (5, "abc")
    seen: set[str] = set()
    for _ in range(3):
        made.profile.clear()
        assert made.call(*args) == threshold(*args)  # type: ignore[arg-type]
        candidates = [*solutions(args, made.profile.pairs)]
        seen |= {threshold(*one) for one in candidates}  # type: ignore[arg-type]
        args = next((one for one in candidates if len(str(one[1])) == 23), args)
    assert seen == {"remainder", "text", "other"}


def test_a_comparison_met_with_equal_sides_is_a_feature_of_its_own() -> None:
    def met(number: int) -> set[tuple[object, ...]]:
        made = instrument(threshold)
        assert made is not None
        made.call(number, "")
        return made.profile.features

    assert met(73) != met(74)
    assert met(75) == met(76)
