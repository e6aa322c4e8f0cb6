"""The Rust of single items, read back from a crate that `portalis translate` wrote."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from portalis.emit.rust_items import split


def rust_texts(crate: Path, paths: Iterable[str]) -> dict[str, str]:
    """The source of each item that is there, by its path in the crate (`luhn::checksum`).

    Args:
        crate: the folder with `src`; one without gives nothing.
        paths: which items.
    """
    files: dict[Path, dict[str, str]] = {}
    found: dict[str, str] = {}
    for path in paths:
        *modules, name = path.replace("r#", "").split("::")
        file = _file(crate / "src", modules)
        if file is None:
            continue
        if file not in files:
            files[file] = {
                one: item.text for item in split(file.read_text(encoding="utf-8")).items for one in item.names
            }
        if name in files[file]:
            found[path] = files[file][name].strip("\n")
    return found


def _file(src: Path, modules: list[str]) -> Path | None:
    """The file of a module: `a/b.rs`, `a/b/mod.rs`, or `lib.rs` for the crate itself."""
    folder = src.joinpath(*modules)
    places = [folder.with_suffix(".rs"), folder / "mod.rs"] if modules else [src / "lib.rs"]
    return next((place for place in places if place.is_file()), None)
