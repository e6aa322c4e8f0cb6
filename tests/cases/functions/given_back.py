"""A changed argument that is returned is the same object; what a call changes is not read while it is lent."""


def bubble(xs: list[int]) -> list[int]:
    for i in range(len(xs) - 1):
        for j in range(len(xs) - 1 - i):
            if xs[j] > xs[j + 1]:
                xs[j], xs[j + 1] = xs[j + 1], xs[j]
    return xs


def quick(data: list[int], low: int, high: int) -> list[int]:
    if low < 0 or high >= len(data):
        raise ValueError("bounds")
    if low < high:
        place = low
        for i in range(low, high):
            if data[i] < data[high]:
                data[place], data[i] = data[i], data[place]
                place += 1
        data[place], data[high] = data[high], data[place]
        if place - 1 > low:
            quick(data, low, place - 1)
        if place + 1 < high:
            return quick(data, place + 1, high)
    return data


def smallest(xs: list[int]) -> int:
    ys = list(xs)
    bubble(ys)
    return ys[0] if ys else 0


def ordered(xs: list[int]) -> list[int]:
    return bubble(list(xs))


def bumped(d: dict[str, int], k: str) -> dict[str, int]:
    if not k:
        return d
    d[k] = d.get(k, 0) + 1
    return d


def rotated(xs: list[int]) -> int:
    y = xs.pop(len(xs) - 1)
    xs.insert(len(xs) // 2, xs[0])
    xs[len(xs) - 2] = xs[y % len(xs)]
    return sum(xs)


def squares(n: int) -> list:
    if n < 0:
        return []
    return [i * i for i in range(n)]


def pair(n: int) -> tuple:
    return n, str(n)


def checked(n: int, xs: list[int]) -> int:
    if not isinstance(n, int):
        raise TypeError("not a number")
    if isinstance(n, str) or n < 0:
        raise ValueError("negative")
    if not all(isinstance(x, int) for x in xs):
        raise TypeError("not numbers")
    return n + len(xs)


CASES = [
    *(("bubble", (xs,)) for xs in [[], [3, 1, 2]]),
    *(("quick", p) for p in [([3, 1, 2, 9, 0], 0, 4), ([1], 0, 0), ([1], 0, 5)]),
    *(("smallest", (xs,)) for xs in [[], [4, 2]]),
    *(("ordered", (xs,)) for xs in [[], [4, 2]]),
    *(("bumped", p) for p in [({"a": 1}, "a"), ({}, "b"), ({}, "")]),
    *(("rotated", (xs,)) for xs in [[5, 6, 7], [1, 2, 3, 4], [1], []]),
    *(("squares", (n,)) for n in [-1, 0, 4]),
    ("pair", (3,)),
    *(("checked", p) for p in [(3, [1]), (-1, [])]),
]
DECLINES = [("checked", ("3", [1])), ("checked", (3, [1, "2"]))]
SHOWN = ["quick"]
