"""Regular expressions that are compiled inside a function, and matches one after the other."""

import re


def is_phone(text: str) -> bool:
    pattern = re.compile(r"^(\+91[\-\s]?)?[789]\d{9}$")
    return bool(re.search(pattern, text))


def is_version(text: str) -> bool:
    pattern = r"v?\d+(\.\d+)*"
    return re.fullmatch(pattern, text, flags=re.IGNORECASE | re.ASCII) is not None


def settings(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in re.finditer(r"^(?P<key>\w+)\s*=\s*(?P<value>.*)$", text, re.MULTILINE | re.ASCII):
        found[match.group("key")] = match["value"].strip()
    return found


def shout(text: str) -> str:
    return re.sub(r"\*(\w+)\*", lambda m: m.group(1).upper(), text, flags=re.ASCII)


def cleaned(text: str) -> tuple[str, int]:
    return re.subn(r"\s+", " ", text)


def first_year(text: str) -> tuple[str, int, int]:
    found = re.search(r"(19|20)\d\d", text.strip(), re.A)
    if not found:
        raise ValueError("no year")
    return found.group(), found.start(), found.end(1)


def given(pattern: str, text: str) -> bool:
    return re.match(pattern, text) is not None


def chosen(strict: bool, text: str) -> bool:
    pattern = re.compile("a+")
    if strict:
        pattern = re.compile("a+$")
    return pattern.match(text) is not None


def from_place(text: str) -> bool:
    return re.compile("a").match(text, 1) is not None


CASES = [
    ("is_phone", ("+91-9876543210",)),
    ("is_phone", ("+91-1234567899",)),
    ("is_version", ("V1.20.3",)),
    ("is_version", ("1.",)),
    ("is_version", ("\u0661.0",)),
    ("settings", ("a = 1\n b=2\nc=3 \nd_1 =  x = y",)),
    ("shout", ("so *very* quiet",)),
    ("cleaned", (" a \t\n b\x1f",)),
    ("first_year", ("  in 1984 or 2001",)),
    ("first_year", ("in 1884",)),
    ("given", ("a", "ab")),
    ("chosen", (True, "ab")),
    ("from_place", ("ba",)),
]
REFUSED = {"given": "PT302", "chosen": "PT302", "from_place": "PT305"}
