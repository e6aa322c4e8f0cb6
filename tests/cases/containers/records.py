"""Tuples that hold such tuples again: taken apart in loops, searched, counted; never changed."""
from __future__ import annotations

from typing import Any, Optional

Entry = tuple[str, int, dict[str, str], list["Entry"]]
Chain = tuple[int, Optional["Chain"]]
Point = tuple[float, float]
Vector = tuple[float, float]


def moved(point: Point, by: Vector) -> Point:
    """Aliases of tuples that hold no such tuples are the tuples."""
    return (point[0] + by[0], point[1] + by[1])


def total(entries: list[Entry]) -> int:
    found = 0
    for name, size, tags, inner in entries:
        found += size + len(tags) + total(inner)
    return found


def names(entries: list[Entry], prefix: str) -> list[str]:
    found: list[str] = []
    for name, _, _, inner in entries:
        if name >= prefix:
            found.append(name)
        found += names(inner, prefix)
    return found


def lookup(entries: list[Entry], path: str) -> dict[str, str]:
    """The tags along a path; of the last step, all that share its letter."""
    tags: dict[str, Any] = {}
    below: list[Entry] = []
    if not path:
        return tags
    for name, _, own, inner in entries:
        if name[:1] <= path[:1] <= name[:1]:
            tags.update(own)
            below.extend(inner)
    tags.update(lookup(below, path[1:]))
    return tags


def first_tag(entries: list[Entry], key: str) -> str:
    first = entries[0]
    return first[0] + first[2].get(key, "none") + str(first[-1][0][1])


def depth(entries: list[Entry]) -> int:
    return max([1 + depth(inner) for _, _, _, inner in entries], default=0)


def swollen(entries: list[Entry]) -> int:
    seen = list(entries)
    for _, _, _, inner in entries:
        seen.extend(inner)
        seen.append(inner[0])
    return len(seen)


def links(chain: Chain) -> int:
    count = 0
    pending = [chain]
    while pending:
        value, following = pending.pop()
        count += value
        if following is not None:
            pending.append(following)
    return count


def added(entries: list[Entry]) -> int:
    for _, _, _, inner in entries:
        inner.clear()
    return len(entries)


def aliased(entries: list[Entry]) -> int:
    found = 0
    for _, _, _, inner in entries:
        kept = inner
        kept.clear()
        found += len(inner)
    return found


def marked(entries: list[Entry]) -> int:
    entries[0][2]["seen"] = "yes"
    return len(entries)


def given(entries: list[Entry]) -> list[list[Entry]]:
    return [inner for _, _, _, inner in entries]


def same(entries: list[Entry]) -> bool:
    return entries[0] == entries[1]


def made(name: str) -> int:
    entry: Entry = (name, 1, {}, [])
    return total([entry])


CASES = [
    ("moved", ((1.0, 2.0), (0.5, -2.0))),
    ("total", ([],)),
    ("total", ([("a", 1, {}, [("b", 2, {"x": "y"}, [])]), ("c", 3, {}, [])],)),
    ("names", ([("a", 1, {}, [("b", 2, {}, [])]), ("c", 3, {}, [])], "b")),
    ("lookup", ([("ab", 1, {"k": "1"}, [("b", 2, {"k": "2", "l": "3"}, [])]), ("ac", 3, {"m": "4"}, [])], "abx")),
    ("lookup", ([], "")),
    ("first_tag", ([("a", 1, {"k": "v"}, [("b", 2, {}, [])])], "k")),
    ("first_tag", ([("a", 1, {}, [])], "k")),
    ("first_tag", ([], "k")),
    ("depth", ([("a", 1, {}, [("b", 2, {}, [])])],)),
    ("swollen", ([("a", 1, {}, [("b", 2, {}, [])])],)),
    ("swollen", ([("a", 1, {}, [])],)),
    ("links", ((1, (2, None)),)),
    ("added", ([("a", 1, {}, [])],)),
    ("aliased", ([("a", 1, {}, [])],)),
    ("marked", ([("a", 1, {}, [])],)),
    ("given", ([("a", 1, {}, [])],)),
    ("same", ([("a", 1, {}, []), ("a", 1, {}, [])],)),
    ("made", ("a",)),
]
DECLINES = [
    ("total", ([("a", True, {}, [])],)),
    ("total", ([["a", 1, {}, []]],)),
    ("total", ([("a", 1, {})],)),
]
REFUSED = {
    "links": "PT214",
    "added": "PT401",
    "aliased": "PT401",
    "marked": "PT406",
    "given": "PT401",
    "same": "PT214",
    "made": "PT105",
}
