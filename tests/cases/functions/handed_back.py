"""Results that may be one of the arguments: the very object for Python callers, a borrow in Rust."""

from __future__ import annotations


def smaller(a: list[str], b: list[str]) -> list[str]:
    return a if len(a) <= len(b) else b


def letters(a: list[str], b: list[str]) -> int:
    best = smaller(a, b)
    total = 0
    for word in best:
        total += len(word)
    return total + len(smaller(best, ["a", "b"]))


def longest_of_three(a: list[str], b: list[str], c: list[str]) -> list[str]:
    best = smaller(a, b)
    if len(best) > len(c):
        return smaller(best, c)
    return ["x"]


def merged(left: list[int], right: list[int]) -> list[int]:
    result = []
    while left and right:
        result.append(left.pop(0) if left[0] <= right[0] else right.pop(0))
    return result + left + right


def merge_sort(xs: list[int]) -> list[int]:
    if len(xs) <= 1:
        return xs
    middle = len(xs) // 2
    return merged(merge_sort(xs[:middle]), merge_sort(xs[middle:]))


def sorted_by_it(xs: list[int]) -> list[int]:
    return merge_sort(xs)


def changed_after(xs: list[int]) -> list[int]:
    ys = merge_sort(list(xs))
    ys.append(1)
    return ys


def shared_after(xs: list[int]) -> int:
    ys = merge_sort(xs)
    ys.append(1)
    return len(xs)


def stepped(xs: list[int], n: int) -> list[int]:
    if n < 0:
        raise ValueError("negative")
    if n == 0:
        return xs
    return stepped(xs, n - 1)


def cut(grid: list[list[int]], k: int) -> list[list[int]]:
    if k == 0:
        return grid
    return [row[:k] for row in grid]


def in_a_list(xs: list[int]) -> list[list[int]]:
    return [xs]


def tried(xs: list[int]) -> list[int]:
    try:
        return xs
    finally:
        print("done")


def bubble(xs: list[int]) -> list[int]:
    swapped = False
    for i in range(len(xs) - 1):
        if xs[i] > xs[i + 1]:
            xs[i], xs[i + 1] = xs[i + 1], xs[i]
            swapped = True
    return xs if not swapped else bubble(xs)


def grown(xs: list[int], n: int) -> list[int]:
    if n > 3:
        return bubble(xs)
    xs.append(n)
    return bubble(xs)


class Tally:
    def __init__(self) -> None:
        self.counts: list[int] = []

    def add(self, n: int) -> Tally:
        self.counts.append(n)
        return self

    def either(self, xs: list[int], ys: list[int]) -> list[int]:
        return ys if len(self.counts) > 1 else xs


def tallied(n: int) -> int:
    tally = Tally()
    for i in range(n):
        tally.add(i)
    return len(tally.either([1], [1, 2]))


CASES = [
    *(("smaller", p) for p in [([], []), (["a"], []), (["a"], ["b", "c"])]),
    *(("letters", p) for p in [([], []), (["abc"], ["d", "e"]), (["a", "b", "c"], ["de", "f", "g", "h"])]),
    *(("longest_of_three", p) for p in [(["a"], ["b"], []), (["a"], ["b"], ["c"])]),
    *(("merged", p) for p in [([1, 4], [2, 3, 9]), ([], [])]),
    *(("merge_sort", (xs,)) for xs in [[], [1], [2, 1], [5, 3, 9, 1, 1]]),
    *(("sorted_by_it", (xs,)) for xs in [[1], [2, 1]]),
    *(("changed_after", (xs,)) for xs in [[1], [2, 1]]),
    *(("shared_after", (xs,)) for xs in [[1], [2, 1]]),
    *(("stepped", p) for p in [([1], 0), ([1, 2], 3), ([], 0), ([1], -1)]),
    *(("cut", p) for p in [([[1, 2]], 0), ([[1, 2], [3]], 1), ([], 0)]),
    *((name, (xs,)) for name in ("in_a_list", "tried") for xs in [[], [1]]),
    *(("bubble", (xs,)) for xs in [[], [3, 1, 2]]),
    *(("grown", p) for p in [([5, 4], 3), ([5, 4], 4)]),
    ("tallied", (1,)),
    ("tallied", (3,)),
]
REFUSED = {
    "shared_after": "PT401",
}
SHOWN = ["smaller", "merge_sort"]
