"""Rows of `unicodedata`, for the characters on which no two versions of Unicode differ."""

from __future__ import annotations

from portalis.compiler.lowering.value import Form, Range
from portalis.compiler.stdlib.rows import Row
from portalis.compiler.types import BOOL, INT, STR

ROWS: dict[str, tuple[Row, ...]] = {
    "unicodedata.normalize": (Row(("str", "str"), "unicode::normalize", STR, True),),
    "unicodedata.is_normalized": (Row(("str", "str"), "unicode::is_normalized", BOOL, True),),
    "unicodedata.category": (Row(("str",), "unicode::category", STR, form=Form.STATIC),),
    "unicodedata.combining": (Row(("str",), "unicode::combining", INT, range=Range(0, 254)),),
    "unicodedata.decimal": (
        Row(("str",), "unicode::decimal", INT, True, range=Range(0, 9)),
        Row(("str", "int"), "unicode::decimal_or", INT),
    ),
}
