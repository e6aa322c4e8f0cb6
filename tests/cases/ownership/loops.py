"""Loops that change what they run over: values under the keys at hand, and the rows of an attribute."""

from __future__ import annotations


def counted_up(table: dict[str, int]) -> int:
    for key in table:
        table[key] += 1
    return len(table)


def turned(table: dict[str, list[int]], x: int) -> None:
    for key in table.keys():
        table[key].append(x)
        table[key].reverse()


def running(table: dict[str, int]) -> int:
    total = 0
    for key, value in table.items():
        if value > 3:
            table[key] = value + total
        total += value
    return total


def halved(table: dict[int, int]) -> int:
    for key in table:
        if table[key] < 0:
            break
        table[key] //= key
    else:
        return -1
    return key


def new_and_out(table: dict[str, int]) -> int:
    for key in table:
        table[key + "x"] = 1
        break
    return len(table)


class Rows:
    def __init__(self, rows: list[list[int]]) -> None:
        self.rows = [list(row) for row in rows]
        self.named: dict[str, list[int]] = {"a": []}
        self.counts = {"a": 1}

    def scale(self, by: int) -> Rows:
        for row in self.rows:
            for j in range(len(row)):
                row[j] *= by
        return self

    def number(self) -> None:
        for i, row in enumerate(self.rows):
            row.append(i)

    def fill(self, n: int) -> None:
        for key, values in self.named.items():
            values.append(n + len(key))
        for more in self.named.values():
            more.append(n)
        for key in self.counts:
            self.counts[key] += n

    def take(self) -> int:
        for row in self.rows:
            if row:
                return row.pop(0)
        raise IndexError("empty")


def used(rows: list[list[int]], by: int) -> list[int]:
    made = Rows(rows)
    made.scale(by)
    if by > 1:
        made.number()
    made.fill(3)
    return [made.take(), len(made.rows), made.counts["a"], *made.named["a"]] + [x for row in made.rows for x in row]


class Cube:
    def __init__(self, n: int) -> None:
        self.planes = [[[i] for i in range(n)] for _ in range(n)]
        self.named: dict[str, list[list[int]]] = {"a": [[1]]}

    def turn(self, i: int) -> None:
        for row in self.planes[i]:
            row.append(i)

    def add(self, key: str, x: int) -> None:
        for i, row in enumerate(self.named[key]):
            row.append(x + i)


def turned_cube(n: int) -> list[int]:
    cube = Cube(n)
    cube.turn(0)
    cube.add("a", 4)
    return cube.planes[0][0] + cube.named["a"][0]


def rows_inside(cube: list[list[list[int]]], i: int) -> int:
    for row in cube[i]:
        row.reverse()
    for j, last in enumerate(cube[-1]):
        last.append(j)
    return len(cube)


def values_inside(tables: list[dict[str, list[int]]]) -> None:
    for values in tables[0].values():
        values.sort()
    for key, more in tables[-1].items():
        more.append(len(key))


def seen_meanwhile(cube: list[list[list[int]]], i: int) -> None:
    for row in cube[i]:
        row.append(len(cube))


CASES = [
    *(("counted_up", (t,)) for t in [{}, {"a": 1, "b": -1}]),
    *(("turned", p) for p in [({}, 1), ({"a": [1, 2], "b": []}, 3)]),
    *(("running", (t,)) for t in [{}, {"a": 1, "b": 4, "c": 9}]),
    *(("halved", (t,)) for t in [{}, {2: 9, 3: 9}, {2: 9, 5: -1}, {0: 1}]),
    *(("new_and_out", (t,)) for t in [{}, {"a": 1}]),
    *(("used", p) for p in [([[1, 2], [3]], 2), ([[], [3]], 1), ([], 1), ([[]], 3)]),
    *(("turned_cube", (n,)) for n in [0, 1, 2]),
    *(("rows_inside", p) for p in [([[[1, 2], [3]], [[4]]], 0), ([[[1, 2]]], -1), ([], 0)]),
    *(("values_inside", (t,)) for t in [[{"a": [2, 1]}], [{"a": [2, 1]}, {"bc": []}], []]),
    *(("seen_meanwhile", p) for p in [([[[1]]], 0), ([[]], 0)]),
]
REFUSED = {"seen_meanwhile": "PT401"}
SHOWN = ["counted_up"]
