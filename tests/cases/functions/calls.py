"""Parameters of every kind, calls by keyword, functions inside functions, functions handed on."""

from collections.abc import Callable


def defaults(a: int, b: int = 2, *, c: int = 3, d: str = "d") -> str:
    return f"{a}{b}{c}{d}"


def keywords(n: int) -> list[str]:
    return [defaults(n), defaults(a=n, b=1), defaults(b=7, a=n, d="x"), defaults(n, c=0), defaults(n, 5, d="y", c=9)]


def noisy(log: list[str], name: str, value: int) -> int:
    log.append(name)
    return value


def difference(a: int, b: int) -> int:
    return a - b


def argument_order(log: list[str]) -> int:
    """Arguments are evaluated as written, not as declared."""
    return difference(b=noisy(log, "b", 1), a=noisy(log, "a", 10))


def operand_order(log: list[str]) -> int:
    return noisy(log, "x", 2) + noisy(log, "y", 3) * noisy(log, "z", 4)


def compare_order(log: list[str], n: int) -> bool:
    return noisy(log, "low", 1) < noisy(log, "middle", n) < noisy(log, "high", 5)


def lazy_order(log: list[str], n: int) -> int:
    return noisy(log, "a", n) and noisy(log, "b", 0) or noisy(log, "c", 7)


def store_order(log: list[str], xs: list[int]) -> None:
    xs[noisy(log, "index", 0)] = noisy(log, "value", 5)


def augmented_order(log: list[str], xs: list[int]) -> None:
    xs[noisy(log, "index", 0)] += noisy(log, "value", 5)


def dict_order(log: list[str]) -> dict[int, int]:
    return {noisy(log, "k1", 1): noisy(log, "v1", 2), noisy(log, "k2", 3): noisy(log, "v2", 4)}


def closure(n: int, xs: list[int]) -> list[int]:
    offset = 100

    def scaled(x: int) -> int:
        return x * n + offset

    return [scaled(x) for x in xs]


def inner(n: int) -> int:
    def square(x: int) -> int:
        return x * x

    def twice(x: int) -> int:
        return 2 * x

    return square(n) + twice(n)


def recursive(n: int) -> int:
    return 1 if n <= 1 else n * recursive(n - 1)


def even(n: int) -> bool:
    return True if n == 0 else odd(n - 1)


def odd(n: int) -> bool:
    return False if n == 0 else even(n - 1)


def fibonacci(n: int, memo: dict[int, int]) -> int:
    if n < 2:
        return n
    if n not in memo:
        memo[n] = fibonacci(n - 1, memo) + fibonacci(n - 2, memo)
    return memo[n]


def lambdas(xs: list[int]) -> list[int]:
    return list(map(lambda x: x + 1, filter(lambda x: x % 2, xs)))


def sorted_pairs(pairs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(pairs, key=lambda pair: pair[1], reverse=True)


def append_to(xs: list[int], x: int) -> None:
    xs.append(x)


def passes_on(xs: list[int]) -> int:
    append_to(xs, 1)
    append_to(xs, 2)
    return len(xs)


def positional(a: int, /, b: int = 1) -> int:
    return a * 10 + b


def many(a: int, b: int, c: int, d: int, e: int, f: int, g: int, h: int) -> int:
    return a + b + c + d + e + f + g + h


def nothing(xs: list[int]) -> None:
    if not xs:
        return
    xs.pop()


def early(n: int) -> int:
    if n < 0:
        return -1
    for i in range(n):
        if i * i >= n:
            return i
    return n


CASES = [
    *(("defaults", p) for p in [(1,), (1, 5), (1, 5, 7, "z")]),
    *(("keywords", (n,)) for n in [1]),
    ("noisy", ([], "a", 1)),
    ("difference", (5, 3)),
    *(("argument_order", ([],)) for _ in range(1)),
    *(("operand_order", ([],)) for _ in range(1)),
    *(("compare_order", ([], n)) for n in [0, 3, 9]),
    *(("lazy_order", ([], n)) for n in [0, 1]),
    *(("store_order", ([], xs)) for xs in [[1, 2], []]),
    *(("augmented_order", ([], xs)) for xs in [[1, 2], []]),
    *(("dict_order", ([],)) for _ in range(1)),
    *(("closure", p) for p in [(2, [1, 2]), (0, [])]),
    *(("inner", (n,)) for n in [3]),
    *(("recursive", (n,)) for n in [0, 1, 10, 20]),
    *(("even", (n,)) for n in [0, 7]),
    *(("odd", (n,)) for n in [0, 7]),
    *(("fibonacci", (n, {})) for n in [0, 1, 30]),
    *(("lambdas", (xs,)) for xs in [[], [1, 2, 3]]),
    *(("sorted_pairs", (xs,)) for xs in [[], [("a", 1), ("b", 2), ("c", 1)]]),
    *(("append_to", p) for p in [([], 1)]),
    *(("passes_on", (xs,)) for xs in [[], [5]]),
    *(("positional", p) for p in [(1,), (1, 2)]),
    ("many", (1, 2, 3, 4, 5, 6, 7, 8)),
    *(("nothing", (xs,)) for xs in [[], [1]]),
    *(("early", (n,)) for n in [-1, 0, 10, 1]),
    ("recursive", (21,)),
]
SHOWN = ["keywords", "closure", "fibonacci"]
