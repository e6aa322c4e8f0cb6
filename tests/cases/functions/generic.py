"""Functions over items of any type, with type variables."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Optional, TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


def group_by(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def partition(pred: Callable[[T], bool], items: Iterable[T]) -> tuple[list[T], list[T]]:
    yes: list[T] = []
    no: list[T] = []
    for item in items:
        if pred(item):
            yes.append(item)
        else:
            no.append(item)
    return yes, no


def unique(items: Iterable[T], key: Optional[Callable[[T], Hashable]] = None) -> Iterator[T]:
    seen = set()
    for item in items:
        k = item if key is None else key(item)
        if k not in seen:
            seen.add(k)
            yield item


def accumulate(items: Iterable[T], combine: Callable[[T, T], T]) -> Iterator[T]:
    it = iter(items)
    try:
        total = next(it)
    except StopIteration:
        return
    yield total
    for x in it:
        total = combine(total, x)
        yield total


def pairwise(items: Iterable[T]) -> Iterator[tuple[T, T]]:
    it = iter(items)
    last = next(it, None)
    if last is None:
        return
    for item in it:
        yield last, item
        last = item


def nth(items: Iterable[T], n: int, default: Optional[T] = None) -> Optional[T]:
    return next(islice(items, n, None), default)


def best(items: Iterable[T], key: Callable[[T], int]) -> T:
    return max(items, key=key)


def in_order(items: Iterable[T], key: Optional[Callable[[T], int]] = None) -> list[T]:
    return sorted(items, key=key)


def longest(words: list[str], key: Optional[Callable[[str], int]] = None) -> str:
    if key is None:
        key = len
    return max(words, key=key)


def difference(a: Iterable[T], b: Iterable[T]) -> list[T]:
    drop = set(b)
    return [x for x in a if x not in drop]


def windows(items: Sequence[T], n: int) -> list[tuple[T, ...]]:
    return [tuple(items[i : i + n]) for i in range(len(items) - n + 1)]


def rotated(items: Sequence[T], k: int) -> list[T]:
    if not items:
        return []
    k %= len(items)
    return list(items[k:]) + list(items[:k])


def is_sorted(items: Sequence[int]) -> bool:
    return all(a <= b for a, b in zip(items, items[1:]))


def sixth(items: Sequence[int]) -> int:
    return items[5]


def sixth_or(items: Sequence[int], default: int) -> int:
    try:
        return items[5]
    except IndexError:
        return default


def scaled(items: list[int], scale: Optional[Callable[[int], int]] = None) -> list[int]:
    return [x if scale is None else scale(x) for x in items]


def summed(items: Optional[list[int]], more: Optional[int]) -> int:
    return 0 if items is None else sum(x for x in items) + (more if more is not None else 1)


def first_true(items: Iterable[T], pred: Callable[[T], bool], default: Optional[T] = None) -> Optional[T]:
    return next((x for x in items if pred(x)), default)


def index_of(texts: list[str], wanted: int) -> int:
    return next(i for i, text in enumerate(texts) if int(text) == wanted)


def place_of(rows: list[list[str]], wanted: int) -> tuple[int, int]:
    places = ((i, j) for i, row in enumerate(rows) for j, text in enumerate(row) if int(text) == wanted)
    return next(places, (-1, -1))


def place_at_once(rows: list[list[str]], wanted: int) -> Optional[tuple[int, int]]:
    return next(
        ((i, j) for i, row in enumerate(rows) for j, text in enumerate(row) if int(text) == wanted), None
    )


def first_above(texts: list[str]) -> str:
    try:
        return next(text for text in texts if int(text) > 3)
    except StopIteration:
        return "nothing"
    except ValueError as error:
        return str(error)


def grouped(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    groups = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return dict(groups)


def by_length(words: list[str]) -> dict[int, list[str]]:
    groups: dict[int, list[str]] = defaultdict(list)
    for word in words:
        groups[len(word)].append(word)
    return dict(groups)


def looked_at(words: list[str]) -> int:
    counts: dict[str, int] = defaultdict(int)
    for word in words:
        counts[word] += 1
    found = counts["zz"] + counts.get("yy", 0)
    return len(counts) + found


CASES = [
    ("first_true", ([1, 2, 3], fn("lambda x: x == 2"))),
    ("first_true", ([1, 2, 3], fn("lambda x: x == 5"))),
    ("first_true", ([1, 2, 3], fn("lambda x: x == 5"), 7)),
    ("first_true", ([], fn("bool"))),
    ("index_of", (["1", "2"], 2)),
    ("index_of", (["1", "2"], 3)),
    ("index_of", (["x", "2"], 2)),
    ("index_of", (["2", "x"], 2)),
    ("place_at_once", ([["1"], ["2", "3"]], 3)),
    ("place_at_once", ([["1"], ["2", "3"]], 4)),
    ("place_of", ([["1"], ["2", "3"]], 4)),
    ("first_above", (["1", "5"],)),
    ("first_above", (["1"],)),
    ("first_above", (["1", "a"],)),
    ("grouped", ([1, 2, 3], fn("lambda x: x % 2"))),
    ("grouped", ([], fn("bool"))),
    ("by_length", (["a", "bb", "c"],)),
    ("by_length", ([],)),
    ("looked_at", (["a", "a", "yy"],)),
    (
        "group_by",
        (
            [1, 2, 3, 4],
            fn("lambda n: n % 2"),
        ),
    ),
    (
        "group_by",
        (
            ["a", "bb", "c"],
            fn("len"),
        ),
    ),
    (
        "partition",
        (
            fn("lambda x: x == 1"),
            [1, 2, 1, "a"],
        ),
    ),
    (
        "partition",
        (
            fn("lambda x: x > 1"),
            [1, 2],
        ),
    ),
    ("unique", ([1, 2, 1, 1.0, True],)),
    (
        "unique",
        (
            ["a", "A", "b"],
            fn("str.lower"),
        ),
    ),
    ("unique", ([[1]],)),
    ("unique", ([],)),
    (
        "accumulate",
        (
            [1, 2, 3],
            fn("lambda a, b: a + b"),
        ),
    ),
    (
        "accumulate",
        (
            [],
            fn("max"),
        ),
    ),
    (
        "accumulate",
        (
            ["a", "b"],
            fn("lambda a, b: a + b"),
        ),
    ),
    ("pairwise", ([1, 2, 3],)),
    ("pairwise", ([],)),
    ("pairwise", ([None, 1],)),
    (
        "nth",
        (
            [1, 2],
            1,
        ),
    ),
    (
        "nth",
        (
            [1, 2],
            5,
        ),
    ),
    (
        "nth",
        (
            [1, 2],
            5,
            0,
        ),
    ),
    (
        "best",
        (
            ["a", "ccc", "bb"],
            fn("len"),
        ),
    ),
    (
        "best",
        (
            [],
            fn("len"),
        ),
    ),
    ("in_order", ([3, 1, 2],)),
    (
        "in_order",
        (
            [3, 1, 2],
            fn("lambda n: -n"),
        ),
    ),
    ("longest", (["a", "bbb"],)),
    (
        "longest",
        (
            ["a", "bbb"],
            fn("lambda s: -len(s)"),
        ),
    ),
    (
        "difference",
        (
            [1, 2, 3],
            [2],
        ),
    ),
    (
        "difference",
        (
            [[1], 2],
            [],
        ),
    ),
    (
        "difference",
        (
            [[1], 2],
            [3],
        ),
    ),
    (
        "windows",
        (
            [1, 2, 3],
            2,
        ),
    ),
    (
        "windows",
        (
            (1, 2, 3),
            5,
        ),
    ),
    (
        "rotated",
        (
            [1, 2, 3],
            4,
        ),
    ),
    (
        "rotated",
        (
            (1, 2, 3),
            -1,
        ),
    ),
    (
        "rotated",
        (
            [],
            1,
        ),
    ),
    ("is_sorted", ([1, 2, 2],)),
    ("is_sorted", ((3, 2),)),
    ("sixth", ([1, 2, 3, 4, 5, 6],)),
    (
        "sixth_or",
        (
            [1],
            7,
        ),
    ),
    (
        "sixth_or",
        (
            (1, 2, 3, 4, 5, 6),
            7,
        ),
    ),
    ("scaled", ([1, 2],)),
    (
        "scaled",
        (
            [1, 2],
            fn("lambda n: n * 3"),
        ),
    ),
    (
        "summed",
        (
            None,
            1,
        ),
    ),
    (
        "summed",
        (
            [1, 2],
            None,
        ),
    ),
    (
        "summed",
        (
            [],
            5,
        ),
    ),
]
DECLINES = [
    (
        "group_by",
        (
            [1],
            fn("lambda n: [n]"),
        ),
    ),
    (
        "accumulate",
        (
            [1, "b"],
            fn("lambda a, b: a + b"),
        ),
    ),
    ("in_order", ([3, "a"],)),
    ("sixth", ((1, 2),)),
    ("nth", ([1], -1)),
]
REFUSED = {"place_of": "PT202"}
