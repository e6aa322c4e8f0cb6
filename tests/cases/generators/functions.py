"""Generator functions: nothing runs before it is asked for, errors come where Python raises them."""

from collections.abc import Generator, Iterable, Iterator


def evens(xs: list[int]) -> Iterator[int]:
    """Those that two divides."""
    for x in xs:
        if x % 2 == 0:
            yield x


def countdown(n: int) -> Generator[int, None, str]:
    while n > 0:
        yield n
        n -= 1
    else:
        yield 0
    return "lift-off"


def digits(text: str) -> Iterator[int]:
    for c in text:
        yield int(c)


def ratios(xs: list[int], by: list[int]) -> Iterable[tuple[int, int]]:
    for x in xs:
        for y in by:
            yield x // y, x % y


def flat(rows: list[list[int]]) -> Iterator[int]:
    for row in rows:
        yield from evens(row)
        yield from range(len(row))
        yield from (x + 1 for x in row)


def hanoi(n: int, a: str = "a", b: str = "b", c: str = "c") -> Iterator[str]:
    if n > 0:
        yield from hanoi(n - 1, a, c, b)
        yield a + b
        yield from hanoi(n - 1, c, b, a)


def primes() -> Iterator[int]:
    found: list[int] = []
    n = 2
    while True:
        if all(n % p != 0 for p in found):
            found.append(n)
            yield n
        n += 1


def fibonacci() -> Iterator[int]:
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


def noisy(n: int) -> Iterator[int]:
    print("begin")
    for i in range(n):
        print("give", i)
        yield i
    print("end")


def lenient(words: list[str]) -> Iterator[int]:
    for word in words:
        try:
            yield int(word)
        except ValueError:
            print("no number", word)
            yield -1
        else:
            continue


def taking(xs: list[int]) -> Iterator[int]:
    while xs:
        yield xs.pop()


def untyped(n: int):  # type: ignore[no-untyped-def]
    for i in range(n):
        if i == 3:
            return
        yield str(i)


def pauses(n: int) -> Iterator[None]:
    for i in range(n):
        print(i)
        yield


def closed_over(xs: list[int], k: int) -> list[int]:
    def scaled(ys: list[int]) -> Iterator[int]:
        for y in ys:
            yield y * k
        if ys:
            yield from scaled(ys[1:])

    return list(scaled(xs))


def total(xs: list[int]) -> int:
    result = 0
    for x in evens(xs):
        result += x
    return result


def stops_early(n: int, at: int) -> int:
    for x in noisy(n):
        print("got", x)
        if x >= at:
            break
    else:
        return -1
    return x


def errors_where_they_are(text: str) -> str:
    seen = ""
    try:
        for d in digits(text):
            seen += str(d + 1)
    except ValueError as error:
        seen += f" ({error})"
    return seen


def consumed(text: str) -> tuple[list[int], int, int, list[int], set[int], tuple[int, ...]]:
    return (
        list(digits(text)),
        sum(digits(text)),
        max(digits(text), default=-1),
        sorted(digits(text), reverse=True),
        set(digits(text)),
        tuple(digits(text)),
    )


def tested(text: str, k: int) -> tuple[bool, bool, bool, bool]:
    return k in digits(text), any(d > k for d in digits(text)), all(digits(text)), k in evens([k, 2])


def paired(text: str, xs: list[int]) -> list[int]:
    return [d * x for d, x in zip(digits(text), evens(xs))]


def paired_otherwise(text: str, xs: list[int]) -> list[tuple[int, int]]:
    return list(zip(evens(xs), digits(text)))


def numbered(text: str) -> dict[int, int]:
    return {i: d for i, d in enumerate(digits(text), 1)}


def texts(xs: list[int], by: list[int]) -> str:
    return ";".join(f"{q}r{r}" for q, r in ratios(xs, by))


def table(xs: list[int], by: list[int]) -> dict[int, int]:
    return dict(ratios(xs, by))


def first_primes(n: int) -> list[int]:
    found = []
    for i, p in enumerate(primes()):
        if i >= n:
            break
        found.append(p)
    return found


def emptied(xs: list[int]) -> tuple[list[int], int]:
    taken = list(taking(xs))
    return taken, len(xs)


def moves(n: int) -> int:
    return sum(1 for _ in hanoi(n))


def changed_under_it(xs: list[int]) -> list[int]:
    seen = []
    for x in evens(xs):
        seen.append(x)
        if len(xs) < 9:
            xs.append(x)
    return seen


def yields_what_it_changes(n: int) -> Iterator[list[int]]:
    row = [1]
    for _ in range(n):
        yield row
        row.append(len(row))


def uses_what_it_changes(n: int) -> list[int]:
    return [len(row) for row in yields_what_it_changes(n)]


CASES = [
    ("evens", ([1, 2, 3, 4],)),
    ("evens", ([],)),
    ("countdown", (3,)),
    ("countdown", (0,)),
    ("digits", ("123",)),
    ("digits", ("12x4",)),
    ("digits", ("x",)),
    ("ratios", ([7, -8], [2, 3])),
    ("ratios", ([7, -8], [2, 0])),
    ("flat", ([[1, 2], [], [4]],)),
    ("hanoi", (3,)),
    ("hanoi", (2, "x", "y", "z")),
    ("primes", ()),
    ("noisy", (2,)),
    ("noisy", (0,)),
    ("lenient", (["1", "x", "3"],)),
    ("taking", ([1, 2, 3],)),
    ("untyped", (2,)),
    ("untyped", (9,)),
    ("pauses", (2,)),
    ("closed_over", ([1, 2], 3)),
    ("total", ([1, 2, 4],)),
    ("stops_early", (5, 1)),
    ("stops_early", (2, 7)),
    ("errors_where_they_are", ("12",)),
    ("errors_where_they_are", ("1x2",)),
    ("consumed", ("3121",)),
    ("consumed", ("",)),
    ("consumed", ("31x",)),
    ("tested", ("120", 1)),
    ("tested", ("1x", 1)),
    ("tested", ("", 3)),
    ("paired", ("12", [2, 3, 4, 6])),
    ("paired", ("1", [])),
    ("paired", ("x", [])),
    ("paired", ("1x", [2])),
    ("paired_otherwise", ("x", [])),
    ("paired_otherwise", ("1x", [2])),
    ("paired_otherwise", ("1x", [2, 4])),
    ("numbered", ("31",)),
    ("numbered", ("3x",)),
    ("texts", ([7, 9], [2])),
    ("texts", ([7], [0])),
    ("table", ([7, 9, 8], [2])),
    ("first_primes", (6,)),
    ("emptied", ([3, 4],)),
    ("moves", (4,)),
    ("changed_under_it", ([2],)),
    ("uses_what_it_changes", (2,)),
]
DECLINES = [("fibonacci", ())]
REFUSED = {
    "changed_under_it": "PT405",
    "yields_what_it_changes": "PT402",
    "uses_what_it_changes": "PT501",
    "paired_otherwise": "PT214",
    "table": "PT305",
}
