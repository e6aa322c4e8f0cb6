"""Tables with tables inside, and constant sets and dicts beside those of variables."""

from __future__ import annotations

UNITS = {s: [[s, "b"], ["c", s, s]] for s in "xyz"}
PEERS = {s: {s + "1", s + "2"} for s in "xyz"}
NAMES = {"a": "b"}


def is_unit(n: str) -> bool:
    return UNITS[n] == [["x", "b"], ["c", "x", "x"]]


def longest(n: str) -> int:
    return max(len(unit) for unit in UNITS[n])


def are_peers(n: str, one: str) -> bool:
    return PEERS[n] == {one, "x2"}


def renamed(key: str) -> bool:
    return NAMES != {key: "b"}


CASES = [
    ("is_unit", ("x",)),
    ("is_unit", ("y",)),
    ("is_unit", ("w",)),
    ("longest", ("z",)),
    ("are_peers", ("x", "x1")),
    ("are_peers", ("x", "x2")),
    ("renamed", ("a",)),
    ("renamed", ("b",)),
]
