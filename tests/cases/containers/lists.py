"""Lists: methods, changes seen by the caller, order of what happens."""


def methods(xs: list[int]) -> None:
    xs.append(4)
    xs.extend([5, 6])
    xs.insert(0, -1)
    xs.insert(-1, 99)
    xs.insert(100, 7)
    xs.reverse()
    xs.sort()


def popped(xs: list[int], i: int) -> tuple[int, int]:
    return xs.pop(), xs.pop(i)


def removed_own(xs: list[str], ns: list[int], n: int) -> tuple[list[str], list[int]]:
    xs.remove(xs[n])
    ns.remove(ns[n])
    return list(xs), list(ns)


def removed(xs: list[str], s: str) -> int:
    xs.remove(s)
    return len(xs)


def place(xs: list[str], s: str) -> tuple[int, int]:
    return xs.index(s), xs.count(s)


def stored(xs: list[int], i: int, value: int) -> None:
    xs[i] = value
    xs[i] += 1


def before_pop(xs: list[int]) -> int:
    """The element is read, then the list shrinks, then the store finds what is left."""
    xs[0] += xs.pop()
    return xs[0]


def pop_then_store(xs: list[int]) -> None:
    xs[-1] = xs.pop()


def order(xs: list[int]) -> int:
    return xs[0] - xs.pop() * xs[-1]


def copied(xs: list[int]) -> list[int]:
    ys = xs.copy()
    ys.append(1)
    zs = list(xs)
    zs.append(2)
    return ys + zs + xs


def same(xs: list[int], ys: list[int]) -> list[bool]:
    return [xs == ys, xs != ys, xs < ys, xs >= ys, xs == xs[:]]


def repeated(xs: list[int], n: int) -> list[int]:
    return xs * n + [0] * n


def sorted_by(words: list[str]) -> list[list[str]]:
    return [
        sorted(words), sorted(words, reverse=True), sorted(words, key=len), sorted(words, key=lambda w: (-len(w), w)),
        sorted(words, key=lambda w: w.lower(), reverse=True),
    ]


def sort_in_place(words: list[str]) -> None:
    words.sort(key=len, reverse=True)


def cleared(xs: list[int]) -> bool:
    xs.clear()
    return not xs


def swap(xs: list[int], i: int, j: int) -> None:
    xs[i], xs[j] = xs[j], xs[i]


def bubble(items: list[int]) -> list[int]:
    xs = items.copy()
    n = len(xs)
    for i in range(n):
        for j in range(n - i - 1):
            if xs[j] > xs[j + 1]:
                xs[j], xs[j + 1] = xs[j + 1], xs[j]
    return xs


def grid(rows: int, columns: int) -> list[list[int]]:
    cells = [[0] * columns for _ in range(rows)]
    for r in range(rows):
        for c in range(columns):
            cells[r][c] = r * columns + c
    return cells


def transpose(cells: list[list[int]]) -> list[list[int]]:
    return [[row[i] for row in cells] for i in range(len(cells[0]))]


def extended(xs: list[int], ys: list[int]) -> None:
    xs += ys
    xs *= 2


def returned(xs: list[int]) -> list[int]:
    """What is handed back is the argument itself."""
    xs.append(1)
    return xs


def star(xs: list[int]) -> tuple[int, list[int], int]:
    first, *middle, last = xs
    return first, middle, last


def head(xs: list[int]) -> int:
    a, b = xs
    return a * 10 + b


def spread(xs: list[int], ys: list[int]) -> list[int]:
    return [0, *xs, *ys, 9]


def contains(xs: list[float], x: float) -> bool:
    return x in xs


def queue(xs: list[int]) -> int:
    total = 0
    while xs:
        n = xs.pop(0)
        total = total * 2 + n
        if n > 5:
            xs.append(n - 5)
    return total


CASES = [
    *(("methods", (xs,)) for xs in [[], [3, 1, 2]]),
    *(("popped", p) for p in [([1, 2, 3], 0), ([1, 2, 3], -1), ([1, 2], 1), ([], 0), ([1], 0)]),
    *(("removed_own", p) for p in [(["a", "b", "a"], [1, 2, 2], 2), (["a"], [1], 1), (["a"], [], 0)]),
    *(("removed", p) for p in [(["a", "b", "a"], "a"), (["a"], "x")]),
    *(("place", p) for p in [(["a", "b", "a"], "a"), (["a"], "x")]),
    *(("stored", p) for p in [([1, 2], 0, 9), ([1, 2], -2, 9), ([1], 1, 9), ([], -1, 0)]),
    *(("before_pop", (xs,)) for xs in [[1, 2, 3], [1], []]),
    *(("pop_then_store", (xs,)) for xs in [[1, 2, 3], [1], []]),
    *(("order", (xs,)) for xs in [[1, 2, 3], [1], []]),
    *(("copied", (xs,)) for xs in [[], [7]]),
    *(("same", p) for p in [([1], [1]), ([1, 2], [1]), ([], [0]), ([2], [1, 9])]),
    *(("repeated", p) for p in [([1, 2], 2), ([1], 0), ([1], -1), ([], 7)]),
    *(("sorted_by", (w,)) for w in [[], ["bb", "a", "C", "cc", "B"], ["é", "z"]]),
    *(("sort_in_place", (w,)) for w in [["a", "bb", "c", "dd"]]),
    *(("cleared", (xs,)) for xs in [[], [1]]),
    *(("swap", p) for p in [([1, 2, 3], 0, 2), ([1, 2, 3], -1, 0), ([1], 0, 1), ([1, 2], 1, 1)]),
    *(("bubble", (xs,)) for xs in [[], [3, 1, 2], [5, 4, 3, 2, 1]]),
    *(("grid", p) for p in [(2, 3), (0, 5), (2, 0), (-1, 1)]),
    *(("transpose", (x,)) for x in [[[1, 2], [3, 4]], [[]], [], [[1, 2], [3]]]),
    *(("extended", p) for p in [([1], [2]), ([], [])]),
    ("returned", ([],)),
    *(("star", (xs,)) for xs in [[1, 2], [1, 2, 3, 4], [1], []]),
    *(("head", (xs,)) for xs in [[1, 2], [1], [1, 2, 3], []]),
    *(("spread", p) for p in [([1], [2, 3]), ([], [])]),
    *(("contains", p) for p in [([1.0, nan], 1.0), ([nan], 2.0), ([0.0], -0.0)]),
    *(("queue", (xs,)) for xs in [[], [12, 3]]),
]
REFUSED = {
    "returned": "PT401",
}
SHOWN = ["bubble", "transpose"]
