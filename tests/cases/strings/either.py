"""Texts or bytes: methods that both have."""

from typing import Optional, Union


def scrubbed(v: Union[str, bytes]) -> bytes:
    if isinstance(v, str):
        v = v.encode("ascii")
    return v


def stripped(v: Union[str, bytes]) -> bytes:
    v = v.strip()
    return scrubbed(v)


def digits(v: Union[str, bytes]) -> bool:
    return v.isdigit()


def lowered(v: Optional[Union[str, bytes]]) -> Optional[Union[str, bytes]]:
    if v is None:
        return None
    lower = v.lower()
    return lower.strip()


def words(values: list[Union[str, bytes]]) -> int:
    return sum(1 for v in values if v.isalpha())


def changed(v: Union[str, list[str]]) -> int:
    return v.count("a")


CASES = [
    ("stripped", (" a ",)),
    ("stripped", (b" a\t",)),
    ("stripped", ("",)),
    ("digits", ("12",)),
    ("digits", (b"12a",)),
    ("digits", ("\u0661",)),
    ("lowered", ("\u0130 ",)),
    ("lowered", (b" AB",)),
    ("lowered", (None,)),
    ("words", (["a", b"b", "1", b""],)),
    ("words", ([],)),
    ("changed", ("banana",)),
    ("changed", (["a", "b"],)),
]
DECLINES = [
    ("stripped", ("\u00e9 ",)),
]
REFUSED = {"changed": "PT301"}
