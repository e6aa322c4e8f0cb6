"""Values to try the runtime on: ends of ranges, odd floats, text of every kind."""

from __future__ import annotations

import math
import random
import struct

I64_MIN, I64_MAX = -(2**63), 2**63 - 1

INTS = [
    0, 1, -1, 2, -2, 3, 5, 7, -7, 9, 10, -10, 12, 16, 36, 37, 50, 62, 63, 64, 97, 99, 100, 127, 128, 255,
    256, 999, 1000, -1000, 12345, 65535, 65536, 10**6, 1234567, 2**31 - 1, 2**31, -(2**31), 2**32,
    2**53 - 1, 2**53, 2**53 + 1, -(2**53) - 1, 2**62, 10**18, -(10**18), 5 * 10**18, 9007199254740993,
    I64_MAX - 1, I64_MAX, I64_MIN, I64_MIN + 1,
]  # fmt: skip

FLOATS = [
    0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.5, -2.5, 3.0, 0.1, 0.2, 0.25, 0.3, 1e-5, 1e-4, 0.0001234,
    123.456, -123.456, 2.675, 1.005, 1e15, 1e16, 1e17, 123456789012345.6, 9007199254740993.0, 1e22, 1e23,
    5e22, 2.5e22, 1.5e300, 1e-300, 5e-324, 2.2250738585072014e-308, 2.225073858507201e-308,
    1.7976931348623157e308, 9.2233720368547758e18, -9.3e18, 4.5, 5.5, 6.5, 9.5, 99.5, 999.5, 0.045, 1e100,
    math.pi, math.e, math.inf, -math.inf, math.nan, 1 / 3, 2 / 3, 100.0, 1e-7, 8.5, 0.99999, 999999.5,
    9999995.0, 1e6, 1e5, 1234567.0, 5e8, 150.0, 250.0, 25.0, 35.0,
]  # fmt: skip

ALPHABETS = [
    "abcXYZ", "0123456789", " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000\u200b", "aA1 _-+.,",
    "ßéÉñÇİıſ", "αβΓςσ", "日本語漢字", "😀🎉𝒜𝟘𐐀", "e\u0301a\u0308\u093f", "٠١٢९߀０９",
    "²³½ⅷ①一万", "ǅǆǄﬁﬀ", "'\"\\",
    "\x00\x07\x7f\xad\u200f", "+-0_x1b", "ab", "aa",
]  # fmt: skip

WORDS = [
    "", " ", "a", "ab", "abc", "aaa", "abcabc", "Hello World", "hello", "HELLO", "hello's", "it's \"x\"",
    "a,b,,c", ",", "a  b c", "  lead", "trail  ", "line\nnext\r\nlast\r", "\n", "tab\tsep\t", "12", "-12",
    "+7", " 42 ", "1_000", "_1", "1__0", "0x1F", "0b101", "0o17", "010", "0", "-0", "1e5", "1.5", ".5",
    "5.", "nan", "-inf", "Infinity", "1_0.5_0", "1e400", "-1e-400", "ÀÉ", "straße", "ﬁ",
    "日本語", "😀", "a😀b",
    "e\u0301", "１２３", "٣", "Ǆ", "İ", "\x00", "a\x00b", "x" * 40, "９" * 3, "1" * 19, "9" * 19,
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "z", "Z9", "1\u30002",
    "\u30001\u3000", "\x1c1", "1\x1c", "½", "x\x85y", "ab\u2028c", "A1b2", "Title Case", "titlE", "ª",
    "0_0", "0x_1f", "0x", "0b2", "- 1", "--1", "+", "-", "0e", "e5", "1e", "infinit", "iNf", "+nan", "1 2",
    "0 ",
]  # fmt: skip


def integer(rng: random.Random) -> int:
    """An int of i64: an odd one, a small one, or one of any size."""
    kind = rng.random()
    if kind < 0.4:
        return rng.choice(INTS)
    if kind < 0.7:
        return rng.randint(-20, 40)
    return rng.getrandbits(rng.randint(1, 63)) * rng.choice([1, -1])


def small(rng: random.Random) -> int:
    """An int that suits an index or a count, with the ends of i64 now and then."""
    return rng.choice([I64_MIN, I64_MAX, 100, -100]) if rng.random() < 0.05 else rng.randint(-6, 7)


def count(rng: random.Random) -> int:
    """A count that memory bears."""
    return rng.choice([-5, -1, 0, 1, 2, 3, 4, 5, 8, 11, 12, 20, 33])


def bound(rng: random.Random) -> int | None:
    """A bound of a slice."""
    return None if rng.random() < 0.25 else small(rng)


def step(rng: random.Random) -> int:
    """A step of a slice."""
    return rng.choice([1, 2, 3, -1, -2, -3, 1, -1, 0, 7, I64_MAX, I64_MIN])


def floating(rng: random.Random) -> float:
    """A float: an odd one, a decimal one, or one of any bits."""
    kind = rng.random()
    if kind < 0.4:
        return rng.choice(FLOATS) * rng.choice([1, 1, -1])
    if kind < 0.6:
        return round(rng.uniform(-1000, 1000), rng.randint(0, 6))
    if kind < 0.75:
        return float(rng.randint(-(10**6), 10**6)) / rng.choice([1, 2, 4, 8, 10, 100])
    if kind < 0.85:
        return rng.uniform(-10, 10)
    value: float = struct.unpack("<d", rng.getrandbits(64).to_bytes(8, "little"))[0]
    return value


def string(rng: random.Random) -> str:
    """Text: an odd word, or characters of one or two kinds."""
    if rng.random() < 0.4:
        return rng.choice(WORDS)
    letters = rng.choice(ALPHABETS) + (rng.choice(ALPHABETS) if rng.random() < 0.5 else "")
    return "".join(rng.choices(letters, k=rng.randint(0, 12)))


def number_text(rng: random.Random) -> str:
    """Text that is or nearly is a number."""
    body = str(rng.choice([integer(rng), floating(rng), rng.getrandbits(rng.choice([8, 70, 200]))]))
    if rng.random() < 0.3:
        place = rng.randint(0, len(body))
        body = body[:place] + rng.choice(["_", " ", "٣", "e", ".", "-", "0", "x", "a"]) + body[place:]
    return (
        rng.choice(["", "", "", " ", "\t", "\u3000", "+", "-", "0x", "0b", "0o", "0"])
        + body
        + rng.choice(["", "", " ", "\n"])
    )


def character(rng: random.Random) -> str:
    """One character."""
    if rng.random() < 0.6:
        return rng.choice(rng.choice(ALPHABETS))
    point = rng.choice([rng.randint(0, 127), rng.randint(0, 0x2FFF), rng.randint(0, 0x10FFFF)])
    return "?" if 0xD800 <= point < 0xE000 else chr(point)


def needle(rng: random.Random) -> str:
    """Text short enough to be found."""
    if rng.random() < 0.15:
        return ""
    return "".join(rng.choices(rng.choice(ALPHABETS), k=rng.choice([1, 1, 1, 2, 3])))


def octets(rng: random.Random) -> bytes:
    """Bytes, some of them text."""
    if rng.random() < 0.5:
        return bytes(rng.choices(b" ab01'\"\\\t\n\r\x00\x7f\xff", k=rng.randint(0, 8)))
    return string(rng).encode()


def ints(rng: random.Random) -> list[int]:
    """A short list of small ints."""
    return [rng.randint(-3, 4) for _ in range(rng.choice([0, 1, 2, 2, 3, 4, 6]))]


def floats(rng: random.Random) -> list[float]:
    """A short list of floats."""
    return [floating(rng) for _ in range(rng.choice([0, 1, 2, 3, 5, 8]))]


def specification(rng: random.Random) -> str:
    """A format specification, mostly a good one."""
    pick = rng.choice
    fill = pick(["", "", "", "*", "0", "é", "=", "x", "😀"])
    parts = [
        fill + pick("<>=^") if rng.random() < 0.4 else "",
        pick(["", "", "", "+", "-", " "]),
        pick(["", "", "", "", "z"]),
        pick(["", "", "", "#"]),
        pick(["", "", "0"]),
        pick(["", "", "1", "5", "10", "12", "20"]),
        pick(["", "", "", ",", "_"]),
        pick(["", "", "", ".0", ".1", ".2", ".3", ".10", ".17", ".30"]),
        pick(["", "", *"bcdeEfFgGosxX%"]),
    ]
    text = "".join(parts)
    if rng.random() < 0.05:
        place = rng.randint(0, len(text))
        text = (
            text[:place]
            + pick(["z", ".", ",", "_", "é", "\x01", "٣", "99999999999999999999", "r", "d"])
            + text[place:]
        )
    return text
