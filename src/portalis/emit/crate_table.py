"""The Cargo crates that generated code may use: one row each, found by the name the code says.

Features are cut to what the runtime needs, so that a cold build stays short.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CrateRow:
    """`ident` is the crate's name in Rust paths, `package` its published name, `spec` its Cargo value."""

    ident: str
    package: str
    spec: str


ROWS: tuple[CrateRow, ...] = (
    CrateRow("indexmap", "indexmap", '"2"'),
    CrateRow("rustc_hash", "rustc-hash", '"2"'),
    CrateRow(
        "chrono", "chrono", '{ version = "0.4", default-features = false, features = ["clock", "std"] }'
    ),
    CrateRow("fancy_regex", "fancy-regex", '"=0.16.2"'),
    CrateRow("regex", "regex", '"1"'),
    CrateRow("itertools", "itertools", '"0.15"'),
    CrateRow("md5", "md-5", '"0.11"'),
    CrateRow("sha1", "sha1", '"0.11"'),
    CrateRow("sha2", "sha2", '"0.11"'),
    CrateRow("sha3", "sha3", '"0.11"'),
    CrateRow("digest", "digest", '"0.11"'),
    CrateRow("base64", "base64", '"0.22"'),
    CrateRow("data_encoding", "data-encoding", '"2"'),
    CrateRow("hex", "hex", '"0.4"'),
    CrateRow("crc32fast", "crc32fast", '"1"'),
    CrateRow("libm", "libm", '"0.2"'),
    CrateRow("num_bigint", "num-bigint", '"0.4"'),
    CrateRow("num_traits", "num-traits", '"0.2"'),
    CrateRow("num_integer", "num-integer", '"0.1"'),
    CrateRow("smallvec", "smallvec", '"1"'),
    CrateRow("unicode_normalization", "unicode-normalization", '"0.1"'),
    CrateRow("memchr", "memchr", '"2"'),
    CrateRow("ryu", "ryu", '"1"'),
    CrateRow("itoa", "itoa", '"1"'),
)

_BY_IDENT = {row.ident: row for row in ROWS}
_PATH_HEAD = re.compile(r"(?<![\w:])(?:::)?([a-z][a-z0-9_]*)::")
_HEADER = re.compile(r"^// crates:\s*(.+)$", re.MULTILINE)
_HEADER_ENTRY = re.compile(r'([\w-]+)\s*=\s*(\{[^}]*\}|"[^"]*")')


def used_crates(masked: str) -> dict[str, str]:
    """The crates named in the paths of Rust text (strings and comments blanked): package to Cargo value."""
    heads = set(_PATH_HEAD.findall(masked))
    return {row.package: row.spec for ident in heads if (row := _BY_IDENT.get(ident)) is not None}


def header_crates(text: str) -> dict[str, str]:
    """The crates that a runtime file's `// crates: name = "version", …` line asks for.

    >>> header_crates('// crates: indexmap = "2", x = { version = "1", features = ["a"] }')
    {'indexmap': '"2"', 'x': '{ version = "1", features = ["a"] }'}
    """
    found: dict[str, str] = {}
    for line in _HEADER.findall(text):
        found.update(_HEADER_ENTRY.findall(line))
    return found
