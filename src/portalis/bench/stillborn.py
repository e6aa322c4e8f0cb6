"""Faults that rustc rejects: found from cargo's errors, taken out until it accepts the rest."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from portalis.bench.fault import Fault
from portalis.bench.field import Field
from portalis.emit.cargo import CargoMessage, RustRejected
from portalis.emit.crate import raw_identifier
from portalis.emit.rust_items import SplitFile, item_at, split


def rejected(field: Field, directory: Path, errors: Iterable[CargoMessage]) -> dict[str, Fault]:
    """The faults that errors stand in, by id.

    Raises:
        RustRejected: an error stands in none of them.
    """
    found: dict[str, Fault] = {}
    elsewhere: list[CargoMessage] = []
    files = lru_cache(maxsize=None)(_split)
    for error in errors:
        places = error.spans or ((error.file, error.line),)
        faults = [field.paths.get(_path(files(directory / file), file, line)) for file, line in places]
        own = [fault for fault in faults if fault is not None]
        found.update({fault.id: fault for fault in own})
        if not own:
            elsewhere.append(error)
    if elsewhere and not found:
        raise RustRejected(tuple(elsewhere))
    return found


def _split(path: Path) -> SplitFile | None:
    return split(path.read_text(encoding="utf-8")) if path.is_file() else None


def _path(source: SplitFile | None, file: str, line: int) -> str:
    """The path in the crate of the item at a line, "" where there is none."""
    parts = Path(file).parts
    if source is None or parts[:1] != ("src",):
        return ""
    item = item_at(source, line)
    if item is None or not item.names:
        return ""
    stem = [*parts[1:-1], parts[-1].removesuffix(".rs")]
    if stem[-1] in ("mod", "lib"):
        stem.pop()
    return "::".join((*map(raw_identifier, stem), item.names[0]))
