"""Arguments drawn by annotation: small ordinary values, and the extremes that functions trip over."""

from __future__ import annotations

import ast
import random
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

INTS = (0, 1, -1, 2, 3, 5, 8, 10, 16, 63, 64, 65, 97, 255, 256, 1000, -7, -64, 2**31, 2**32 - 1, 2**53 + 1)
FAR = (2**62, 2**63 - 1, -(2**63), -(2**63) + 1, 3037000500)
FLOATS = (
    0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, 0.1, 0.2, 0.3, 1e-9,
    3.14159, 100.0, -273.15, 1e16, 2.0**53, 1e100, -1e100,
)  # fmt: skip
ODD = (
    1e308, 1.7976931348623157e308, -1.7976931348623157e308, 5e-324, -5e-324, 2.2250738585072014e-308,
    float("inf"), float("-inf"), float("nan"),
)  # fmt: skip
DECIMALS = (
    "0", "-0", "0.00", "0E+3", "0E-9", "1", "1.0", "1.000", "-1.00", "0.5", "1.5", "2.5", "-2.5", "0.05",
    "1E+3", "1E-7", "0.000001", "0.0000001", "2.675", "12345678901234567890123456789.5",
    "1234567890123456789012345678",
    "9999999999999999999999999999.5", "99.995", "1E+30", "-1E-30", "1E+100", "4", "2", "144", "0.0001",
)  # fmt: skip
WORDS = (
    "", "a", "b", "ab", "ba", "Hello", "world", "well-known", "e-mail", "--",
    "---", "x--y", "a-b-c-d", "don't", "it's",
    "éclair", "straße", "日本", "😀", "100%", "%41", "%zz", "%E9",
    "%C3%A9", "+", "&<>\"'", "\\", "_", "1-2", "3.14", "foo.bar,",
    "supercalifragilisticexpialidocious", "x" * 30, "half-a-word-with-many-hyphens-inside",
)  # fmt: skip
SPACES = (" ", " ", "  ", "\n", "\t", "\n\n", "\r\n", "\x0b", "\u3000", "\n  ", "\n\t")
HEX = "0123456789abcdefABCDEF"


def draw_int(rng: random.Random) -> int:
    kind = rng.random()
    if kind < 0.7:
        return rng.randint(-12, 30)
    return rng.choice(INTS if kind < 0.9 else FAR)


def draw_float(rng: random.Random) -> float:
    kind = rng.random()
    if kind < 0.4:
        return rng.choice(FLOATS)
    if kind < 0.5:
        return rng.choice(ODD)
    size = 10.0 ** rng.randint(-300, 300)
    return rng.choice((rng.uniform(-10, 10), rng.gauss(0, 1e6), rng.random() * size))


def draw_text(rng: random.Random) -> str:
    if rng.random() < 0.25:
        return "".join(rng.choice(HEX) for _ in range(rng.randint(0, 9)))
    parts = [rng.choice(WORDS) + rng.choice((*SPACES, "", "")) for _ in range(rng.randint(0, 9))]
    return rng.choice(("", "", " ", "\t")) + "".join(parts)


def draw_bytes(rng: random.Random) -> bytes:
    kind = rng.random()
    if kind < 0.4:
        return "".join(rng.choice(HEX + " +-=") for _ in range(rng.randint(0, 12))).encode()
    if kind < 0.6:
        return bytes(rng.choice((0, 32, 9, 11, 65, 97, 255)) for _ in range(rng.randint(0, 6)))
    return rng.randbytes(rng.choice((0, 1, 7, 7, 8, 8)))


def floats(rng: random.Random) -> list[float]:
    """Mostly floats of one size, as data are; sometimes with what is odd among them."""
    if rng.random() < 0.3:
        return [draw_float(rng) for _ in range(rng.randint(0, 6))]
    scale = 10.0 ** rng.randint(-3, 3)
    return [round(rng.gauss(0, scale), rng.randint(0, 17)) for _ in range(rng.randint(0, 9))]


def draw_decimal(rng: random.Random) -> Decimal:
    if rng.random() < 0.2:
        return Decimal(rng.choice(DECIMALS))
    digits = rng.choice((1, 2, 3, 5, 9, 16, 28, 30, 60))
    number = rng.randrange(10**digits)
    if rng.random() < 0.3:
        number = number // 10 * 10 + 5
    return Decimal(
        f"{rng.choice(('', '-'))}{number}E{rng.choice((0, -1, -2, -2, -3, -digits, 2, rng.randint(-40, 40)))}"
    )


_PLAIN: dict[str, Callable[[random.Random], object]] = {
    "int": draw_int,
    "float": draw_float,
    "str": draw_text,
    "bytes": draw_bytes,
    "bytearray": lambda rng: bytearray(draw_bytes(rng)),
    "Decimal": draw_decimal,
    "Fraction": lambda rng: Fraction(draw_int(rng), draw_int(rng) or 7),
    "bool": lambda rng: rng.random() < 0.5,
    "None": lambda rng: None,
}


_SIZES = frozenset({"width", "size", "k", "n", "r"})
"""Parameters that say how much memory a result takes."""


def argument(parameter: ast.arg, rng: random.Random) -> object:
    """A value for a parameter, by its annotation; what is a size stays small."""
    if parameter.arg in _SIZES:
        return rng.choice((rng.randint(-2, 9), rng.randint(-1, 70)))
    assert parameter.annotation is not None
    return draw(parameter.annotation, rng)


def draw(annotation: ast.expr, rng: random.Random) -> object:
    """A value of an annotation, such as `dict[str, list[int]]`."""
    match annotation:
        case ast.Name(id=name):
            return _PLAIN[name](rng)
        case ast.Constant(value=None):
            return None
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return draw(rng.choice((left, right)), rng)
        case ast.Subscript(value=ast.Name(id="list"), slice=ast.Name(id="float")):
            return floats(rng)
        case ast.Subscript(value=ast.Name(id="list"), slice=ast.Name(id="str")):
            return [rng.choice(WORDS) for _ in range(rng.choice((0, 1, 2, 3, 5)))]
        case ast.Subscript(value=ast.Name(id="list"), slice=item):
            return [draw(item, rng) for _ in range(rng.choice((0, 1, 2, 3, 4, 6)))]
        case ast.Subscript(value=ast.Name(id="deque"), slice=item):
            return deque(draw(item, rng) for _ in range(rng.randint(0, 5)))
        case ast.Subscript(value=ast.Name(id="Counter"), slice=item):
            return Counter({draw(item, rng): rng.randint(-2, 5) for _ in range(rng.randint(0, 4))})
        case ast.Subscript(value=ast.Name(id="OrderedDict"), slice=ast.Tuple(elts=[key, item])):
            made = OrderedDict((draw(key, rng), draw(item, rng)) for _ in range(rng.randint(0, 4)))
            if made and rng.random() < 0.5:
                made.move_to_end(next(iter(made)))
            return made
        case ast.Subscript(value=ast.Name(id="defaultdict"), slice=ast.Tuple(elts=[key, item])):
            factory = {"int": int, "list": list}[ast.unparse(item).partition("[")[0]]
            pairs = ((draw(key, rng), draw(item, rng)) for _ in range(rng.randint(0, 4)))
            return defaultdict(factory, pairs)
        case ast.Subscript(value=ast.Name(id="tuple"), slice=ast.Tuple(elts=items)):
            return tuple(draw(item, rng) for item in items)
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[key, item])):
            return {draw(key, rng): draw(item, rng) for _ in range(rng.randint(0, 3))}
        case _:
            raise TypeError(f"no values for {ast.unparse(annotation)}")
