"""Functions inside functions that call themselves, change what they capture, or bind it again; cycles."""

from collections.abc import Callable


def reachable(edges: dict[int, list[int]], start: int) -> list[int]:
    seen: list[int] = []

    def visit(node: int) -> None:
        if node not in seen:
            seen.append(node)
            for neighbour in edges.get(node, []):
                visit(neighbour)

    visit(start)
    return seen


def ways(options: list[int], target: int) -> int:
    def count(left: int) -> int:
        if left < 0:
            return 0
        if left == 0:
            return 1
        return sum(count(left - option) for option in options)

    return count(target)


def tally(words: list[str]) -> int:
    total = 0
    longest = 0.5

    def note(word: str, weight: int = 2) -> None:
        nonlocal total, longest
        total += len(word) * weight
        longest = max(longest, float(len(word)))

    for word in words:
        note(word)
        note(word, 3)
    note(weight=1, word="abc")
    return total * 10 + int(longest)


def counter_down(n: int) -> int:
    steps = 0

    def down(k: int) -> int:
        nonlocal steps
        steps += 1
        if k <= 0:
            return steps
        down(k - 1)
        return steps * 2

    last = down(n)
    return last * 1000 + steps


def siblings(grid: list[list[int]]) -> int:
    cells = [row[:] for row in grid]
    rows = len(cells)

    def inside(row: int, column: int) -> bool:
        return 0 <= row < rows and 0 <= column < len(cells[row])

    def fill(row: int, column: int) -> int:
        if not inside(row, column) or cells[row][column] != 1:
            return 0
        cells[row][column] = 2
        return (
            1 + fill(row + 1, column) + fill(row, column + 1) + fill(row - 1, column) + fill(row, column - 1)
        )

    best = 0
    for row in range(rows):
        for column in range(len(cells[row])):
            best = max(best, fill(row, column))
    return best


def early(n: int) -> int:
    def first(k: int) -> int:
        return second(k - 1) if k > 0 else 0

    value = first(n)

    def second(k: int) -> int:
        return first(k - 1) if k > 0 else 1

    return value + second(n)


def rebound(n: int) -> list[int]:
    scale = 1
    found: list[int] = []

    def put(x: int) -> None:
        found.append(x * scale)

    put(n)
    scale = 10
    put(n)
    return found


def deeper(xs: list[int]) -> int:
    limit = len(xs)

    def outer(i: int) -> int:
        def inner(j: int) -> int:
            return xs[j] + (inner(j + 1) if j + 1 < limit else 0)

        return inner(i) + (outer(i + 1) if i + 1 < limit else 0)

    return outer(0) if xs else -1


def sort_in_place(xs: list[int]) -> list[int]:
    def merge(left: list[int], right: list[int]) -> list[int]:
        result = []
        while left and right:
            result.append(left.pop(0) if left[0] <= right[0] else right.pop(0))
        result.extend(left)
        result.extend(right)
        return result

    if len(xs) <= 1:
        return xs
    middle = len(xs) // 2
    return merge(sort_in_place(xs[:middle]), sort_in_place(xs[middle:]))


def difference(a: int, b: int) -> int:
    return a - b


def bumps(n: int) -> int:
    x = n

    def bump() -> int:
        nonlocal x
        x += 1
        return x

    a = difference(x, bump())
    b = difference(b=x, a=bump())
    c = x * 10 + bump() + x
    while x < n + 6:
        bump()
    return a + b * 100 + c * 10000 + x


def steps(n: int) -> list[int]:
    a = 0
    b = 1
    started = False

    def advance() -> int:
        nonlocal a, b, started
        a, b = b, a + b
        if not started:
            started = True
        c = d = a
        return c + d

    found = [advance() for _ in range(n)]
    return found + [a, b, int(started)]


def ping(log: list[int], other: list[int], n: int) -> None:
    if n > 0:
        pong(other, log, n - 1)


def pong(log: list[int], other: list[int], n: int) -> int:
    log.append(n)
    ping(log, other, n - 1)
    return n


def fact_with_owner(n: int) -> int:
    def times(k: int) -> int:
        return k * fact_with_owner(k - 1)

    return times(n) if n > 0 else 1


def as_value(n: int) -> int:
    def again(k: int) -> int:
        return again(k - 1) if k > 0 else 0

    f: Callable[[int], int] = again
    return f(n)


def caught(xs: list[int]) -> int:
    done = 0

    def take(i: int) -> int:
        nonlocal done
        done += 1
        return xs[i]

    try:
        return take(0) + take(1) + take(2)
    except IndexError:
        return done


def bound_by_loop(n: int) -> int:
    last = 0

    def count() -> None:
        nonlocal last
        for last in range(n):
            pass

    count()
    return last


def hidden_import(n: int) -> float:
    def root(k: int) -> float:
        from math import sqrt

        return sqrt(k) + (root(k - 1) if k > 1 else 0.0)

    return root(n)


def shortened(a: str, b: str) -> str:
    """A nested function binds a text that it is lent."""

    def without_start(one: str, other: str) -> str:
        while one and other.startswith(one[0]):
            other = other[1:]
        return one + other

    return without_start(a, b) + without_start(b, a)


def matching(first: str, second: str) -> str:
    """A text that is a parameter of a nested function, bound again there and kept in a list."""

    def shared(one: str, other: str) -> str:
        found = []
        for char in one:
            if char in other:
                found.append(char)
                other = other.replace(char, "", 1)
        found.append(other)
        return "".join(found)

    return shared(first, second) + shared(second, first)


CASES = [
    ("reachable", ({1: [2, 3], 2: [4], 4: [1]}, 1)),
    ("reachable", ({}, 5)),
    ("ways", ([1, 2, 5], 5)),
    ("ways", ([], 3)),
    ("ways", ([2], -1)),
    ("tally", (["a", "bcd", "efghij"],)),
    ("tally", ([],)),
    ("counter_down", (3,)),
    ("counter_down", (0,)),
    ("siblings", ([[1, 1, 0], [0, 1, 0], [1, 0, 1]],)),
    ("siblings", ([],)),
    ("siblings", ([[1], [1, 1]],)),
    ("early", (2,)), ("early", (0,)),
    ("rebound", (7,)),
    ("deeper", ([1, 2, 3],)),
    ("deeper", ([],)),
    ("sort_in_place", ([3, 1, 2],)),
    ("bumps", (4,)),
    ("steps", (6,)),
    ("steps", (0,)),
    ("ping", ([1], [2], 6)),
    ("pong", ([], [], 3)),
    ("fact_with_owner", (5,)),
    ("as_value", (3,)),
    ("caught", ([5],)),
    ("caught", ([1, 2, 3],)),
    ("bound_by_loop", (4,)),
    ("hidden_import", (4,)),
    *(("shortened", p) for p in [("ab", "aab"), ("", "x"), ("é", "éé"), ("b", "")]),
    ("matching", ("abca", "caé")),
    ("matching", ("", "x")),
]
REFUSED = {"early": "PT211", "as_value": "PT215", "bound_by_loop": "PT211"}
SHOWN = ["siblings"]
