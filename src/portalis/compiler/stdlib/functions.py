"""Library functions that are a row each, by full name."""

from __future__ import annotations

from portalis.compiler.lowering.value import MAX_LEN, Form, Range
from portalis.compiler.stdlib import files, math, texts, textwrap, unicode, urls
from portalis.compiler.stdlib.rows import DATE, DATETIME, DELTA, ISO_CALENDAR, TIME, Row
from portalis.compiler.types import BOOL, BYTES, FLOAT, INT, STR, ListOf, TupleOf

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
    "datetime.time.fromisoformat": (Row(("str",), "date_iso::time_from_iso", TIME, True),),
    "datetime.datetime.strptime": (Row(("str", "str"), "date_text::parse", DATETIME, True),),
    "datetime.datetime.combine": (Row(("date", "time"), "date::combine", DATETIME),),
    "datetime.date.fromisocalendar": (
        Row(("int", "int", "int"), "date::from_iso_calendar", DATE, True, names=("year", "week", "day")),
    ),
    "calendar.leapdays": (Row(("int", "int"), "date::leap_days", INT),),
    "calendar.isleap": (Row(("int",), "date::is_leap", BOOL),),
    "calendar.monthrange": (Row(("int", "int"), "date::month_range", TupleOf((INT, INT)), True),),
    "calendar.monthcalendar": (Row(("int", "int"), "date::month_calendar", ListOf(ListOf(INT)), True),),
    "calendar.weekday": (Row(("int", "int", "int"), "date::calendar_weekday", INT, True, range=Range(0, 6)),),
}  # fmt: skip

_WORD = Range(0, 2**32 - 1)

BINARY: dict[str, tuple[Row, ...]] = {
    **{f"binascii.{name}": (Row(("bytes",), "base::hexlify", BYTES),) for name in ("hexlify", "b2a_hex")},
    **{
        f"binascii.{name}": (
            Row(("bytes",), "base::unhexlify", BYTES, True),
            Row(("ascii",), "base::unhexlify", BYTES, True),
        )
        for name in ("unhexlify", "a2b_hex")
    },
    **{
        name: (
            Row(("bytes",), "base::crc32", INT, tail=("0",), range=_WORD),
            Row(("bytes", "int"), "base::crc32", INT, range=_WORD),
        )
        for name in ("binascii.crc32", "zlib.crc32")
    },
    "zlib.adler32": (
        Row(("bytes",), "base::adler32", INT, tail=("1",), range=_WORD),
        Row(("bytes", "int"), "base::adler32", INT, range=_WORD),
    ),
    "base64.b64encode": (Row(("bytes",), "base::b64_encode", BYTES),),
    "base64.b32encode": (Row(("bytes",), "base::b32_encode", BYTES),),
    "base64.b16encode": (Row(("bytes",), "base::b16_encode", BYTES),),
    "base64.urlsafe_b64encode": (Row(("bytes",), "base::url_b64_encode", BYTES),),
    "base64.standard_b64encode": (Row(("bytes",), "base::b64_encode", BYTES),),
    **{
        f"base64.{name}": (
            Row(("bytes",), f"base::{rust}", BYTES, True),
            Row(("ascii",), f"base::{rust}", BYTES, True),
        )
        for name, rust in (
            ("b64decode", "b64_decode"),
            ("standard_b64decode", "b64_decode"),
            ("urlsafe_b64decode", "url_b64_decode"),
            ("b32decode", "b32_decode"),
            ("b16decode", "b16_decode"),
        )
    },
    "builtins.bytes.fromhex": (Row(("str",), "bytes::from_hex", BYTES, True),),
    "re.escape": (Row(("str",), "re::escape", STR),),
}

_COLOUR = TupleOf((FLOAT, FLOAT, FLOAT))

COLOURS: dict[str, tuple[Row, ...]] = {
    f"colorsys.{name}": (Row(("float", "float", "float"), f"colorsys::{name}", _COLOUR, "yiq" not in name),)
    for name in ("rgb_to_yiq", "yiq_to_rgb", "rgb_to_hls", "hls_to_rgb", "rgb_to_hsv", "hsv_to_rgb")
}

PATHS: dict[str, tuple[Row, ...]] = {
    "posixpath.join": (Row(("str", "str"), "posixpath::join", STR),),
    "posixpath.basename": (Row(("str",), "posixpath::basename", STR, form=Form.BORROWED),),
    "posixpath.dirname": (Row(("str",), "posixpath::dirname", STR),),
    "posixpath.split": (Row(("str",), "posixpath::split", TupleOf((STR, STR))),),
    "posixpath.splitext": (Row(("str",), "posixpath::splitext", TupleOf((STR, STR))),),
    "genericpath.splitext": (Row(("str",), "posixpath::splitext", TupleOf((STR, STR))),),
    "posixpath.isabs": (Row(("str",), "posixpath::isabs", BOOL),),
    "posixpath.normpath": (Row(("str",), "posixpath::normpath", STR),),
    "shlex.quote": (Row(("str",), "shlex::quote", STR),),
    "shlex.split": (Row(("str",), "shlex::split", ListOf(STR), True),),
    **{
        f"fnmatch.{name}": (Row(("str", "str"), "fnmatch::matches", BOOL, names=("name", "pat")),)
        for name in ("fnmatch", "fnmatchcase")
    },
    "keyword.iskeyword": (Row(("str",), "keyword::is_keyword", BOOL),),
}

ALL: dict[str, tuple[Row, ...]] = {
    **COLOURS,
    **PATHS,
    **math.ROWS,
    **BUILTINS,
    **DATES,
    **BINARY,
    **texts.ROWS,
    **textwrap.ROWS,
    **unicode.ROWS,
    **urls.ROWS,
}

_YEAR, _MONTH, _DAY = Range(1, 9999), Range(1, 12), Range(1, 31)

ATTRIBUTES: dict[tuple[str, str], Row] = {
    **files.ATTRIBUTES,
    **urls.ATTRIBUTES,
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
    **files.METHODS,
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
    ("datetime.time", "isoformat"): (Row(("time",), "date::time_str", STR),),
    ("datetime.date", "ctime"): (Row(("date",), "date_text::date_ctime", STR),),
    ("datetime.datetime", "ctime"): (Row(("datetime",), "date_text::ctime", STR),),
    **{
        (owner, "isocalendar"): (Row((kind,), "date::iso_calendar", ISO_CALENDAR),)
        for owner, kind in (("datetime.date", "date"), ("datetime.datetime", "datetime"))
    },
    ("datetime.time", "strftime"): (Row(("time", "str"), "date_text::time_format", STR),),
    ("datetime.datetime", "date"): (Row(("datetime",), "date::date_of", DATE),),
    ("datetime.datetime", "time"): (Row(("datetime",), "date::time_of", TIME),),
    ("datetime.timedelta", "total_seconds"): (Row(("timedelta",), "delta::total_seconds", FLOAT),),
    ("int", "bit_length"): (Row(("int",), "int::bit_length", INT, range=Range(0, 64)),),
    ("int", "bit_count"): (Row(("int",), "int::bit_count", INT, range=Range(0, 64)),),
    ("float", "is_integer"): (Row(("float",), "float::is_integer", BOOL),),
    ("float", "hex"): (Row(("float",), "float::hex", STR),),
    ("float", "as_integer_ratio"): (Row(("float",), "float::as_integer_ratio", TupleOf((INT, INT)), True),),
}

SIZE = Range(0, MAX_LEN)
DELTA_TYPE = DELTA
