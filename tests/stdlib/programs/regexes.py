"""`re`: flags, groups, replacements, matches one after the other."""

import re
from re import IGNORECASE

WORD = r"(?P<first>[a-z])(?P<rest>[a-z]*)"
NUMBER = re.compile(r"(\d)(\d)?", re.ASCII)


def flags(text: str) -> bool:
    return bool(re.search("A+", text, re.I | re.MULTILINE)) and re.match("[0-9]", text, flags=re.A) is None


def compiled_inside(text: str) -> list[str]:
    pattern = re.compile(r"[aeiou]+", IGNORECASE)
    return pattern.findall(text)


def handed_on(text: str) -> bool:
    pattern = r"^\s*[+-]?\d+$"
    return re.match(pattern, text, re.ASCII) is not None


def named(text: str) -> tuple[str, str, str]:
    found = re.search(WORD, text)
    if found is None:
        return ("", "", "")
    return found.group("first"), found.group("rest"), found.group(0)


def computed_subject(text: str) -> str:
    found = re.search("([a-z])$", text.strip())
    return found.group(1) if found else "-"


def groups(text: str) -> list[tuple[str, str | None]]:
    return [(m.group(1), m.group(2)) for m in NUMBER.finditer(text)]


def groups_with_default(text: str) -> list[tuple[str, str]]:
    return [m.groups("?") for m in NUMBER.finditer(text)]


def group_dict(text: str) -> list[dict[str, str | None]]:
    return [m.groupdict() for m in re.finditer(r"(?P<a>x)|(?P<b>[yz])", text)]


def places(text: str) -> list[tuple[int, int, tuple[int, int]]]:
    return [(m.start(), m.end(2), m.span("rest")) for m in re.finditer(WORD, text, re.IGNORECASE)]


def several(text: str) -> list[tuple[str, str | None]]:
    return [m.group(0, 2) for m in NUMBER.finditer(text)]


def replaced_by(text: str) -> str:
    return re.sub(r"[a-z]+", lambda m: m.group(0).upper(), text)


def replaced_some(text: str, n: int) -> str:
    return NUMBER.sub(lambda m: f"<{int(m.group(1)) + 1}>", text, count=n % 4)


def substituted(text: str) -> tuple[str, int]:
    return re.subn(r"\s+", " ", text)


def substituted_some(text: str, n: int) -> tuple[str, int]:
    return re.subn("a", "", text, count=n % 3)


def split_some(text: str, n: int) -> list[str]:
    return re.split(r"\W", text, maxsplit=n % 3, flags=re.ASCII)


def split_flags(text: str) -> list[str]:
    return re.split("A", text, flags=re.IGNORECASE)


def template(text: str) -> str:
    return re.sub(r"(?P<x>\w)(\W)", r"\2\g<x>", text, flags=re.ASCII)
