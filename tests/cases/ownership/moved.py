"""Containers inside an argument that change places: what they hold afterwards is compared, not which they are."""

from __future__ import annotations

from collections import defaultdict, deque


def swapped(grid: list[list[float]], i: int, k: int) -> None:
    grid[i], grid[k] = grid[k], grid[i]


def eliminated(grid: list[list[float]]) -> list[list[float]]:
    rows = [row[:] for row in grid]
    for i in range(len(rows)):
        for k in range(i + 1, len(rows)):
            if rows[k][0] > rows[i][0]:
                swapped(rows, i, k)
    return rows


def by_length(rows: list[list[int]]) -> None:
    rows.sort(key=len)


def mirrored(tree: dict[int, list[int]], root: int) -> None:
    if root in tree:
        left, right = tree[root][0], tree[root][1]
        tree[root] = [right, left]


def turned(queue: deque[list[int]]) -> int:
    queue.append(queue.popleft())
    return len(queue[0])


def emptied(table: defaultdict[str, list[int]], key: str) -> int:
    found = len(table[key])
    table[key] = []
    return found


CASES = [
    *(("swapped", p) for p in [([[1.0], [2.0]], 0, 1), ([[1.0]], 0, 1), ([[1.0], [], [2.0]], -1, 0)]),
    *(("eliminated", (g,)) for g in [[[1.0], [3.0], [2.0]], [], [[1.0], []]]),
    *(("by_length", (r,)) for r in [[[1, 2], [], [3]], [], [[1], [2]]]),
    *(("mirrored", p) for p in [({1: [2, 3]}, 1), ({1: [2, 3], 2: [1]}, 2), ({}, 1)]),
    *(("turned", (q,)) for q in [deque([[1, 2], [3]]), deque([[1]]), deque()]),
    *(("emptied", p) for p in [(defaultdict(list, {"a": [1]}), "a"), (defaultdict(list), "b")]),
]
SHOWN = ["swapped"]
