"""`unicodedata`."""

from __future__ import annotations

import re
import unicodedata


def normal_forms(text: str) -> list[str]:
    return [unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC", "NFKD")]


def in_form(form: str, text: str) -> str:
    return unicodedata.normalize(form or "NFC", text)


def is_normal(text: str) -> tuple[bool, bool]:
    return unicodedata.is_normalized("NFC", text), unicodedata.is_normalized("NFKD", text)


def categories(text: str) -> list[str]:
    return [unicodedata.category(c) for c in text]


def category_of(n: int) -> str:
    return unicodedata.category(chr(n % 0x30000))


def normal_of(n: int, k: int) -> tuple[str, int]:
    c = chr(abs(n) % 0xD800)
    return unicodedata.normalize("NFKD", c + "\u0301") + chr(abs(k) % 0x3000), unicodedata.combining(c)


def no_accents(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(c for c in apart if unicodedata.category(c) != "Mn")


def unmarked(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def slug(text: str) -> str:
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    text = re.sub(r"[^\w\s-]", "", text.lower())
    return re.sub(r"[-\s]+", "-", text).strip("-_")


def decimals(text: str) -> list[int]:
    return [unicodedata.decimal(c, -1) for c in text]


def decimal_of(text: str) -> int:
    return unicodedata.decimal(text)
