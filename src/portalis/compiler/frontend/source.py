"""One source file: bytes to text to tree, with every way it can fail as a diagnostic.

Files are read as Python reads them: a byte order mark and the encoding line of PEP 263 are
honoured, and the three line endings become one. A file that cannot be read or parsed costs
only itself.
"""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from dataclasses import dataclass
from pathlib import Path

from portalis.compiler.frontend import comments
from portalis.compiler.frontend.comments import Comment, Suppression
from portalis.diagnostics import Diagnostic, Span

MAX_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ImportEdge:
    """An import statement's target: the module named, and the names taken from it (empty for `import m`)."""

    module: str
    names: tuple[str, ...]
    line: int
    typing_only: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class SourceModule:
    """A parsed file of the project.

    `path` is absolute (`<stdin>` for piped text); `relative` is the posix path from the import
    root (`pkg/mod.py`). `comments` and `suppressions` are keyed by 1-based line. `tree` nodes are the keys by
    which the oracle is asked, so work on this tree and not on a copy.
    """

    name: str
    path: Path
    relative: str
    text: str
    tree: ast.Module
    is_package: bool
    imports: tuple[ImportEdge, ...]
    comments: dict[int, Comment]
    suppressions: dict[int, Suppression]


class Unreadable(Exception):
    """A file that cannot become a module; carries the diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic
