"""Containers inside an argument that are changed: each stays the object that it was, at its place."""

from __future__ import annotations


def fill(grid: list[list[int]], x: int) -> int:
    total = 0
    for i in range(len(grid)):
        for j in range(len(grid[i])):
            total += grid[i][j]
            grid[i][j] = x + i
    return total


def ragged(grid: list[list[int]]) -> None:
    for row in grid:
        row.append(len(row))


def grow(grid: list[list[int]], n: int) -> int:
    grid[0].append(n)
    grid.append([n, n])
    if n > 3:
        raise ValueError("big")
    grid += [[n]]
    grid[-1] += [n]
    return len(grid)


def group(table: dict[str, list[int]], words: list[str]) -> None:
    for word in words:
        table.setdefault(word[:1], []).append(len(word))


def counted(table: dict[str, list[int]]) -> int:
    for key in list(table):
        table[key][0] += 1
    return len(table)


def added(a: list[list[int]], b: list[list[int]]) -> None:
    for i in range(min(len(a), len(b))):
        a[i][0] += b[i][0]


def deep(cube: list[list[list[int]]], sets: dict[int, dict[int, set[int]]], k: int) -> None:
    cube[0][0].append(1)
    cube[0].append([2])
    cube.append([[3]])
    for inner in sets.values():
        inner[k].add(5)


def pairs(items: list[tuple[list[int], int]]) -> int:
    return sum(len(xs) * n for xs, n in items)


def through(grid: list[list[int]], rows: list[list[int]]) -> None:
    fill(grid, 7)
    grid[0].sort()
    ragged(rows)


def relax(grid: list[list[int | None]], missing: list[list[int] | None]) -> int:
    for row in grid:
        for j in range(len(row)):
            if row[j] is None:
                row[j] = j
    return len(missing)


def own_copy(grid: list[list[int]]) -> int:
    grid = [row[:] for row in grid]
    grid[0][0] = 5
    return grid[0][0]


def sum_down(matrix: list[list[int]]) -> int:
    for i in range(1, len(matrix)):
        for j in range(len(matrix[0])):
            matrix[i][j] += matrix[i - 1][j]
    return matrix[-1][-1]


CASES = [
    *(("fill", p) for p in [([], 1), ([[1, 2], [3]], 4), ([[], [1]], 2)]),
    *(("ragged", (g,)) for g in [[], [[1], [], [2, 3]]]),
    *(("grow", p) for p in [([[1]], 2), ([[1], [2]], 5), ([], 1)]),
    *(("group", p) for p in [({}, ["ab", "a", "b"]), ({"a": [1]}, ["abc"]), ({"x": []}, [])]),
    *(("counted", (t,)) for t in [{}, {"a": [1], "b": [2, 3]}, {"a": [1], "b": [], "c": [1]}]),
    *(("added", p) for p in [([[1], [2]], [[3], [4], [5]]), ([[1], []], [[1], [1]])]),
    *(("deep", p) for p in [([[[]]], {1: {1: {2}}}, 1), ([[[4]], []], {}, 0), ([[[1]]], {1: {1: {5}}, 2: {}}, 1)]),
    ("pairs", ([([1], 2), ([], 3)],)),
    *(("through", p) for p in [([[3, 1]], [[1]]), ([[1], [0]], []), ([], [[2]])]),
    *(("relax", p) for p in [([[None, 2], [None]], [None, [1]]), ([], [])]),
    *(("own_copy", (g,)) for g in [[[1]], [[1], [2]], []]),
    *(("sum_down", (m,)) for m in [[[1, 2], [3, 4]], [[1]], [], [[1, 2], [3]]]),
]
SHOWN = ["fill", "grow", "group"]
