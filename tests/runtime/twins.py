"""What each runtime function is in Python, and values to call it with."""

from __future__ import annotations

import math
import operator
import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.runtime import values as v

Draw = Callable[[random.Random], object]


@dataclass(frozen=True, slots=True)
class Twin:
    """A runtime function's path, the Python that does the same, and how its arguments are drawn."""

    path: str
    python: Callable[..., object]
    draws: tuple[Draw, ...]


def choice(*options: object) -> Draw:
    """Draws one of the options."""
    return lambda rng: rng.choice(options)


def either(*draws: Draw) -> Draw:
    """Draws from one of the draws."""
    return lambda rng: rng.choice(draws)(rng)


def compare(a: float, b: int) -> int | None:
    """The order of a float and an int."""
    return None if math.isnan(a) else (a > b) - (a < b)


def only(kind: type, value: object) -> object:
    """The value, where it has the type that Rust was promised; else Rust has to decline."""
    return value if type(value) is kind else 2**70


def neumaier(items: list[float], start: float = 0.0) -> float:
    """What `sum` is from Python 3.12 on."""
    total, lost = start, 0.0
    for item in items:
        after = total + item
        lost += (total - after) + item if abs(total) >= abs(item) else (item - after) + total
        total = after
    return total + lost if lost and math.isfinite(lost) else total


def percent(conversion: str | None) -> Callable[..., object]:
    """`%` with flags, width and precision."""

    def show(value: object, flags: str, width: int, precision: int | None, kind: str = "") -> str:
        dot = "" if precision is None else f".{precision}"
        return f"%{flags}{width or ''}{dot}{conversion or kind}" % value

    return show


def shifted(a: int, b: int) -> int:
    """`a << b` that doesn't fill memory."""
    return 2**70 if b > 200 and a else a << b


def powered(a: int, b: int) -> int:
    """`a ** b` that ends."""
    if b < 0 or (b > 100 and a not in (0, 1, -1)):
        return 2**70
    return int(a**b)


def permutations(n: int, k: int) -> int:
    """`math.perm` that ends."""
    return 2**70 if 70 < k <= n else math.perm(n, k)


def combinations(n: int, k: int) -> int:
    """`math.comb` that ends."""
    return 2**70 if 70 < k <= n and n - k > 70 else math.comb(n, k)


I, F, S, C, B, N, SM = v.integer, v.floating, v.string, v.character, v.octets, v.number_text, v.small
NUMBER = either(S, N)
BASE = choice(10, 10, 2, 8, 16, 36, 0, 0, 1, 37, -1, 7)
FLAGS = choice("", "", "0", "-", "+", " ", "#", "0-", "+0", "0#", "# ", "-#", " 0", "+-")
WIDTH = choice(0, 0, 1, 2, 5, 8, 12)
PRECISION = choice(None, None, 0, 1, 2, 3, 6, 10, 20)
FILL = choice(" ", "0", "*", "é", "😀")
TABLE = choice({97: "x", 98: None}, {}, {32: "", 128512: "yy", 49: None})

INT = [
    Twin("int::floor_div", operator.floordiv, (I, I)),
    Twin("int::floor_mod", operator.mod, (I, I)),
    Twin("int::divmod", divmod, (I, I)),
    Twin("int::pow", powered, (either(I, SM), either(I, SM))),
    Twin("int::pow_mod", pow, (I, I, I)),
    Twin("int::shl", shifted, (I, either(I, SM))),
    Twin("int::shr", operator.rshift, (I, I)),
    Twin("int::true_div", operator.truediv, (I, I)),
    Twin("int::parse", int, (NUMBER,)),
    Twin("int::parse_base", int, (NUMBER, BASE)),
    Twin("int::from_char", int, (C,)),
    Twin("int::from_char_base", int, (C, BASE)),
    Twin("int::parse_mod", lambda s, m: int(s) % m, (NUMBER, I)),
    Twin("int::parse_bytes", int, (either(B, lambda rng: v.number_text(rng).encode()),)),
    Twin("int::from_float", int, (F,)),
    Twin("int::bin", bin, (I,)),
    Twin("int::oct", oct, (I,)),
    Twin("int::hex", hex, (I,)),
    Twin("int::bit_length", int.bit_length, (I,)),
    Twin("int::bit_count", int.bit_count, (I,)),
    Twin("int::isqrt", math.isqrt, (I,)),
    Twin("int::gcd", math.gcd, (I, I)),
    Twin("int::lcm", math.lcm, (I, I)),
    Twin("int::factorial", lambda n: 2**70 if n > 100 else math.factorial(n), (either(I, SM),)),
    Twin("int::comb", combinations, (either(I, SM), either(I, SM))),
    Twin("int::perm", permutations, (either(I, SM), either(I, SM))),
    Twin("int::round_to", round, (I, choice(0, 1, 5, -1, -2, -3, -5, -17, -18, -19, -20, -21))),
    Twin("int::sum", sum, (v.ints,)),
    Twin("int::prod", math.prod, (v.ints,)),
    Twin("int::to_bytes_big", lambda a, n: a.to_bytes(n, "big"), (I, v.count)),
    Twin("int::to_bytes_little", lambda a, n: a.to_bytes(n, "little"), (I, v.count)),
    Twin("int::from_bytes_big", lambda b: int.from_bytes(b, "big"), (B,)),
    Twin("int::from_bytes_little", lambda b: int.from_bytes(b, "little"), (B,)),
]

FLOAT = [
    Twin("float::div", operator.truediv, (F, F)),
    Twin("float::floor_div", operator.floordiv, (F, F)),
    Twin("float::floor_mod", operator.mod, (F, F)),
    Twin("float::divmod", divmod, (F, F)),
    Twin("float::pow", operator.pow, (F, either(F, F, choice(2.0, 0.5, -1.0, 3.0)))),
    Twin("float::repr", repr, (F,)),
    Twin("float::parse", float, (NUMBER,)),
    Twin("float::from_int", float, (I,)),
    Twin("float::round", round, (F,)),
    Twin("float::round_to", round, (F, either(choice(0, 1, 2, 3, 5, -1, -2, -3, 22, -22, 400, -400), SM))),
    Twin("float::floor", math.floor, (F,)),
    Twin("float::ceil", math.ceil, (F,)),
    Twin("float::trunc", math.trunc, (F,)),
    Twin("float::cmp_int", compare, (F, I)),
    Twin("float::eq_int", operator.eq, (F, I)),
    Twin("float::lt_int", operator.lt, (F, I)),
    Twin("float::le_int", operator.le, (F, I)),
    Twin("float::gt_int", operator.gt, (F, I)),
    Twin("float::ge_int", operator.ge, (F, I)),
    Twin("float::sum_compensated", lambda x: only(float, neumaier(x) if x else 0), (v.floats,)),
    Twin("float::sum_compensated_from", lambda s, x: neumaier(x, s), (F, v.floats)),
    Twin("float::prod", lambda x: only(float, math.prod(x)), (v.floats,)),
    Twin("float::is_integer", float.is_integer, (F,)),
    Twin("float::sort", sorted, (v.floats,)),
]


def math_name(name: str) -> Twin:
    """A function of `math` over one float."""
    return Twin(f"float::{name}", getattr(math, name), (either(F, lambda rng: rng.uniform(-1.1, 1.1)),))


ONE_FLOAT = (
    "sqrt asinh acosh atanh exp exp2 expm1 log log2 log10 log1p sin cos tan asin acos atan sinh cosh tanh modf frexp degrees radians"
)
MATH = [
    *map(math_name, ONE_FLOAT.split()),
    Twin("float::math_pow", math.pow, (F, F)),
    Twin("float::log_base", math.log, (F, F)),
    Twin("float::atan2", math.atan2, (F, F)),
    Twin("float::fmod", math.fmod, (F, F)),
    Twin("float::ldexp", math.ldexp, (F, either(SM, choice(-1074, -1022, -1100, 1023, 1024, -1075, 52)))),
    Twin("float::fsum", math.fsum, (v.floats,)),
    Twin("float::hypot", math.hypot, (F, F)),
    Twin("float::dist", math.dist, (v.floats, v.floats)),
    Twin("float::isclose", lambda a, b, r, t: math.isclose(a, b, rel_tol=r, abs_tol=t), (F, F, F, F)),
]


def method(name: str, *draws: Draw) -> Callable[[str], Twin]:
    """A method of `str` under another name in Rust."""
    return lambda path: Twin(path, getattr(str, name), (S, *draws))


CHARS = [
    Twin(f"chars::{path}", getattr(str, name), (C,))
    for path, name in [
        ("is_digit", "isdigit"), ("is_decimal", "isdecimal"), ("is_numeric", "isnumeric"), ("is_alpha", "isalpha"),
        ("is_alnum", "isalnum"), ("is_space", "isspace"), ("is_upper", "isupper"), ("is_lower", "islower"),
        ("is_title", "istitle"), ("is_printable", "isprintable"), ("is_identifier_start", "isidentifier"),
        ("upper", "upper"), ("lower", "lower"), ("title", "title"), ("casefold", "casefold"),
    ]
] + [
    Twin("chars::is_line_break", lambda c: c.splitlines() == [""], (C,)),
    Twin("chars::ord", ord, (C,)),
    Twin("chars::chr", chr, (either(I, lambda rng: rng.randint(0, 0x110000)),)),
]  # fmt: skip
TEXT = [
    Twin("text::len", len, (S,)),
    Twin("text::char_at", operator.getitem, (S, SM)),
    Twin("text::at", operator.getitem, (S, SM)),
    Twin("text::slice_between", lambda s, a, b: s[a:b], (S, v.bound, v.bound)),
    Twin("text::slice_step", lambda s, a, b, c: s[a:b:c], (S, v.bound, v.bound, v.step)),
    Twin("text::reverse", lambda s: s[::-1], (S,)),
    *(
        Twin(f"text::{path}", getattr(str, name), (S,))
        for path, name in [
            ("strip", "strip"), ("lstrip", "lstrip"), ("rstrip", "rstrip"), ("upper", "upper"), ("lower", "lower"),
            ("title", "title"), ("capitalize", "capitalize"), ("swapcase", "swapcase"), ("casefold", "casefold"),
            ("is_digit", "isdigit"), ("is_decimal", "isdecimal"), ("is_numeric", "isnumeric"), ("is_alpha", "isalpha"),
            ("is_alnum", "isalnum"), ("is_space", "isspace"), ("is_upper", "isupper"), ("is_lower", "islower"),
            ("is_title", "istitle"), ("is_identifier", "isidentifier"), ("is_printable", "isprintable"),
            ("split", "split"), ("split_lines", "splitlines"),
        ]
    ),
    *(
        Twin(f"text::{path}", getattr(str, name), (S, v.needle))
        for path, name in [
            ("strip_chars", "strip"), ("lstrip_chars", "lstrip"), ("rstrip_chars", "rstrip"), ("find", "find"),
            ("rfind", "rfind"), ("index", "index"), ("rindex", "rindex"), ("count", "count"), ("split_on", "split"),
            ("partition", "partition"), ("rpartition", "rpartition"), ("remove_prefix", "removeprefix"),
            ("remove_suffix", "removesuffix"),
        ]
    ),
    *(
        Twin(f"text::{path}", getattr(str, name), (S, v.needle, v.bound, v.bound))
        for path, name in [
            ("find_in", "find"), ("rfind_in", "rfind"), ("index_in", "index"), ("rindex_in", "rindex"),
            ("count_in", "count"), ("starts_with_at", "startswith"), ("ends_with_at", "endswith"),
        ]
    ),
    Twin("text::split_max", lambda s, n: s.split(None, n), (S, SM)),
    Twin("text::rsplit_max", lambda s, n: s.rsplit(None, n), (S, SM)),
    Twin("text::split_on_max", str.split, (S, v.needle, SM)),
    Twin("text::rsplit_on_max", str.rsplit, (S, v.needle, SM)),
    Twin("text::split_lines_keep", lambda s: s.splitlines(True), (S,)),
    Twin("text::zfill", str.zfill, (S, v.count)),
    Twin("text::ljust", str.ljust, (S, v.count, FILL)),
    Twin("text::rjust", str.rjust, (S, v.count, FILL)),
    Twin("text::center", str.center, (S, v.count, FILL)),
    Twin("text::replace", str.replace, (S, v.needle, v.needle)),
    Twin("text::replace_n", str.replace, (S, v.needle, v.needle, SM)),
    Twin("text::expand_tabs", str.expandtabs, (S, v.count)),
    Twin("text::translate", str.translate, (S, TABLE)),
    Twin("text::repeat", operator.mul, (S, v.count)),
    Twin("text::ord", ord, (either(S, C),)),
    Twin("text::encode_utf8", str.encode, (S,)),
    Twin("text::encode_ascii", lambda s: s.encode("ascii") if s.isascii() else 2**70, (S,)),
    Twin("text::encode_latin1", lambda s: s.encode("latin-1") if max(s, default="") < "Ā" else 2**70, (S,)),
    Twin("text::join", str.join, (v.needle, lambda rng: [v.string(rng) for _ in range(rng.randint(0, 4))])),
    Twin("text::unpack2", lambda s: (lambda a, b: (a, b))(*unpack(s, 2)), (S,)),
]  # fmt: skip


def unpack(items: object, count: int) -> list[object]:
    """The items, unpacked into so many names by the interpreter itself."""
    if count == 2:
        a, b = items  # type: ignore[misc]
        return [a, b]
    a, *b, c, d = items  # type: ignore[misc]
    return [[a], b, [c, d]]


def utf8(data: bytes) -> object:
    """The decoded bytes, where they can be."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return 2**70


BYTES = [
    Twin("bytes::at", operator.getitem, (B, SM)),
    Twin("bytes::from_ints", bytes, (v.ints,)),
    Twin("bytes::hex", bytes.hex, (B,)),
    Twin("bytes::from_hex", bytes.fromhex, (either(S, lambda rng: v.octets(rng).hex(" "), lambda rng: v.octets(rng).hex()),)),
    Twin("bytes::decode_utf8", utf8, (B,)),
    Twin("bytes::decode_ascii", lambda b: b.decode("ascii") if b.isascii() else 2**70, (B,)),
    Twin("bytes::decode_latin1", lambda b: b.decode("latin-1"), (B,)),
    Twin("bytes::find", bytes.find, (B, lambda rng: v.octets(rng)[:2])),
    Twin("bytes::rfind", bytes.rfind, (B, lambda rng: v.octets(rng)[:2])),
    Twin("bytes::index", bytes.index, (B, lambda rng: v.octets(rng)[:2])),
    Twin("bytes::count", bytes.count, (B, lambda rng: v.octets(rng)[:2])),
    Twin("bytes::contains", operator.contains, (B, lambda rng: v.octets(rng)[:2])),
    Twin("bytes::split_on", bytes.split, (B, lambda rng: v.octets(rng)[:1])),
    Twin("bytes::replace", bytes.replace, (B, lambda rng: v.octets(rng)[:1], B)),
    Twin("bytes::strip", bytes.strip, (B,)),
    Twin("bytes::repeat", operator.mul, (B, v.count)),
    Twin("bytes::repr", repr, (B,)),
]
