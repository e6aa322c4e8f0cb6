"""Values that tell look-alike operations apart: ends of ranges, halfway cases, text that changes under case
folding, white space that only some functions know.
"""

from __future__ import annotations

import math

INTS = (
    0, 1, -1, 2, 3, 7, 9, 10, -10, 99, 100, 101, 127, 128, 255, 256, 1000, 2**31 - 1, 2**31, -(2**31) - 1,
    2**32, 2**53 - 1, 2**53,
)  # fmt: skip
WIDE_INTS = (
    2**53 + 1, -(2**53) - 1, 3_037_000_499, 3_037_000_500, 10**18, 2**62, 2**63 - 1, -(2**63), -(2**63) + 1,
    2**63, -(2**63) - 1, 2**64,
)  # fmt: skip
FLOATS = (
    0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.5, -2.5, 0.1, 2.675, 0.125, 1e-5, 1e-9, 1e16, 1e22, -1e22, 1e300,
    3.141592653589793,
)  # fmt: skip
ODD_FLOATS = (
    math.inf, -math.inf, math.nan, 5e-324, -5e-324, 2.2250738585072014e-308, 1.7976931348623157e308,
    9007199254740993.0, 4503599627370496.5, 9.223372036854776e18, -9.223372036854775e18, 0.30000000000000004,
    0.49999999999999994, 1e-4, 123456789012345680.0,
)  # fmt: skip
STRINGS = (
    "", " ", "a", "A", "0", "1", "-", "abc", "Hello, World", "a b c", "\n", "\t x ", "12345", "-12", "+7",
    "007", "1.5", "1e3", "1_000", " 42 ", "aa", "aaaa", "abcabc", "a,b,,c", "a\nb\r\nc", "True", "None",
    "%s {} \\",
)  # fmt: skip
ODD_STRINGS = (
    "é", "e\u0301", "ß", "ẞ", "İ", "ı", "ǆ", "ﬁ", "ὈΔΥΣΣΕΎΣ", "\u0661\u0662\u0663", "\uff11\uff12", "²",
    "½", "Ⅷ", "日本語", "😀", "a\U0001f600b", "👨\u200d👩", "\x00", "\x1c", "\x1fa\x1e", "\x85", "\u2028",
    "\u200b", "\ufeffa", "\u00a0x\u00a0", "\u3000", "ſ", "K", "א\u05b0ב", "\u202eabc",
)  # fmt: skip
BYTES = (b"", b"\x00", b"a", b"abc", b"\xff", b"123", b" a b\n", bytes(range(8)), b"\x80\xfe", b"AbC\xe9")
INSERTED = "0123456789ABCXYZabcxyz -./,:;_\n\t"
STRANGE = "\u0661\uff15²½é\u00a0\u2003\u2028\x1c\x85ßİſΣ😀\u0301\u200b\x00"
WITHIN = ("ß", "İ", "ſ", "Σ", "\u0301", "😀", "\x1c", "\x85", "\u2028", "½")
"""Put into accepted strings, at the end and in the place of a letter."""
BLANKS = ("\x1c", "\x1d", "\x1e", "\x1f", "\x85", "\u00a0", "\u2003", "\u200b")
"""White space, and what looks like it, for both ends of accepted strings."""
EDGES = (2**63 - 1, -(2**63), 2**62, -(2**62), 2**53 + 1)
"""Integers with which the next operation leaves 64 bits, or the 53 of a float."""
