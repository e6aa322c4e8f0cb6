"""`*args`, `**kwargs`, positional-only and keyword-only parameters, and calls with stars."""


def total(*values: int) -> int:
    return sum(values)


def weighted(scale: int, *values: int, start: int = 0) -> int:
    """Sum.

    >>> weighted(2, 1, 2, start=5)
    11
    """
    result = start
    for v in values:
        result += scale * v
    return result


def describe(name: str, **tags: str) -> str:
    return name + "".join(f" {k}={v}" for k, v in tags.items())


def both(*names: str, **counts: int) -> int:
    total_ = len(names)
    for name in names:
        total_ += counts.get(name, 1)
    return total_


def calls(xs: list[int]) -> int:
    pair = (1, 2)
    return total() + total(1, 2) + total(*xs) + total(0, *xs, 5) + total(*pair) + weighted(2, *xs, start=1)


def kw_calls(n: int, d: dict[str, str]) -> str:
    a = describe("x", a="1", b=str(n))
    b = describe("y", **{"k": "v"})
    return a + b + describe("z")


def forward(*xs: int) -> int:
    return total(*xs) + total(*xs[1:])


def pos_only(a: int, b: int = 2, /, *, c: int = 3) -> int:
    return a * 100 + b * 10 + c


def pos_calls(n: int) -> int:
    return pos_only(n) + pos_only(n, 5) + pos_only(n, c=7) + pos_only(n, 1, c=n)


def noisy(x: int) -> int:
    print(x)
    return x


def order(n: int) -> int:
    return pos_only(noisy(n), c=noisy(n + 1)) + weighted(noisy(1), noisy(2), noisy(3), start=noisy(4))


def popping(**kw: int) -> int:
    n = kw.pop("n", 0)
    return n * 10 + len(kw)


def use_popping(n: int) -> int:
    return popping(n=n, a=1, b=2)


class Crate2D:
    def __init__(self, w: int, h: int = 1) -> None:
        self.w = w
        self.h = h

    def grow(self, dx: int, dy: int, *more: int) -> int:
        self.w += dx
        self.h += dy
        return self.w * self.h + sum(more)

    def area(self) -> int:
        return self.w * self.h


def methods(n: int) -> int:
    b = Crate2D(h=noisy(2), w=noisy(n))
    first = b.grow(dy=noisy(3), dx=noisy(4))
    return first + b.grow(1, 2, 3, 4) + b.area()


def maxes(*xs: int) -> int:
    return max(*xs, 3, 4)


def max_all(*xs: int) -> int:
    return max(*xs)


def max_words(ws: list[str]) -> str:
    return max(*ws, "m")


def joined(*parts: str, sep: str = "-") -> str:
    return sep.join(parts)


def first(*args: int) -> int:
    if not args:
        raise ValueError("nothing")
    head, *rest = args
    return head + len(rest)


def fmt(p: tuple[int, str]) -> str:
    return "{}:{}".format(*p)


def mixed_types(*args: float) -> float:
    acc = 0.0
    for i, a in enumerate(args):
        acc += a * i
    return acc


def bounds(*points: tuple[int, int]) -> tuple[int, int]:
    return min(p[0] for p in points), max(p[1] for p in points)


def lists(*rows: list[int]) -> int:
    return sum(len(r) for r in rows)


def last_by_name(n: int) -> int:
    """Evaluated as written: 1, 3, 2."""
    return weighted(noisy(1), start=noisy(n)) + pos_only(noisy(3), c=noisy(2))


def taken(items: list[int]) -> int:
    return pos_only(*items)


def unknown(options: dict[str, int]) -> int:
    return pos_only(1, **options)


def posonly_by_name() -> int:
    return pos_only(a=1)  # type: ignore[call-arg]


def same_name(a: int, /, **kw: int) -> int:
    return a * 10 + kw.get("a", 0)


def uses_same_name(n: int) -> int:
    return same_name(n, a=2)


def passes_on(prefix: str, *words: str, **tags: str) -> str:
    return prefix + joined(*words) + describe("x", **tags)


CASES = [
    *(("total", p) for p in [(), (1,), (1, 2, 3)]),
    *(("weighted", p) for p in [(2,), (2, 1, 3), (2, 1, {"start": 7})]),
    *(("describe", p) for p in [("n",), ("n", {"a": "1", "b": "2"})]),
    *(("both", p) for p in [(), ("a", "b"), ("a", "b", {"b": 5, "c": 7})]),
    *(("calls", (xs,)) for xs in [[], [1, 2]]),
    ("kw_calls", (1, {"a": "b"})),
    *(("forward", p) for p in [(), (1, 2)]),
    *(("pos_only", p) for p in [(1,), (1, 5)]),
    ("pos_calls", (3,)),
    ("order", (1,)),
    ("last_by_name", (9,)),
    *(("popping", p) for p in [(), ({"n": 3, "m": 1},)]),
    ("use_popping", (4,)),
    ("methods", (2,)),
    *(("maxes", p) for p in [(), (9,), (1, 2)]),
    *(("max_all", p) for p in [(3, 9), (2, 1, 0)]),
    *(("max_words", (ws,)) for ws in [["a"], ["z", "b"]]),
    *(("joined", p) for p in [(), ("a", "b"), ("a", "b", {"sep": ""})]),
    *(("first", p) for p in [(), (1,), (1, 2, 3)]),
    ("fmt", ((1, "x"),)),
    *(("mixed_types", p) for p in [(), (1.5, 2.5)]),
    *(("bounds", p) for p in [(), ((1, 2), (0, 5))]),
    *(("lists", p) for p in [(), ([1], [2, 3])]),
    ("same_name", (1,)),
    ("taken", ([1, 2],)),
    ("unknown", ({"c": 2},)),
    ("posonly_by_name", ()),
    ("passes_on", ("p", "a", "b")),
    ("uses_same_name", (1,)),
]
DECLINES = [("max_all", ()), ("max_all", (1,)), ("max_words", ([],)), ("total", (True,)), ("mixed_types", (1,))]
REFUSED = {"passes_on": "PT206", "taken": "PT206", "unknown": "PT206", "posonly_by_name": "PT502"}
