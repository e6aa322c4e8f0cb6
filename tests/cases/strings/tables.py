"""Tables as text: CSV, text buffers, words that are looked for."""

import csv
import io
import re
import unicodedata


def total(text: str) -> int:
    reader = csv.reader(text.splitlines())
    header = next(reader)
    place = header.index("price")
    return sum(int(row[place]) for row in reader)


def by_name(lines: list[str]) -> dict[str, str]:
    return {row["name"]: row["town"] for row in csv.DictReader(lines, delimiter=";")}


def written(rows: list[tuple[str, int]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["name", "count"])
    for name, count in rows:
        writer.writerow([name, count])
    return out.getvalue()


def numbered(lines: list[str]) -> str:
    out = io.StringIO()
    for number, line in enumerate(lines, 1):
        print(f"{number:>3}", line, sep=": ", file=out)
    return out.getvalue()


def mentions(text: str, words: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for word in words:
        found[word] = len(re.findall(rf"\b{re.escape(word)}\b", text, re.IGNORECASE))
    return found


def masked(text: str, words: list[str]) -> str:
    pattern = re.compile("|".join(re.escape(word) for word in words))
    return pattern.sub("*", text) if words else text


def slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


CASES = [
    *(("total", (t,)) for t in ["name,price\na,1\n\"b, c\",20\n", "price\n", "name\na\n", "price\nx"]),
    ("by_name", (["name;town", "Ann;Bonn", "", "Bob;\"K;ln\""],)),
    ("by_name", ([],)),
    *(("written", (r,)) for r in [[], [("a", 1), ('say "x"', -2), ("two\nlines", 0)]]),
    ("numbered", (["a", ""],)),
    ("mentions", ("A cat, a Cat. c.t", ["cat", "c.t", "dog"])),
    *(("masked", p) for p in [("a.b.c", [".", "c"]), ("abc", []), ("", ["x"])]),
    *(("slug", (t,)) for t in ["Crème brûlée!", "  ", "Größe 10"]),
]
DECLINES = [
    ("by_name", (["name;town", "Ann"],)),
    ("slug", ("\U0001fae8",)),
]
SHOWN = ["total", "written", "mentions"]
