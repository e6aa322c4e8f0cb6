"""Tables of functions at module level: dicts, lists and tuples, filled where they are written or at import."""

import math
import operator
from collections.abc import Callable


def square_area(x: float) -> float:
    return x * x


def circle_area(x: float) -> float:
    return math.pi * x**2


AREAS = {"square": square_area, "circle": circle_area}
STEPS: list[Callable[[float], float]] = [square_area, circle_area, abs, math.sqrt, lambda v: v + 1.0]
OPERATORS: dict[str, tuple[int, Callable[[int, int], int]]] = {
    "+": (1, operator.add),
    "-": (1, operator.sub),
    "*": (2, lambda a, b: a * b),
    "//": (2, operator.floordiv),
}
CLEANERS: tuple[Callable[[str], str], ...] = (str.strip, str.lower, lambda s: s.replace("-", "_"))
COMPARISONS: dict[str, Callable[[int, int], bool]] = {"<": operator.lt, "<=": operator.le, "==": operator.eq}
RULES: dict[int, Callable[[int], str]] = {}
for divisor, word in ((3, "Fizz"), (5, "Buzz")):
    RULES[divisor] = str
OPEN: dict[str, Callable[[int], int]] = {"abs": abs}
CHOSEN = {"<": lambda a, b: a < b}


def area(kind: str, x: float) -> float:
    if kind not in AREAS:
        raise ValueError(f"unknown shape {kind}")
    function = AREAS[kind]
    return function(x) + AREAS[kind](x)


def maybe_area(kind: str, x: float) -> float | None:
    function = AREAS.get(kind)
    if function is None:
        return None
    return function(x)


def default_area(kind: str, x: float) -> float:
    return AREAS.get(kind, circle_area)(x)


def all_areas(x: float) -> dict[str, float]:
    return {name: function(x) for name, function in AREAS.items()}


def largest(x: float) -> str:
    return max(AREAS, key=lambda name: AREAS[name](x))


def names() -> list[str]:
    return sorted(AREAS)


def through(x: float) -> float:
    for step in STEPS:
        x = step(x)
    return x


def chosen(i: int, x: float) -> float:
    return STEPS[i](x)


def evaluate(expression: str) -> int:
    stack: list[int] = []
    for token in expression.split():
        if token in OPERATORS:
            right, left = stack.pop(), stack.pop()
            _, function = OPERATORS[token]
            stack.append(function(left, right))
        else:
            stack.append(int(token))
    return stack.pop()


def precedence(op: str) -> int:
    return OPERATORS[op][0]


def clean(text: str) -> str:
    for cleaner in CLEANERS:
        text = cleaner(text)
    return text


def holds(a: int, op: str, b: int) -> bool:
    return COMPARISONS[op](a, b)


def applied(function: Callable[[float], float], x: float) -> float:
    return function(x)


def handed_on(kind: str, x: float) -> float:
    return applied(AREAS[kind], x)


def either(flag: bool, x: float) -> float:
    function = square_area
    if flag:
        function = AREAS["circle"]
    return function(x)


def ruled(n: int) -> list[str]:
    return [rule(n) for divisor, rule in RULES.items() if n % divisor == 0]


def opened(name: str, n: int) -> int:
    return OPEN[name](n)


def open_up(name: str) -> None:
    OPEN[name] = abs


def unsaid(a: int, b: int) -> bool:
    return CHOSEN["<"](a, b)


CASES = [
    ("area", ("square", 2.0)), ("area", ("circle", 1.5)), ("area", ("cube", 1.0)),
    ("maybe_area", ("circle", 2.0)), ("maybe_area", ("", 2.0)), ("default_area", ("x", 1.0)),
    ("default_area", ("square", 3.0)), ("all_areas", (2.0,)), ("largest", (2.0,)), ("names", ()),
    ("through", (2.0,)), ("through", (-1.0,)), ("chosen", (0, 3.0)), ("chosen", (-1, 3.0)), ("chosen", (3, -1.0)),
    ("chosen", (9, 1.0)), ("evaluate", ("3 4 + 2 *",)), ("evaluate", ("7 2 //",)), ("evaluate", ("7 0 //",)),
    ("evaluate", ("+",)), ("evaluate", ("x",)), ("precedence", ("*",)), ("precedence", ("?",)),
    ("clean", ("  A-B ",)), ("clean", ("É-ß",)), ("holds", (1, "<", 2)), ("holds", (2, "==", 2)),
    ("holds", (1, ">", 2)), ("applied", (fn("lambda x: x + 1.0"), 2.0)), ("handed_on", ("square", 4.0)),
    ("handed_on", ("?", 4.0)), ("either", (True, 1.0)), ("either", (False, 3.0)), ("ruled", (15,)), ("ruled", (4,)),
    ("open_up", ("abs",)), ("opened", ("abs", -2)), ("unsaid", (1, 2)),
]  # fmt: skip
DECLINES = [("area", ("circle", 1e200)), ("evaluate", ("9223372036854775807 1 +",))]
REFUSED = {"opened": "PT407", "open_up": "PT407", "unsaid": "PT215"}
SHOWN = ["evaluate"]
