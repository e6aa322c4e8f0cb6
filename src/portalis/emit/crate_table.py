"""The Cargo crates that generated code names, found in its paths.

Their versions and features are in `config/crates.yaml`.
"""

from __future__ import annotations

import re

from portalis.config.crates import crate_table

_PATH_HEAD = re.compile(r"(?<![\w:])(?:::)?([a-z][a-z0-9_]*)::")


def packages() -> frozenset[str]:
    """The published names of all crates that generated code may need."""
    return frozenset(crate_table().root)


def used_crates(masked: str) -> dict[str, str]:
    """The crates named in the paths of Rust text (strings and comments blanked): package to Cargo value.

    >>> used_crates("use indexmap::IndexMap; fn f() -> md5::Md5 { std::process::exit(0) }")
    {'indexmap': '"2"', 'md-5': '"0.11"'}
    """
    heads = set(_PATH_HEAD.findall(masked))
    table = crate_table()
    return {package: row.spec for package, row in table.root.items() if table.ident(package) in heads}
