"""Values with several names: who may change them, and where a reference into another value serves."""

from __future__ import annotations


def alias_read(a: list[int]) -> int:
    b = a
    return len(b) + b[0]


def last_name(n: int) -> int:
    a = [n]
    b = a
    b.append(1)
    return len(b)


def best_of(rows: list[list[int]]) -> list[int]:
    best: list[int] = []
    for row in rows:
        if sum(row) > sum(best):
            best = row[:]
    return best


def longest(n: int) -> list[int]:
    best: list[int] = []
    for i in range(n):
        current = [i]
        for j in range(i % 3):
            current.append(j)
        if len(current) > len(best):
            best = current
    return best


def paths(n: int) -> list[list[int]]:
    result: list[list[int]] = []
    path: list[int] = []
    for i in range(n):
        path = path + [i]
        result.append(path)
    return result


def chunks(n: int) -> list[list[int]]:
    out: list[list[int]] = []
    row: list[int] = []
    for i in range(n):
        row.append(i)
        if len(row) == 3:
            out.append(row)
            row = []
    return out


def sentinel(heights: list[int]) -> int:
    heights = [*heights, 0]
    stack = [-1]
    for i in range(len(heights)):
        stack.append(i)
    heights.append(7)
    return len(stack) + len(heights)


def row_store(grid: list[list[int]], i: int, j: int) -> None:
    row = grid[i]
    row[j] = 1
    row[-1] += 2


def row_fill(table: dict[str, list[int]], key: str, n: int) -> int:
    row = table[key]
    for i in range(n):
        row.append(i)
    return len(table)


def append_each(grid: list[list[int]]) -> None:
    for row in grid:
        row.append(0)


def mark_rows(grid: list[list[int]]) -> int:
    for i, row in enumerate(grid):
        row[0] = i
    return len(grid)


def sort_values(table: dict[str, list[int]]) -> None:
    for row in table.values():
        row.sort()
    for key, row_again in table.items():
        row_again.append(len(key))


def swap_rows(grid: list[list[int]], i: int, j: int) -> None:
    grid[i], grid[j] = grid[j], grid[i]


def moved(n: int) -> list[list[int]]:
    todo = [[i] for i in range(n)]
    done: list[list[int]] = []
    while todo:
        item = todo.pop()
        item.append(len(done))
        done.append(item)
    return done


def kept_rows(n: int) -> list[list[int]]:
    rows = [[i, i % 2] for i in range(n)]
    out: list[list[int]] = []
    for row in rows:
        if row[1]:
            out.append(row)
    return out


def repeated_rows(n: int) -> int:
    grid = [[0] * n] * 3
    return sum(len(row) for row in grid)


def subsets(xs: list[int]) -> list[list[int]]:
    out: list[list[int]] = []

    def go(i: int, path: list[int]) -> None:
        if i == len(xs):
            out.append(path)
            return
        go(i + 1, path)
        go(i + 1, path + [xs[i]])

    go(0, [])
    return out


def chosen(xs: list[int]) -> list[list[int]]:
    out: list[list[int]] = []
    path: list[int] = []

    def go(i: int) -> None:
        if i == len(xs):
            out.append(path[:])
            return
        path.append(xs[i])
        go(i + 1)
        path.pop()
        go(i + 1)

    go(0)
    return out


def grow(a: list[int], b: list[int]) -> None:
    a.extend(b)


def grown(a: list[int]) -> int:
    grow(a, a[:])
    return len(a)


def drained(xs: list[int]) -> int:
    total = 0
    while xs:
        total += xs.pop()
    return total


def drains(grid: list[list[int]]) -> int:
    return drained([1, 2]) + drained(grid[0]) + drained(grid[0] + grid[1])


def in_rows(grid: list[list[int]], i: int, j: int) -> list[list[int]]:
    """A Python caller's lists of lists are not handed on to be changed: these are Rust's own."""
    rows = [row[:] for row in grid]
    swap_rows(rows, i, j)
    row_store(rows, i, j)
    append_each(rows)
    rows.append([mark_rows(rows)])
    rows.append([drains(rows)])
    return rows


def in_table(table: dict[str, list[int]], key: str, n: int) -> dict[str, list[int]]:
    own = {k: v[:] for k, v in table.items()}
    own["size"] = [row_fill(own, key, n)]
    sort_values(own)
    return own


# What can't be values: each of these is refused.


def grown_by_itself(a: list[int]) -> int:
    grow(a, a)
    return len(a)


def through_other(n: int) -> int:
    a = [n]
    b = a
    b.append(1)
    return len(a)


def through_slice(grid: list[list[int]]) -> int:
    rows = grid[:]
    rows[0].append(1)
    return len(grid[0])


def through_sorted(grid: list[list[int]]) -> int:
    rows = sorted(grid, key=len)
    rows[0].append(1)
    return len(grid[0])


def through_dict(n: int) -> int:
    row = [n]
    table = {"a": row}
    table["a"].append(2)
    return len(row)


def through_view(table: dict[str, list[int]]) -> int:
    rows = list(table.values())
    rows[0].append(2)
    return len(table["a"])


def through_loop(grid: list[list[int]]) -> int:
    total = 0
    for row in grid:
        grid[0].append(1)
        total += len(row)
    return total


def through_comprehension(grid: list[list[int]]) -> int:
    rows = [row for row in grid if row]
    rows[0].append(1)
    return len(grid[0])


def later_round(n: int) -> int:
    a = [n]
    b: list[int] = []
    for _ in range(3):
        a.append(len(b))
        b = a
    return len(b)


def one_way(n: int) -> int:
    a = [n]
    b = [0]
    if n > 0:
        b = a
    b.append(1)
    return len(a)


def after_error(n: int) -> int:
    a = [n]
    b = [0]
    try:
        b = a
        b.append(10 // n)
    except ZeroDivisionError:
        b.append(1)
    return len(a)


def rebound(a: list[int] | None) -> int:
    a = a or []
    a.append(1)
    return len(a)


def twice_inside(n: int) -> list[list[int]]:
    row = [n]
    return [row, row]


def twice_repeated(n: int) -> list[list[int]]:
    grid = [[0] * n] * 2
    grid[0][0] = 1
    return [row[:] for row in grid]


def kept_argument(out: list[list[int]], row: list[int]) -> None:
    out.append(row)


def copied_row(grid: list[list[int]]) -> None:
    grid[0] = grid[1]


def some_rows(grid: list[list[int]]) -> list[list[int]]:
    return [row for row in grid if row]


CASES = [
    *(("alias_read", (xs,)) for xs in [[], [3], [1, 2]]),
    ("last_name", (1,)),
    *(("best_of", (x,)) for x in [[], [[1], [2, 3], [0]], [[-1]]]),
    *(("longest", (n,)) for n in [0, 1, 7]),
    *(("paths", (n,)) for n in [0, 1, 3]),
    *(("chunks", (n,)) for n in [0, 2, 3, 7]),
    *(("sentinel", (xs,)) for xs in [[], [1, 2]]),
    *(("in_rows", p) for p in [([[1, 2], [3]], 0, 1), ([[1], [2]], 0, 3), ([], 0, 0), ([[0], [5, 6]], -1, -2)]),
    *(("in_rows", p) for p in [([[3], [], [4]], 1, 0), ([[1, 2], [3, 4], [5, 6]], 2, 0)]),
    *(("in_table", p) for p in [({"a": [5, 1], "bc": []}, "a", 3), ({"a": [1]}, "b", 1), ({}, "", 0)]),
    *(("moved", (n,)) for n in [0, 3]),
    *(("kept_rows", (n,)) for n in [0, 5]),
    *(("repeated_rows", (n,)) for n in [0, 4, -1]),
    *(("subsets", (xs,)) for xs in [[], [1], [1, 2, 3]]),
    *(("chosen", (xs,)) for xs in [[], [1], [1, 2, 3]]),
    *(("grown", (xs,)) for xs in [[], [1, 2]]),
    *((f"through_{name}", ([[1], [2, 3]],)) for name in ["slice", "sorted", "loop", "comprehension"]),
    *((name, (n,)) for name in ["through_other", "through_dict", "later_round"] for n in [2]),
    *((name, (n,)) for name in ["one_way", "after_error", "twice_inside", "twice_repeated"] for n in [0, 1]),
    ("grown_by_itself", ([1],)),
    ("through_view", ({"a": [1]},)),
    ("rebound", ([1],)),
    ("kept_argument", ([], [1])),
    ("copied_row", ([[1], [2]],)),
    ("some_rows", ([[1], []],)),
]
REFUSED = {
    "grown_by_itself": "PT401",
    "through_other": "PT401",
    "through_slice": "PT401",
    "through_sorted": "PT401",
    "through_dict": "PT401",
    "through_view": "PT401",
    "through_loop": "PT401",
    "through_comprehension": "PT401",
    "later_round": "PT401",
    "one_way": "PT401",
    "after_error": "PT401",
    "twice_inside": "PT402",
    "twice_repeated": "PT401",
    "kept_argument": "PT401",
    "copied_row": "PT401",
}
