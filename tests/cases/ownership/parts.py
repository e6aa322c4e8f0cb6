"""Results that are a part of an argument: Rust callers know, Python callers keep the Python."""

from __future__ import annotations


def pick(rows: list[list[int]], i: int) -> list[int]:
    return rows[i]


def longest(rows: list[list[int]]) -> list[int]:
    best = rows[0]
    for row in rows:
        if len(row) > len(best):
            best = row
    return best


def filled_rows(rows: list[list[int]]) -> list[list[int]]:
    return [row for row in rows if row]


def inner(table: dict[str, dict[str, int]], key: str) -> dict[str, int]:
    return table.get(key, {})


def deeper(table: dict[str, dict[str, int]], key: str) -> dict[str, int]:
    return inner(table, key * 2)


def without(seen: set[int], x: int) -> set[int]:
    if x not in seen:
        return seen
    return seen - {x}


def extended(xs: list[int], n: int) -> list[int]:
    if n > 0:
        xs = xs + [n]
    return xs


def defaulted(xs: list[int] | None) -> list[int]:
    xs = xs or []
    return xs


def spread(rows: list[list[int]]) -> int:
    row = pick(rows, 0)
    return sum(row) + len(rows) + len(longest(rows)) + len(extended(row, 1))


def grown(n: int) -> int:
    rows = [[1], [2, n]]
    row = longest(rows)
    rows.append([3])
    return sum(row) + len(rows)


def changed(rows: list[list[int]]) -> int:
    row = pick(rows, 0)
    row.append(1)
    return sum(rows[0])


def changed_other(rows: list[list[int]]) -> int:
    row = pick(rows, 0)
    rows[0].append(1)
    return sum(row)


def changed_extended(xs: list[int]) -> int:
    ys = extended(xs, 0)
    ys.append(1)
    return len(xs)


def changed_deep(table: dict[str, dict[str, int]]) -> int:
    found = deeper(table, "a")
    found["x"] = 1
    return len(table["aa"])


def twice() -> int:
    rows = [[1], [2]]
    both = [pick(rows, 0), pick(rows, 0)]
    both[0].append(5)
    return len(both[1])


def gathered(rows: list[list[int]]) -> int:
    firsts = [pick(rows, i) for i in range(len(rows))]
    firsts[0].append(1)
    return len(rows[0])


class Store:
    def __init__(self, items: list[int] | None = None) -> None:
        self.items = items or []
        self.ranks: dict[int, int] = {}

    def all(self) -> list[int]:
        return self.items

    def ordered(self, items: list[int]) -> list[int]:
        for at, item in enumerate(items):
            self.ranks[item] = at
        items.sort()
        return items

    def fill(self, items: list[int]) -> None:
        self.items = self.ordered(items)

    def add(self, x: int) -> Store:
        self.items.append(x)
        return self


def total(n: int) -> int:
    store = Store()
    for i in range(n):
        store.add(i)
    found = 0
    for item in store.all():
        found += item
    return found + len(store.all())


def chained(n: int) -> int:
    store = Store().add(n).add(2)
    store = store.add(3)
    other = begun()
    return len(store.items) + len(other.items)


def begun() -> Store:
    return Store([4]).add(7)


def filled(items: list[int]) -> int:
    store = Store()
    own = list(items)
    store.fill(own)
    return store.items[0] + len(own) + len(store.ranks)


def filled_changed(items: list[int]) -> int:
    store = Store()
    own = list(items)
    store.fill(own)
    own.append(1)
    return len(store.items)


class Shelf:
    def __init__(self) -> None:
        self.rows: list[list[int]] = []

    def put(self, row: list[int]) -> None:
        self.rows.append(row)

    def swap(self, zrow: list[int]) -> None:
        self.rows[0] = zrow


def put(n: int) -> int:
    shelf, row = Shelf(), [n]
    shelf.put(row)
    return len(shelf.rows) + len(row)


def put_changed(n: int) -> int:
    shelf, row = Shelf(), [n]
    shelf.put(row)
    row.append(2)
    return len(shelf.rows[0])


def swapped_changed(n: int) -> int:
    shelf, row = Shelf(), [n]
    shelf.put([])
    shelf.swap(row)
    shelf.rows[0].append(2)
    return len(row)


def changed_store() -> int:
    store = Store([1])
    items = store.all()
    items.append(2)
    return len(store.items)


CASES = [
    *(("pick", ([[1], [2, 3]], i)) for i in (0, 1, -1, 2)),
    *(("filled_rows", (rows,)) for rows in ([[1], [], [1]], [[7]] * 2)),
    *(("longest", (rows,)) for rows in ([[1], [2, 3]], [[1, 2], [2, 3]], [[]], [])),
    *((name, ({"a": {"b": 1}, "bb": {}}, key)) for name in ("inner", "deeper") for key in ("a", "b", "c")),
    *(("without", ({1, 2}, x)) for x in (1, 3)),
    *(("extended", ([1, 2], n)) for n in (0, 3)),
    *(("defaulted", (xs,)) for xs in (None, [], [1])),
    *((name, (rows,)) for name in ("spread", "changed", "changed_other", "gathered") for rows in ([[1], [2, 3]], [])),
    *(("grown", (n,)) for n in (1, 5)),
    *(("changed_extended", (xs,)) for xs in ([], [1])),
    ("changed_deep", ({"aa": {}},)),
    ("twice", ()),
    *((name, (n,)) for name in ("total", "chained") for n in (0, 3)),
    *((name, (items,)) for name in ("filled", "filled_changed") for items in ([3, 1, 2], [])),
    ("changed_store", ()),
    *((name, (1,)) for name in ("put", "put_changed", "swapped_changed")),
]
REFUSED = {
    "changed": "PT401",
    "changed_other": "PT401",
    "changed_extended": "PT401",
    "changed_deep": "PT401",
    "twice": "PT401",
    "gathered": "PT401",
    "filled_changed": "PT401",
    "changed_store": "PT401",
    "put_changed": "PT401",
    "swapped_changed": "PT401",
}
SHOWN = ["longest", "spread"]
