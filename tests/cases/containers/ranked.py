"""Orders of what holds floats, and elements whose place is computed by a call."""

import heapq


def slot(n: int, size: int) -> int:
    """Where a number is counted; raises `ValueError` where there is no place.

    >>> slot(7, 3)
    1
    """
    if size == 0:
        raise ValueError("no slots")
    return n % size


def counted(xs: list[int], size: int) -> list[int]:
    """How many numbers fall into each slot.

    >>> counted([1, 2, 4], 3)
    [0, 2, 1]
    """
    counts = [0] * size
    for x in xs:
        counts[slot(x, size)] += 1
    return counts


def parity(n: int) -> str:
    return "even" if n % 2 == 0 else "odd"


def tally(xs: list[int]) -> dict[str, int]:
    """Sums by parity; a parity that is not there raises `KeyError`.

    >>> tally([2, 4])
    {'even': 6}
    """
    out = {"even": 0}
    for x in xs:
        out[parity(x)] += x
    return out


def grid(xs: list[int], size: int) -> list[list[int]]:
    """Both places of an element are computed, the row's first.

    >>> grid([1, 2], 2)
    [[0, 2], [1, 0]]
    """
    out = [[0] * size for _ in range(size)]
    for x in xs:
        out[slot(x, size)][slot(x + 1, size)] += x
    return out


def ranks(data: list[float]) -> list[int]:
    """The rank of each number, from one.

    >>> ranks([0.5, -1.0, 2.0])
    [2, 1, 3]
    """
    out = [0] * len(data)
    for pos, (_, index) in enumerate(sorted((value, index) for index, value in enumerate(data))):
        out[index] = pos + 1
    return out


def by_score(rows: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """The best first, equal ones by name.

    >>> by_score([("b", 1.0), ("a", 1.0), ("c", 2.5)])
    [('c', 2.5), ('a', 1.0), ('b', 1.0)]
    """
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def falling(rows: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """From the greatest; equal ones, of which 0.0 and -0.0 differ, stay in order.

    >>> falling([(0.0, 1), (1.0, 2), (-0.0, 1)])
    [(1.0, 2), (0.0, 1), (-0.0, 1)]
    """
    return sorted(rows, reverse=True)


def merged(a: list[tuple[float, int]], b: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """Two queues as one.

    >>> merged([(0.5, 1)], [(0.25, 2), (0.75, 3)])
    [(0.25, 2), (0.5, 1), (0.75, 3)]
    """
    return list(heapq.merge(a, b))


CASES = [
    *(("counted", p) for p in [([1, 2, 4], 3), ([], 0), ([1], 0), ([-1, -2], 5)]),
    *(("tally", (xs,)) for xs in [[], [2, 4], [2, 3], [1, 4]]),
    *(("grid", p) for p in [([1, 2], 2), ([5], 1), ([5], 0), ([-3, 3, 3], 4)]),
    *(("ranks", (xs,)) for xs in [[], [0.5, -1.0, 2.0], [1.0, 1.0], [0.0, -0.0]]),
    *(
        ("by_score", (rows,))
        for rows in [[], [("b", 1.0), ("a", 1.0), ("c", 2.5)], [("x", 0.0), ("x", -0.0)]]
    ),
    *(("falling", (rows,)) for rows in [[], [(0.0, 1), (1.0, 2), (-0.0, 1)], [(1.0, 1), (1.0, 2)]]),
    *(("merged", p) for p in [([], []), ([(0.5, 1)], [(0.25, 2), (0.75, 3)]), ([(0.0, 1)], [(-0.0, 1)])]),
]
DECLINES = [
    ("ranks", ([float("nan"), 1.0],)),
    ("by_score", ([("a", float("nan")), ("b", 1.0)],)),
    ("falling", ([(float("nan"), 1), (1.0, 1)],)),
]
SHOWN = ["by_score"]
