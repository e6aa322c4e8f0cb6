"""Enumerations: members, aliases, values, looking up, comparing, showing, as keys and in constants."""
from __future__ import annotations

from enum import Enum, IntEnum, StrEnum, auto, unique


class Color(Enum):
    """A colour of the flag."""

    RED = 1
    GREEN = 2
    DARK_BLUE = 3
    CRIMSON = 1

    @property
    def warm(self) -> bool:
        return self is Color.RED

    def after(self) -> Color:
        """The next one around the wheel."""
        return Color(self.value % len(Color) + 1)

    def describe(self, loud: bool = False) -> str:
        text = f"{self.name.lower()} is {self.value}"
        return text.upper() if loud else text

    @classmethod
    def longest(cls) -> Color:
        best = cls.RED
        for one in cls:
            if len(one.name) > len(best.name):
                best = one
        return best

    @staticmethod
    def default() -> Color:
        return Color.GREEN


class Level(IntEnum):
    HIGH = 30
    LOW = -5
    MIDDLE = 7


@unique
class Kind(StrEnum):
    ALPHA = auto()
    beta_two = "b2"
    _Gamma = "g"


class Token(str, Enum):
    PLUS = "+"
    TIMES = "*"


class Planet(Enum):
    EARTH = (5.976e24, 6.37814e6)
    MARS = (6.421e23, 3.3972e6)

    def gravity(self) -> float:
        mass, radius = self.value
        return 6.67430e-11 * mass / (radius * radius)


class Step(Enum):
    Self = "self"
    match = "match"
    A1_2 = "a"
    A12 = "b"

    def __str__(self) -> str:
        return f"<{self.value}>"


class Unit(Enum):
    SECOND = 1
    MINUTE = 60

    def __lt__(self, other: Unit) -> bool:
        return self.value < other.value


NAMES = {Color.RED: "rouge", Color.GREEN: "vert"}
PAIRS = [(Color.GREEN, Level.LOW), (Color.RED, Level.HIGH)]
WARM = frozenset({Color.RED})
FALLBACK = Level.MIDDLE


def look_up(n: int) -> str:
    return Color(n).name


def look_up_kind(text: str) -> str:
    return Kind(text).name


def look_up_name(text: str) -> int:
    return Color[text].value


def look_up_unit(n: int) -> bool:
    return Unit(n * 2) < Unit.MINUTE


def shown(n: int) -> str:
    color = Color(n)
    return f"{color}|{color!s}|{color!r}|{str(color)}|{color:>12}|{color.describe(True)}"


def shown_level(n: int) -> str:
    level = Level(n)
    return f"{level}|{level!r}|{level:+05d}|{str(level)}|{level.name}"


def shown_texts(n: int) -> str:
    kinds = list(Kind)
    tokens = [one for one in Token]
    kind, token = kinds[n % len(kinds)], tokens[n % 2]
    return f"{kind}|{kind!r}|{kind:>6}|{str(token)}|{token!r}|{token.value}"


def shown_own(text: str) -> str:
    return f"{Step(text)}{str(Step(text))}"


def ordered(ns: list[int]) -> list[int]:
    levels = [Level(n) for n in ns]
    return [one.value for one in sorted(levels)]


def extremes(ns: list[int]) -> tuple[str, str]:
    levels = [Level(n) for n in ns]
    return max(levels).name, min(levels).name


def arithmetic(n: int, m: int) -> int:
    level = Level(n)
    if level == m or level > Level.LOW:
        return level * 2 + m
    return -level if level else abs(level) - int(level)


def text_of(text: str) -> str:
    token = Token(text)
    if token == "+":
        return "plus" + token
    return token.upper() + token.value * 2


def counted(ns: list[int]) -> dict[str, int]:
    seen: dict[Color, int] = {}
    for n in ns:
        color = Color((n % 3) + 1)
        seen[color] = seen.get(color, 0) + 1
    return {color.name: count for color, count in seen.items()}


def distinct(ns: list[int]) -> int:
    return len({Color(n % 3 + 1) for n in ns})


def constants(n: int) -> str:
    color = Color(n)
    found = [level.name for one, level in PAIRS if one is color]
    return NAMES.get(color, "?") + ",".join(found) + str(color in WARM) + FALLBACK.name


def chained(n: int) -> bool:
    color: Color | None = Color(n) if n < 3 else None
    if color is None:
        return Color.default().warm
    return color.after() is not Color.RED and color in (Color.RED, Color.CRIMSON) and color != Color.DARK_BLUE


def longest() -> str:
    return Color.longest().name + Color.CRIMSON.name + Color.longest().DARK_BLUE.name


def weights() -> list[float]:
    return [planet.gravity() for planet in Planet]


def warm(color: Color = Color.CRIMSON) -> bool:
    return color.warm


CASES = [
    ("look_up", (1,)), ("look_up", (3,)), ("look_up", (0,)), ("look_up", (-1,)), ("look_up", (2**63 - 1,)),
    ("look_up_kind", ("alpha",)), ("look_up_kind", ("g",)), ("look_up_kind", ("it's",)),
    ("look_up_name", ("RED",)), ("look_up_name", ("CRIMSON",)), ("look_up_name", ("red",)),
    ("look_up_name", ("a'\n",)), ("look_up_unit", (30,)), ("look_up_unit", (1,)),
    ("shown", (1,)), ("shown", (2,)), ("shown", (3,)), ("shown", (4,)),
    ("shown_level", (30,)), ("shown_level", (-5,)), ("shown_level", (7,)), ("shown_level", (8,)),
    ("shown_texts", (0,)), ("shown_texts", (1,)), ("shown_texts", (2,)),
    ("shown_own", ("self",)), ("shown_own", ("b",)), ("shown_own", ("c",)),
    ("ordered", ([30, -5, 7, -5],)), ("ordered", ([],)), ("ordered", ([1],)),
    ("extremes", ([7, 30, -5],)), ("extremes", ([],)),
    ("arithmetic", (30, 1)), ("arithmetic", (-5, -5)), ("arithmetic", (-5, 3)), ("arithmetic", (7, 2**62)),
    ("text_of", ("+",)), ("text_of", ("*",)), ("text_of", ("-",)),
    ("counted", ([1, 2, 3, 4, 1],)), ("counted", ([],)), ("distinct", ([0, 3, 1],)),
    ("constants", (1,)), ("constants", (2,)), ("constants", (3,)),
    ("chained", (1,)), ("chained", (2,)), ("chained", (3,)), ("chained", (0,)),
    ("longest", ()), ("weights", ()), ("warm", ()),
]
