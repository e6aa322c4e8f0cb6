"""Regular expressions."""

import re

WORD = re.compile(r"(?P<head>\w)(\w*)")
DATE = re.compile(r"^(\d{4})-(\d\d)-(\d\d)$")
CLEAN = re.compile(r"[\s\-.]+")


def words(s: str) -> list[str]:
    return re.findall(r"[a-z]+", s)


def parts(s: str) -> list[tuple[str, str]]:
    return WORD.findall(s)


def date(s: str) -> tuple[int, int, int] | None:
    m = DATE.match(s)
    if not m:
        return None
    year, month, day = m.groups()
    return int(year), int(month), int(day)


def head(s: str) -> str:
    m = WORD.search(s)
    if m is None:
        return "-"
    return m.group("head") + m.group(2) + str(m.start()) + str(m.end())


def cleaned(s: str) -> str:
    return CLEAN.sub("", s).upper()


def is_code(s: str) -> bool:
    return re.fullmatch(r"[A-Z]{2}\d+", s) is not None


def split(s: str) -> list[str]:
    return re.split(r"[,;]\s*", s)


def doubled(s: str) -> bool:
    return bool(re.search(r"(\w)\1", s))


def ignoring(s: str) -> bool:
    return re.match("straße|ab", s, re.IGNORECASE) is not None


CASES = [
    *(("words", (s,)) for s in ["", "ab, cd9ef", "äb"]),
    *(("parts", (s,)) for s in ["", "ab é 1"]),
    *(("date", (s,)) for s in ["2024-01-31", "2024-1-31", "2024-01-31\n", "٢٠٢٤-٠١-٣١", "x"]),
    *(("head", (s,)) for s in ["", "  été x"]),
    *(("cleaned", (s,)) for s in ["a-b. c", "", "ß"]),
    *(("is_code", (s,)) for s in ["AB12", "AB", "AB1x", "AB1\n"]),
    *(("split", (s,)) for s in ["a, b;c", "", ","]),
    *(("doubled", (s,)) for s in ["hello", "abc", "éé"]),
    *(("ignoring", (s,)) for s in ["STRASSE", "AB", "aB", "x"]),
]
SHOWN = ["date"]
