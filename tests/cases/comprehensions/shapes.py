"""Comprehensions and generator expressions, nested, filtered, consumed early."""


def squares(n: int) -> list[int]:
    return [i * i for i in range(n) if i % 2]


def nested(n: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(n) for j in range(i, n) if (i + j) % 2 if j]


def flat(rows: list[list[int]]) -> list[int]:
    return [x for row in rows for x in row]


def matrix(n: int) -> list[list[int]]:
    return [[i ^ j for j in range(n)] for i in range(n)]


def lengths(words: list[str]) -> dict[str, int]:
    return {word: len(word) for word in words if word}


def initials(words: list[str]) -> set[str]:
    return {word[0] for word in words}


def first_error(words: list[str]) -> list[int]:
    return [int(word) for word in words]


def stops_early(words: list[str]) -> bool:
    """What comes after the first hit is not looked at, errors included."""
    return any(int(word) > 5 for word in words)


def all_even(words: list[str]) -> bool:
    return all(int(word) % 2 == 0 for word in words)


def totals(rows: list[list[float]]) -> list[float]:
    return [sum(x * x for x in row) for row in rows]


def longest(words: list[str]) -> str:
    return max([word for word in words if word.islower()], key=len)


def shadow(x: int) -> tuple[list[int], int]:
    """The variable of a comprehension is its own."""
    ys = [x * 2 for x in range(3)]
    return ys, x


def captured(n: int, xs: list[int]) -> list[int]:
    limit = n * 2
    return [x for x in xs if x < limit and x not in (1, 3)]


def walrus(xs: list[int]) -> list[int]:
    return [y for x in xs if (y := x * x) > 10]


def zipped(a: list[int], b: list[str]) -> list[str]:
    return [f"{i}{x}{s}" for i, (x, s) in enumerate(zip(a, b), start=1)]


def conditional(xs: list[int]) -> list[str]:
    return ["even" if x % 2 == 0 else "odd" if x > 0 else "negative" for x in xs]


def joined(xs: list[int]) -> str:
    return "-".join(str(x) for x in sorted(xs, reverse=True))


def tuples(xs: list[int]) -> tuple[int, ...]:
    return tuple(x + 1 for x in xs)


CASES = [
    *(("squares", (n,)) for n in [0, 6, -1]),
    *(("nested", (n,)) for n in [0, 4]),
    *(("flat", (x,)) for x in [[], [[1], [], [2, 3]]]),
    *(("matrix", (n,)) for n in [0, 3]),
    *(("lengths", (w,)) for w in [[], ["a", "", "bb", "a"]]),
    *(("initials", (w,)) for w in [[], ["ab", "ac"], ["a", ""]]),
    *(("first_error", (w,)) for w in [["1", "2"], ["1", "x", "y"], []]),
    *(("stops_early", (w,)) for w in [["1", "9", "x"], ["1", "x"], []]),
    *(("all_even", (w,)) for w in [["2", "1", "x"], ["2"], ["2", "x"]]),
    *(("totals", (x,)) for x in [[], [[1.5, 2.0], [0.1, 0.2]]]),
    *(("longest", (w,)) for w in [[], ["A"], ["a", "bb", "cc"]]),
    *(("shadow", (n,)) for n in [9]),
    *(("captured", p) for p in [(2, [1, 2, 3, 4, 0]), (0, [])]),
    *(("walrus", (xs,)) for xs in [[1, 4, -5], []]),
    *(("zipped", p) for p in [([1, 2, 3], ["a", "b"]), ([], [])]),
    *(("conditional", (xs,)) for xs in [[2, 3, -3]]),
    *(("joined", (xs,)) for xs in [[], [1, 3, 2]]),
    *(("tuples", (xs,)) for xs in [[], [1, 2]]),
]
REFUSED = {
    "walrus": "PT214",
}
SHOWN = ["nested", "first_error", "captured"]
