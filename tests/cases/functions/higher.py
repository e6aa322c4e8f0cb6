"""Functions as values: lent, kept, captured."""

import math
import operator
from collections.abc import Callable
from functools import partial, reduce


def square(x: int) -> int:
    return x * x


def positive(x: int) -> int:
    if x < 0:
        raise ValueError("negative")
    return x


def apply(f: Callable[[int], int], x: int) -> int:
    """Calls what it is handed."""
    return f(x)


def all_kinds(n: int) -> int:
    total = apply(square, n)
    total += apply(positive, n)
    total += apply(lambda x: x + n, 3)
    total += apply(abs, -n)

    def inner(y: int) -> int:
        return y - n

    total += apply(inner, 4)
    total += apply(partial(operator.add, 4), n)
    return total


def compose(f: Callable[[int], int], g: Callable[[int], int]) -> Callable[[int], int]:
    return lambda x: f(g(x))


def make_adder(n: int) -> Callable[[int], int]:
    def add(x: int) -> int:
        return x + n

    return add


def composed(n: int) -> int:
    h = compose(square, make_adder(n))
    return h(2) + make_adder(3)(4)


def curried(a: int) -> Callable[[int], Callable[[int], int]]:
    return lambda b: lambda c: a * 100 + b * 10 + c


def use_curried(a: int) -> int:
    with_a = curried(a)
    return with_a(2)(3) + with_a(4)(5)


def greeter(name: str) -> Callable[[str], str]:
    return lambda greeting: f"{greeting}, {name}!"


def greet_twice(name: str) -> str:
    hello = greeter(name)
    return hello("Hi") + hello("Bye")


def either(s: str, up: bool) -> str:
    if up:
        op: Callable[[str], str] = str.upper
    else:
        op = str.lower
    return op(s)


def pick(k: int) -> Callable[[int], int]:
    if k == 0:
        return square
    if k == 1:
        return positive
    return lambda x: x * k


def picked(k: int, x: int) -> int:
    return pick(k)(x)


def pipeline(x: int, steps: list[Callable[[int], int]]) -> int:
    for step in steps:
        x = step(x)
    return x


def three_steps(x: int) -> int:
    return pipeline(x, [square, lambda v: v + 1, abs])


def dispatch(op: str, a: float, b: float) -> float:
    table: dict[str, Callable[[float, float], float]] = {
        "+": operator.add,
        "-": operator.sub,
        "max": lambda p, q: p if p > q else q,
    }
    return table[op](a, b)


def trapezoids(f: Callable[[float], float], start: float, end: float, steps: int = 4) -> float:
    x1 = start
    fx1 = f(start)
    area = 0.0
    for _ in range(steps):
        x2 = (end - start) / steps + x1
        fx2 = f(x2)
        area += abs(fx2 + fx1) * (x2 - x1) / 2
        x1 = x2
        fx1 = fx2
    return area


def areas() -> float:
    return trapezoids(math.sin, 0.0, 1.0, 10) + trapezoids(lambda x: x**2, 0.0, 1.0)


def count_if(xs: list[str], test: Callable[[str], bool] | None = None) -> int:
    if test is None:
        return len(xs)
    return sum(1 for x in xs if test(x))


def counts(xs: list[str]) -> int:
    return count_if(xs) * 100 + count_if(xs, str.isdigit) * 10 + count_if(xs, lambda s: len(s) > 2)


def repeat(f: Callable[[int], int], n: int, x: int) -> int:
    if n == 0:
        return x
    return repeat(f, n - 1, f(x))


def mapped(f: Callable[[int], int], xs: list[int]) -> list[int]:
    return [f(x) for x in xs] + list(map(f, xs)) + sorted(xs, key=f)


def folded(f: Callable[[int, int], int], xs: list[int]) -> int:
    return reduce(f, xs, 7)


def longest(xs: list[str], key: Callable[[str], int]) -> list[str]:
    return [max(xs, key=key), min(xs, key=lambda s: (key(s), s)), *sorted(xs, key=key, reverse=True)]


def bracketed(xs: list[str], left: str) -> list[Callable[[str], str]]:
    made: list[Callable[[str], str]] = []
    made.append(lambda s: left + s)
    for x in xs:
        if x:
            made.append(str.strip)
    return made


def brackets(xs: list[str]) -> list[str]:
    return [f(x) for f, x in zip(bracketed(xs, "["), xs)]


def squares_of(xs: list[int]) -> Callable[[int], int]:
    squares = {x: x * x for x in xs}
    return lambda x: squares.get(x, -1)


def look_up(xs: list[int], x: int) -> int:
    return squares_of(xs)(x)


class Scale:
    def __init__(self, by: int) -> None:
        self.by = by

    def times(self, k: int) -> int:
        return self.by * k


def bound_method(n: int) -> int:
    scale = Scale(n)
    return apply(scale.times, 3) + sum(map(scale.times, [1, 2]))


def each(action: Callable[[str], None], xs: list[str]) -> None:
    for x in xs:
        action(x)


def shout(xs: list[str]) -> None:
    each(lambda s: print(s.upper()), xs)
    each(print, xs)


def stops(f: Callable[[int], int], xs: list[int]) -> int:
    done = 0
    try:
        for x in xs:
            done += f(x)
    except ZeroDivisionError:
        return -done
    return done


def divided(xs: list[int]) -> int:
    return stops(lambda x: 12 // x, xs)


def root(f: Callable[[float], float], low: float, high: float) -> float:
    if not callable(f):
        raise TypeError("not a function")
    if f(low) * f(high) > 0:
        raise ValueError("no sign change")
    while high - low > 10**-7:
        middle = (low + high) / 2
        if f(low) * f(middle) > 0:
            low = middle
        else:
            high = middle
    return low


def roots() -> float:
    return root(lambda x: x * x - 2.0, 0.0, 2.0)


def late_in_loop(n: int) -> list[Callable[[], int]]:
    made: list[Callable[[], int]] = []
    for i in range(n):
        made.append(lambda: i)
    return made


def late_in_comprehension(n: int) -> list[Callable[[], int]]:
    return [lambda: i for i in range(n)]


def bound_again(n: int) -> Callable[[], int]:
    f: Callable[[], int] = lambda: n
    n = n + 1
    return f


def shares_a_list(xs: list[int]) -> Callable[[], int]:
    return lambda: len(xs)


def changes_a_list(xs: list[int]) -> int:
    def push(x: int) -> int:
        xs.append(x)
        return x

    return apply(push, 1)


def any_callable(f: Callable[..., int]) -> int:
    return f(1)


CASES = [
    *(("all_kinds", (n,)) for n in (0, 5, -3, 2**30)),
    *(("composed", (n,)) for n in (0, 7, -9)),
    ("use_curried", (1,)),
    ("greet_twice", ("Ann",)),
    ("either", ("aB", True)),
    ("either", ("aB", False)),
    *(("picked", (k, x)) for k in (0, 1, 5) for x in (4, -4)),
    ("three_steps", (-3,)),
    *(("dispatch", (op, 2.5, -1.0)) for op in ("+", "-", "max", "?")),
    ("areas", ()),
    ("counts", (["12", "a", "abc", ""],)),
    ("longest", (["aa", "b", "cc"], fn("len"))),
    ("longest", (["7", "-1", "3"], fn("int"))),
    ("brackets", (["a", " b ", ""],)),
    ("look_up", ([1, 2], 2)),
    ("look_up", ([1, 2], 3)),
    ("bound_method", (4,)),
    ("shout", (["a", "é"],)),
    ("divided", ([1, 2, 0, 3],)),
    ("divided", ([1, 2, 4],)),
    ("apply", (fn("abs"), -3)),
    ("apply", (fn("lambda a: a * a - 2"), 5)),
    ("pipeline", (3, [fn("abs"), fn("lambda a: -a"), fn("lambda a: a % 7")])),
    ("trapezoids", (fn("math.cos"), 0.0, 2.0)),
    ("trapezoids", (fn("lambda t: t * 0.5"), 0.0, 2.0, 3)),
    ("count_if", (["a", "1"], fn("str.isdigit"))),
    ("count_if", (["a", "1"], None)),
    ("repeat", (fn("lambda a: a * 2"), 5, 1)),
    ("mapped", (fn("lambda a: -a"), [3, 1, 2])),
    ("folded", (fn("operator.sub"), [3, 1, 2])),
    ("folded", (fn("max"), [3, 10])),
    ("stops", (fn("lambda a: a + 1"), [1, 2])),
    ("roots", ()),
    ("root", (fn("lambda x: x - 0.3"), 0.0, 1.0)),
    ("root", (fn("lambda x: x + 1.0"), 0.0, 1.0)),
    ("late_in_loop", (2,)),
    ("late_in_comprehension", (2,)),
    ("bound_again", (1,)),
    ("shares_a_list", ([1],)),
    ("changes_a_list", ([1],)),
    ("any_callable", (fn("abs"),)),
]
DECLINES = [
    ("apply", (fn("print"), 3)),
    ("apply", (fn("lambda a: 1 // 0"), 3)),
    ("apply", (fn("lambda a: str(a)"), 3)),
    ("apply", (fn("lambda a: a is 300"), 3)),
    ("apply", (fn("lambda a: [x for x in [a]][0]"), 3)),
    ("apply", (fn("lambda a: __import__('os').getpid()"), 3)),
    ("stops", (fn("lambda a: 12 // a"), [1, 0])),
    ("trapezoids", (fn("lambda t: 1"), 0.0, 1.0, 2)),
    ("root", (3, 0.0, 1.0)),
]
REFUSED = {
    "late_in_loop": "PT211",
    "late_in_comprehension": "PT211",
    "bound_again": "PT211",
    "shares_a_list": "PT211",
    "changes_a_list": "PT215",
    "any_callable": "PT215",
}
