"""Prints the tables of `chars.rs`: where this Python's `unicodedata` and Rust's standard library differ.

Rust follows a newer Unicode than Python. What both agree on needs no table. `UNSETTLED` holds the code
points on which versions differ: there the runtime declines.

    cargo run --bin unicode_probe | python3.11 tests/runtime/unicode_tables.py
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable


def ranges(points: Iterable[int]) -> list[tuple[int, int]]:
    """The points as inclusive ranges."""
    out: list[tuple[int, int]] = []
    for point in sorted(points):
        if out and out[-1][1] == point - 1:
            out[-1] = (out[-1][0], point)
        else:
            out.append((point, point))
    return out


def show(name: str, doc: str, pairs: list[tuple[int, int]]) -> None:
    """Prints a flat table of first and last code points."""
    flat = ", ".join(f"{low:#x}, {high:#x}" for low, high in pairs)
    sys.stdout.write(f"/// {doc}\nconst {name}: [u32; {2 * len(pairs)}] = [{flat}];\n\n")


def main() -> None:
    """Reads the probe's lines and prints the Rust tables."""
    rust: dict[int, tuple[int, str, str, bool, bool]] = {}
    for line in sys.stdin:
        point, bits, upper, lower, cased, ignorable = line.rstrip("\n").split(" ")
        decode = ["".join(chr(int(x, 16)) for x in part.split(",")) for part in (upper, lower)]
        rust[int(point)] = (int(bits), decode[0], decode[1], cased == "1", ignorable == "1")
    marks: set[int] = set()
    unsettled: set[int] = set()
    ideographic: set[int] = set()
    title: set[int] = set()
    fold: set[int] = set()
    digits: set[int] = set()
    zeros = [p for p in rust if unicodedata.decimal(chr(p), -1) == 0]
    for point, (bits, upper, lower, cased, ignorable) in rust.items():
        char = chr(point)
        py_cased = (char + "Σ").lower().endswith("ς")
        py_ignorable = ("A" + char + "Σ").lower().endswith("ς") and not py_cased
        newer = unicodedata.category(char) == "Cn" and bits != 0
        differs = (
            char.upper() != upper
            or char.lower() != lower
            or char.isupper() != bool(bits >> 4 & 1)
            or char.islower() != bool(bits >> 5 & 1)
            or char.isprintable() != bool(bits >> 6 & 1)
            or (py_cased, py_ignorable) != (cased, ignorable)
        )
        if newer or differs:
            unsettled.add(point)
            continue
        if char.isalpha() != bool(bits & 1):
            marks.add(point)
        if char.isnumeric() and not bits >> 2 & 1:
            ideographic.add(point)
        if char.title() != char.upper():
            title.add(point)
        if char.casefold() != char.lower():
            fold.add(point)
        if char.isdigit() and not char.isdecimal():
            digits.add(point)
    outside = [z for z in zeros if z > 127]
    doc = "The zeros of the decimal digits outside ASCII, each followed by one to nine."
    sys.stdout.write(f"/// {doc}\nconst ZEROS: [u32; {len(outside)}] = [{', '.join(map(hex, outside))}];\n\n")
    show(
        "DIGITS", "Digits that are not decimal: superscripts, circled digits and their like.", ranges(digits)
    )
    show(
        "MARKS",
        "Alphabetic code points that are not letters: combining vowel signs, letter numbers.",
        ranges(marks),
    )
    show("IDEOGRAPHIC_NUMBERS", "Ideographs that are numeric.", ranges(ideographic))
    show("TITLED", "Code points whose title case is not their upper case.", ranges(title))
    show("FOLDED", "Code points whose case folding is not their lower case.", ranges(fold))
    show("UNSETTLED", "Code points on which versions of Unicode differ.", ranges(unsettled))


if __name__ == "__main__":
    main()
