"""A crate of several files as one: each file an inline module of the first.

src/lib.rs, src/error.rs, src/runtime/int.rs   →   pub mod error { … } pub mod runtime { pub mod int { … } } …
"""

from __future__ import annotations

import re
from pathlib import Path

_DECLARED = re.compile(r"^(?P<pub>pub(?:\(crate\))? )?mod (?P<name>r#\w+|\w+);$", re.MULTILINE)


def single_file(source: Path) -> str:
    """The crate whose `src` folder is `source`, before rustfmt, as the text of one file."""
    return _inlined(source / "lib.rs", source)


def _inlined(file: Path, folder: Path) -> str:
    """A file's text with the modules that it declares written out."""
    text = file.read_text(encoding="utf-8")

    def write_out(declared: re.Match[str]) -> str:
        name = declared["name"].removeprefix("r#")
        inside = folder / name
        beside = folder / f"{name}.rs"
        found = beside if beside.is_file() else inside / "mod.rs"
        if not found.is_file():
            return declared[0]  # a line of a string that only looks like a declaration
        body = _inlined(found, inside)
        return f"{declared['pub'] or ''}mod {declared['name']} {{\n{body}}}"

    return _DECLARED.sub(write_out, text)
