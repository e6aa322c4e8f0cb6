"""Diagnostics about text that was written out (see `frontend.wrappers`), as ones about the source."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from portalis.compiler.frontend.project import Project
from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.frontend.wrappers import SUFFIX
from portalis.diagnostics import Diagnostic, Span

Notes = dict[str, tuple[Diagnostic, ...]]


def as_written(source: Project, notes: Mapping[str, tuple[Diagnostic, ...]]) -> Notes:
    """The diagnostics by item key, at the lines of the files; a wrapper's are those of what it wraps.

    Functions that only the text has are no items: what is wrong with one is said of that it is part of.
    """
    if source.written is None:
        return dict(notes)
    found = {key: tuple(_moved(one, key, source)) for key, one in notes.items()}
    for key in notes:
        inner = next((one for one in _inside(key, found)), None)
        if inner is not None and all(one.code == "PT501" for one in found[key]):
            found[key] = found[inner]
    return found


def _inside(key: str, notes: Notes) -> Iterator[str]:
    """The functions inside a decorated one that have diagnostics, those that say most first."""
    levels = sorted(one for one in notes if one.startswith(f"{key}{SUFFIX}"))
    yield from (one for one in levels if any(note.code != "PT501" for note in notes[one]))
    yield from levels


def wrapped(functions: Collection[str]) -> frozenset[str]:
    """The keys of functions that are wrapped by decorators, among all keys that there are."""
    return frozenset(key.partition(SUFFIX)[0] for key in functions if SUFFIX in key)


def _moved(notes: tuple[Diagnostic, ...], key: str, source: Project) -> Iterator[Diagnostic]:
    module = source.modules.get(key.partition(":")[0])
    for one in notes:
        yield one if module is None or not module.lines else replace(one, span=_span(one, module))


def _span(note: Diagnostic, module: SourceModule) -> Span:
    span = note.span
    return replace(span, line=module.line(span.line), end_line=module.line(span.end_line))
