"""What each runtime function is in Python, and values to call it with."""

from __future__ import annotations

import math
import operator
import random
import unicodedata
from collections.abc import Callable, Iterable
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


def unpack(items: Iterable[object], count: int) -> list[object]:
    """The items, unpacked by the interpreter itself: into two names, or with a star into `a, *b, c, d`."""
    if count == 2:
        first, second = items
        return [first, second]
    before, *middle, left, right = items
    return [[before], middle, [left, right]]


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


INT_, F, S, C, B, N, SM = v.integer, v.floating, v.string, v.character, v.octets, v.number_text, v.small
NOT_ZERO = choice(*(value for value in v.INTS if value))
STEP = choice(1, 2, 3, -1, -2, -3, 7, v.I64_MIN, v.I64_MAX)
SEPARATOR = choice(" ", ",", "a", "ab", "é", "-", "\n", "  ")
NUMBER = either(S, N)
BASE = choice(10, 10, 2, 8, 16, 36, 0, 0, 1, 37, -1, 7)
FLAGS = choice("", "", "0", "-", "+", " ", "#", "0-", "+0", "0#", "# ", "-#", " 0", "+-")
WIDTH = choice(0, 0, 1, 2, 5, 8, 12)
PRECISION = choice(None, None, 0, 1, 2, 3, 6, 10, 20)
FILL = choice(" ", "0", "*", "é", "😀")
TABLE = choice({97: "x", 98: None}, {}, {32: "", 128512: "yy", 49: None})

INT = [
    Twin("int::floor_div", operator.floordiv, (INT_, INT_)),
    Twin("int::floor_mod", operator.mod, (INT_, INT_)),
    Twin("int::divmod", divmod, (INT_, INT_)),
    Twin("int::pow", powered, (either(INT_, SM), either(INT_, SM))),
    Twin("int::pow_mod", pow, (INT_, INT_, INT_)),
    Twin("int::shl", shifted, (INT_, either(INT_, SM))),
    Twin("int::floor_div_nonzero", operator.floordiv, (INT_, NOT_ZERO)),
    Twin("int::floor_mod_nonzero", operator.mod, (INT_, NOT_ZERO)),
    Twin("int::shl_by", operator.lshift, (INT_, choice(0, 1, 2, 7, 31, 62))),
    Twin("int::shr", operator.rshift, (INT_, INT_)),
    Twin("int::true_div", operator.truediv, (INT_, INT_)),
    Twin("int::parse", int, (NUMBER,)),
    Twin("int::parse_base", int, (NUMBER, BASE)),
    Twin("int::from_char", int, (C,)),
    Twin("int::from_char_base", int, (C, BASE)),
    Twin("int::parse_mod", lambda s, m: int(s) % m, (NUMBER, INT_)),
    Twin("int::parse_bytes", int, (either(B, lambda rng: v.number_text(rng).encode()),)),
    Twin("int::from_float", int, (F,)),
    Twin("int::bin", bin, (INT_,)),
    Twin("int::oct", oct, (INT_,)),
    Twin("int::hex", hex, (INT_,)),
    Twin("int::bit_length", int.bit_length, (INT_,)),
    Twin("int::bit_count", int.bit_count, (INT_,)),
    Twin("int::isqrt", math.isqrt, (INT_,)),
    Twin("int::gcd", math.gcd, (INT_, INT_)),
    Twin("int::lcm", math.lcm, (INT_, INT_)),
    Twin("int::factorial", lambda n: 2**70 if n > 100 else math.factorial(n), (either(INT_, SM),)),
    Twin("int::comb", combinations, (either(INT_, SM), either(INT_, SM))),
    Twin("int::perm", permutations, (either(INT_, SM), either(INT_, SM))),
    Twin("int::round_to", round, (INT_, choice(0, 1, 5, -1, -2, -3, -5, -17, -18, -19, -20, -21))),
    Twin("int::sum", sum, (v.ints,)),
    Twin("int::prod", math.prod, (v.ints,)),
    Twin("int_bytes::to_bytes_big", lambda a, n: a.to_bytes(n, "big"), (INT_, v.count)),
    Twin("int_bytes::to_bytes_little", lambda a, n: a.to_bytes(n, "little"), (INT_, v.count)),
    Twin("int_bytes::from_bytes_big", lambda b: int.from_bytes(b, "big"), (B,)),
    Twin("int_bytes::from_bytes_little", lambda b: int.from_bytes(b, "little"), (B,)),
]

FLOAT = [
    Twin("float::div", operator.truediv, (F, F)),
    Twin("float::floor_div", operator.floordiv, (F, F)),
    Twin("float::floor_mod", operator.mod, (F, F)),
    Twin("float::divmod", divmod, (F, F)),
    Twin("float::pow", operator.pow, (F, either(F, F, choice(2.0, 0.5, -1.0, 3.0)))),
    Twin("float::repr", repr, (F,)),
    Twin("float::parse", float, (NUMBER,)),
    Twin("float::from_int", float, (INT_,)),
    Twin("float::round", round, (F,)),
    Twin("float::round_to", round, (F, either(choice(0, 1, 2, 3, 5, -1, -2, -3, 22, -22, 400, -400), SM))),
    Twin("float::floor", math.floor, (F,)),
    Twin("float::ceil", math.ceil, (F,)),
    Twin("float::trunc", math.trunc, (F,)),
    Twin("float::cmp_int", compare, (F, INT_)),
    Twin("float::eq_int", operator.eq, (F, INT_)),
    Twin("float::lt_int", operator.lt, (F, INT_)),
    Twin("float::le_int", operator.le, (F, INT_)),
    Twin("float::gt_int", operator.gt, (F, INT_)),
    Twin("float::ge_int", operator.ge, (F, INT_)),
    Twin("float::sum_compensated", lambda x: only(float, neumaier(x) if x else 0), (v.floats,)),
    Twin("float::sum_compensated_from", lambda s, x: neumaier(x, s), (F, v.floats)),
    Twin("float::prod", lambda x: only(float, math.prod(x)), (v.floats,)),
    Twin("float::is_integer", float.is_integer, (F,)),
    Twin("float::sort", sorted, (v.floats,)),
]


def math_name(name: str) -> Twin:
    """A function of `math` over one float."""
    return Twin(f"math::{name}", getattr(math, name), (either(F, lambda rng: rng.uniform(-1.1, 1.1)),))


ONE_FLOAT = (
    "sqrt asinh acosh atanh exp exp2 expm1 log log2 log10 log1p sin cos tan asin acos atan sinh cosh tanh "
    "modf frexp degrees radians"
)
MATH = [
    *map(math_name, ONE_FLOAT.split()),
    Twin("math::pow", math.pow, (F, F)),
    Twin("math::log_base", math.log, (F, F)),
    Twin("math::atan2", math.atan2, (F, F)),
    Twin("math::fmod", math.fmod, (F, F)),
    Twin("math::ldexp", math.ldexp, (F, either(SM, choice(-1074, -1022, -1100, 1023, 1024, -1075, 52)))),
    Twin("math::fsum", math.fsum, (v.floats,)),
    Twin("math::hypot", math.hypot, (F, F)),
    Twin("math::dist", math.dist, (v.floats, v.floats)),
    Twin("math::isclose", lambda a, b, r, t: math.isclose(a, b, rel_tol=r, abs_tol=t), (F, F, F, F)),
]


def named(names: str) -> list[tuple[str, str]]:
    """Pairs of names in Rust and Python: `rust=python`, or one name for both."""
    return [(one.split("=")[0], one.split("=")[-1]) for one in names.split()]


CHARS = [
    Twin(f"chars::{path}", getattr(str, name), (C,))
    for path, name in named(
        "is_digit=isdigit is_decimal=isdecimal is_numeric=isnumeric is_alpha=isalpha "
        "is_alnum=isalnum is_space=isspace is_upper=isupper is_lower=islower is_title=istitle "
        "is_printable=isprintable is_identifier_start=isidentifier upper lower title casefold"
    )
] + [
    Twin("chars::at", lambda i: "aé😀"[i], (SM,)),
    Twin("chars::decimal_value", lambda c: unicodedata.decimal(c, None), (C,)),
    Twin("chars::is_line_break", lambda c: c.splitlines() == [""], (C,)),
    Twin("chars::ord", ord, (C,)),
    Twin("chars::chr", chr, (either(INT_, lambda rng: rng.randint(0, 0x110000)),)),
]
TEXT = [
    Twin("text::len", len, (S,)),
    Twin("text::char_at", operator.getitem, (S, SM)),
    Twin("text::at", operator.getitem, (S, SM)),
    Twin("text::slice_between", lambda s, a, b: s[a:b], (S, v.bound, v.bound)),
    Twin("text::slice_step", lambda s, a, b, c: s[a:b:c], (S, v.bound, v.bound, v.step)),
    Twin("text::slice_by", lambda s, a, b, c: s[a:b:c], (S, v.bound, v.bound, STEP)),
    Twin("text::split_by", str.split, (S, SEPARATOR)),
    Twin("text::split_by_max", str.split, (S, SEPARATOR, SM)),
    Twin("text::rsplit_by_max", str.rsplit, (S, SEPARATOR, SM)),
    Twin("text::partition_by", str.partition, (S, SEPARATOR)),
    Twin("text::rpartition_by", str.rpartition, (S, SEPARATOR)),
    Twin("text::reverse", lambda s: s[::-1], (S,)),
    *(
        Twin(f"text::{path}", getattr(str, name), (S,))
        for path, name in named(
            "strip lstrip rstrip upper lower title capitalize swapcase casefold is_digit=isdigit "
            "is_decimal=isdecimal is_numeric=isnumeric is_alpha=isalpha is_alnum=isalnum "
            "is_space=isspace is_upper=isupper is_lower=islower is_title=istitle "
            "is_identifier=isidentifier is_printable=isprintable split split_lines=splitlines"
        )
    ),
    *(
        Twin(f"text::{path}", getattr(str, name), (S, v.needle))
        for path, name in named(
            "strip_chars=strip lstrip_chars=lstrip rstrip_chars=rstrip find rfind index rindex count "
            "split_on=split partition rpartition remove_prefix=removeprefix remove_suffix=removesuffix"
        )
    ),
    *(
        Twin(f"text::{path}", getattr(str, name), (S, v.needle, v.bound, v.bound))
        for path, name in named(
            "find_in=find rfind_in=rfind index_in=index rindex_in=rindex count_in=count "
            "starts_with_at=startswith ends_with_at=endswith"
        )
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
    Twin("text::unpack2", lambda s: unpack(s, 2), (S,)),
]


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
    Twin(
        "bytes::from_hex",
        bytes.fromhex,
        (either(S, lambda rng: v.octets(rng).hex(" "), lambda rng: v.octets(rng).hex()),),
    ),
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
    Twin("repr::bytes", repr, (B,)),
]
