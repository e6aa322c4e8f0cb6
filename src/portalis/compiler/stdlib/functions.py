"""Library functions that are a row each, by full name."""

from __future__ import annotations

from portalis.compiler.lowering.value import MAX_LEN, Form, Range
from portalis.compiler.stdlib.rows import DATE, DATETIME, DELTA, TIME, Row
from portalis.compiler.types import BOOL, BYTES, FLOAT, INT, STR, TupleOf

_NATURAL = Range(0, 2**63 - 1)

MATH: dict[str, tuple[Row, ...]] = {
    **{
        f"math.{name}": (Row(("float",), f"float::{name}", FLOAT, True),)
        for name in (
            "sqrt", "exp", "exp2", "expm1", "log2", "log10", "log1p", "sin", "cos", "tan", "asin", "acos", "atan",
            "sinh", "cosh", "tanh", "asinh", "acosh", "atanh",
        )
    },
    **{f"math.{name}": (Row(("float",), f"float::{name}", FLOAT),) for name in ("degrees", "radians")},
    "math.log": (Row(("float",), "float::log", FLOAT, True), Row(("float", "float"), "float::log_base", FLOAT, True)),
    "math.fabs": (Row(("float",), ".abs", FLOAT),),
    "math.pow": (Row(("float", "float"), "float::math_pow", FLOAT, True),),
    "math.fmod": (Row(("float", "float"), "float::fmod", FLOAT, True),),
    "math.atan2": (Row(("float", "float"), "float::atan2", FLOAT),),
    "math.hypot": (Row(("float", "float"), "float::hypot", FLOAT),),
    "math.copysign": (Row(("float", "float"), "float::copysign", FLOAT),),
    "math.isnan": (Row(("float",), ".is_nan", BOOL),),
    "math.isinf": (Row(("float",), ".is_infinite", BOOL),),
    "math.isfinite": (Row(("float",), ".is_finite", BOOL),),
    "math.modf": (Row(("float",), "float::modf", TupleOf((FLOAT, FLOAT))),),
    "math.frexp": (Row(("float",), "float::frexp", TupleOf((FLOAT, INT))),),
    "math.ldexp": (Row(("float", "int"), "float::ldexp", FLOAT, True),),
    "math.isclose": (Row(("float", "float"), "float::isclose", BOOL, True, tail=("1e-9", "0.0")),),
    "math.gcd": (Row(("int", "int"), "int::gcd", INT, range=_NATURAL),),
    "math.lcm": (Row(("int", "int"), "int::lcm", INT, range=_NATURAL),),
    "math.isqrt": (Row(("int",), "int::isqrt", INT, True, range=_NATURAL),),
    "math.factorial": (Row(("int",), "int::factorial", INT, True, range=_NATURAL),),
    "math.comb": (Row(("int", "int"), "int::comb", INT, True, range=_NATURAL),),
    "math.perm": (Row(("int", "int"), "int::perm", INT, True, range=_NATURAL),),
}  # fmt: skip

BUILTINS: dict[str, tuple[Row, ...]] = {
    "builtins.bin": (Row(("int",), "int::bin", STR),),
    "builtins.oct": (Row(("int",), "int::oct", STR),),
    "builtins.hex": (Row(("int",), "int::hex", STR),),
    "builtins.chr": (Row(("int",), "chars::chr", STR, True, form=Form.CHAR),),
    "builtins.pow": (Row(("int", "int", "int"), "int::pow_mod", INT, True),),
}

DATES: dict[str, tuple[Row, ...]] = {
    "datetime.date": (Row(("int", "int", "int"), "date::date", DATE, True, names=("year", "month", "day")),),
    "datetime.datetime": tuple(
        Row(("int",) * n, "date::datetime", DATETIME, True, tail=("0",) * (7 - n), names=("year", "month", "day", "hour", "minute", "second", "microsecond")[:n])
        for n in range(3, 8)
    ),
    "datetime.time": tuple(Row(("int",) * n, "date::time", TIME, True, tail=("0",) * (4 - n)) for n in range(1, 5)),
    "datetime.date.fromordinal": (Row(("int",), "date::from_ordinal", DATE, True),),
    "datetime.date.fromisoformat": (Row(("str",), "date::date_from_iso", DATE, True),),
    "datetime.datetime.fromisoformat": (Row(("str",), "date::datetime_from_iso", DATETIME, True),),
    "datetime.datetime.strptime": (Row(("str", "str"), "date_text::parse", DATETIME, True),),
    "datetime.datetime.combine": (Row(("date", "time"), "date::combine", DATETIME),),
    "calendar.isleap": (Row(("int",), "date::is_leap", BOOL),),
    "calendar.monthrange": (Row(("int", "int"), "date::month_range", TupleOf((INT, INT)), True),),
    "calendar.weekday": (Row(("int", "int", "int"), "date::calendar_weekday", INT, True, range=Range(0, 6)),),
}  # fmt: skip

BINARY: dict[str, tuple[Row, ...]] = {
    "binascii.hexlify": (Row(("bytes",), "base::hexlify", BYTES),),
    "binascii.crc32": (Row(("bytes",), "base::crc32", INT, tail=("0",)),),
    "zlib.crc32": (Row(("bytes",), "base::crc32", INT, tail=("0",)),),
    "zlib.adler32": (Row(("bytes",), "base::adler32", INT, tail=("1",)),),
    "base64.b64encode": (Row(("bytes",), "base::b64_encode", BYTES),),
    "base64.b32encode": (Row(("bytes",), "base::b32_encode", BYTES),),
    "base64.b16encode": (Row(("bytes",), "base::b16_encode", BYTES),),
    "re.escape": (Row(("str",), "re::escape", STR),),
}

ALL: dict[str, tuple[Row, ...]] = {**MATH, **BUILTINS, **DATES, **BINARY}

_YEAR, _MONTH, _DAY = Range(1, 9999), Range(1, 12), Range(1, 31)

ATTRIBUTES: dict[tuple[str, str], Row] = {
    **{
        (owner, name): Row((kind,), f"date::{name}", INT, range=bounds)
        for owner, kind in (("datetime.date", "date"), ("datetime.datetime", "datetime"))
        for name, bounds in (("year", _YEAR), ("month", _MONTH), ("day", _DAY))
    },
    **{
        (owner, name): Row((kind,), f"date::{name}", INT, range=Range(0, top))
        for owner, kind in (("datetime.time", "time"), ("datetime.datetime", "datetime"))
        for name, top in (("hour", 23), ("minute", 59), ("second", 59), ("microsecond", 999_999))
    },
    ("datetime.timedelta", "days"): Row(
        ("timedelta",), "delta::days", INT, range=Range(-999_999_999, 999_999_999)
    ),
    ("datetime.timedelta", "seconds"): Row(("timedelta",), "delta::seconds", INT, range=Range(0, 86_399)),
    ("datetime.timedelta", "microseconds"): Row(
        ("timedelta",), "delta::microseconds", INT, range=Range(0, 999_999)
    ),
}

METHODS: dict[tuple[str, str], tuple[Row, ...]] = {
    **{
        (owner, name): (Row((kind,), f"date::{name}", INT, range=bounds),)
        for owner, kind in (("datetime.date", "date"), ("datetime.datetime", "datetime"))
        for name, bounds in (
            ("weekday", Range(0, 6)),
            ("isoweekday", Range(1, 7)),
            ("toordinal", Range(1, 3_652_059)),
        )
    },
    ("datetime.date", "isoformat"): (Row(("date",), "date::date_str", STR),),
    ("datetime.datetime", "isoformat"): (Row(("datetime",), "date::datetime_iso", STR),),
    ("datetime.date", "strftime"): (Row(("date", "str"), "date_text::date_format", STR),),
    ("datetime.datetime", "strftime"): (Row(("datetime", "str"), "date_text::datetime_format", STR),),
    ("datetime.datetime", "date"): (Row(("datetime",), "date::date_of", DATE),),
    ("datetime.datetime", "time"): (Row(("datetime",), "date::time_of", TIME),),
    ("datetime.timedelta", "total_seconds"): (Row(("timedelta",), "delta::total_seconds", FLOAT),),
    ("int", "bit_length"): (Row(("int",), "int::bit_length", INT, range=Range(0, 64)),),
    ("int", "bit_count"): (Row(("int",), "int::bit_count", INT, range=Range(0, 64)),),
    ("float", "is_integer"): (Row(("float",), "float::is_integer", BOOL),),
}

SIZE = Range(0, MAX_LEN)
DELTA_TYPE = DELTA
