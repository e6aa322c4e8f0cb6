"""Small shapes of text that several commands print."""

from __future__ import annotations

import os
import shutil
from textwrap import fill


def paragraph(text: str, limit: int = 88) -> str:
    """The text wrapped for the terminal, and never wider than is read well."""
    width = min(shutil.get_terminal_size((limit, 24)).columns, limit)
    return fill(text, max(width, 20), break_on_hyphens=False, break_long_words=False)


def colour() -> bool | None:
    """Whether to colour: not with NO_COLOR, always with FORCE_COLOR, else None for "on a terminal"."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def bytes_text(size: int) -> str:
    """A size in bytes, KiB, MiB or GiB, with one digit after the point."""
    amount = float(size)
    for unit in ("B", "KiB", "MiB"):
        if amount < 1024:
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1024
    return f"{amount:.1f} GiB"
