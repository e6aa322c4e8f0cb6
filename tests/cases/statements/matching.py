"""`match`: literals, captures, sequences, mappings, classes, alternatives, guards."""

from dataclasses import dataclass
from enum import Enum
from typing import Any


def http(status: int) -> str:
    match status:
        case 200:
            return "ok"
        case 301 | 302:
            return "moved"
        case 404:
            return "missing"
        case _:
            return "other"


def command(text: str) -> str:
    match text:
        case "go":
            result = "going"
        case "stop" | "halt":
            result = "stopping"
        case "":
            result = "nothing"
        case other:
            result = f"what is {other}?"
    return result


def fizz(n: int) -> str:
    match n % 3, n % 5:
        case 0, 0:
            return "fizzbuzz"
        case 0, _:
            return "fizz"
        case _, 0:
            return "buzz"
    return str(n)


def point(p: tuple[int, int]) -> str:
    match p:
        case (0, 0):
            return "origin"
        case (x, 0):
            return f"x={x}"
        case (0, y):
            return f"y={y}"
        case (x, y) if x == y:
            return f"diagonal {x}"
        case (x, y):
            return f"{x},{y}"


def listed(xs: list[int]) -> str:
    match xs:
        case []:
            return "empty"
        case [x]:
            return f"one {x}"
        case [1, y]:
            return f"one and {y}"
        case [first, *_, last] if first == last:
            return f"same ends {first}"
        case [first, *rest]:
            return f"{first} then {len(rest)}"


def words(line: str) -> str:
    match line.split():
        case ["quit"]:
            return "quit"
        case ["go", ("north" | "south" | "east" | "west") as direction]:
            return f"go {direction}"
        case ["get", obj]:
            return f"get {obj}"
        case ["drop", *objects]:
            return "drop " + ",".join(objects)
        case _:
            return "unknown"


def mapping(d: dict[str, int]) -> str:
    match d:
        case {"x": x, "y": y}:
            return f"point {x} {y}"
        case {"x": 0}:
            return "zero x"
        case {"x": x, **rest}:
            return f"x {x} rest {len(rest)}"
        case {}:
            return "no x"


def optional(x: int | None) -> str:
    match x:
        case None:
            return "none"
        case 0:
            return "zero"
        case n if n < 0:
            return "negative"
        case n:
            return f"{n}"


def union(x: int | str) -> str:
    match x:
        case int():
            return f"int {x + 1}"
        case str():
            return f"str {x.upper()}"


def union_captures(x: int | str) -> str:
    match x:
        case 0:
            return "zero"
        case "":
            return "empty"
        case int(n) if n > 10:
            return f"big {n}"
        case int(n):
            return f"int {n}"
        case str(s):
            return f"str {s}"


class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3


@dataclass
class Dot:
    x: int
    y: int


def classes(x: int, y: int) -> str:
    dot = Dot(x, y)
    match dot:
        case Dot(0, 0):
            return "origin"
        case Dot(x=0, y=b):
            return f"on y at {b}"
        case Dot(a, 0):
            return f"on x at {a}"
        case Dot(a, b) if a == b:
            return "diagonal"
        case Dot():
            return "somewhere"


def dot_arg(dot: Dot) -> int:
    match dot:
        case Dot(x, y):
            return x * 10 + y


def dots(n: int) -> int:
    return dot_arg(Dot(n, 1))


def singles(flag: bool) -> str:
    match flag:
        case True:
            return "yes"
        case False:
            return "no"


def text_is_no_sequence(s: str) -> str:
    match s:
        case [a, b]: return "sequence"
        case "ab":
            return "text"
        case _:
            return "other"


def bool_matches_int(flag: bool) -> str:
    match flag:
        case int():
            return "int"


def floats(x: float) -> str:
    match x:
        case 0.0:
            return "zero"
        case 1:
            return "one"
        case _:
            return "other"


def nested(p: tuple[str, tuple[int, int]]) -> int:
    match p:
        case ("add", (a, b)):
            return a + b
        case ("sub", (a, b)):
            return a - b
        case (_, (a, _)):
            return a


def in_loop(xs: list[int]) -> int:
    total = 0
    for x in xs:
        match x:
            case 0:
                continue
            case 99:
                break
            case n if n % 2:
                total += n
            case n:
                total -= n
    return total


def nothing_matches(n: int) -> int:
    r = 0
    match n:
        case 1:
            r = 10
        case 2:
            r = 20
    return r


def negative(n: int) -> str:
    match n:
        case -1:
            return "minus"
        case 0 | 1 | 2:
            return "small"
        case n if n in (5, 7):
            return "odd"
    return "rest"


def calls(n: int) -> str:
    match http(n):
        case "ok":
            return "fine"
        case s if len(s) > 5:
            return "long"
        case s:
            return s


def alternatives(p: tuple[int, int]) -> int:
    match p:
        case (0, n) | (n, 0):
            return n
        case (a, b):
            return a + b


def rows(grid: list[list[int]]) -> int:
    match grid:
        case [[a, b], [c, d]]:
            return a * d - b * c
        case [[a]]:
            return a
        case _:
            return 0


def pair_opt(a: int | None, b: int | None) -> str:
    match a, b:
        case None, None:
            return "neither"
        case x, None:
            return "left"
        case None, y:
            return "right"
        case x, y:
            return "both"


def color(c: Color) -> str:
    match c:
        case Color.RED:
            return "r"
        case Color.GREEN | Color.BLUE:
            return "gb"


def color_of(n: int) -> str:
    return color(Color.RED) + color(Color.GREEN) if n else color(Color.BLUE)


def anything(x: Any) -> str:
    match x:
        case None:
            return "none"
        case 1:
            return "one"
        case "a":
            return "a"
        case str(s):
            return "text " + s
        case int():
            return "int"
        case _:
            return "other"


def guard_bound(n: int) -> int:
    x = 5
    match n:
        case x if x > 10:
            return 1
    return x


def looped(xs: list[str]) -> int:
    i = 0
    while True:
        match xs[i]:
            case "stop":
                break
            case "skip":
                i += 2
            case w if w.isdigit():
                i += int(w)
            case w:
                if len(w) > 3:
                    break
                i += 1
    return i


def in_try(x: str) -> int:
    match x:
        case "a":
            try:
                return int(x)
            except ValueError:
                return -1
        case _:
            return 0


def assigns(p: tuple[int, int]) -> int:
    match p:
        case (0, y):
            r = y
        case (x, _):
            r = x
    return r


def sub_as(p: tuple[int, tuple[int, int]]) -> int:
    match p:
        case (a, (0 | 1 as b, c)):
            return a + b + c
        case (a, (_, _) as q):
            return a * q[0]


def several(x: int | str, y: list[int] | str) -> str:
    match x:
        case None: left = "none"
        case True: left = "true"
        case 1 | 2:
            left = "few"
        case "a" | "b":
            left = "letter"
        case int():
            left = "int"
        case str() as s:
            left = s
    match y:
        case "x":
            return left + " text"
        case [a, *_]:
            return f"{left} {a}"
        case _:
            return left


def bound_by_alternatives(p: tuple[int, tuple[int, int]]) -> int:
    match p:
        case (1, (0, n) | (n, 0)):
            return n
    return -1


def captures_subject(x: tuple[int, int]) -> int:
    match x:
        case (0, y):
            return y
        case (y, z) if y > z:
            return z
        case x:
            return x[0]


def takes_apart(xs: list[list[str]]) -> str:
    """What a pattern looks at is evaluated once."""
    match [x for x in xs if x]:
        case []:
            return "-"
        case [[a], *_, [b, c]]:
            return a + b + c
        case [[a, *more], *_]:
            return a + "".join(more)


CASES = [
    *(("http", (n,)) for n in [200, 301, 302, 404, 5]),
    *(("command", (s,)) for s in ["go", "stop", "halt", "", "x"]),
    *(("fizz", (n,)) for n in [15, 3, 5, 7]),
    *(("point", (p,)) for p in [(0, 0), (1, 0), (0, 2), (3, 3), (1, 2)]),
    *(("listed", (xs,)) for xs in [[], [5], [1, 2], [3, 4, 3], [2, 2], [3, 4, 5]]),
    *(("words", (s,)) for s in ["quit", "go north", "go up", "get lamp", "drop", "drop a b", "", "quit now"]),
    *(("mapping", (d,)) for d in [{}, {"x": 0}, {"x": 1}, {"x": 1, "y": 2}, {"x": 1, "z": 5}, {"y": 1}]),
    *(("optional", (n,)) for n in [None, 0, -1, 5]),
    *(("union", (x,)) for x in [1, "a"]),
    *(("union_captures", (x,)) for x in [0, "", 11, 3, "s"]),
    *(("classes", p) for p in [(0, 0), (0, 2), (3, 0), (4, 4), (4, 5)]),
    ("dots", (4,)),
    *(("singles", (b,)) for b in [True, False]),
    *(("text_is_no_sequence", (s,)) for s in ["ab", "a"]),
    *(("bool_matches_int", (b,)) for b in [True, False]),
    *(("floats", (x,)) for x in [0.0, -0.0, 1.0, 1.5, nan]),
    *(("nested", (p,)) for p in [("add", (1, 2)), ("sub", (1, 2)), ("x", (7, 2))]),
    *(("in_loop", (xs,)) for xs in [[], [1, 2, 0, 3], [5, 99, 7]]),
    *(("nothing_matches", (n,)) for n in [1, 2, 3]),
    *(("negative", (n,)) for n in [-1, 0, 2, 5, 6]),
    *(("calls", (n,)) for n in [200, 301, 404, 1]),
    *(("alternatives", (p,)) for p in [(0, 5), (5, 0), (1, 2)]),
    *(("rows", (g,)) for g in [[[1, 2], [3, 4]], [[5]], [], [[1, 2, 3], [4, 5, 6]]]),
    *(("pair_opt", p) for p in [(None, None), (1, None), (None, 1), (1, 2)]),
    *(("color_of", (n,)) for n in [0, 1]),
    *(("anything", (x,)) for x in [None, 1, 1.0, True, "a", "b", 5, False, 2.5]),
    *(("guard_bound", (n,)) for n in [1, 11]),
    *(("looped", (xs,)) for xs in [["stop"], ["skip", "x", "2", "y", "long word"], ["a", "stop"], []]),
    *(("in_try", (s,)) for s in ["a", "b"]),
    *(("assigns", (p,)) for p in [(0, 1), (2, 3)]),
    *(("sub_as", (p,)) for p in [(2, (0, 3)), (2, (1, 3)), (2, (5, 3))]),
    *(
        ("several", (x, y))
        for x, y in [(1, "x"), (1, "y"), ("a", [1, 2]), ("c", []), (7, "x"), (2, [3])]
    ),
    *(("bound_by_alternatives", (p,)) for p in [(1, (0, 2)), (1, (2, 0)), (1, (2, 2))]),
    *(("captures_subject", (p,)) for p in [(0, 4), (3, 2), (2, 3)]),
    *(("takes_apart", (xs,)) for xs in [[], [["a"], [], ["b", "c"]], [["a", "b"]], [["a"]]]),
]
REFUSED = {
    "guard_bound": "PT204",
    "bound_by_alternatives": "PT204",
}
