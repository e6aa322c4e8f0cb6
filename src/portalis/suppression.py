"""`# portalis: ignore[PT203]`: keeps an item in Python without noise; an unused one is reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from portalis.compiler.frontend.project import Project
from portalis.compiler.unit import Item
from portalis.diagnostics import Diagnostic, Span


def suppressed(source: Project, items: Sequence[Item]) -> tuple[list[Item], list[tuple[str, Diagnostic]]]:
    """The items without their suppressed diagnostics, and PT004 for each comment that had no effect.

    A comment counts for the diagnostics of its own line, or when it stands alone for the next;
    on a `def` line it counts for the whole item.
    """
    used: set[tuple[str, int]] = set()
    kept: list[Item] = []
    for item in items:
        module = source.modules.get(item.module)
        notes = []
        for note in item.diagnostics:
            place = None
            for line in (note.span.line, note.span.line - 1, item.line, item.line - 1):
                found = module.suppressions.get(line) if module is not None else None
                if found is None or (line in (note.span.line - 1, item.line - 1) and not found.own_line):
                    continue
                if not found.codes or note.code in found.codes:
                    place = (item.module, found.line)
                    break
            if place is None:
                notes.append(note)
            else:
                used.add(place)
        kept.append(replace(item, diagnostics=tuple(notes)))
    unused = [
        (
            module.relative,
            Diagnostic("PT004", "this `portalis: ignore` suppresses nothing", _line(found.line), "warning"),
        )
        for module in source.modules.values()
        for found in module.suppressions.values()
        if (module.name, found.line) not in used
    ]
    return kept, unused


def _line(line: int) -> Span:
    return Span(line, 1, line, 1)
