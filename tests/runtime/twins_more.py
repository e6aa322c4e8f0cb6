"""The twins of sequences, `repr` and formatting."""

from __future__ import annotations

import operator
from collections.abc import Callable

from tests.runtime import values as v
from tests.runtime.twins import (
    FLAGS,
    INT_,
    PRECISION,
    SM,
    STEP,
    WIDTH,
    C,
    F,
    S,
    Twin,
    choice,
    either,
    percent,
    unpack,
)

ITEM = choice(-2, -1, 0, 1, 2, 9)
L = v.ints


def changed(change: Callable[..., object]) -> Callable[..., object]:
    """A change of a list: its result, and the list after it."""

    def run(items: list[int], *args: object) -> tuple[object, list[int]]:
        try:
            result = change(items, *args)
        except (IndexError, ValueError) as error:
            return {"raised": [type(error).__name__, str(error)]}, items
        return result, items

    return run


def increment(items: list[int], index: int) -> None:
    """`items[index] += 1`."""
    items[index] += 1


def exchange(items: list[int], i: int, j: int) -> None:
    """Two items change places."""
    items[i], items[j] = items[j], items[i]


def grow(items: list[int], times: int) -> None:
    """`items *= times`."""
    items *= times


def shown_range(start: int, stop: int, step: int) -> tuple[int, list[int], list[int]]:
    """A range from both ends."""
    items = range(start, stop, step)
    size = max(0, (stop - start + step - (1 if step > 0 else -1)) // step)
    return size, list(items[:20]), list(reversed(items[-20:]))


def nested(items: list[int]) -> str:
    """The `repr` of many types in one."""
    return repr((items, [1.5, None], ("a'b", True, None), tuple(items), "x"))


SEQ = [
    Twin("seq::at", operator.getitem, (L, SM)),
    Twin("seq::at_tuple", lambda x, i: tuple(x)[i], (L, SM)),
    Twin("seq::slice_between", lambda x, a, b: x[a:b], (L, v.bound, v.bound)),
    Twin("seq::slice_step", lambda x, a, b, c: x[a:b:c], (L, v.bound, v.bound, v.step)),
    Twin("seq::slice_by", lambda x, a, b, c: x[a:b:c], (L, v.bound, v.bound, STEP)),
    Twin("seq::contains", operator.contains, (L, ITEM)),
    Twin("seq::index_of", list.index, (L, ITEM)),
    Twin(
        "seq::index_of_in",
        lambda x, y, a, b: x.index(y, a or 0, b if b is not None else 2**62),
        (L, ITEM, v.bound, v.bound),
    ),
    Twin("seq::index_of_tuple", lambda x, y: tuple(x).index(y), (L, ITEM)),
    Twin("seq::count", list.count, (L, ITEM)),
    Twin("seq::repeat", operator.mul, (L, v.count)),
    Twin("seq::concat", operator.add, (L, L)),
    Twin("extremes::max", max, (v.floats,)),
    Twin("extremes::min", min, (v.floats,)),
    Twin("extremes::max_or", lambda x, d: max(x, default=d), (v.floats, F)),
    Twin("extremes::min_or", lambda x, d: min(x, default=d), (v.floats, F)),
    Twin("extremes::max2", max, (F, F)),
    Twin("extremes::min2", min, (F, F)),
    Twin("extremes::max_by_key", lambda x: max(x, key=lambda y: y % 3), (L,)),
    Twin("extremes::min_by_key", lambda x: min(x, key=lambda y: y % 3), (L,)),
    Twin("seq::store", changed(list.__setitem__), (L, SM, INT_)),
    Twin("seq::at_mut", changed(increment), (L, SM)),
    Twin("seq::swap", changed(exchange), (L, SM, SM)),
    Twin("seq::pop", changed(list.pop), (L,)),
    Twin("seq::pop_at", changed(list.pop), (L, SM)),
    Twin("seq::insert", changed(list.insert), (L, SM, INT_)),
    Twin("seq::remove", changed(list.remove), (L, ITEM)),
    Twin("seq::delete", changed(list.__delitem__), (L, SM)),
    Twin("seq::delete_slice", changed(lambda x, a, b: x.__delitem__(slice(a, b))), (L, v.bound, v.bound)),
    Twin(
        "seq::delete_step",
        changed(lambda x, a, b, c: x.__delitem__(slice(a, b, c))),
        (L, v.bound, v.bound, v.step),
    ),
    Twin(
        "seq::set_slice", changed(lambda x, a, b, y: x.__setitem__(slice(a, b), y)), (L, v.bound, v.bound, L)
    ),
    Twin(
        "seq::set_slice_step",
        changed(lambda x, a, b, c, y: x.__setitem__(slice(a, b, c), y)),
        (L, v.bound, v.bound, v.step, L),
    ),
    Twin("seq::repeat_in_place", changed(grow), (L, v.count)),
    Twin("range::range", shown_range, (INT_, INT_, either(INT_, v.step))),
    Twin("range::range", shown_range, (SM, SM, v.step)),
    Twin("range::range_at", lambda a, b, c, i: range(a, b, c)[i], (SM, SM, v.step, SM)),
    Twin("range::range_contains", lambda a, b, c, i: i in range(a, b, c), (INT_, INT_, v.step, INT_)),
    Twin("seq::unpack2", lambda x: unpack(x, 2), (L,)),
    Twin("seq::unpack_ref2", lambda x: unpack(tuple(x), 2), (L,)),
    Twin("seq::unpack_iter2", lambda x: unpack(iter(x), 2), (L,)),
    Twin("seq::unpack_star12", lambda x: unpack(x, 3), (L,)),
]

SHOWN = [
    Twin("repr::text", repr, (either(S, C),)),
    Twin("repr::ascii", ascii, (either(S, C),)),
    Twin("repr::of_bool", str, (choice(True, False),)),
    Twin("repr::nested", nested, (L,)),
    Twin(
        "repr::dict",
        lambda pairs: repr(dict(pairs)),
        (choice([], [["a", 1]], [["é'", 2], ["b", -1], ["é'", 3]]),),
    ),
    Twin("fmt::fixed", lambda x, n: f"{x:.{n}f}", (F, choice(0, 1, 2, 3, 6, 17))),
    Twin("fmt::hex", lambda a: f"{a:x}", (INT_,)),
    Twin("fmt::upper_hex", lambda a: f"{a:X}", (INT_,)),
    Twin("fmt::oct", lambda a: f"{a:o}", (INT_,)),
    Twin("fmt::bin", lambda a: f"{a:b}", (INT_,)),
    Twin("fmt::thousands", lambda a, c: f"{a:{c}}", (INT_, choice(",", "_"))),
    Twin("fmt::format_int", format, (INT_, v.specification)),
    Twin("fmt::format_bool", format, (choice(True, False), v.specification)),
    Twin("fmt::format_float", format, (F, v.specification)),
    Twin("fmt::format_str", format, (S, v.specification)),
    Twin("percent::int", percent(None), (INT_, FLAGS, WIDTH, PRECISION, choice(*"diuxXo"))),
    Twin("percent::float", percent(None), (F, FLAGS, WIDTH, PRECISION, choice(*"eEfFgG"))),
    Twin("percent::float_as_int", percent("d"), (F, FLAGS, WIDTH, PRECISION)),
    Twin("percent::str", percent("s"), (S, FLAGS, WIDTH, PRECISION)),
    Twin(
        "percent::char",
        lambda a, f, w: percent("c")(a, f, w, None),
        (either(INT_, SM, choice(97, 233, 128512)), FLAGS, WIDTH),
    ),
]
