"""`collections`: arithmetic and changes of `Counter`, searches in `deque`; texts of unions and tuples."""

from collections import Counter, deque


def added(xs: list[str], ys: list[str]) -> list[tuple[str, int]]:
    return list((Counter(xs) + Counter(ys)).items())


def taken(xs: list[str], ys: list[str]) -> list[tuple[str, int]]:
    return list((Counter(xs) - Counter(ys)).items())


def common(xs: list[str], ys: list[str]) -> list[tuple[str, int]]:
    return list((Counter(xs) & Counter(ys)).items())


def either(xs: list[str], ys: list[str]) -> list[tuple[str, int]]:
    return list((Counter(xs) | Counter(ys)).items())


def updated(xs: list[str], text: str, more: dict[str, int]) -> tuple[list[tuple[str, int]], int]:
    counts = Counter(xs)
    counts.update(text)
    counts.update(more)
    counts.subtract(xs)
    counts.subtract(Counter(text[:2]))
    return list(counts.items()), counts.total()


def popped(xs: list[int]) -> tuple[int, int]:
    counts = Counter(xs)
    return counts.pop(1, -1), len(counts)


def removed(xs: list[int], x: int) -> list[int]:
    queue = deque(xs)
    queue.rotate()
    queue.remove(x % 7)
    return list(queue)


def found(xs: list[str], x: str) -> tuple[int, int]:
    queue = deque(xs)
    return queue.count(x), queue.index("a")


def shown(x: float | str, xs: tuple[int, str]) -> str:
    return f"{x} {x!r} {xs}"


def joined(xs: list[int], ys: list[int]) -> int:
    return len(set(xs).union(ys)) - len(set(xs).intersection([1, 2, 3])) + len(set(xs).difference(tuple(ys)))


def whole(x: float | str) -> int:
    return int(x)
