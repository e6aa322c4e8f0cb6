"""Builtins on the types that the compiler knows."""


def numbers(n: int, x: float) -> list[float]:
    return [abs(x), round(x, 1), float(n), min(x, 2.5, -1.0)]


def wholes(n: int) -> list[int]:
    return [abs(n), max(n, 3), min(n, 5, -2), pow(2, 3)]


def mixed(n: int, x: float) -> list[float]:
    """A list that holds both ints and floats."""
    return [n, x]


def parsed(s: str, base: int) -> int:
    return int(s, base)


def real(s: str) -> float:
    return float(s)


def whole(s: str) -> int:
    return int(s)


def characters(n: int) -> str:
    return chr(n) + hex(n) + oct(n) + bin(n)


def code(s: str) -> int:
    return ord(s)


def zipped(a: list[int], b: str, c: list[float]) -> list[tuple[int, str, float]]:
    return list(zip(a, b, c))


def numbered(xs: list[str], start: int) -> list[tuple[int, str]]:
    return list(enumerate(xs, start))


def backwards(xs: list[int], s: str) -> tuple[list[int], list[str]]:
    return list(reversed(xs)), list(reversed(s))


def extremes(xs: list[str]) -> tuple[str, str]:
    return max(xs), min(xs, key=len)


def with_default(xs: list[int]) -> tuple[int, int]:
    return max(xs, default=-1), min(xs, default=0)


def sums(xs: list[int], start: int) -> tuple[int, int, int]:
    return sum(xs), sum(xs, start), sum(x * x for x in xs)


def tests(xs: list[int]) -> tuple[bool, bool, bool]:
    return any(xs), all(xs), any(x > 3 for x in xs)


def ranges(a: int, b: int, c: int) -> list[int]:
    return list(range(a, b, c))


def inside(n: int) -> list[bool]:
    return [n in range(5), n in range(2, n + 3), n in (1, 2), n in {3, 4}, n in [5]]


def lengths(s: str, xs: list[int], d: dict[str, int], t: tuple[int, ...], b: bytes) -> int:
    return len(s) + len(xs) * 10 + len(d) * 100 + len(t) * 1000 + len(b) * 10000


def converted(s: str, xs: list[int], flag: bool) -> list[str]:
    return [*list(s), *[str(x) for x in xs], str(int(flag)), str(bool(s)), str(float(flag)), repr(sorted(s))]


def kinds(x: int | str | None) -> str:
    if x is None:
        return "none"
    if isinstance(x, str):
        return "str"
    return "int"


def largest(pairs: list[tuple[int, str]]) -> tuple[int, str]:
    return max(pairs)


CASES = [
    *(("numbers", p) for p in [(3, 0.25), (-7, -2.75), (0, nan)]),
    *(("wholes", (n,)) for n in [0, -7, 9]),
    *(("mixed", p) for p in [(3, 0.25)]),
    *(("parsed", p) for p in [("ff", 16), ("-0b101", 2), ("0x1F", 0), ("z", 36), ("12", 2), ("", 10), ("1", 1), ("1", 37), (" 7_0 ", 8)]),
    *(("real", (s,)) for s in ["1.5", " -inf ", "nan", "1e400", "1_0.5", "", "x", ".5", "5.", "٣.٥", "0x10", "infinity"]),
    *(("whole", (s,)) for s in ["5", "-5", " 12 ", "1__0", "0b1", "1e3", "９", "\u00a05"]),
    *(("characters", (n,)) for n in [65, 233, 128512, 0, 1114112, -1]),
    *(("code", (s,)) for s in ["a", "😀", "", "ab"]),
    *(("zipped", p) for p in [([1, 2, 3], "äb", [0.5, 1.5, 2.5]), ([], "a", [1.0])]),
    *(("numbered", p) for p in [(["a", "b"], 5), ([], 0), (["x"], -3)]),
    *(("backwards", p) for p in [([1, 2], "äb"), ([], "")]),
    *(("extremes", (xs,)) for xs in [["b", "aa", "c"], [], ["é", "e"]]),
    *(("with_default", (xs,)) for xs in [[], [5, 2]]),
    *(("sums", p) for p in [([], 1), ([1, 2, 3], 10), ([-5, 5], -1)]),
    *(("tests", (xs,)) for xs in [[], [0, 1], [4, 5], [0]]),
    *(("ranges", p) for p in [(0, 5, 1), (5, 0, -2), (0, 5, -1), (0, 0, 1), (1, 2, 0), (-3, 3, 2)]),
    *(("inside", (n,)) for n in [-1, 0, 1, 2, 3, 4, 5, 6, 10]),
    *(("lengths", p) for p in [("äö", [1], {}, (), b"ab"), ("", [], {"a": 1}, (1, 2), b"")]),
    *(("converted", p) for p in [("ba", [1, -2], True), ("", [], False)]),
    *(("kinds", (x,)) for x in [None, 1, "a"]),
    *(("largest", (x,)) for x in [[(1, "b"), (1, "c")], []]),
]
DECLINES = [("parsed", ("ffffffffffffffffffff", 16)), ("whole", ("9" * 30,)), ("sums", ([2**62, 2**62], 0))]
