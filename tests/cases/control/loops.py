"""Loops with else, break and continue; names that change their meaning on the way."""


def search(xs: list[int], x: int) -> str:
    for i, y in enumerate(xs):
        if y == x:
            found = f"at {i}"
            break
    else:
        found = "nowhere"
    return found


def primes(n: int) -> list[int]:
    result = []
    for candidate in range(2, n):
        for p in range(2, candidate):
            if candidate % p == 0:
                break
        else:
            result.append(candidate)
    return result


def while_else(n: int) -> str:
    while n > 0:
        if n == 13:
            break
        n -= 3
    else:
        return f"down to {n}"
    return "unlucky"


def skipped(xs: list[int]) -> int:
    total = 0
    for x in xs:
        if x < 0:
            continue
        if x > 100:
            break
        total += x
    return total


def after(xs: list[int]) -> int:
    """The loop variable lives on."""
    x = -1
    for x in xs:
        pass
    return x


def nested(rows: list[list[int]]) -> tuple[int, int]:
    place = (-1, -1)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell < 0:
                break
            if cell > 9:
                place = (r, c)
        else:
            continue
        break
    return place


def reassigned(n: int) -> int:
    for i in range(3):
        i = i * 10
        n += i
    return n


def rebound(s: str) -> list[int]:
    """One name, first a string, then its length as text, then a number list."""
    s = s.strip()
    s = str(len(s))
    total = int(s)
    total = total + 1
    if total > 3:
        total = 0
        s = "reset"
    return [total, len(s)]


def branches(n: int) -> str:
    if n > 0:
        word = "positive"
        size = n
    elif n < 0:
        word = "negative"
        size = -n
    else:
        return "zero"
    if size > 10:
        word = "very " + word
    return word + str(size)


def grows(n: int) -> int:
    """Range facts must not outlive a loop."""
    x = 1
    y = 0
    while n > 0:
        x = x * 2
        y = x + 1
        n -= 1
    return x + y


def counts_down(n: int) -> list[int]:
    xs = []
    for i in range(n, 0, -2):
        xs.append(i)
    for i in reversed(range(n)):
        xs.append(i)
    return xs


def changes_bound(n: int) -> int:
    """`range` looks at its end once."""
    count = 0
    for _ in range(n):
        n = n + 1
        count += 1
    return count + n


def while_changes(xs: list[int]) -> int:
    i = 0
    while i < len(xs):
        if xs[i] % 2:
            del xs[i]
        else:
            i += 1
    return i


def conditional(a: int, b: int) -> int:
    x = a if a > b else b
    y = (a and b) or -1
    z = a or b
    return x * 100 + y * 10 + z


def truth(xs: list[int], s: str, n: int, x: float, d: dict[str, int]) -> list[bool]:
    return [bool(xs), not s, bool(n), not x, bool(d), bool(xs and s), bool(xs or n)]


def values(a: str, b: str) -> list[str]:
    return [a or b, a and b, a and b or "c", (a or "d")[0]]


def passes(n: int) -> None:
    if n:
        pass
    else:
        print("nothing")
    print(n, "x", sep="-", end="!\n")


CASES = [
    *(("search", p) for p in [([1, 2], 2), ([1], 5), ([], 0)]),
    *(("primes", (n,)) for n in [0, 30]),
    *(("while_else", (n,)) for n in [10, 16, 0]),
    *(("skipped", (xs,)) for xs in [[1, -1, 2, 101, 5], []]),
    *(("after", (xs,)) for xs in [[], [1, 2]]),
    *(("nested", (x,)) for x in [[[1, 10], [11, -1, 12], [13]], [], [[5]]]),
    *(("reassigned", (n,)) for n in [1]),
    *(("rebound", (s,)) for s in [" ab ", "abcdef"]),
    *(("branches", (n,)) for n in [5, -5, 0, 50, -50]),
    *(("grows", (n,)) for n in [0, 1, 10, 60]),
    *(("counts_down", (n,)) for n in [5, 0, -3]),
    *(("changes_bound", (n,)) for n in [0, 4]),
    *(("while_changes", (xs,)) for xs in [[1, 2, 3, 4, 5], []]),
    *(("conditional", p) for p in [(1, 2), (0, 2), (3, 0), (0, 0)]),
    *(("truth", p) for p in [([], "", 0, 0.0, {}), ([1], "a", 1, nan, {"a": 1}), ([0], "", 0, -0.0, {})]),
    *(("values", p) for p in [("a", "b"), ("", "b"), ("a", ""), ("", "")]),
    *(("passes", (n,)) for n in [0, 1]),
    *(("grows", (n,)) for n in [63, 100]),
]
SHOWN = ["primes", "while_else", "nested"]
